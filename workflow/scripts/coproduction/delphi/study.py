"""The people's files of the Delphi, any of which may not be there yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction import tables
from coproduction.delphi import tables as forms
from coproduction.delphi.ratings import read_statements
from coproduction.errors import StudyError
from coproduction.factors import check_factor_ids


@dataclass(frozen=True)
class Study:
    """Statements, rounds and panel (None without panel.csv) as people keep them."""

    folder: Path
    statements: pd.DataFrame
    rounds: pd.DataFrame
    panel: pd.DataFrame | None


def read(files, factors: set[str]) -> Study:
    """Read what is there of statements.csv, rounds.csv and panel.csv.

    *files* has the named lists `statements`, `rounds` and `panel`, each with one path or none.
    Raises StudyError for a factor that the codebook does not have and for rounds without
    statements.
    """
    paths = {name: _one(getattr(files, name)) for name in ("statements", "rounds", "panel")}
    statements = tables.empty(forms.STATEMENTS)
    if paths["statements"]:
        statements = read_statements(paths["statements"])
        check_factor_ids(statements["factor"], factors, paths["statements"], "factor")
    rounds = tables.empty(forms.ROUNDS)
    if paths["rounds"]:
        rounds = tables.read_people_csv(paths["rounds"], forms.ROUNDS)
    panel = tables.read_people_csv(paths["panel"], forms.PANEL) if paths["panel"] else None
    folder = Path(paths["rounds"] or paths["statements"] or ".").parent
    there = [f for f in rounds["file"] if (folder / f).is_file()]
    if there and statements.empty:
        raise StudyError(
            f"there are ratings ({there[0]}) but no statements",
            file=folder / "statements.csv",
            remedy="Put the statements there: statement and text, and if you wish version, factor, "
            "first_round, last_round",
        )
    return Study(folder, statements, rounds, panel)


def _one(paths) -> str:
    return paths if isinstance(paths, str) else next(iter(paths), "")


def panel_or_responders(panel: pd.DataFrame | None, submissions: list[dict]) -> pd.DataFrame:
    """The panel; without panel.csv everybody who responded, as one group."""
    if panel is not None:
        return panel.reset_index(drop=True)
    names = sorted({s["panellist"] for s in submissions if s["outcome"] == "counts"})
    return pd.DataFrame({"panellist": names, "group": ["panel"] * len(names)}, dtype=str)
