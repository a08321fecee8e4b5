"""The numbers of the PRISMA 2020 flow, computed from tables and checked against each other.

Boxes and wording follow the template for new and updated reviews with databases, registers and
other methods (Page et al. 2021, doi:10.1136/bmj.n71). The CSV has the layout that the R package
PRISMA2020 and its web tool read (Haddaway et al. 2022, doi:10.1002/cl2.1230). What is not
finished yet has boxes of its own, so that the flow adds up on every day of the review.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import pandas as pd

from coproduction.core.errors import StudyError, did_you_mean, nearest, raise_all
from coproduction.core.text import split_list
from coproduction.screening.settings import ScreeningSettings

DATABASE_KINDS = ("database", "register")
OTHER_KINDS = ("website", "organisation", "citation")
NO_REASON = "no reason given"
CITATION = "Citation searching"  # begins the names of such sources, as in the diagram
KINDS = DATABASE_KINDS + OTHER_KINDS
LINES = Path(__file__).with_suffix(".csv")  # data, node, box, text of the tool's template
# What becomes of an entry in the account of the literature, in the words of the diagram.
OUTCOMES = {"merged as duplicate": "duplicate", "unique": "unique"}


@dataclass(frozen=True)
class Arm:
    """Counts of one arm of the flow: databases and registers, or other methods.

    `identified` counts by kind, `named` by kind and name of the source.
    """

    identified: dict[str, int]
    duplicates: int = 0
    refused: int = 0
    automation: int = 0
    unscreened: int = 0
    partial: int = 0
    conflict: int = 0
    excluded: int = 0
    sought: int = 0
    awaited: int = 0
    not_retrieved: int = 0
    assessed: int = 0
    assessing: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    included: int = 0
    named: dict[str, dict[str, int]] = field(default_factory=dict)
    decided: int | None = None
    early_reasons: dict[str, int] = field(default_factory=dict)  # on title and abstract

    @property
    def screened(self) -> int:
        """Records with a final decision on title and abstract; their sum where not counted."""
        return self.excluded + self.sought if self.decided is None else self.decided

    @property
    def unfinished(self) -> int:
        """Records that still wait for decisions on title and abstract."""
        return self.unscreened + self.partial + self.conflict


@dataclass(frozen=True)
class Flow:
    """All numbers of the diagram."""

    databases: Arm
    others: Arm
    new_studies: int
    new_reports: int
    previous_studies: int = 0
    previous_reports: int = 0

    @property
    def total_studies(self) -> int:
        """Studies of this and earlier versions of the review."""
        return self.previous_studies + self.new_studies

    @property
    def total_reports(self) -> int:
        """Reports of this and earlier versions of the review."""
        return self.previous_reports + self.new_reports


def kind_of(source: str, kinds: Mapping[str, str]) -> str:
    """The kind of a source: as the settings have it, else what its name says, else a database."""
    return kinds.get(source) or ("citation" if source.startswith(CITATION) else "database")


def arm_of(kinds: str) -> str:
    """The arm of a record found through `kinds` (;-separated): other methods only if no other."""
    kinds_of_source = {kind.strip() for kind in str(kinds).split(";") if kind.strip()}
    return "others" if kinds_of_source and not kinds_of_source & set(DATABASE_KINDS) else "databases"


def count_arm(entered: pd.DataFrame, states: pd.DataFrame, labels: dict[str, str], stopped: bool) -> Arm:
    """Counts of one arm.

    `entered`: kind, name, outcome (refused, duplicate, unique), n. `states`: state and reason of
    the arm's records. `labels`: words for reason codes. `stopped`: whether people ended screening
    on the stop statement; the unscreened then count as left out by the automation tool.
    """
    by_outcome = entered.groupby("outcome")["n"].sum()
    # Of the entries of one record the account calls one unique. Where that one lies in the other
    # arm, its place in this arm is taken by an entry that the account calls a duplicate.
    elsewhere = int(by_outcome.get("unique", 0)) - len(states)
    n = states["state"].value_counts()
    full = {key.removeprefix("full text: "): k for key, k in n.items() if key.startswith("full")}
    included = int(n.get("included", 0))
    assessed = sum(full.get(key, 0) for key in ("partly screened", "conflict", "excluded"))
    assessing = sum(full.get(key, 0) for key in ("not screened", "partly screened", "conflict"))
    unscreened = int(n.get("not screened", 0))
    return Arm(
        identified=_identified(entered),
        duplicates=int(by_outcome.get("duplicate", 0)) + elsewhere,
        refused=int(by_outcome.get("refused", 0)),
        automation=unscreened if stopped else 0,
        unscreened=0 if stopped else unscreened,
        partial=int(n.get("title and abstract: partly screened", 0)),
        conflict=int(n.get("title and abstract: conflict", 0)),
        excluded=int(n.get("title and abstract: excluded", 0)),
        sought=int(sum(full.values())) + included,
        awaited=int(full.get("awaited", 0)),
        not_retrieved=int(full.get("not retrieved", 0)),
        assessed=int(assessed + full.get("not screened", 0)) + included,
        assessing=int(assessing),
        reasons=_reasons(states, "full text: excluded", labels),
        early_reasons=_reasons(states, "title and abstract: excluded", labels),
        included=included,
        named=_named(entered),
        decided=int(states["title_abstract"].isin(["included", "excluded"]).sum()),
    )


def _reasons(states: pd.DataFrame, state: str, labels: dict[str, str]) -> dict[str, int]:
    """How many records of a state have each reason in words, most first."""
    reasons_given = states.loc[states["state"] == state, "reason"].replace("", NO_REASON)
    counted = reasons_given.map(lambda code: labels.get(code, code)).value_counts()
    return {str(label): int(n) for label, n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))}


def _identified(entered: pd.DataFrame) -> dict[str, int]:
    """Records identified by kind, in the order of KINDS, zeros left out but for databases."""
    sums = entered.groupby("kind")["n"].sum()
    return {kind: int(sums[kind]) for kind in KINDS if kind in sums}


def _named(entered: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Records identified by kind and source, most first."""
    sums = entered.groupby(["kind", "name"])["n"].sum().reset_index()
    sums = sums.sort_values(["n", "name"], ascending=[False, True], kind="stable")
    return {
        kind: {name: int(n) for name, n in zip(of_kind["name"], of_kind["n"], strict=True)}
        for kind, of_kind in sums.groupby("kind")
    }


