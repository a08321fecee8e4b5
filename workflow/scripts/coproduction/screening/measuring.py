"""Agreement of the reviewers of this study, by stage."""

import pandas as pd

from coproduction import progress, tables
from coproduction.screening.agreement import agree_by_pair, agree_overall
from coproduction.screening.decisions import STAGES, rating_table
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import AGREEMENT

SIDES = {
    "title_abstract": {"include": "pass", "maybe": "pass", "exclude": "exclude"},
    "full_text": {"include": "include", "maybe": "maybe", "exclude": "exclude"},
}


def measure_agreement(decisions: pd.DataFrame, settings: ScreeningSettings) -> pd.DataFrame:
    """AGREEMENT: each pair of reviewers and all together, on decisions and on reasons.

    On title and abstract a "maybe" counts as passing on, which is what it does.
    """
    rows: list[dict] = []
    for stage in STAGES:
        own = decisions[(decisions["stage"] == stage) & (decisions["scope"] != "team")]
        sided = own.assign(decision=own["decision"].map(SIDES[stage]))
        rows += _measure(stage, "decisions", sided, "decision", settings)
        if settings.calibration:
            first = _first_in_common(sided, settings.calibration)
            rows += _measure(stage, "calibration", first, "decision", settings)
        reasons = own[
            (own["decision"] == "exclude") & (own["reason"] != "") & (own["scope"] == "own")
        ]
        rows += _measure(stage, "reasons", reasons, "reason", settings)
    return progress.table(rows, AGREEMENT) if rows else tables.empty(AGREEMENT)


def _measure(
    stage: str, measured: str, decisions: pd.DataFrame, value: str, settings: ScreeningSettings
) -> list[dict]:
    if decisions.empty:
        return []
    categories = sorted(
        set(SIDES[stage].values()) if value == "decision" else decisions[value].unique()
    )
    if value == "decision" and stage == "full_text" and not (decisions[value] == "maybe").any():
        categories.remove("maybe")
    if len(categories) < 2:
        return []
    ratings = rating_table(decisions, value)
    rows = agree_by_pair(ratings, categories, settings.confidence)
    together = agree_overall(ratings, categories, settings.confidence)
    if together and ratings.shape[1] > 2:
        rows.append(together)
    return [{"stage": stage, "measured": measured} | row for row in rows]


def _first_in_common(decisions: pd.DataFrame, n: int) -> pd.DataFrame:
    """Decisions on the first `n` records (by date and sequence) that two or more have decided."""
    several = decisions.groupby("record")["reviewer"].transform("nunique") >= 2
    common = decisions[several].sort_values(["date", "order", "record"], kind="stable")
    first = list(dict.fromkeys(common["record"]))[:n]
    return decisions[decisions["record"].isin(first)]
