"""Were the rules fixed before the data, and are they still the same?

A digest in the report shows which rules decided, not when they were chosen. What people put on
record before the first round, delphi/protocol.csv, is therefore compared setting by setting.
"""

from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.tables import PROTOCOL

SAME, CHANGED, NEW = "as recorded", "changed", "not recorded"


def compare(recorded: pd.DataFrame | None, settings: DelphiSettings) -> pd.DataFrame:
    """PROTOCOL: each deciding setting, its value on record, and whether it is still the same."""
    on_record = {}
    if recorded is not None:
        on_record = dict(zip(recorded["setting"], recorded["value"], strict=True))
    rows = []
    for setting, value in settings.deciding.items():
        recorded_value = on_record.pop(setting, None)
        state = NEW if recorded_value is None else SAME if _equal(recorded_value, value) else CHANGED
        rows.append({"setting": setting, "value": value, "recorded": recorded_value or "", "state": state})
    # Settings of an earlier version of the software decide nothing any more; say so.
    rows += [
        {"setting": setting, "value": "", "recorded": value, "state": CHANGED}
        for setting, value in sorted(on_record.items())
    ]
    return accounting.table(rows, PROTOCOL)


def _equal(one: str, other: str) -> bool:
    """Spreadsheets write 0.75 as 0,75 or .75 and True as TRUE."""
    try:
        return float(one.replace(",", ".")) == float(other.replace(",", "."))
    except ValueError:
        return one.strip().lower() == other.strip().lower()


def recorded_on(recorded: pd.DataFrame | None) -> str:
    """The latest day on which a setting was put on record; empty without one."""
    if recorded is None or "fixed_on" not in recorded:
        return ""
    return max(recorded["fixed_on"], default="")


def begun(rounds: pd.DataFrame, flow: pd.DataFrame) -> str:
    """The day on which the data begin: the first round's opening, else its first submission."""
    opened = [d for d in rounds["opened"] if d] if "opened" in rounds else []
    return min([*opened, *(d for d in flow["first_day"] if d)], default="")


def facts(now: pd.DataFrame, recorded: pd.DataFrame | None, data_from: str) -> dict[str, Any]:
    """What the record says: since when, what was changed, and what is not on it."""
    day = recorded_on(recorded)
    return {
        "state": "none" if recorded is None else "kept",
        "day": day,
        "data_from": data_from,
        "late": bool(day and data_from and day > data_from),
        "changed": now[now["state"] == CHANGED].to_dict("records"),
        "missing": now.loc[now["state"] == NEW, "setting"].tolist(),
    }
