"""The tables of the analysis: cases, truth table, necessity, solutions and what the report shows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.methods import truth_tables
from coproduction.methods.truth_tables import Data
from coproduction.qca import cases
from coproduction.qca.settings import QcaSettings
from coproduction.qca.solving import Part, Solved, enhance, matrix, parts_of, shown_kind, solve, verdict
from coproduction.qca.tables import (
    CASES,
    CONFIGURATIONS,
    ENHANCED,
    FITTED,
    KINDS,
    MODELS,
    NECESSITY,
    PLACES,
    ROBUSTNESS,
    ROBUSTNESS_FIT,
    SENSITIVITY,
    SKEWNESS,
    SOLUTIONS,
    TERMS,
    TRUTH_TABLE,
)
from coproduction.qca.varying import robustness_fit_row, robustness_rows, sensitivity_rows, variants_of

FEWEST_CONDITIONS = 2


@dataclass(frozen=True)
class Analysis:
    """The tables of the analysis, each named as its file."""

    cases: pd.DataFrame
    truth_table: pd.DataFrame
    necessity: pd.DataFrame
    solutions: pd.DataFrame
    models: pd.DataFrame
    robustness: pd.DataFrame
    robustness_fit: pd.DataFrame
    sensitivity: pd.DataFrame
    skewness: pd.DataFrame
    fitted: pd.DataFrame


def analyse(of_study: pd.DataFrame, calibrated: pd.DataFrame, settings: QcaSettings) -> Analysis:
    """Analyse the sets; tables without rows where there is no outcome or fewer than two conditions."""
    outcome = list(of_study.loc[of_study["role"] == "outcome", "set"])
    conditions = of_study[of_study["role"] == "condition"]
    frame = matrix(of_study, calibrated)
    names = calibrated.drop_duplicates("case").set_index("case")["name"]
    skewed = accounting.table(list(cases.skewness(of_study, frame)), SKEWNESS)
    if not outcome or len(conditions) < FEWEST_CONDITIONS:
        forms = (CASES, TRUTH_TABLE, NECESSITY, SOLUTIONS, MODELS, ROBUSTNESS, ROBUSTNESS_FIT, SENSITIVITY)
        tables = [accounting.table([], form) for form in forms]
        return Analysis(*[*tables, skewed, accounting.table([], FITTED)])
    parts = parts_of(of_study, frame, settings)
    of_outcome, of_absence = (solve(part, settings) for part in parts)
    solved = [
        enhance(part, solved_part, opposite, settings)
        for part, solved_part, opposite in zip(parts, (of_outcome, of_absence), (of_absence, of_outcome), strict=True)
    ]
    both = list(zip(parts, solved, strict=True))
    variants = [list(variants_of(part, settings)) for part in parts]
    return Analysis(
        accounting.table(list(cases.configured(frame, names, outcome[0], conditions)), CASES),
        accounting.table([r for p, s in both for r in _truth(p, s, settings)], TRUTH_TABLE),
        accounting.table([r for part in parts for r in _necessity(part.data, settings)], NECESSITY),
        accounting.table([r for p, s in both for r in _solutions(p.data, s)], SOLUTIONS),
        accounting.table([r for p, s in both for r in _models(p.data, s)], MODELS),
        accounting.table(
            [r for (p, s), v in zip(both, variants, strict=True) for r in robustness_rows(p, s, v)], ROBUSTNESS
        ),
        accounting.table(
            [robustness_fit_row(p, s, v) for (p, s), v in zip(both, variants, strict=True) if s.shown_solution()],
            ROBUSTNESS_FIT,
        ),
        accounting.table(
            [r for p, s in both for r in sensitivity_rows(p, s, of_study, calibrated, settings)], SENSITIVITY
        ),
        skewed,
        accounting.table([r for p, s in both for r in _fitted(p.data, s, names)], FITTED),
    )


def _truth(part: Part, solved: Solved, settings: QcaSettings):
    full = sum(part.data.fields.masks)
    positive = set(solved.positive)
    assumed = {kind: set(rows) for kind, rows in solved.assumed.items()}
    for row in sorted(part.table, key=lambda r: (-r.n, -r.number)):
        observed = row.n >= settings.cases
        yield {
            "outcome": part.data.outcome,
            "configuration": part.data.words((full, row.number)),
            "sufficient": "yes" if row.number in positive else "no" if observed else "remainder",
            "n": row.n,
            "consistency": row.consistency,
            "pri": row.pri,
            "cases": row.cases,
            "excluded": solved.excluded.get(row.number, ""),
            "assumed": ";".join(kind for kind, rows in assumed.items() if row.number in rows),
        }


def _necessity(data: Data, settings: QcaSettings):
    for words, place, value in data.literals():
        x = data.membership(place, value)
        consistent = truth_tables.necessity(x, data.y)
        yield {
            "outcome": data.outcome,
            "condition": words,
            "consistency": consistent,
            "coverage": truth_tables.consistency(x, data.y),
            "relevance": truth_tables.relevance(x, data.y),
            "verdict": "" if np.isnan(consistent) else verdict(x, data.y, settings),
        }


def _solutions(data: Data, solved: Solved):
    """Rows of SOLUTIONS; a term that many solutions share is measured once."""
    kinds = [kind for kind in (*KINDS, *ENHANCED) if kind in solved.solutions]
    terms = {term for kind in kinds for solution in solved.solutions[kind].listed for term in solution}
    member = {term: data.member(term) for term in sorted(terms)}
    fit = {term: _fit(data, x) | {"expression": data.words(term)} for term, x in member.items()}
    for kind in kinds:
        for model, solution in enumerate(solved.solutions[kind].listed, 1):
            base = {"outcome": data.outcome, "kind": kind, "model": model}
            memberships = np.array([member[term] for term in solution])
            solution_membership = memberships.max(axis=0)
            for term, unique in zip(solution, _unique(memberships, data.y), strict=True):
                yield base | fit[term] | {"part": "term", "unique": unique}
            outside = data.named((data.y > 0.5) & (solution_membership <= 0.5))
            solution_row = _fit(data, solution_membership) | {
                "expression": " + ".join([fit[term]["expression"] for term in solution])
            }
            yield base | solution_row | {"part": "whole", "uncovered": outside}


def _unique(memberships: np.ndarray, y: np.ndarray) -> list[float]:
    """What each term alone covers of the outcome; `memberships`: terms x cases."""
    solution_coverage = truth_tables.coverage(memberships.max(axis=0), y)
    if np.isnan(solution_coverage):
        return [solution_coverage] * len(memberships)
    ordered = np.sort(memberships, axis=0)
    second = ordered[-2] if len(memberships) > 1 else np.zeros_like(y)
    largest_other = np.where(memberships < ordered[-1], ordered[-1], second)  # the largest of the other terms
    return (solution_coverage - np.minimum(y, largest_other).sum(axis=1) / y.sum()).tolist()


def _models(data: Data, solved: Solved):
    for kind, solutions in solved.solutions.items():
        yield {
            "outcome": data.outcome,
            "kind": kind,
            "models": solutions.number,
            "listed": len(solutions.listed),
            "counted": "all" if solutions.complete else "at least",
        } | dict(zip(("between", "pairs"), solutions.between or (), strict=False))


def _fit(data: Data, x: np.ndarray) -> dict:
    return {
        "consistency": truth_tables.consistency(x, data.y),
        "pri": truth_tables.pri(x, data.y),
        "coverage": truth_tables.coverage(x, data.y),
        "cases": data.named((x > 0.5) & (data.y > 0.5)),
        "deviant": data.named((x > 0.5) & (data.y <= 0.5)),
    }


def _fitted(data: Data, solved: Solved, names: pd.Series):
    x = data.together(solved.shown_solution())
    for case, membership, y in zip(data.cases, x, data.y, strict=True):
        place = PLACES[2 * (membership <= 0.5) + (y <= 0.5)]
        yield {
            "outcome": data.outcome,
            "case": case,
            "name": names[case],
            "solution": membership,
            "membership": y,
            "place": place,
        }


def shown_terms(solutions: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The terms of the solution that is shown: the first of the intermediate or conservative ones."""
    terms = solutions[(solutions["outcome"] == outcome) & (solutions["part"] == "term")]
    return terms[(terms["kind"] == shown_kind(set(terms["kind"]))) & (terms["model"] == 1)]


