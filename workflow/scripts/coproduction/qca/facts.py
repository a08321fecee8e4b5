"""What the report is told of the QCA: numbers, names and rows for its templates."""

from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core.prose import uncapitalised
from coproduction.core.text import split_list
from coproduction.qca.analysis import Found, shown_terms
from coproduction.qca.settings import QcaSettings
from coproduction.qca.solving import shown_kind
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
        "unfilled": _unfilled(of_study, found.cases),
    }
    return told | (_analysis(of_study, found) if analysed else {})


def _analysis(of_study: pd.DataFrame, found: Found) -> dict[str, Any]:
    outcome = of_study.loc[of_study["role"] == "outcome", "set"].iloc[0]
    words = _words(of_study)
    return {
        "outcome": words[outcome],
        **_cases(found.cases, of_study),
        **_truth(found.truth_table, outcome),
        **_necessity(found.necessity, outcome, words),
        "solved": [_solution(found, name) | _paths(found, name, words) for name in (outcome, f"~{outcome}")],
        "terms": _terms(found.solutions),
        "plotted": int(found.fitted["case"].nunique()),
        **_robustness(found.robustness, outcome),
        "robustness_fit": _robustness_fit(found.robustness_fit),
        "sensitivity": _sensitivity(found.sensitivity),
        "skewed": [words[name] for name in found.skewness.loc[found.skewness["skewed"] == "yes", "set"]],
        "excluded": _excluded(found.truth_table),
    }


def _words(of_study: pd.DataFrame) -> dict[str, str]:
    """Each set, and its absence, in words."""
    names = dict(zip(of_study["set"], of_study["name"], strict=True))
    values = [
        (f"{row.set}[{value}]", f"{row.name}: value {value}")
        for row in of_study.itertuples(index=False)
        for value in range(int(row.values) if pd.notna(row.values) and row.values > 2 else 0)
    ]
    absent = {f"~{name}": f"absence of: {said}" for name, said in names.items()}
    return names | absent | dict(values)


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


def _unfilled(of_study: pd.DataFrame, cases: pd.DataFrame) -> list[dict[str, str]]:
    """Sets in which no case has a membership: one of them keeps every case out of the analysis."""
    missing = [set(split_list(cell)) for cell in cases["missing"]]
    lacking = set.intersection(*missing) if missing else set()
    own = of_study[of_study["set"].isin(lacking)]
    return [{"name": row.name, "indicator": row.indicator} for row in own.itertuples(index=False)]


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
        return "judged by the team" + (f", {entry.values} values" if entry.values > 2 else "")
    if entry.thresholds:
        return f"{entry.indicator}, thresholds {', '.join(split_list(entry.thresholds))}"
    if pd.isna(entry.exclusion):
        return f"{entry.indicator}, from {entry.crossover:g} on"
    anchors = ", ".join(f"{getattr(entry, name):g}" for name in ANCHORS)
    return f"{entry.indicator}, anchors {anchors}"


def _truth(truth_table: pd.DataFrame, outcome: str) -> dict[str, Any]:
    own = truth_table[truth_table["outcome"] == outcome]
    seen = own[own["sufficient"] != "remainder"]
    assumed = truth_table[(truth_table["sufficient"] == "remainder") & (truth_table["assumed"] != "")]
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
    models = found.models[(found.models["outcome"] == outcome) & (found.models["kind"] == kind)]
    enhanced = own[(own["kind"] == f"enhanced {kind}") & (own["part"] == "whole")]
    whole = own[(own["kind"] == kind) & (own["part"] == "whole")]
    first = whole.iloc[0]
    return told | {
        "kind": kind,
        "terms": len(shown_terms(found.solutions, outcome)),
        "models": int(models["models"].iloc[0]),
        "listed": len(whole),
        "counted": models["counted"].iloc[0],
        "between": _or_none(models["between"].iloc[0]),
        "pairs": _or_none(models["pairs"].iloc[0]),
        "enhanced": None if enhanced.empty else enhanced.iloc[0]["expression"].replace("*", " * "),
        "enhanced_same": bool(len(enhanced)) and enhanced.iloc[0]["expression"] == first["expression"],
        "consistency": first["consistency"],
        "coverage": first["coverage"],
        "deviant": [countries.title(case) for case in split_list(first["deviant"])],
        "uncovered": [countries.title(case) for case in split_list(first["uncovered"])],
    }


def _or_none(number: Any) -> int | None:
    return None if pd.isna(number) else int(number)


def _paths(found: Found, outcome: str, words: dict[str, str]) -> dict[str, Any]:
    """The configurations of the solution that is shown, in words: what all of them have, and what each adds."""
    if found.solutions[found.solutions["outcome"] == outcome].empty:
        return {"common": [], "paths": []}
    terms = [expression.split("*") for expression in shown_terms(found.solutions, outcome)["expression"]]
    common = [name for name in terms[0] if all(name in term for term in terms)] if len(terms) > 1 else []
    said = {name: uncapitalised(told) for name, told in words.items()}
    return {
        "common": [said[name] for name in common],
        "paths": [[said[name] for name in term if name not in common] for term in terms],
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
            "solution": robustness["expression"].replace("", "none").str.replace("*", " * ", regex=False) + marks,
            "consistency": robustness["consistency"],
            "coverage": robustness["coverage"],
        }
    )
    return {"variants": len(own) - 1, "unchanged": int((own["expression"] == chosen).sum()) - 1, "robustness": table}


def _robustness_fit(fit: pd.DataFrame) -> pd.DataFrame:
    return fit[["outcome", "rf_cons", "rf_cov", "rf_sc_min", "rf_sc_max", "rcr_typ", "rcr_dev", "rank"]]


def _sensitivity(sensitivity: pd.DataFrame) -> pd.DataFrame:
    """From where to where each choice leaves the solution the same."""
    rows = sensitivity.itertuples(index=False)
    return pd.DataFrame(
        {
            "outcome": sensitivity["outcome"],
            "parameter": sensitivity["parameter"],
            "chosen": sensitivity["chosen"].map("{:.4g}".format),
            "range": [
                f"{row.lowest:.4g}{' or less' if 'below' in row.open and row.lowest > 1 else ''} to "
                f"{row.highest:.4g}{' or more' if 'above' in row.open else ''}"
                for row in rows
            ],
        }
    )


def _excluded(truth_table: pd.DataFrame) -> list[dict[str, Any]]:
    """How many remainders the enhanced solutions for the outcome do not assume, by reason."""
    own = truth_table[truth_table["outcome"] == truth_table["outcome"].iloc[0]]
    counts = own.loc[own["excluded"] != "", "excluded"].value_counts().sort_index()
    return [{"reason": reason, "n": int(n)} for reason, n in counts.items()]
