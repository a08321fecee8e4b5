"""The numbers of the PRISMA 2020 flow, computed from tables and checked against each other.

Boxes and wording follow the template for new and updated reviews with databases, registers and
other methods (Page et al. 2021, doi:10.1136/bmj.n71). The CSV has the layout that the R package
PRISMA2020 and its web tool read (Haddaway et al. 2022, doi:10.1002/cl2.1230). What is not
finished yet has boxes of its own, so that the flow adds up on every day of the review.
"""

import re
from dataclasses import dataclass, field

import pandas as pd

DATABASE_KINDS = ("database", "register")
OTHER_KINDS = ("website", "organisation", "citation")
KINDS = DATABASE_KINDS + OTHER_KINDS


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


def arm_of(kinds: str) -> str:
    """The arm of a record found through `kinds` (;-separated): other methods only if no other."""
    found = {kind.strip() for kind in str(kinds).split(";") if kind.strip()}
    return "others" if found and not found & set(DATABASE_KINDS) else "databases"


def count_arm(
    entered: pd.DataFrame, states: pd.DataFrame, labels: dict[str, str], stopped: bool
) -> Arm:
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
    out = states[states["state"] == "full text: excluded"]
    reasons = out["reason"].replace("", "no reason given").value_counts()
    reasons = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
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
        reasons={labels.get(code, code): int(k) for code, k in reasons},
        included=included,
        named=_named(entered),
        decided=int(states["title_abstract"].isin(["included", "excluded"]).sum()),
    )


def _identified(entered: pd.DataFrame) -> dict[str, int]:
    """Records identified by kind, in the order of KINDS, zeros left out but for databases."""
    sums = entered.groupby("kind")["n"].sum()
    return {kind: int(sums[kind]) for kind in KINDS if kind in sums}


def _named(entered: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Records identified by kind and source, most first."""
    sums = entered.groupby(["kind", "name"])["n"].sum().reset_index()
    sums = sums.sort_values(["n", "name"], ascending=[False, True], kind="stable")
    return {
        kind: {name: int(n) for name, n in zip(own["name"], own["n"], strict=True)}
        for kind, own in sums.groupby("kind")
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
            *([("records identified", identified, "those of the single sources", by_name)]
              if arm.named else []),
            ("records identified", identified, "removed + screened + not finished",
             removed + arm.screened + arm.unfinished),
            ("records screened", arm.screened, "excluded + sought", arm.excluded + arm.sought),
            ("reports sought", arm.sought, "awaited + not retrieved + assessed",
             arm.awaited + arm.not_retrieved + arm.assessed),
            ("reports assessed", arm.assessed, "in assessment + excluded + included",
             arm.assessing + sum(arm.reasons.values()) + arm.included),
        ]  # fmt: skip
        problems += [
            f"{name}: {left} ({a}) is not {right} ({b})" for left, a, right, b in sums if a != b
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
            for kind, own in arm.named.items()
            for source, n in own.items()
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
    rows = [
        (data, node, box, text, text, text, "NA", values.get(data, 0))
        for data, node, box, text in _PRISMA2020
    ]
    columns = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    return pd.DataFrame(rows, columns=columns)


def _join_counts(counts: dict[str, int]) -> str:
    """Counts as PRISMA2020 splits them: "name, n; name, n" (no such signs in a name)."""
    clean = [(" ".join(re.sub("[;,]", " ", name).split()), n) for name, n in counts.items()]
    return "; ".join(f"{name}, {n}" for name, n in clean) or "None, 0"


# data, node, box and text of each line of the tool's own template.
_PRISMA2020 = (
    ("NA", "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies included in previous version of review"),
    ("previous_reports", "NA", "box1", "Reports of studies included in previous version of review"),
    ("NA", "node6", "newstud", "Identification of new studies via databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", "NA", "box2", "Specific Databases"),
    ("register_results", "NA", "box2", "Registers"),
    ("register_specific_results", "NA", "box2", "Specific Registers"),
    ("NA", "node16", "othstud", "Identification of new studies via other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", "NA", "box11", "Organisations"),
    ("citations_results", "NA", "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", "NA", "box3", "Records marked as ineligible by automation tools"),
    ("excluded_other", "NA", "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "New studies included in review"),
    ("new_reports", "NA", "box10", "Reports of new included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", "NA", "box16", "Reports of total included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
    ("total_studies_ma", "node23", "box17", "Total studies included in meta-analysis"),
    ("total_reports_ma", "NA", "box17", "Reports of total included studies in meta-analysis"),
)
