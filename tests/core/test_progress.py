"""Status, account and typed tables that every technique writes."""

import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.core.errors import StudyError

NUMBERS = [1, 2.0, "3", " 4 ", None, ""]


@pytest.mark.parametrize(
    ("done", "total", "awaited", "state"),
    [
        (3, 3, "", "done"),
        (3, 3, "ratings of D07", "partial"),
        (1, 3, "", "partial"),
        (0, 3, "coding", "awaited"),
        (0, 0, "", "not started"),
        (0, None, "", "not started"),
    ],
)
def test_the_state_follows_from_the_counts(done, total, awaited, state):
    assert accounting.status_row("t", "s", done, total, "record", awaited)["state"] == state


CELLS = {
    "text": [["a", ""], ["a", None, float("nan"), pd.NA], ["a", 3, 2.5, None], [True], []],
    "number": [[1, 2.5, None], [float("inf"), float("nan")], ["1", " 2.5 ", ""], [pd.NA, 1], [10**20], []],
    "whole": [[1, 2], [1, None], [1.0, float("nan")], ["3", ""], [2**60 + 1], [None], [pd.NA, 2], []],
}


@pytest.mark.parametrize(("kind", "cells"), [(kind, cells) for kind, of in CELLS.items() for cells in of])
def test_plain_cells_have_the_types_that_any_cells_get(kind, cells):
    form = tables.schema("x/y.csv", "made up", {"cell": tables.Column(kind, "made up")})
    quick = accounting.table([{"cell": cell} for cell in cells], form)
    words = pd.DataFrame({"cell": pd.Series(map(accounting._or_empty, cells), dtype=object)})
    pd.testing.assert_frame_equal(quick, tables.typed(words, form), check_exact=True)


def test_no_number_is_refused_and_no_part_of_one():
    form = tables.schema("x/y.csv", "made up", {"n": tables.whole("made up")})
    with pytest.raises(StudyError, match=r"'2\.5' is not a whole number"):
        accounting.table([{"n": 1}, {"n": 2.5}], form)


def test_accounts_add_up_or_are_refused():
    rows = accounting.account_rows("t", "record", "a.ris", {"unique": 5, "refused": 1})
    account = accounting.table(rows, accounting.ACCOUNT)
    accounting.check_account(account)
    account.loc[0, "n"] = 4
    with pytest.raises(StudyError, match=r"6 × record entered from a\.ris, but the outcomes add up to 5"):
        accounting.check_account(account)


def test_what_a_row_does_not_have_is_empty_whatever_stands_for_it():
    rows = [
        {"technique": "desk", "step": "s", "state": "done", "done": float("nan"), "unit": None},
        {"technique": "desk", "step": "s", "state": "done", "total": pd.NA, "unit": float("nan")},
        {"technique": "desk", "step": "s", "state": "done"},
    ]
    made = accounting.table(rows, accounting.STATUS)
    assert made[["done", "total"]].isna().all(axis=None)
    assert made["unit"].tolist() == ["", "", ""]
    assert str(made["done"].dtype) == "Int64"


def test_numbers_of_any_kind_are_typed_and_fractions_of_whole_ones_named():
    rows = [dict(technique="desk", step=str(i), state="done", done=n) for i, n in enumerate(NUMBERS)]
    made = accounting.table(rows, accounting.STATUS)
    assert made["done"].fillna(-1).tolist() == [1, 2, 3, 4, -1, -1]
    assert str(made["done"].dtype) == "Int64"
    with pytest.raises(StudyError, match=r"'1\.5' is not a whole number"):
        accounting.table([rows[0] | {"done": 1.5}, rows[1]], accounting.STATUS)