def term_memberships(of_study: pd.DataFrame, calibrated: pd.DataFrame, solutions: pd.DataFrame) -> pd.DataFrame:
    """TERMS: each analysed case in each term of the shown solution for the outcome."""
    outcome = of_study.loc[of_study["role"] == "outcome", "set"]
    terms = shown_terms(solutions, outcome.iloc[0]) if len(outcome) and len(solutions) else solutions
    if terms.empty:
        return accounting.table([], TERMS)
    frame = matrix(of_study, calibrated)
    names = calibrated.drop_duplicates("case").set_index("case")["name"]
    conditions = list(of_study.loc[of_study["role"] == "condition", "set"])
    frame = frame[frame[[*conditions, outcome.iloc[0]]].notna().all(axis=1)]
    rows = []
    for expression in terms["expression"]:
        parts = [_member(frame, words) for words in expression.split("*") if words != "always"]
        member = np.min(parts, axis=0) if parts else np.ones(len(frame))
        for case, x, y in zip(frame.index, member, frame[outcome.iloc[0]], strict=True):
            place = PLACES[2 * (x <= 0.5) + (y <= 0.5)]
            # a case outside one term may be in another: only those in it are typical or deviant
            place = "outside" if place == "uncovered" else place
            rows.append(
                {
                    "expression": expression,
                    "case": case,
                    "name": names[case],
                    "solution": x,
                    "membership": y,
                    "place": place,
                }
            )
    return accounting.table(rows, TERMS)


def _member(frame: pd.DataFrame, words: str) -> np.ndarray:
    """Memberships in A, ~A or A[2]."""
    name, _, value = words.removeprefix("~").rstrip("]").partition("[")
    memberships = frame[name].to_numpy(dtype=float)
    if value:
        return (memberships == int(value)).astype(float)
    return 1 - memberships if words.startswith("~") else memberships


def configurations(solutions: pd.DataFrame, of_study: pd.DataFrame) -> pd.DataFrame:
    """CONFIGURATIONS: each condition of each term, and whether the parsimonious solution needs it."""
    names = of_study.set_index("set")["name"]
    rows = []
    for outcome in solutions["outcome"].unique():
        terms = solutions[(solutions["outcome"] == outcome) & (solutions["part"] == "term")]
        parsimonious = [set(e.split("*")) for e in terms.loc[terms["kind"] == "parsimonious", "expression"]]
        for n, term in enumerate(shown_terms(solutions, outcome).itertuples(index=False), 1):
            literals = term.expression.split("*")
            core = {part for words in parsimonious if words <= set(literals) for part in words}
            for literal in [part for part in literals if part != "always"]:
                name, _, value = literal.removeprefix("~").rstrip("]").partition("[")
                rows.append(
                    {
                        "outcome": outcome,
                        "term": n,
                        "condition": name,
                        "name": names[name],
                        "state": value or ("absent" if literal.startswith("~") else "present"),
                        "core": int(literal in core),
                        "consistency": term.consistency,
                        "coverage": term.coverage,
                        "unique": term.unique,
                    }
                )
    return accounting.table(rows, CONFIGURATIONS)
