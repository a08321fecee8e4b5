"""What the report is told of the QCA: numbers, names and rows for its templates."""

from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core.prose import uncapitalised
from coproduction.core.text import split_list
from coproduction.qca.analysis import Analysis, shown_terms
from coproduction.qca.settings import QcaSettings
from coproduction.qca.solving import shown_kind
from coproduction.qca.tables import STATES

ANCHORS = ["exclusion", "crossover", "inclusion"]


def facts(of_study: pd.DataFrame, analysis: Analysis, settings: QcaSettings) -> dict[str, Any]:
    """What the templates need; of a study that is under way what there is of it."""
    analysed = not (analysis.truth_table.empty or analysis.fitted.empty)
    known_facts = {
        "settings": settings.model_dump(mode="json"),
        "begun": not of_study.empty,
        "analysed": analysed,
        "sets": _sets(of_study),
        "unfilled": _unfilled(of_study, analysis.cases),
    }
    return known_facts | (_analysis(of_study, analysis) if analysed else {})


def _analysis(of_study: pd.DataFrame, analysis: Analysis) -> dict[str, Any]:
    outcome = of_study.loc[of_study["role"] == "outcome", "set"].iloc[0]
    words = _words(of_study)
    return {
        "outcome": words[outcome],
        **_cases(analysis.cases, of_study),
        **_truth(analysis.truth_table, outcome),
        **_necessity(analysis.necessity, outcome, words),
        "solved": [_solution(analysis, name) | _paths(analysis, name, words) for name in (outcome, f"~{outcome}")],
        "terms": _terms(analysis.solutions),
        "plotted": int(analysis.fitted["case"].nunique()),
        **_robustness(analysis.robustness, outcome),
        "robustness_fit": _robustness_fit(analysis.robustness_fit),
        "sensitivity": _sensitivity(analysis.sensitivity),
        "skewed": [words[name] for name in analysis.skewness.loc[analysis.skewness["skewed"] == "yes", "set"]],
        "excluded": _excluded(analysis.truth_table),
    }


def _words(of_study: pd.DataFrame) -> dict[str, str]:
    """Each set, and its absence, in words."""
    names = dict(zip(of_study["set"], of_study["name"], strict=True))
    values = [
        (f"{row.set}[{value}]", f"{row.name}: value {value}")
        for row in of_study.itertuples(index=False)
        for value in range(int(row.values) if pd.notna(row.values) and row.values > 2 else 0)
    ]
    absent = {f"~{name}": f"absence of: {uncapitalised(words)}" for name, words in names.items()}
    return names | absent | dict(values)


def _listed(cell: str) -> str:
    return ", ".join(countries.title(case) for case in split_list(cell))


def _cases(cases: pd.DataFrame, of_study: pd.DataFrame) -> dict[str, Any]:
    incomplete = cases[cases["state"] != STATES[0]]
    return {
        "cases": len(cases),
        "analysed_cases": int((cases["state"] == STATES[0]).sum()),
        "conditions": int((of_study["role"] == "condition").sum()),
        "left_out": [
            {"case": row.name, "state": row.state, "missing": split_list(row.missing)}
            for row in incomplete.itertuples(index=False)
        ],
    }


def _unfilled(of_study: pd.DataFrame, cases: pd.DataFrame) -> list[dict[str, str]]:
    """Sets in which no case has a membership: one of them keeps every case out of the analysis."""
    missing = [set(split_list(cell)) for cell in cases["missing"]]
    lacking = set.intersection(*missing) if missing else set()
    empty_sets = of_study[of_study["set"].isin(lacking)]
    return [{"name": row.name, "indicator": row.indicator} for row in empty_sets.itertuples(index=False)]


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
    rows_of_outcome = truth_table[truth_table["outcome"] == outcome]
    observed = rows_of_outcome[rows_of_outcome["sufficient"] != "remainder"]
    assumed = truth_table[(truth_table["sufficient"] == "remainder") & (truth_table["assumed"] != "")]
    rows = pd.DataFrame(
        {
            "configuration": observed["configuration"].str.replace("*", " * ", regex=False),
            "sufficient": observed["sufficient"],
            "n": observed["n"],
            "consistency": observed["consistency"],
            "pri": observed["pri"],
            "cases": observed["cases"].map(_listed),
        }
    )
    return {
        "configurations": len(rows_of_outcome),
        "observed": len(observed),
        "with_outcome": int((observed["sufficient"] == "yes").sum()),
        "assumed_for_both": int((assumed.groupby("configuration").size() > 1).sum()),
        "truth_table": rows,
    }


