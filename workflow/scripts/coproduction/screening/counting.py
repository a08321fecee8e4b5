"""The PRISMA 2020 flow of this study, from the account of the searches and the states."""

from pathlib import PurePath

import pandas as pd

from coproduction.core.errors import StudyError, did_you_mean, nearest, raise_all
from coproduction.core.text import split_list
from coproduction.screening.prisma import (
    Flow,
    arm_of,
    broken_identities,
    count_arm,
)
from coproduction.screening.settings import ScreeningSettings

# What becomes of an entry in the account of the literature, in the words of the diagram.
OUTCOMES = {"merged as duplicate": "duplicate", "unique": "unique"}


def count_flow(
    account: pd.DataFrame,
    searches: pd.DataFrame,
    standing: pd.DataFrame,
    criteria: pd.DataFrame,
    settings: ScreeningSettings,
) -> Flow:
    """All numbers of the diagram; StudyError where they do not add up.

    `account`: the literature's ACCOUNT (unit record; per file refused, merged as duplicate, unique).
    `searches`: database and file of each search. A record belongs to the arm of other methods
    when no database or register holds it.
    """
    _check_kinds(settings.kinds, searches)
    entered = _entered(account, searches, settings.kinds)
    kinds = standing["databases"].map(
        lambda names: ";".join(settings.kinds.get(n, "database") for n in split_list(names))
    )
    arm = kinds.map(arm_of)
    labels = dict(zip(criteria["criterion"], criteria["label"], strict=True))
    arms = {
        name: count_arm(
            entered[entered["arm"] == name], standing[arm == name], labels, settings.stopped
        )
        for name in ("databases", "others")
    }
    included = standing[standing["state"] == "included"]
    flow = Flow(
        arms["databases"],
        arms["others"],
        new_studies=included["study"].nunique(),
        new_reports=len(included),
        previous_studies=settings.previous_studies,
        previous_reports=settings.previous_reports or settings.previous_studies,
    )
    unique = int(entered.loc[entered["outcome"] == "unique", "n"].sum())
    problems = broken_identities(flow, unique)
    if problems:
        raise StudyError(
            "the numbers of the flow do not add up: " + "; ".join(problems),
            remedy="Run the workflow again from the searches; if it stays so, report it as a defect",
        )
    return flow


def _check_kinds(kinds: dict[str, str], searches: pd.DataFrame) -> None:
    """StudyError for a name of `kinds` that is nearly, but not quite, that of a source.

    A name that is like no source stays: its search may still be awaited.
    """
    sources = {name for name in searches["database"] if name}
    free = sorted(sources - set(kinds))
    raise_all(
        [
            StudyError(
                f"setting 'screening.kinds' names '{name}', but no search of searches.csv has this "
                "source, so it would count as a database",
                remedy=did_you_mean(name, free) + "Write it as searches.csv does",
            )
            for name in kinds
            if name not in sources and nearest(name, free)
        ]
    )


def _entered(account: pd.DataFrame, searches: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """kind, name of the source, arm, outcome, n of each file of the searches."""
    database = {
        PurePath(file).name: name
        for name, files in zip(searches["database"], searches["file"], strict=True)
        for file in split_list(files)
    }
    rows = account[account["unit"] == "record"].copy()
    names = rows["source"].map(lambda source: PurePath(source).name)
    rows["kind"] = names.map(lambda n: kinds.get(database.get(n, n), "database"))
    rows["name"] = names.map(lambda n: database.get(n, n))
    rows["arm"] = rows["kind"].map(arm_of)
    rows["outcome"] = rows["outcome"].map(OUTCOMES).fillna("refused")
    return rows[["kind", "name", "arm", "outcome", "n"]].reset_index(drop=True)
