"""What the queue starts from."""

import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.screening.queue import build_queue
from coproduction.screening.tables import CRITERIA
from screening.study_folder import SETTINGS, Folder, records


@pytest.fixture
def settled(tmp_path):
    return Folder(tmp_path).settle()


@pytest.mark.parametrize("kind", [None, "exclude"])
def test_without_a_criterion_for_inclusion_the_queue_is_random_and_says_so(settled, kind):
    """pandas joins the names of the columns where a table has no rows: "label text"."""
    criteria = tables.empty(CRITERIA)
    if kind:
        row = {"criterion": "c", "kind": kind, "label": "Care", "text": "label text"}
        criteria = pd.DataFrame([row])
    table = records().assign(abstract=["label text"] * 4 + [""] * 4)
    queue, basis = build_queue(table, settled.states, settled.decisions, criteria, SETTINGS, 1)
    assert basis["start"].tolist() == ["nothing"]
    assert queue["rank"].tolist() == queue["random"].tolist()
    assert set(queue["terms_for"]) == {""}