def broken_identities(flow: Flow, unique: int | None = None) -> list[str]:
    """Sentences on sums that do not add up; empty when the flow is consistent.

    `unique`: number of records the literature part passed on, where known.
    """
    problems = []
    for name, arm in (("databases and registers", flow.databases), ("other methods", flow.others)):
        identified = sum(arm.identified.values())
        by_name = sum(n for names in arm.named.values() for n in names.values())
        removed = arm.duplicates + arm.refused + arm.automation
        sums = [
            *([("records identified", identified, "those of the single sources", by_name)] if arm.named else []),
            (
                "records identified",
                identified,
                "removed + screened + not finished",
                removed + arm.screened + arm.unfinished,
            ),
            ("records screened", arm.screened, "excluded + sought", arm.excluded + arm.sought),
            *(
                [("records excluded", arm.excluded, "those of the single reasons", sum(arm.early_reasons.values()))]
                if arm.early_reasons
                else []
            ),
            (
                "reports sought",
                arm.sought,
                "awaited + not retrieved + assessed",
                arm.awaited + arm.not_retrieved + arm.assessed,
            ),
            (
                "reports assessed",
                arm.assessed,
                "in assessment + excluded + included",
                arm.assessing + sum(arm.reasons.values()) + arm.included,
            ),
        ]
        problems += [
            f"{name}: {first_sum} ({a}) is not {second_sum} ({b})" for first_sum, a, second_sum, b in sums if a != b
        ]
    arms = (flow.databases, flow.others)
    passed = sum(arm.automation + arm.unfinished + arm.screened for arm in arms)
    if unique is not None and passed != unique:
        problems.append(f"{passed} records in the flow, {unique} unique records in the searches")
    reports = sum(arm.included for arm in arms)
    if flow.new_reports != reports:
        problems.append(f"{flow.new_reports} new reports, {reports} included by the decisions")
    if flow.new_studies > flow.new_reports:
        problems.append(f"{flow.new_studies} studies in {flow.new_reports} reports")
    return problems


def counts_table(flow: Flow) -> pd.DataFrame:
    """One row per number: arm, box, item, n. What the figure shows, in its order."""
    rows = [("previous", "included", "studies", flow.previous_studies)]
    rows += [("previous", "included", "reports", flow.previous_reports)]
    for name, arm in (("databases", flow.databases), ("others", flow.others)):
        rows += [(name, "identified", kind, n) for kind, n in arm.identified.items()]
        rows += [
            (name, f"identified by {kind}", source, n)
            for kind, n_by_source in arm.named.items()
            for source, n in n_by_source.items()
        ]
        rows += [
            (name, "removed before screening", "duplicates", arm.duplicates),
            (name, "removed before screening", "automation tools", arm.automation),
            (name, "removed before screening", "other reasons", arm.refused),
            (name, "screened", "records", arm.screened),
            (name, "not finished", "not screened", arm.unscreened),
            (name, "not finished", "partly screened", arm.partial),
            (name, "not finished", "in conflict", arm.conflict),
            (name, "excluded", "records", arm.excluded),
            *((name, "excluded on title and abstract", reason, n) for reason, n in arm.early_reasons.items()),
            (name, "sought", "reports", arm.sought),
            (name, "sought", "awaited", arm.awaited),
            (name, "sought", "not retrieved", arm.not_retrieved),
            (name, "assessed", "reports", arm.assessed),
            (name, "assessed", "in assessment", arm.assessing),
        ]
        rows += [(name, "excluded at full text", reason, n) for reason, n in arm.reasons.items()]
        rows += [(name, "included", "reports", arm.included)]
    rows += [
        ("all", "new", "studies", flow.new_studies),
        ("all", "new", "reports", flow.new_reports),
        ("all", "total", "studies", flow.total_studies),
        ("all", "total", "reports", flow.total_reports),
    ]
    return pd.DataFrame(rows, columns=["arm", "box", "item", "n"])


