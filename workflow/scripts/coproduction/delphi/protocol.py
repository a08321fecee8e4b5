"""Were the rules fixed before the data, and are they still the same?

A digest in the report shows which rules decided, not when they were chosen. What people put on
record before the first round, delphi/protocol.csv, is therefore compared setting by setting.
"""

from __future__ import annotations

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

SAME, CHANGED, NEW = "as on record", "changed", "not on record"


def compare(recorded: pd.DataFrame | None, settings: DelphiSettings) -> pd.DataFrame:
    """PROTOCOL: each deciding setting, its value on record, and whether it is still the same."""
    kept = {}
    if recorded is not None:
        kept = dict(zip(recorded["setting"], recorded["value"], strict=True))
    rows = []
    for setting, value in settings.deciding.items():
        was = kept.pop(setting, None)
        state = NEW if was is None else SAME if _equal(was, value) else CHANGED
        rows.append(dict(setting=setting, value=value, recorded=was or "", state=state))
    # Settings of an earlier version of the software decide nothing any more; say so.
    rows += [dict(setting=s, value="", recorded=v, state=CHANGED) for s, v in sorted(kept.items())]
    return accounting.table(rows, forms.PROTOCOL)


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


def words(now: pd.DataFrame, recorded: pd.DataFrame | None, data_from: str) -> str:
    """One or two sentences for the methods."""
    if recorded is None:
        return (
            "They were not put on record in `delphi/protocol.csv`, so that this report cannot say "
            "whether they were fixed before the data."
        )
    day = recorded_on(recorded)
    text = f"They were put on record{f' on {day}' if day else ''}"
    if day and data_from:
        early = day <= data_from
        text += (
            f", before the first round opened on {data_from}"
            if early
            else f", after the data had begun to come in on {data_from}"
        )
    changed = now[now["state"] == CHANGED]
    if changed.empty:
        return f"{text}, and have not been changed since.{_new(now)}"
    return f"{text}, and were changed afterwards: {_changes(changed)}.{_new(now)}"


def warning(now: pd.DataFrame, recorded: pd.DataFrame | None, data_from: str) -> str:
    """A box for the results where rules were changed or recorded after the data began."""
    if recorded is None:
        return ""
    changed, day = now[now["state"] == CHANGED], recorded_on(recorded)
    said = []
    if len(changed):
        said.append(
            f"Rules that decide were changed after they were on record: {_changes(changed)}."
        )
    if day and data_from and day > data_from:
        said.append(f"The rules were put on record on {day}, after the first data of {data_from}.")
    if not said:
        return ""
    said.append("Verdicts under rules chosen with the data in view prove less.")
    return md.callout("important", "Rules not fixed before the data", " ".join(said))


def _changes(changed: pd.DataFrame) -> str:
    return ", ".join(
        f"`{r.setting}` from {r.recorded or 'empty'} to {r.value or 'empty'}"
        for r in changed.itertuples()
    )


def _new(now: pd.DataFrame) -> str:
    missing = now.loc[now["state"] == NEW, "setting"]
    return f" Not on record: {', '.join(f'`{s}`' for s in missing)}." if len(missing) else ""
