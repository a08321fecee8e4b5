"""The analysis: cases, truth table, necessity, the three solutions, and how robust they are.

Follows the standard analysis of Ragin (2008, doi:10.7208/chicago/9780226702797.001.0001): the
conservative solution assumes nothing of logical remainders, the parsimonious one whatever makes it
shorter, the intermediate one only what theory expects. Absence of the outcome is analysed by itself,
because causes may be asymmetric.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.methods import minimisation, truth_tables
from coproduction.qca.settings import QcaSettings
from coproduction.qca.tables import (
    CASES,
    CONFIGURATIONS,
    FITTED,
    KINDS,
    NECESSITY,
    PLACES,
    ROBUSTNESS,
    SOLUTIONS,
    STATES,
    TRUTH_TABLE,
)

FEWEST_CONDITIONS = 2
STEPS = (-0.05, 0.0, 0.05)  # other cut-offs of consistency that are tried


@dataclass(frozen=True)
class Found:
    """The tables CASES, TRUTH_TABLE, NECESSITY, SOLUTIONS, ROBUSTNESS and FITTED."""

    cases: pd.DataFrame
    truth_table: pd.DataFrame
    necessity: pd.DataFrame
    solutions: pd.DataFrame
    robustness: pd.DataFrame
    fitted: pd.DataFrame


@dataclass(frozen=True)
class Solved:
    """Rows sufficient for the outcome, those assumed per kind, and the solutions of each kind."""

    positive: list[int]
    assumed: dict[str, list[int]]
    solutions: dict[str, list[minimisation.Solution]]


def analyse(of_study: pd.DataFrame, calibrated: pd.DataFrame, settings: QcaSettings) -> Found:
    """Analyse the sets; tables without rows where there is no outcome or fewer than two conditions."""
    outcome = list(of_study.loc[of_study["role"] == "outcome", "set"])
    conditions = list(of_study.loc[of_study["role"] == "condition", "set"])
    frame = matrix(of_study, calibrated)
    names = calibrated.drop_duplicates("case").set_index("case")["name"]
    if not outcome or len(conditions) < FEWEST_CONDITIONS:
        forms = (CASES, TRUTH_TABLE, NECESSITY, SOLUTIONS, ROBUSTNESS, FITTED)
        return Found(*(accounting.table([], form) for form in forms))
    complete = frame[[*conditions, *outcome]].notna().all(axis=1)
    both = truth_tables.of_frame(frame[complete], outcome[0], conditions)
    expected = _expected(of_study[of_study["role"] == "condition"])
    wanted = [(both, expected), (both.absent(), (expected[0], expected[1] ^ expected[0]))]
    parts = [(data, truth_tables.rows(data), want) for data, want in wanted]
    tried = [(data, table, want, solve(data, table, want, settings)) for data, table, want in parts]
    return Found(
        accounting.table(_cases(frame, names, outcome[0], conditions), CASES),
        accounting.table(
            [r for d, t, _, done in tried for r in _truth(d, t, done, settings)], TRUTH_TABLE
        ),
        accounting.table([r for data, *_ in parts for r in _necessity(data, settings)], NECESSITY),
        accounting.table(
            [r for data, *_, done in tried for r in _solutions(data, done)], SOLUTIONS
        ),
        accounting.table([r for part in parts for r in _robustness(*part, settings)], ROBUSTNESS),
        accounting.table(
            [r for data, *_, done in tried for r in _fitted(data, done, names)], FITTED
        ),
    )


def matrix(sets: pd.DataFrame, calibrated: pd.DataFrame) -> pd.DataFrame:
    """Memberships, cases by sets, in the order of the tables; NaN where there is none."""
    wide = calibrated.pivot(index="case", columns="set", values="membership")
    return wide.reindex(index=calibrated["case"].drop_duplicates(), columns=list(sets["set"]))


def _expected(conditions: pd.DataFrame) -> minimisation.Term:
    """Mask of the conditions with an expectation and the bits that theory expects of them."""
    mask = value = 0
    for said in conditions["expected"]:
        mask, value = mask << 1 | (said != ""), value << 1 | (said == "present")
    return mask, value


def solve(
    data: truth_tables.Data,
    table: list[truth_tables.Row],
    expected: minimisation.Term,
    settings: QcaSettings,
) -> Solved:
    """The solutions of each kind. Without any expectation there is no intermediate one."""
    positive = truth_tables.positive(table, settings.cases, settings.consistency, settings.pri)
    seen = {row.number for row in truth_tables.observed(table, settings.cases)}
    open_rows = [row.number for row in table if row.number not in seen]
    plain = minimisation.solutions(positive, [], data.k)
    short = minimisation.solutions(positive, open_rows, data.k)
    found, assumed = {"conservative": plain, "parsimonious": short}, {"conservative": []}
    assumed["parsimonious"] = _covered(open_rows, short)
    if expected[0]:
        found["intermediate"] = minimisation.intermediate(
            positive, plain, short, open_rows, expected, data.k
        )
        assumed["intermediate"] = _covered(open_rows, found["intermediate"])
    return Solved(positive, assumed, found)


def shown_kind(kinds) -> str:
    """The kind of solution that the report shows: intermediate, else conservative."""
    return "intermediate" if "intermediate" in kinds else "conservative"


def _covered(rows: list[int], found: list[minimisation.Solution]) -> list[int]:
    return [r for r in rows if any(minimisation.covers(t, r) for s in found for t in s)]


def _cases(frame: pd.DataFrame, names: pd.Series, outcome: str, conditions: list[str]):
    """Each case with its configuration, or with the sets that keep it out."""
    for case, row in frame.iterrows():
        missing = [name for name in [*conditions, outcome] if pd.isna(row[name])]
        halves = [name for name in conditions if row[name] == 0.5]
        state = STATES[2] if missing else STATES[1] if halves else STATES[0]
        words = "*".join(("" if row[name] > 0.5 else "~") + name for name in conditions)
        yield {
            "case": case,
            "name": names[case],
            "state": state,
            "configuration": words if state == STATES[0] else "",
            "outcome": row[outcome],
            "missing": ";".join(missing or halves),
        }


def _truth(
    data: truth_tables.Data, table: list[truth_tables.Row], done: Solved, settings: QcaSettings
):
    full = (1 << data.k) - 1
    for row in sorted(table, key=lambda r: (-r.n, -r.number)):
        seen = row.n >= settings.cases
        sufficient = "yes" if row.number in done.positive else "no" if seen else "remainder"
        assumed = [kind for kind in done.assumed if row.number in done.assumed[kind]]
        yield {
            "outcome": data.outcome,
            "configuration": data.words((full, row.number)),
            "sufficient": sufficient,
            "n": row.n,
            "consistency": row.consistency,
            "pri": row.pri,
            "cases": row.cases,
            "assumed": ";".join(assumed),
        }


def _necessity(data: truth_tables.Data, settings: QcaSettings):
    for i, condition in enumerate(data.conditions):
        for name, x in ((condition, data.x[:, i]), (f"~{condition}", 1 - data.x[:, i])):
            consistent, relevant = (
                truth_tables.necessity(x, data.y),
                truth_tables.relevance(x, data.y),
            )
            enough = consistent >= settings.necessity - 1e-10
            trivial = not relevant >= settings.relevance  # NaN: nobody is outside the set
            yield {
                "outcome": data.outcome,
                "condition": name,
                "consistency": consistent,
                "coverage": truth_tables.consistency(x, data.y),
                "relevance": relevant,
                "verdict": ("trivial" if trivial else "necessary") if enough else "",
            }


def _solutions(data: truth_tables.Data, done: Solved):
    for kind in [kind for kind in KINDS if kind in done.solutions]:
        for model, solution in enumerate(done.solutions[kind], 1):
            base = {"outcome": data.outcome, "kind": kind, "model": model}
            for term in solution:
                rest = data.together(tuple(t for t in solution if t != term))
                own = _fit(data, data.member(term)) | {"expression": data.words(term)}
                yield base | own | {"part": "term", "unique": _unique(data, solution, rest)}
            whole = data.together(solution)
            outside = data.named((data.y > 0.5) & (whole <= 0.5))
            own = _fit(data, whole) | {"expression": data.formula(solution)}
            yield base | own | {"part": "whole", "uncovered": outside}


def _unique(data: truth_tables.Data, solution: minimisation.Solution, rest: np.ndarray) -> float:
    """Coverage of the whole less that of the other terms; the raw coverage of a single term."""
    return truth_tables.coverage(data.together(solution), data.y) - truth_tables.coverage(
        rest, data.y
    )


def _fit(data: truth_tables.Data, x: np.ndarray) -> dict:
    return {
        "consistency": truth_tables.consistency(x, data.y),
        "pri": truth_tables.pri(x, data.y),
        "coverage": truth_tables.coverage(x, data.y),
        "cases": data.named((x > 0.5) & (data.y > 0.5)),
        "deviant": data.named((x > 0.5) & (data.y <= 0.5)),
    }


def _robustness(
    data: truth_tables.Data,
    table: list[truth_tables.Row],
    expected: minimisation.Term,
    settings: QcaSettings,
):
    """The shown solution (intermediate, or conservative without expectations) at other cut-offs.

    Consistency 0.05 lower and higher, each with as many cases as chosen and with one more.
    """
    for step in STEPS:
        for cases in (settings.cases, settings.cases + 1):
            cut = round(min(max(settings.consistency + step, 0.5), 1.0), 4)
            other = settings.model_copy(update={"consistency": cut, "cases": cases})
            done = solve(data, table, expected, other)
            found = done.solutions[shown_kind(done.solutions)]
            row = {"outcome": data.outcome, "consistency_cut": cut, "cases_cut": cases}
            row |= {"chosen": int(step == 0 and cases == settings.cases), "models": len(found)}
            if found:
                x = data.together(found[0])
                row |= {"expression": data.formula(found[0])}
                row |= {
                    "consistency": truth_tables.consistency(x, data.y),
                    "coverage": truth_tables.coverage(x, data.y),
                }
            yield row


def _fitted(data: truth_tables.Data, done: Solved, names: pd.Series):
    found = done.solutions[shown_kind(done.solutions)]
    x = data.together(found[0] if found else ())
    for case, inside, y in zip(data.cases, x, data.y, strict=True):
        place = PLACES[2 * (inside <= 0.5) + (y <= 0.5)]
        yield {
            "outcome": data.outcome,
            "case": case,
            "name": names[case],
            "solution": inside,
            "membership": y,
            "place": place,
        }


def shown_terms(solutions: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The terms of the solution that is shown: the first of the intermediate or conservative ones."""
    own = solutions[(solutions["outcome"] == outcome) & (solutions["part"] == "term")]
    return own[(own["kind"] == shown_kind(set(own["kind"]))) & (own["model"] == 1)]


def configurations(solutions: pd.DataFrame, of_study: pd.DataFrame) -> pd.DataFrame:
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