def prisma2020_table(flow: Flow) -> pd.DataFrame:
    """The table that PRISMA2020 reads: data, node, box, description, boxtext, tooltips, url, n.

    Its rows are those of the tool's template; numbers of a meta-analysis, which the study has not,
    are NA, and the tool leaves their box out. What is not finished has no box there.
    """
    db, other = flow.databases, flow.others
    values = {
        "previous_studies": flow.previous_studies,
        "previous_reports": flow.previous_reports,
        "database_results": db.identified.get("database", 0),
        "database_specific_results": _join_counts(db.named.get("database", {})),
        "register_specific_results": _join_counts(db.named.get("register", {})),
        "register_results": db.identified.get("register", 0),
        "website_results": other.identified.get("website", 0),
        "organisation_results": other.identified.get("organisation", 0),
        "citations_results": other.identified.get("citation", 0),
        "duplicates": db.duplicates,
        "excluded_automatic": db.automation,
        "excluded_other": db.refused,
        "records_screened": db.screened,
        "records_excluded": db.excluded,
        "dbr_sought_reports": db.sought,
        "dbr_notretrieved_reports": db.not_retrieved,
        "other_sought_reports": other.sought,
        "other_notretrieved_reports": other.not_retrieved,
        "dbr_assessed": db.assessed,
        "dbr_excluded": _join_counts(db.reasons),
        "other_assessed": other.assessed,
        "other_excluded": _join_counts(other.reasons),
        "new_studies": flow.new_studies,
        "new_reports": flow.new_reports,
        "total_studies": flow.total_studies,
        "total_reports": flow.total_reports,
        "total_studies_ma": "NA",
        "total_reports_ma": "NA",
    }
    lines = pd.read_csv(LINES, dtype=str, keep_default_na=False, encoding="utf-8")
    rows = [
        (data, node, box, text, text, text, "NA", str(values.get(data, 0)))
        for data, node, box, text in lines.itertuples(index=False)
    ]
    columns = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    return pd.DataFrame(rows, columns=columns)


def _join_counts(counts: dict[str, int]) -> str:
    """Counts as PRISMA2020 splits them: "name, n; name, n" (no such signs in a name)."""
    clean = [(" ".join(re.sub("[;,]", " ", name).split()), n) for name, n in counts.items()]
    return "; ".join(f"{name}, {n}" for name, n in clean) or "None, 0"


def count_flow(
    account: pd.DataFrame,
    searches: pd.DataFrame,
    states: pd.DataFrame,
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
    kinds = states["databases"].map(lambda names: ";".join(kind_of(n, settings.kinds) for n in split_list(names)))
    arm = kinds.map(arm_of)
    labels = dict(zip(criteria["criterion"], criteria["label"], strict=True))
    arms = {
        name: count_arm(entered[entered["arm"] == name], states[arm == name], labels, settings.stopped)
        for name in ("databases", "others")
    }
    included = states[states["state"] == "included"]
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
            remedy="Run the workflow again from the searches; if this persists, please report it as a bug",
        )
    return flow


def _check_kinds(kinds: Mapping[str, str], searches: pd.DataFrame) -> None:
    """StudyError for a name of `kinds` that is nearly, but not quite, that of a source.

    A name that is like no source stays: its search may still be awaited.
    """
    sources = {name for name in searches["database"] if name}
    free = sorted(sources - set(kinds))
    raise_all(
        [
            StudyError(
                f"setting 'screening.kinds' names '{name}', but no search in searches.csv has "
                "this source, so that it would count as a database",
                remedy=did_you_mean(name, free) + "Write it as in searches.csv",
            )
            for name in kinds
            if name not in sources and nearest(name, free)
        ]
    )


def _entered(account: pd.DataFrame, searches: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """kind, name of the source, arm, outcome, n of each file of the searches."""
    database = {
        PurePath(file).name: name
        for name, files in zip(searches["database"], searches["file"], strict=True)
        for file in split_list(files)
    }
    rows = account[account["unit"] == "record"].copy()
    names = rows["source"].map(lambda source: PurePath(source).name)
    rows["kind"] = names.map(lambda n: kind_of(str(database.get(n, n)), kinds))
    rows["name"] = names.map(lambda n: database.get(n, n))
    rows["arm"] = rows["kind"].map(arm_of)
    rows["outcome"] = rows["outcome"].map(OUTCOMES).fillna("refused")
    return rows[["kind", "name", "arm", "outcome", "n"]].reset_index(drop=True)
