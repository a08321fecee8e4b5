"""How far the solution depends on the cut-offs and anchors that were chosen."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pandas as pd

from coproduction.methods import minimisation, truth_tables
from coproduction.methods.qca_robustness import overlap, robustness, unchanged_range
from coproduction.methods.truth_tables import Data
from coproduction.qca.calibrating import ANCHORS, memberships_of
from coproduction.qca.settings import QcaSettings
from coproduction.qca.solving import Part, Solved, remainders_of, shown_kind, solve

STEPS = (-0.05, 0.0, 0.05)  # other cut-offs of consistency that are tried
FURTHEST = 0.25  # share of an indicator's range by which an anchor is moved


def variants_of(part: Part, settings: QcaSettings) -> Iterator[tuple[QcaSettings, bool, Solved]]:
    """Consistency 0.05 lower and higher, each with as many cases as chosen and with one more."""
    for step in STEPS:
        for cases in (settings.cases, settings.cases + 1):
            cut = round(min(max(settings.consistency + step, 0.5), 1.0), 4)
            other = settings.model_copy(update={"consistency": cut, "cases": cases})
            yield other, step == 0 and cases == settings.cases, solve(part, other)


def robustness_rows(part: Part, solved: Solved, variants: list):
    """The shown solution (intermediate, or conservative without expectations) at other cut-offs."""
    data = part.data
    initial = data.together(solved.shown_solution())
    for variant, chosen, variant_solved in variants:
        solutions = variant_solved.solutions[shown_kind(variant_solved.solutions)]
        row = {
            "outcome": data.outcome,
            "consistency_cut": variant.consistency,
            "cases_cut": variant.cases,
            "chosen": int(chosen),
            "models": solutions.number,
        }
        if solutions.listed:
            x = data.together(solutions.listed[0])
            row |= {
                "expression": data.formula(solutions.listed[0]),
                "consistency": truth_tables.consistency(x, data.y),
                "coverage": truth_tables.coverage(x, data.y),
                "overlap": overlap(initial, x),
            }
        yield row


def robustness_fit_row(part: Part, solved: Solved, variants: list) -> dict:
    """Robustness against all other cut-offs; a variant without a solution covers nobody."""
    data = part.data
    variant_memberships = [data.together(tried.shown_solution()) for _, chosen, tried in variants if not chosen]
    fit = robustness(data.together(solved.shown_solution()), variant_memberships, data.y)
    return {"outcome": data.outcome, "solutions": len(variant_memberships)} | asdict(fit)


def sensitivity_rows(
    part: Part, solved: Solved, of_study: pd.DataFrame, calibrated: pd.DataFrame, settings: QcaSettings
):
    """How far each cut-off and each anchor moves before the shown solution changes."""
    solution = solved.shown_solution()
    if not solution:
        return
    yield _cut_off_range(part, solution, settings)
    yield _cases_range(part, solution, settings)
    for entry in of_study[of_study["indicator"] != ""].itertuples(index=False):
        for anchor in ANCHORS if pd.notna(entry.exclusion) else ANCHORS[1:2]:
            if entry.thresholds or pd.isna(entry.crossover):
                continue
            yield _anchor_range(part, solution, entry, anchor, calibrated, settings)


def _first(part: Part, settings: QcaSettings) -> minimisation.Solution:
    """The first solution of the kind that is shown, found alone."""
    positive = truth_tables.positive(part.table, settings.cases, settings.consistency, settings.pri)
    fields = part.data.fields
    plain = minimisation.shortest(positive, [], fields)
    if not part.expected[0]:
        return next(iter(plain.listed), ())
    remainders = remainders_of(part.table, settings)
    short = minimisation.shortest(positive, remainders, fields)
    between = minimisation.Between(positive, plain.listed, short.listed, remainders, part.expected, fields)
    return minimisation.first_intermediate(between)


def _cut_off_range(part: Part, solution: minimisation.Solution, settings: QcaSettings) -> dict:
    """Between which consistencies the solution is the same; it changes only at those of rows."""
    observed = truth_tables.observed(part.table, settings.cases)
    steps = sorted({round(row.consistency, 10) for row in observed if not np.isnan(row.consistency)})

    def same(cut: float) -> bool:
        return _first(part, settings.model_copy(update={"consistency": cut})) == solution

    low = high = settings.consistency
    below = [cut for cut in steps if cut < settings.consistency][::-1]
    for cut in below:
        if not same(cut):  # from there on the row of this consistency is sufficient, too
            low = min(low, float(np.floor(cut * 1e4 + 1e-6) + 1) / 1e4)
            break
    else:
        low = 0.0
    above = [cut for cut in steps if cut >= settings.consistency]
    for cut in above:
        if cut > settings.consistency and not same(cut):
            break
        high = cut
    return _range(part, "consistency", settings.consistency, low, high, (low == 0.0, False))


def _cases_range(part: Part, solution: minimisation.Solution, settings: QcaSettings) -> dict:
    most = max(row.n for row in part.table)

    def same(cases: int) -> bool:
        return _first(part, settings.model_copy(update={"cases": cases})) == solution

    low = high = settings.cases
    while low > 1 and same(low - 1):
        low -= 1
    while high < most and same(high + 1):
        high += 1
    return _range(part, "cases", settings.cases, low, high, (low == 1, high == most))


def _anchor_range(
    part: Part, solution: minimisation.Solution, entry, anchor: str, calibrated: pd.DataFrame, settings: QcaSettings
) -> dict:
    """How far an anchor moves before the solution changes, within its neighbours and the values."""
    calibrated_cases = calibrated[(calibrated["set"] == entry.set) & calibrated["case"].isin(part.data.cases)]
    values = calibrated_cases.set_index("case")["value"].reindex(part.data.cases).to_numpy(dtype=float)
    anchors = [getattr(entry, name) for name in ANCHORS]
    place, chosen = ANCHORS.index(anchor), float(getattr(entry, anchor))
    spread = float(np.nanmax(values) - np.nanmin(values)) * FURTHEST

    def same(number: float) -> bool:
        moved = [number if n == place else other for n, other in enumerate(anchors)]
        member = memberships_of(values, moved, [], settings.inclusion)
        return _first(_recalibrated(part, entry.set, member, settings), settings) == solution

    limits = [n for n in (*anchors, np.nan) if pd.notna(n) and n != chosen]
    lower = max([chosen - spread, *(n for n in limits if n < chosen)])
    upper = min([chosen + spread, *(n for n in limits if n > chosen)])
    low, high = (
        unchanged_range(chosen, 0.999 * (limit - chosen), same) if limit != chosen else chosen
        for limit in (lower, upper)
    )
    ends = tuple(
        abs(reached - chosen) >= 0.998 * abs(limit - chosen) for reached, limit in ((low, lower), (high, upper))
    )
    return _range(part, f"{entry.set}: {anchor}", chosen, low, high, ends)


def _recalibrated(part: Part, name: str, member: np.ndarray, settings: QcaSettings) -> Part:
    """The part with other memberships in one set."""
    data = part.data
    x, y = data.x.copy(), data.y
    if name in data.conditions:
        x[:, data.conditions.index(name)] = member
    else:
        y = 1 - member if data.outcome.startswith("~") else member
    moved = Data(data.outcome, data.conditions, data.cases, x, y, data.levels)
    return Part(moved, truth_tables.rows(moved), part.expected)


def _range(part: Part, parameter: str, chosen: float, low: float, high: float, ends: tuple[bool, ...]) -> dict:
    sides = [side for side, reached in zip(("below", "above"), ends, strict=True) if reached]
    return {
        "outcome": part.data.outcome,
        "parameter": parameter,
        "chosen": chosen,
        "lowest": low,
        "highest": high,
        "open": " and ".join(sides),
    }
