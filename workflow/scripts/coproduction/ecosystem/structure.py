"""The structure of the factors: DEMATEL, ISM and MICMAC on the pooled judgements, and how stable.

The stability asks what other experts of the same kind would have said: samples of the experts with
replacement (Efron 1979), or, with few of them, each left out once. It says nothing of the
experts being right.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.ecosystem.influences import Judged, agreed, means, shares, usable
from coproduction.ecosystem.settings import StructureSettings
from coproduction.ecosystem.tables import CAUSE, EFFECT, RELATIONS, STRUCTURE
from coproduction.methods import dematel, ism, micmac
from coproduction.methods.agreement import interval_alpha

SOURCE = "pairs asked about"
KINDS = ("direct", "indirect")


class Structure(NamedTuple):
    """One analysis; `totals` is None where DEMATEL has no result, and `why` says the reason."""

    totals: dematel.Totals | None
    why: str
    alpha: float
    direct: np.ndarray
    levels: np.ndarray
    driving: np.ndarray
    dependence: np.ndarray
    quadrants: list[str]

    @property
    def groups(self) -> list[str]:
        """Cause or effect by the sign of D − R; empty without DEMATEL, or at 0."""
        if self.totals is None:
            return [""] * len(self.levels)
        rounded = np.round(self.totals.relation, 9)
        return [CAUSE if value > 0 else EFFECT if value < 0 else "" for value in rounded]


def analyse(values: np.ndarray, binary: bool, settings: StructureSettings) -> Structure:
    """The structure that these experts' judgements give."""
    totals, why = None, "the experts judged only whether there is an influence, not its strength"
    if not binary:
        try:
            totals, why = dematel.totals(means(values)), ""
        except dematel.NoTotalRelation as reason:
            why = str(reason)
    direct = agreed(values, binary, settings)
    reach = ism.reachability(direct)
    driving, dependence = reach.sum(axis=1), reach.sum(axis=0)
    return Structure(
        totals=totals,
        why=why,
        alpha=_alpha(totals, settings),
        direct=direct,
        levels=ism.levels(reach),
        driving=driving,
        dependence=dependence,
        quadrants=ism.quadrants(driving, dependence, settings.micmac_cut),
    )


def _alpha(totals: dematel.Totals | None, settings: StructureSettings) -> float:
    if totals is None:
        return float("nan")
    threshold = settings.dematel_threshold
    return float(totals.total.mean()) if threshold is None else threshold


def draws(number: int, settings: StructureSettings, seed: int) -> Iterator[np.ndarray]:
    """Which experts each draw holds: nothing with one expert, each left out once with few."""
    if number < 2:
        return
    if number < settings.few_raters:
        yield from (np.delete(np.arange(number), left_out) for left_out in range(number))
        return
    random = np.random.default_rng(seed)
    for _ in range(settings.structure_draws):
        yield random.integers(number, size=number)


def stability(judged: Judged, structure: Structure, settings: StructureSettings, seed: int) -> pd.DataFrame:
    """Per factor the share of draws with the same quadrant, level and group, and their number.

    Draws in which DEMATEL has no result do not count for the group.
    """
    quadrant, level, group = (np.zeros(len(judged.factors)) for _ in range(3))
    number = with_group = 0
    for chosen in draws(len(judged.raters), settings, seed):
        drawn = analyse(judged.values[chosen], judged.binary, settings)
        number += 1
        quadrant += np.array(drawn.quadrants) == np.array(structure.quadrants)
        level += drawn.levels == structure.levels
        if drawn.totals is not None:
            with_group += 1
            group += np.array(drawn.groups) == np.array(structure.groups)
    if structure.totals is None:
        with_group = 0
    return pd.DataFrame(
        {
            "same_quadrant": _share(quadrant, number),
            "same_level": _share(level, number),
            "same_group": _share(group, with_group),
            "draws": number,
        }
    )


def _share(counts: np.ndarray, number: int) -> np.ndarray:
    return counts / number if number else np.full(len(counts), np.nan)


def _places(judged: Judged) -> tuple[dict[str, np.ndarray], micmac.Indirect]:
    """Places by direct and by indirect influence; none over chains where no order is stable."""
    mean_influence = means(judged.values)
    chains = micmac.indirect(mean_influence)
    over = [np.where(places > 0, places, np.nan) for places in (chains.driving, chains.dependence)]
    sides = zip(("driving", "dependence"), micmac.direct(mean_influence), over, strict=True)
    return {f"{kind}_{side}": places for side, *both in sides for kind, places in zip(KINDS, both, strict=True)}, chains