def _necessity(necessity: pd.DataFrame, outcome: str, words: dict[str, str]) -> dict[str, Any]:
    of_outcome = necessity[necessity["outcome"] == outcome]
    condition_words = of_outcome["condition"].map(words).str.lower()
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
        "necessary": list(condition_words[of_outcome["verdict"] == "necessary"]),
        "trivial": list(condition_words[of_outcome["verdict"] == "trivial"]),
        "necessity": table,
    }


def _solution(analysis: Analysis, outcome: str) -> dict[str, Any]:
    """The solution that is shown for the outcome or its absence; no kind where there is none."""
    of_outcome = analysis.solutions[analysis.solutions["outcome"] == outcome]
    base = {"absence": outcome.startswith("~")}
    if of_outcome.empty:
        return base | {"kind": None}
    kind = shown_kind(set(of_outcome["kind"]))
    models = analysis.models[(analysis.models["outcome"] == outcome) & (analysis.models["kind"] == kind)]
    enhanced = of_outcome[(of_outcome["kind"] == f"enhanced {kind}") & (of_outcome["part"] == "whole")]
    solution_rows = of_outcome[(of_outcome["kind"] == kind) & (of_outcome["part"] == "whole")]
    first = solution_rows.iloc[0]
    return base | {
        "kind": kind,
        "terms": len(shown_terms(analysis.solutions, outcome)),
        "models": int(models["models"].iloc[0]),
        "listed": len(solution_rows),
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


def _paths(analysis: Analysis, outcome: str, words: dict[str, str]) -> dict[str, Any]:
    """The configurations of the solution that is shown, in words: what all of them have, and what each adds."""
    if analysis.solutions[analysis.solutions["outcome"] == outcome].empty:
        return {"common": [], "paths": []}
    terms = [expression.split("*") for expression in shown_terms(analysis.solutions, outcome)["expression"]]
    common = [name for name in terms[0] if all(name in term for term in terms)] if len(terms) > 1 else []
    lower_words = {name: uncapitalised(text) for name, text in words.items()}
    return {
        "common": [lower_words[name] for name in common],
        "paths": [[lower_words[name] for name in term if name not in common] for term in terms],
    }


def _terms(solutions: pd.DataFrame) -> pd.DataFrame:
    """The terms of the solutions that are shown."""
    outcomes = solutions["outcome"].unique()
    if not len(outcomes):
        return pd.DataFrame()
    terms = pd.concat([shown_terms(solutions, name) for name in outcomes])
    return pd.DataFrame(
        {
            "outcome": terms["outcome"],
            "configuration": terms["expression"].str.replace("*", " * ", regex=False),
            "consistency": terms["consistency"],
            "pri": terms["pri"],
            "coverage": terms["coverage"],
            "unique": terms["unique"],
            "cases": terms["cases"].map(_listed),
        }
    )


def _robustness(robustness: pd.DataFrame, outcome: str) -> dict[str, Any]:
    of_outcome = robustness[robustness["outcome"] == outcome]
    chosen = of_outcome.loc[of_outcome["chosen"] == 1, "expression"].iloc[0]
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
    return {
        "variants": len(of_outcome) - 1,
        "unchanged": int((of_outcome["expression"] == chosen).sum()) - 1,
        "robustness": table,
    }


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
    of_outcome = truth_table[truth_table["outcome"] == truth_table["outcome"].iloc[0]]
    counts = of_outcome.loc[of_outcome["excluded"] != "", "excluded"].value_counts().sort_index()
    return [{"reason": reason, "n": int(n)} for reason, n in counts.items()]
