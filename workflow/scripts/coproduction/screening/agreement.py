"""Agreement of the reviewers of this study, by stage: each pair of them, and all together.

PABAK and AC1 stand beside kappa, since kappa falls when almost everything is excluded even where
reviewers hardly ever differ (the "paradox" of Feinstein and Cicchetti 1990), which is the usual case
in screening.
"""

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.methods.raters import agree_by_pair, agree_overall
from coproduction.screening.decisions import rating_table
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import AGREEMENT, STAGES

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
        of_stage = decisions[(decisions["stage"] == stage) & (decisions["scope"] != "team")]
        sided = of_stage.assign(decision=of_stage["decision"].map(SIDES[stage]))
        rows += _measure(stage, "decisions", sided, "decision", settings)
        if settings.calibration:
            first = _first_in_common(sided, settings.calibration)
            rows += _measure(stage, "calibration", first, "decision", settings)
        reasons = of_stage[
            (of_stage["decision"] == "exclude") & (of_stage["reason"] != "") & (of_stage["scope"] == "own")
        ]
        rows += _measure(stage, "reasons", reasons, "reason", settings)
        rows += _measure_each_reason(stage, reasons, settings)
    return accounting.table(rows, AGREEMENT) if rows else tables.empty(AGREEMENT)


def _measure_each_reason(stage: str, reasons: pd.DataFrame, settings: ScreeningSettings) -> list[dict]:
    """For each reason: do reviewers who exclude the same record agree on giving it or not?"""
    rows = []
    for reason in sorted(reasons["reason"].unique()):
        with_reason = reasons.assign(given=(reasons["reason"] == reason).map({True: "yes", False: "no"}))
        rows += _measure(stage, f"reason {reason}", with_reason, "given", settings)
    return rows


def _measure(stage: str, measured: str, decisions: pd.DataFrame, value: str, settings: ScreeningSettings) -> list[dict]:
    if decisions.empty:
        return []
    known_categories = {"decision": set(SIDES[stage].values()), "given": {"yes", "no"}}
    categories = sorted(known_categories.get(value) or decisions[value].unique())
    if value == "decision" and stage == "full_text" and not (decisions[value] == "maybe").any():
        categories.remove("maybe")
    if len(categories) < 2:
        return []
    ratings = rating_table(decisions, value)
    rows = agree_by_pair(ratings, categories, settings.confidence)
    overall = agree_overall(ratings, categories, settings.confidence)
    if overall and ratings.shape[1] > 2:
        rows.append(overall)
    return [{"stage": stage, "measured": measured} | row for row in rows]


def _first_in_common(decisions: pd.DataFrame, n: int) -> pd.DataFrame:
    """Decisions on the first `n` records (by day and time) that two or more have decided.

    None where a decision has no date: which ones were the first is not known then.
    """
    several = decisions.groupby("record")["reviewer"].transform("nunique") >= 2
    common = decisions[several].sort_values(["date", "time", "order", "record"], kind="stable")
    if (common["date"] == "").any():
        return common.head(0)
    first = list(dict.fromkeys(common["record"]))[:n]
    return decisions[decisions["record"].isin(first)]
