"""The bundled screening is what its maker makes, and the library settles it as the truth says."""

import sys

import pandas as pd
import pytest
from coproduction.screening.fulltexts import match_files


@pytest.fixture(scope="module")
def maker(root):
    sys.path.insert(0, str(root / "tests" / "demo_truth"))
    import make_screening

    return make_screening


def test_the_maker_reproduces_the_committed_files(maker, root):
    for name, content in maker.made().items():
        kept = (root / "data" / "demo" / "screening" / name).read_text(encoding="utf-8")
        assert kept == content, f"{name}: run tests/demo_truth/make_screening.py"


def test_the_full_texts_are_matched_as_the_truth_says(maker, root):
    folder = root / "data" / "demo" / "screening" / "full_texts"
    made = maker.full_texts()
    for name, content in made.items():
        assert (folder / name).read_bytes() == content, f"{name}: run make_screening.py"
    entries = maker.first_entries()
    records = pd.DataFrame([entry | {"record": entry["own"], "members": ""} for entry in entries.values()])
    paths = [str(path) for path in folder.rglob("*.pdf")]
    matched = match_files(paths, str(folder), records)
    assert len(matched) == len(made) == len(maker.FULL_TEXTS) + 1
    wanted = {entries[truth]["own"] for truth in maker.FULL_TEXTS}
    assert set(matched["record"]) == wanted | {""}
    assert matched.loc[matched["record"] == "", "file"].tolist() == [maker.UNKNOWN[0]]


def test_every_decision_of_the_truth_is_there(maker, root):
    decided = pd.DataFrame(maker.table("decisions.csv"))
    for stage, rows in decided.groupby("stage"):
        kept = pd.read_csv(root / "data" / "demo" / "screening" / f"{stage}.csv")
        assert len(kept) == len(rows)
        assert kept["record"].nunique() == rows["truth"].nunique()
        assert kept["decision"].value_counts().to_dict() == rows["decision"].value_counts().to_dict()
