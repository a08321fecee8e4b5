"""Convergence coding: do the lines of evidence say the same of a condition?

For each condition and pair of lines one of four codes (Farmer, Robinson, Elliott and Eyles 2006, Qualitative
Health Research 16(3), 377-394, doi:10.1177/1049732305285708; as a technique of integration O'Cathain,
Murphy and Nicholl 2010, BMJ 341, c4587, doi:10.1136/bmj.c4587), by rules that are stated beforehand:

- *silence*: one of the two has read nothing on the condition, though it has delivered;
- *dissonance*: one says that it favours, the other that it hinders or that it does not matter;
- *agreement*: both point the same way, and it is prominent in both or in neither;
- *partial agreement*: the same way with another prominence, or one of the two is divided or undecided.

Two lines that are both silent are not coded. Techniques that read the same texts are one line, and are not
compared with each other.
"""

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from coproduction.core.vocabulary import REJECTED, SUPPORTED, UNDECIDED
from coproduction.ecosystem import model
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import (
    AGREEMENT,
    CODES,
    DISSONANCE,
    FAVOURS,
    HINDERS,
    MIXED,
    NO_MATTER,
    NOT_ABOUT,
    OPEN_VERDICT,
    PARTIAL,
    READ_STATES,
    SILENCE,
    SILENT,
)

OPPOSED = [{FAVOURS, HINDERS}, {FAVOURS, NO_MATTER}, {HINDERS, NO_MATTER}]


def joint_display(pieces: pd.DataFrame, factors: pd.DataFrame, settings: EcosystemSettings) -> pd.DataFrame:
    """What each line of evidence says of each factor (JOINT_DISPLAY); lines that have delivered only.

    pieces: the trace (TRACE). factors: the weighed factors (FACTORS), whose order is kept.
    """
    counting = pieces[(pieces["counts"] == "yes") & pieces["state"].isin(READ_STATES)]
    about = counting[counting["direction"] != NOT_ABOUT]
    rows = []
    for line, techniques in settings.lines.items():
        of_line = counting[counting["technique"].isin(techniques)]
        if of_line.empty:
            continue
        is_rating = set(techniques) <= set(settings.measured_by_value)
        about_factor = about[about["technique"].isin(techniques)]
        standing_columns = [f"standing_{name}" for name in techniques]
        standing = factors.set_index("id")[standing_columns].mean(axis="columns").fillna(0.0)
        sides = {
            name: about_factor[about_factor["direction"].isin([name, MIXED])].groupby("factor")["source"].nunique()
            for name in (FAVOURS, HINDERS)
        }
        for factor in factors.to_dict("records"):
            n = {name: int(counts.get(factor["id"], 0)) for name, counts in sides.items()}
            if is_rating:
                side = _of_the_panel(factor["verdict"], n)
            else:
                side = model.side_of(n[FAVOURS], n[HINDERS], settings.clear_side)
            prominent = side != SILENT and standing[factor["id"]] >= settings.prominent_from
            rows.append(
                {
                    "factor": factor["id"],
                    "name": factor["name"],
                    "line": line,
                    "side": side,
                    "favouring": n[FAVOURS],
                    "hindering": n[HINDERS],
                    "prominent": "yes" if prominent else "no",
                }
            )
    names = ["factor", "name", "line", "side", "favouring", "hindering", "prominent"]
    table = pd.DataFrame(rows, columns=names)
    order = {name: place for place, name in enumerate(factors["id"])}
    return table.sort_values("factor", key=lambda ids: ids.map(order), kind="stable")


def _of_the_panel(verdict: str, n: Mapping[str, int]) -> str:
    if verdict == REJECTED:
        return NO_MATTER
    if verdict == UNDECIDED:
        return OPEN_VERDICT
    if verdict == SUPPORTED or n[FAVOURS] or n[HINDERS]:
        return HINDERS if n[HINDERS] > n[FAVOURS] else FAVOURS
    return SILENT


def convergence(display: pd.DataFrame) -> pd.DataFrame:
    """The code of each factor and pair of lines (CONVERGENCE): dissonance first, then by factor."""
    rows = []
    for place, (factor, lines) in enumerate(display.groupby("factor", sort=False)):
        for one, other in combinations(lines.to_dict("records"), 2):
            code = code_of(one["side"], other["side"], one["prominent"], other["prominent"])
            if not code:
                continue
            grounds = "; ".join(f"{line['line']}: {_side_in_words(line)}" for line in (one, other))
            row = (factor, one["name"], one["line"], other["line"], code, grounds)
            rows.append((*row, CODES.index(code), place))
    names = ["factor", "name", "line_a", "line_b", "code", "grounds", "first", "place"]
    table = pd.DataFrame(rows, columns=names)
    return table.sort_values(["first", "place"], kind="stable").drop(columns=["first", "place"])


def _side_in_words(line: Mapping) -> str:
    if line["side"] == SILENT:
        return SILENT
    if not line["favouring"] + line["hindering"]:
        return line["side"]
    weight = ", prominent" if line["prominent"] == "yes" else ""
    return f"{line['side']} ({line['favouring']} for, {line['hindering']} against{weight})"


def code_of(one: str, other: str, prominent: str, other_prominent: str) -> str:
    """The code for two sides and whether the condition is prominent in each; empty for two silent ones.

    >>> code_of("favours", "hinders", "yes", "no")
    'dissonance'
    >>> code_of("favours", "favours", "yes", "no")
    'partial agreement'
    """
    if one == other == SILENT:
        return ""
    if SILENT in (one, other):
        return SILENCE
    if {one, other} in OPPOSED:
        return DISSONANCE
    if one == other and prominent == other_prominent:
        return AGREEMENT
    return PARTIAL


def strongest_code(codes: pd.Series) -> str:
    """The code that is told first of a factor: dissonance before partial agreement and so on."""
    return min(codes, key=CODES.index) if len(codes) else ""
