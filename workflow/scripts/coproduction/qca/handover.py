"""What the QCA hands on: evidence, how far it is, where every case and membership went."""

import pandas as pd

from coproduction.core import accounting
from coproduction.core.text import split_list
from coproduction.qca.analysis import configurations, shown_terms
from coproduction.qca.tables import STATES

TECHNIQUE = "qca"
FOLDER = "qca"


def evidence(solutions: pd.DataFrame, of_study: pd.DataFrame) -> pd.DataFrame:
    """EVIDENCE: a row per factor and term of the shown solution for the outcome (not its absence)."""
    outcome = of_study.loc[of_study["role"] == "outcome", ["set", "name"]]
    if outcome.empty or solutions.empty:
        return accounting.table([], accounting.EVIDENCE)
    target, name = outcome.iloc[0]
    terms = shown_terms(solutions, target).reset_index(drop=True)
    parts = configurations(solutions, of_study)
    factors = of_study.set_index("set")["factors"]
    rows = [
        {
            "factor": factor,
            "technique": TECHNIQUE,
            "kind": "configuration",
            "source": terms.loc[part.term - 1, "expression"],
            "locator": f"configuration {part.term}",
            "excerpt": f"{part.name}: {part.state}, in a configuration sufficient for: {name}",
            "value": part.consistency,
            "note": f"consistency {part.consistency:.2f}, raw coverage {part.coverage:.2f}; "
            + ("core" if part.core else "contributing"),
        }
        for part in parts[parts["outcome"] == target].itertuples(index=False)
        for factor in split_list(factors[part.condition])
    ]
    return accounting.table(rows, accounting.EVIDENCE)


def status(of_study: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """STATUS: one row on the sets, one on the cases. A study without sets has not started a QCA."""
    outcomes = int((of_study["role"] == "outcome").sum())
    conditions = len(of_study) - outcomes
    lacking = ["an outcome"] * (not outcomes) + ["two conditions or more"] * (conditions < 2)
    lacking_text = " and ".join(lacking) + ", from the research team" if len(of_study) and lacking else ""
    rows = [
        accounting.status_row(
            TECHNIQUE,
            "Sets described",
            len(of_study),
            len(of_study) or None,
            "set",
            lacking_text,
            f"{FOLDER}/sets.csv" if lacking_text else "",
        )
    ]
    n_complete = int((cases["state"] == STATES[0]).sum())
    awaited, table_name = "", ""
    if len(of_study) and not lacking_text and cases.empty:
        awaited, table_name = "cases and their memberships, from the research team", "memberships.csv"
    elif n_complete < len(cases):
        awaited = "memberships of " + accounting.some(list(cases.loc[cases["state"] != STATES[0], "name"]))
        table_name = "memberships.csv"
    rows.append(
        accounting.status_row(
            TECHNIQUE,
            "Cases in a configuration",
            n_complete,
            len(cases) or None,
            "case",
            awaited,
            f"{FOLDER}/{table_name}" if table_name else "",
        )
    )
    return accounting.table(rows, accounting.STATUS)


def account(
    of_study: pd.DataFrame, memberships: pd.DataFrame, calibrated: pd.DataFrame, cases: pd.DataFrame
) -> pd.DataFrame:
    """ACCOUNT: every set, every row of memberships.csv, every case."""
    rows = accounting.account_rows(TECHNIQUE, "set", f"{FOLDER}/sets.csv", accounting.counts(of_study["role"]))
    empty = int(memberships["membership"].isna().sum())
    outcomes_of_rows = {"with a value": len(memberships) - empty, "without a value": empty}
    outcomes_of_rows = {outcome: n for outcome, n in outcomes_of_rows.items() if n}
    rows += accounting.account_rows(TECHNIQUE, "judged membership", f"{FOLDER}/memberships.csv", outcomes_of_rows)
    states = cases["state"] if len(cases) else pd.Series("not analysed yet", calibrated["case"].unique())
    rows += accounting.account_rows(TECHNIQUE, "case", f"{FOLDER}/sets.csv", accounting.counts(states))
    return accounting.table(rows, accounting.ACCOUNT)
