"""What the report is told of the QCA: numbers, names and rows for its templates."""

from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core.text import split_list
from coproduction.qca.analysis import Found, shown_kind, shown_terms
from coproduction.qca.settings import QcaSettings
from coproduction.qca.tables import STATES

ANCHORS = ["exclusion", "crossover", "inclusion"]


def facts(of_study: pd.DataFrame, found: Found, settings: QcaSettings) -> dict[str, Any]:
    """What the templates need; of a study that is under way what there is of it."""
    analysed = not (found.truth_table.empty or found.fitted.empty)
    told = {
        "settings": settings.model_dump(mode="json"),
        "begun": not of_study.empty,
        "analysed": analysed,
        "sets": _sets(of_study),
    }
    return told | (_analysis(of_study, found) if analysed else {})


def _analysis(of_study: pd.DataFrame, found: Found) -> dict[str, Any]:
    outcome = of_study.loc[of_study["role"] == "outcome", "set"].iloc[0]
    words = _words(of_study)
    return {
        **_cases(found.cases, of_study),
        **_truth(found.truth_table, outcome),
        **_necessity(found.necessity, outcome, words),
        "solved": [_solution(found, name) for name in (outcome, f"~{outcome}")],
        "terms": _terms(found.solutions),
        "plotted": int(found.fitted["case"].nunique()),
        **_robustness(found.robustness, outcome),
    }


def _words(of_study: pd.DataFrame) -> dict[str, str]:
    """Each set, and its absence, in words."""
    names = dict(zip(of_study["set"], of_study["name"], strict=True))
    return names | {f"~{name}": f"absence of: {said}" for name, said in names.items()}


def _listed(cell: str) -> str:
    return ", ".join(countries.title(case) for case in split_list(cell))


def _cases(cases: pd.DataFrame, of_study: pd.DataFrame) -> dict[str, Any]:
    left = cases[cases["state"] != STATES[0]]
    return {
        "cases": len(cases),
        "analysed_cases": int((cases["state"] == STATES[0]).sum()),
        "conditions": int((of_study["role"] == "condition").sum()),
        "left_out": [
            {"case": row.name, "state": row.state, "missing": split_list(row.missing)}
            for row in left.itertuples(index=False)
        ],
    }


def _sets(of_study: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "set": of_study["set"],
            "name": of_study["name"],
            "role": of_study["role"],
            "memberships": [_origin(row) for row in of_study.itertuples(index=False)],
            "expected": of_study["expected"].replace("", "–"),
        }
    )


def _origin(entry) -> str:
    if not entry.indicator:
        return "judged by the team"
    if pd.isna(entry.exclusion):
        return f"{entry.indicator}, from {entry.crossover:g} on"
    anchors = ", ".join(f"{getattr(entry, name):g}" for name in ANCHORS)
    return f"{entry.indicator}, anchors {anchors}"


def _truth(truth_table: pd.DataFrame, outcome: str) -> dict[str, Any]:
    own = truth_table[truth_table["outcome"] == outcome]
    seen = own[own["sufficient"] != "remainder"]
    assumed = truth_table[
        (truth_table["sufficient"] == "remainder") & (truth_table["assumed"] != "")
    ]
    rows = pd.DataFrame(
        {
            "configuration": seen["configuration"].str.replace("*", " * ", regex=False),
            "sufficient": seen["sufficient"],
            "n": seen["n"],
            "consistency": seen["consistency"],
            "pri": seen["pri"],
            "cases": seen["cases"].map(_listed),
        }
    )
    return {
        "configurations": len(own),
        "observed": len(seen),
        "with_outcome": int((seen["sufficient"] == "yes").sum()),
        "assumed_for_both": int((assumed.groupby("configuration").size() > 1).sum()),
        "truth_table": rows,
    }


def _necessity(necessity: pd.DataFrame, outcome: str, words: dict[str, str]) -> dict[str, Any]:
    own = necessity[necessity["outcome"] == outcome]
    said = own["condition"].map(words).str.lower()
    table = pd.DataFrame(
        {
            "outcome": necessity["outcome"],
            "condition": [words[name] for name in necessity["condition"]],
            "consistency": necessity["consistency"],
            "coverage": necessity["coverage"],
            "relevance": necessity["relevance"],
            "verdict": necessity["verdict"].replace("", "–"),
        }
    )
    return {
        "necessary": list(said[own["verdict"] == "necessary"]),
        "trivial": list(said[own["verdict"] == "trivial"]),
        "necessity": table,
    }


def _solution(found: Found, outcome: str) -> dict[str, Any]:
    """The solution that is shown for the outcome or its absence; no kind where there is none."""
    own = found.solutions[found.solutions["outcome"] == outcome]
    told = {"absence": outcome.startswith("~")}
    if own.empty:
        return told | {"kind": None}
    kind = shown_kind(set(own["kind"]))
    whole = own[(own["kind"] == kind) & (own["part"] == "whole")]
    first = whole.iloc[0]
    return told | {
        "kind": kind,
        "terms": len(shown_terms(found.solutions, outcome)),
        "models": len(whole),
        "consistency": first["consistency"],
        "coverage": first["coverage"],
        "deviant": [countries.title(case) for case in split_list(first["deviant"])],
        "uncovered": [countries.title(case) for case in split_list(first["uncovered"])],
    }


def _terms(solutions: pd.DataFrame) -> pd.DataFrame:
    """The terms of the solutions that are shown."""
    outcomes = solutions["outcome"].unique()
    if not len(outcomes):
        return pd.DataFrame()
    shown = pd.concat([shown_terms(solutions, name) for name in outcomes])
    return pd.DataFrame(
        {
            "outcome": shown["outcome"],
            "configuration": shown["expression"].str.replace("*", " * ", regex=False),
            "consistency": shown["consistency"],
            "pri": shown["pri"],
            "coverage": shown["coverage"],
            "unique": shown["unique"],
            "cases": shown["cases"].map(_listed),
        }
    )


def _robustness(robustness: pd.DataFrame, outcome: str) -> dict[str, Any]:
    own = robustness[robustness["outcome"] == outcome]
    chosen = own.loc[own["chosen"] == 1, "expression"].iloc[0]
    marks = robustness["chosen"].map({1: " (chosen cut-offs)", 0: ""})
    table = pd.DataFrame(
        {
            "outcome": robustness["outcome"],
            "consistency_cut": robustness["consistency_cut"],
            "cases_cut": robustness["cases_cut"],
            "solution": robustness["expression"]
            .replace("", "none")
            .str.replace("*", " * ", regex=False)
            + marks,
            "consistency": robustness["consistency"],
            "coverage": robustness["coverage"],
        }
    )
    return {
        "variants": len(own) - 1,
        "unchanged": int((own["expression"] == chosen).sum()) - 1,
        "robustness": table,
    }
