"""What the ecosystem hands over to the whole study: how far it is, and where everything went."""

from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.core.prose import listed, uncapitalised
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import FAVOURS, HINDERS, MIXED, NOT_ABOUT, UNREAD

FORMS = "results/forms/ecosystem"
PUT_IN = "ecosystem/influences.csv"


def status(table: pd.DataFrame, settings: EcosystemSettings) -> pd.DataFrame:
    """Rows of STATUS: factors with evidence, techniques that have delivered."""
    delivered = [name for name in settings.kinds if table[f"standing_{name}"].notna().any()]
    titles = {name: settings.titles.get(name, name) for name in settings.kinds if name not in delivered}
    missing = [title if name == "delphi" else uncapitalised(title) for name, title in titles.items()]
    awaited = f"evidence from {listed(missing)}" if missing else ""
    supported = int((table["sources"] > 0).sum())
    rows = [
        accounting.status_row(
            "ecosystem", "Techniques in the model", len(delivered), len(settings.kinds), "technique", awaited
        ),
        accounting.status_row("ecosystem", "Conditions weighed", len(table), len(table), "condition"),
    ]
    if supported == 0:
        rows[1] = accounting.status_row("ecosystem", "Conditions weighed", 0, len(table), "condition")
        return accounting.table(rows, accounting.STATUS)
    n_judged = int((table["judgement"] != "").sum())
    n_proposed = int((table["proposed"] != "none").sum())
    rows.append(
        accounting.status_row(
            "ecosystem",
            "Confidence judged",
            n_judged,
            n_proposed,
            "condition",
            ""
            if n_judged == n_proposed
            else f"judgements of confidence, from the research team (form: {FORMS}/judgements.xlsx)",
            "" if n_judged == n_proposed else "ecosystem/judgements.csv",
        )
    )
    return accounting.table(rows, accounting.STATUS)


def reading_status(form: pd.DataFrame, directions: pd.DataFrame) -> pd.DataFrame:
    """Rows of STATUS: the units of evidence whose direction people have read (DIRECTION_FORM).

    said: the rows of their file and what became of each (DIRECTIONS).
    """
    unread = int((form["state"] == UNREAD).sum())
    missing_units = directions[directions["outcome"] == "not part of the evidence"]
    disputed = directions[directions["outcome"].str.startswith("passage confirmed")]
    awaited = (
        "the direction of evidence that was matched automatically, from the research team "
        f"(form: {FORMS}/directions.xlsx)"
    )
    asks = [awaited] * (unread > 0)
    if len(missing_units):
        names = [
            f"row {row.row} ({row.unit}{f'; {row.perhaps}?' if row.perhaps else ''})"
            for row in missing_units.itertuples()
        ]
        asks.append(
            f"corrections of rows whose unit is not (or no longer) among the evidence: {accounting.some(names)}"
        )
    if len(disputed):
        names = [f"row {row.row} ({row.unit})" for row in disputed.itertuples()]
        asks.append(f"one consistent answer, here or in desk/judgements.csv, for {accounting.some(names)}")
    row = accounting.status_row(
        "ecosystem",
        "Evidence read",
        len(form) - unread,
        len(form),
        "unit of evidence",
        "; ".join(asks),
        "ecosystem/directions.csv" if asks else "",
    )
    return accounting.table([row], accounting.STATUS)


def structure_status(basis: dict[str, Any]) -> pd.DataFrame:
    """Rows of STATUS: the pairs of factors that experts have judged."""
    judged = basis["judged_by_all"] + basis["judged_by_some"]
    open_ = basis["pairs"] - judged
    other = basis["not_asked"]
    more = (
        f"{other['judgements']} judgements concern conditions that are not on "
        f"the form ({accounting.some(other['factors'])}); name them in ecosystem.structure_factors"
    )
    awaited = (
        f"judgements of which condition influences which, from experts (form: {FORMS}/influences.xlsx)" if open_ else ""
    )
    awaited = "; ".join(filter(None, [awaited, more if other["judgements"] else ""]))
    row = accounting.status_row(
        "ecosystem",
        "Influences judged",
        judged,
        basis["pairs"],
        "pair of conditions",
        awaited,
        PUT_IN if awaited else "",
    )
    return accounting.table([row], accounting.STATUS)


def account(studies: pd.DataFrame, linked: pd.DataFrame, trace: pd.DataFrame, directions: pd.DataFrame) -> pd.DataFrame:
    """Where every study, every piece of evidence and every settled direction (DIRECTIONS) went."""
    with_factor = linked[linked["kind"] == "study"]["source"].nunique()
    names = studies["study"].where(studies["study"] != "", studies["record"])
    number = names.nunique()
    rows = accounting.account_rows(
        "ecosystem",
        "study",
        "screening/included.csv",
        {"linked to a condition": with_factor, "linked to no condition": number - with_factor},
    )
    pieces = trace[trace["technique"] != ""]
    for technique, part in pieces.groupby("technique", sort=True):
        counts, direction = part["counts"] == "yes", part["direction"]
        outcomes = {
            "favours": int((counts & (direction == FAVOURS)).sum()),
            "hinders": int((counts & (direction == HINDERS)).sum()),
            "mixed": int((counts & (direction == MIXED)).sum()),
            "not about it": int((counts & (direction == NOT_ABOUT)).sum()),
            "unread": int((counts & (direction == "")).sum()),
            "listed only": int((~counts).sum()),
        }
        rows += accounting.account_rows("ecosystem", "piece of evidence", technique, outcomes)
    became = accounting.counts(directions["outcome"])
    rows += accounting.account_rows("ecosystem", "settled direction", "ecosystem/directions.csv", became)
    return accounting.table(rows, accounting.ACCOUNT)
