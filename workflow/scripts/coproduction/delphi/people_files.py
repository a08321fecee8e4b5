"""The people's files of the Delphi, any of which may not be there yet."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.core.factors import check_factor_ids
from coproduction.core.study_files import named
from coproduction.delphi import privacy
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


@dataclass(frozen=True)
class Study:
    """Statements, rounds, panel and changed ids (None without the file) as people keep them."""

    folder: Path
    statements: pd.DataFrame
    rounds: pd.DataFrame
    panel: pd.DataFrame | None
    ids: pd.DataFrame | None = None
    comments: privacy.Comments = field(default_factory=privacy.Comments)
    columns: pd.DataFrame | None = None


def read(files, factors: set[str]) -> Study:
    """Read what is there of statements.csv, rounds.csv and panel.csv.

    *files* has the named lists `statements`, `rounds` and `panel`, each with one path or none, and
    may have `ids`, `comments` and `identities`. Raises StudyError for a factor that the codebook does
    not have, for rounds without statements and for a panel that seems to hold identities.
    """
    paths = {name: _one(getattr(files, name)) for name in ("statements", "rounds", "panel")}
    statements = tables.empty(forms.STATEMENTS)
    if paths["statements"]:
        statements = read_statements(paths["statements"])
        check_factor_ids(statements["factor"], factors, paths["statements"], "factor")
    rounds = tables.empty(forms.ROUNDS)
    if paths["rounds"]:
        rounds = people_tables.read_people_table(paths["rounds"], forms.STUDY_ROUNDS)
    panel = _panel(paths["panel"])
    ids = _changed_ids(_one(getattr(files, "ids", [])), panel)
    identities = getattr(files, "identities", [])
    keys = [identities] if isinstance(identities, str) else list(identities)
    comments = privacy.read_comments(keys, _one(getattr(files, "comments", [])))
    folder = Path(paths["rounds"] or paths["statements"] or ".").parent
    files_there = [f for f in rounds["file"] if named(folder, f).is_file()]
    if files_there and statements.empty:
        raise StudyError(
            f"there are ratings ({files_there[0]}) but no statements",
            file=folder / "statements.csv",
            remedy=did_you_mean("statements.csv", sorted(path.name for path in folder.glob("*.*")))
            + "Add the statements, with the columns statement and text and, optionally, version, "
            "factor, first_round and last_round",
        )
    columns = one_table(getattr(files, "columns", []), forms.COLUMNS)
    return Study(folder, statements, rounds, panel, ids, comments, columns)


def _panel(path: str) -> pd.DataFrame | None:
    """panel.csv, refused where it seems to hold identities; without groups all are one."""
    if not path:
        return None
    panel = people_tables.read_people_table(path, forms.STUDY_PANEL)
    privacy.refuse_identities(panel, path)
    panel["group"] = panel.get("group", "panel")
    panel["group"] = panel["group"].replace("", "panel")
    return panel


def _changed_ids(path: str, panel: pd.DataFrame | None) -> pd.DataFrame | None:
    """panellist_ids.csv; raises StudyError for panellists that panel.csv lacks and doubled ids."""
    if not path:
        return None
    ids = people_tables.read_people_table(path, forms.PANELLIST_IDS)
    privacy.refuse_identities(ids, path)
    number = ids["round"] if "round" in ids else pd.Series(pd.NA, ids.index, "Int64")
    doubled = pd.DataFrame({"given": ids["given"].str.casefold(), "round": number}).duplicated()
    panellists = set() if panel is None else set(panel["panellist"])
    errors = [
        StudyError(
            f"'{ids['given'][row]}' appears more than once",
            file=path,
            row=int(row),
            column="given",
            remedy="Keep one row for each id and round",
        )
        for row in ids.index[doubled]
    ]
    errors += [
        StudyError(
            f"panel.csv has no panellist '{panellist}'",
            file=path,
            row=int(row),
            column="panellist",
            remedy="Use a pseudonym of panel.csv",
        )
        for row, panellist in ids["panellist"].items()
        if panel is not None and panellist not in panellists
    ]
    raise_all(errors)
    return ids


def one_table(paths, form) -> pd.DataFrame | None:
    """A people's file that may not be there: None without it."""
    path = _one(paths)
    return people_tables.read_people_table(path, form) if path else None


def _one(paths) -> str:
    return paths if isinstance(paths, str) else next(iter(paths), "")


