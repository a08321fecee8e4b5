"""The bundled screening is what its maker makes, and the library settles it as the truth says."""

import sys

import pandas as pd
import pytest


@pytest.fixture(scope="module")
def maker(root):
    sys.path.insert(0, str(root / "tests" / "demo_truth"))
    import make_screening

    return make_screening


def test_the_maker_reproduces_the_committed_files(maker, root):
    for name, content in maker.made().items():
        kept = (root / "data" / "demo" / "screening" / name).read_text(encoding="utf-8")
        assert kept == content, f"{name}: run tests/demo_truth/make_screening.py"


def test_every_decision_of_the_truth_is_there(maker, root):
    decided = pd.DataFrame(maker.table("decisions.csv"))
    for stage, rows in decided.groupby("stage"):
        kept = pd.read_csv(root / "data" / "demo" / "screening" / f"{stage}.csv")
        assert len(kept) == len(rows)
        assert kept["record"].nunique() == rows["truth"].nunique()
        assert (
            kept["decision"].value_counts().to_dict() == rows["decision"].value_counts().to_dict()
        )