def structure_table(judged: Judged, structure: Structure, stable: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Rows of STRUCTURE: highest level first, then by driving power and D − R."""
    nothing = np.full(len(judged.factors), np.nan)
    totals = structure.totals or dematel.Totals(nothing, nothing, nothing)
    table = pd.DataFrame(
        {
            "factor": judged.factors,
            "name": [names[factor] for factor in judged.factors],
            "given": totals.given,
            "received": totals.received,
            "prominence": totals.prominence,
            "relation": totals.relation,
            "group": structure.groups,
            "level": structure.levels,
            "driving": structure.driving,
            "dependence": structure.dependence,
            "quadrant": structure.quadrants,
        }
        | {name: pd.array(places, dtype="Int64") for name, places in _places(judged)[0].items()}
    )
    table = table.join(stable)
    by = ["level", "driving", "dependence", "relation"]
    table = table.sort_values(by, ascending=[False, False, True, False], kind="stable")
    return table[list(STRUCTURE.columns)].reset_index(drop=True)


def relations_table(judged: Judged, structure: Structure, settings: StructureSettings) -> pd.DataFrame:
    """Rows of RELATIONS: pairs that are an influence in the ISM or reach DEMATEL's threshold."""
    number = (~np.isnan(judged.values)).sum(axis=0)
    least = 1 if judged.binary else settings.influence_from
    mean, share = means(judged.values), shares(judged.values, least)
    words = ism.skeleton(structure.direct)
    rows = []
    for a, source in enumerate(judged.factors):
        for b, target in enumerate(judged.factors):
            total = np.nan if structure.totals is None else structure.totals.total[a, b]
            reaches_threshold = bool(total >= structure.alpha)
            if a == b or not (reaches_threshold or structure.direct[a, b]):
                continue
            judgements = (mean[a, b], share[a, b]) if number[a, b] else (np.nan, np.nan)
            counts = (number[a, b], len(judged.raters) - number[a, b])
            yes_no = ("yes" if reaches_threshold else "no", "yes" if structure.direct[a, b] else "no", words[a, b])
            rows.append((source, target, *judgements, *counts, total, *yes_no))
    table = pd.DataFrame(rows, columns=list(RELATIONS.columns))
    return table.sort_values(
        ["mean", "total", "from", "to"], ascending=[False, False, True, True], kind="stable"
    ).reset_index(drop=True)


def tables_of(
    judged: Judged, names: dict[str, str], settings: StructureSettings, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame, Structure | None]:
    """Both tables and the analysis; empty tables and None while no expert has judged."""
    if not judged.raters:
        return tables.empty(STRUCTURE), tables.empty(RELATIONS), None
    structure = analyse(judged.values, judged.binary, settings)
    stable = stability(judged, structure, settings, seed)
    rows = structure_table(judged, structure, stable, names)
    return rows, relations_table(judged, structure, settings), structure


def pairs_by_judges(judged: Judged) -> dict[str, int]:
    """How many ordered pairs all, some and none of the experts judged."""
    size = len(judged.factors)
    number = (~np.isnan(judged.values)).sum(axis=0)[~np.eye(size, dtype=bool)]
    everyone = int((number == len(judged.raters)).sum()) if judged.raters else 0
    nobody = int((number == 0).sum())
    return {
        "judged by every expert": everyone,
        "judged by some experts": len(number) - everyone - nobody,
        "judged by no expert, taken as no influence": nobody,
    }


def summary(
    influence_rows: pd.DataFrame, judged: Judged, structure: Structure | None, settings: StructureSettings
) -> dict:
    """What the report and the map need to know beside the tables; empty numbers are None.

    said: every row of the experts' files, also about factors that are not asked about.
    """
    outside = influence_rows[influence_rows["influence"].notna() & ~usable(influence_rows, judged.factors)]
    everyone, some, nobody = pairs_by_judges(judged).values() if judged.factors else (0, 0, 0)
    agreement = interval_alpha(judged.values.reshape(len(judged.raters), -1)) if judged.raters else float("nan")
    threshold = float("nan") if structure is None else structure.alpha
    chains = _places(judged)[1] if judged.raters else None
    return {
        "experts": len(judged.raters),
        "factors": judged.factors,
        "pairs": len(judged.factors) * max(len(judged.factors) - 1, 0),
        "judged_by_all": everyone,
        "judged_by_some": some,
        "judged_by_nobody": nobody,
        "yes_or_no": judged.binary,
        "agreement": None if math.isnan(agreement) else round(agreement, 6),
        "dematel_threshold": None if math.isnan(threshold) else round(threshold, 6),
        "no_dematel": "" if structure is None else structure.why,
        "micmac_power": 0 if chains is None else chains.power,
        "no_micmac": "" if chains is None else chains.why,
        "not_asked": {
            "judgements": len(outside),
            "factors": sorted((set(outside["from"]) | set(outside["to"])) - set(judged.factors)),
        },
        "left_out_one_by_one": 1 < len(judged.raters) < settings.few_raters,
    }


def influence_account(influence_rows: pd.DataFrame, judged: Judged) -> pd.DataFrame:
    """Rows of ACCOUNT: every row of the experts' files, and every pair that was asked about."""
    rows = []
    is_used = usable(influence_rows, judged.factors)
    for path, part in influence_rows.groupby("file", sort=True):
        empty = part["influence"].isna()
        is_used_here = is_used[part.index]
        outcomes = {
            "used": int(is_used_here.sum()),
            "left empty": int(empty.sum()),
            "about a factor that is not asked about": int((~is_used_here & ~empty).sum()),
        }
        rows += accounting.account_rows("ecosystem", "judgement of influence", _short(path), outcomes)
    if len(judged.factors) > 1:
        by = pairs_by_judges(judged)
        rows += accounting.account_rows("ecosystem", "pair of conditions", SOURCE, by)
    return accounting.table(rows, accounting.ACCOUNT)


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])
