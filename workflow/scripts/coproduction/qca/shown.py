"""What of the solutions the report shows: the terms of one solution, and the conditions in each."""

import pandas as pd

from coproduction.core import accounting
from coproduction.qca.analysis import shown_kind
from coproduction.qca.tables import CONFIGURATIONS


def shown_terms(solutions: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The terms of the solution that is shown: the first of the intermediate or conservative ones."""
    own = solutions[(solutions["outcome"] == outcome) & (solutions["part"] == "term")]
    return own[(own["kind"] == shown_kind(set(own["kind"]))) & (own["model"] == 1)]


def figure_configurations(solutions: pd.DataFrame, of_study: pd.DataFrame) -> pd.DataFrame:
    """CONFIGURATIONS: each condition of each term, and whether the parsimonious solution needs it."""
    names = of_study.set_index("set")["name"]
    rows = []
    for outcome in solutions["outcome"].unique():
        own = solutions[(solutions["outcome"] == outcome) & (solutions["part"] == "term")]
        short = [set(e.split("*")) for e in own.loc[own["kind"] == "parsimonious", "expression"]]
        for n, term in enumerate(shown_terms(solutions, outcome).itertuples(index=False), 1):
            literals = term.expression.split("*")
            core = {part for words in short if words <= set(literals) for part in words}
            for literal in [part for part in literals if part != "always"]:
                name = literal.removeprefix("~")
                rows.append(
                    {
                        "outcome": outcome,
                        "term": n,
                        "condition": name,
                        "name": names[name],
                        "state": "absent" if literal.startswith("~") else "present",
                        "core": int(literal in core),
                        "consistency": term.consistency,
                        "coverage": term.coverage,
                        "unique": term.unique,
                    }
                )
    return accounting.table(rows, CONFIGURATIONS)
