"""One round as it is imported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError
from coproduction.delphi.settings import DelphiSettings


@dataclass(frozen=True)
class Round:
    """Number, file, last day and wordings of a round, who may be in it, and who shares the file."""

    number: int
    path: Path
    closed: str
    wordings: pd.DataFrame
    groups: dict[str, str] | None
    ids: dict[str, str]
    sharing: set[int]

    @property
    def versions(self) -> dict[str, int]:
        """Version of each statement that is asked."""
        return dict(zip(self.wordings["statement"], self.wordings["version"], strict=True))

    @property
    def base(self) -> dict:
        """What every row on this round says."""
        return dict(round=self.number, file=self.path.name)

    def who(self, given: str) -> str:
        """The pseudonym of an id in the file; empty for nobody in the panel."""
        return self.ids.get(given.casefold(), "" if self.groups is not None else given)

    def group(self, panellist: str) -> str:
        """The panellist's group; empty without a panel."""
        return (self.groups or {}).get(panellist, "")


def ids_of(groups: dict | None, ids: pd.DataFrame | None, number: int) -> dict[str, str]:
    """Id as in the file (lower case) → pseudonym, in this round (PANEL's groups, PANELLIST_IDS)."""
    found = {} if groups is None else {p.casefold(): p for p in groups}
    if ids is not None:
        own = ids[ids["round"].isna() | (ids["round"] == number)] if "round" in ids else ids
        pairs = zip(own["given"], own["panellist"], strict=True)
        found |= {given.casefold(): panellist for given, panellist in pairs}
    return found


def check_scale(entry: dict, folder: Path, settings: DelphiSettings) -> None:
    """Raise StudyError where rounds.csv names another scale than the settings."""
    wanted = f"{settings.scale.lowest}-{settings.scale.highest}"
    given = re.sub(r"\s+|to|bis", "", (entry.get("scale") or wanted).replace("–", "-"))
    if given != wanted:
        raise StudyError(
            f"round {entry['round']} has the scale {given}, the settings say {wanted}",
            file=folder / "rounds.csv",
            column="scale",
            remedy="Correct delphi.scale; ratings on different scales are not compared",
        )