def panel_or_responders(
    panel: pd.DataFrame | None, submissions: pd.DataFrame, unlinked: Collection[int] = ()
) -> pd.DataFrame:
    """The panel; without panel.csv everybody who responded (SUBMISSIONS), as one group.

    Those of `unlinked` rounds are nobody who could be met again, and no members.
    """
    if panel is not None:
        return panel.reset_index(drop=True).assign(listed="yes")
    counted = submissions[(submissions["outcome"] == "counts") & ~submissions["round"].isin(list(unlinked))]
    names = sorted(set(counted["panellist"]))
    return pd.DataFrame({"panellist": names, "group": ["panel"] * len(names), "listed": ["no"] * len(names)}, dtype=str)


def with_links(rounds: pd.DataFrame, linked: dict[int, bool]) -> pd.DataFrame:
    """ROUNDS with what the files showed: whether the ids of each round link persons."""
    links = rounds["round"].astype(int).map(linked).map({True: "yes", False: "no"}).fillna("")
    return rounds.assign(linked=links)


def read_statements(path: str | Path) -> pd.DataFrame:
    """Statements (STATEMENTS); a wording that appears twice or ends before it begins is refused."""
    table = people_tables.read_people_table(path, forms.STUDY_STATEMENTS)
    for name, usual in (("version", 1), ("first_round", 1), ("last_round", pd.NA)):
        column = table[name] if name in table else pd.Series(pd.NA, table.index, "Int64")
        table[name] = column if usual is pd.NA else column.fillna(usual)
    table["factor"] = table.get("factor", "")
    errors = [
        StudyError(
            f"version {v} of {s} appears more than once",
            file=path,
            row=int(row),
            column="version",
            remedy="Give each wording of a statement its own version",
        )
        for row, s, v in table[table.duplicated(["statement", "version"])][["statement", "version"]].itertuples()
    ]
    errors += [
        StudyError(
            "the last round is before the first",
            file=path,
            row=int(row),
            column="last_round",
            remedy="Correct first_round or last_round",
        )
        for row in table.index[(table["last_round"] < table["first_round"]).fillna(False)]
    ]
    raise_all(errors + _overlaps(table, path))
    return table


def _overlaps(table: pd.DataFrame, path) -> list[StudyError]:
    errors = []
    for statement, part in table.sort_values("first_round").groupby("statement", sort=True):
        until = part["last_round"].fillna(10**6).tolist()
        for k, (row, first) in enumerate(part["first_round"].items()):
            if k and first <= until[k - 1]:
                errors.append(
                    StudyError(
                        f"two wordings of {statement} are asked in round {first}",
                        file=path,
                        row=int(row),
                        column="first_round",
                        remedy="End the earlier wording (last_round) before the later one begins",
                    )
                )
    return errors


def wordings_of(statements: pd.DataFrame, number: int) -> pd.DataFrame:
    """The wordings that are asked in round *number*."""
    last = statements["last_round"].fillna(10**6)
    return statements[(statements["first_round"] <= number) & (last >= number)]


def ids_of(groups: dict | None, ids: pd.DataFrame | None, number: int) -> dict[str, str]:
    """Id as in the file (lower case) → pseudonym, in this round (PANEL's groups, PANELLIST_IDS)."""
    panellist_of = {} if groups is None else {p.casefold(): p for p in groups}
    if ids is not None:
        of_round = ids[ids["round"].isna() | (ids["round"] == number)] if "round" in ids else ids
        pairs = zip(of_round["given"], of_round["panellist"], strict=True)
        panellist_of |= {written_id.casefold(): panellist for written_id, panellist in pairs}
    return panellist_of


def check_scale(entry: dict, folder: Path, settings: DelphiSettings) -> None:
    """Raise StudyError where rounds.csv names another scale than the settings."""
    scale_of_settings = f"{settings.scale.lowest}-{settings.scale.highest}"
    scale_of_round = re.sub(r"to|bis", "-", (entry.get("scale") or scale_of_settings).replace("–", "-"))
    scale_of_round = re.sub(r"\s+|\.0+(?=-|$)", "", scale_of_round)
    if scale_of_round != scale_of_settings:
        raise StudyError(
            f"round {entry['round']} has the scale {scale_of_round}, the settings say {scale_of_settings}",
            file=folder / "rounds.csv",
            column="scale",
            remedy="Correct delphi.scale, or the scale in rounds.csv; ratings on different scales are not compared",
        )
