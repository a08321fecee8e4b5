"""Sets and memberships for the tests of the QCA."""

import pandas as pd
import pytest
from coproduction.core import accounting
from coproduction.qca import tables


def study(frame: pd.DataFrame, outcome: str, expected: dict | None = None, levels: dict | None = None):
    """SETS and CALIBRATED of a frame of memberships (index: cases)."""
    expected, levels = expected or {}, levels or {}
    sets = [
        {
            "set": name,
            "name": f"The {name}",
            "role": "outcome" if name == outcome else "condition",
            "expected": expected.get(name, ""),
            "values": levels.get(name, 2),
        }
        for name in frame
    ]
    rows = [
        {"case": case, "name": case, "set": name, "origin": "judged", "membership": frame.loc[case, name]}
        for case in frame.index
        for name in frame
    ]
    return accounting.table(sets, tables.SETS), accounting.table(rows, tables.CALIBRATED)


@pytest.fixture
def lipset(shared_data):
    """The crisp (LC) or fuzzy (LF) data on the survival of democracy, by name."""

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(shared_data / "qca" / f"{name}.csv", index_col=0)

    return read
