"""What the structure rests on, and where every judgement went."""

import math

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.ecosystem.influences import Judged, usable
from coproduction.ecosystem.structure import Structure
from coproduction.ecosystem.structure_settings import StructureSettings
from coproduction.methods.agreement import interval_alpha

SOURCE = "pairs asked about"


def account(said: pd.DataFrame, judged: Judged) -> pd.DataFrame:
    """Rows of ACCOUNT: every row of the experts' files, and every pair that was asked about."""
    rows = []
    used = usable(said, judged.factors)
    for path, part in said.groupby("file", sort=True):
        empty = part["influence"].isna()
        taken = used[part.index]
        outcomes = {
            "used": int(taken.sum()),
            "left empty, not judged": int(empty.sum()),
            "about a factor that is not asked about": int((~taken & ~empty).sum()),
        }
        rows += accounting.account_rows(
            "ecosystem", "judgement of influence", _short(path), outcomes
        )
    if len(judged.factors) > 1:
        by = pairs_by_judges(judged)
        rows += accounting.account_rows("ecosystem", "pair of factors", SOURCE, by)
    return accounting.table(rows, accounting.ACCOUNT)


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])


def pairs_by_judges(judged: Judged) -> dict[str, int]:
    """How many ordered pairs all, some and none of the experts judged."""
    size = len(judged.factors)
    number = (~np.isnan(judged.values)).sum(axis=0)[~np.eye(size, dtype=bool)]
    everyone = int((number == len(judged.raters)).sum()) if judged.raters else 0
    nobody = int((number == 0).sum())
    return {
        "judged by every expert": everyone,
        "judged by some": len(number) - everyone - nobody,
        "judged by nobody, taken as no influence": nobody,
    }


def summary(judged: Judged, found: Structure | None, settings: StructureSettings) -> dict:
    """What the report and the map need to know beside the tables; empty numbers are None."""
    everyone, some, nobody = pairs_by_judges(judged).values() if judged.factors else (0, 0, 0)
    agreement = (
        interval_alpha(judged.values.reshape(len(judged.raters), -1))
        if judged.raters
        else float("nan")
    )
    threshold = float("nan") if found is None else found.alpha
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
        "no_dematel": "" if found is None else found.why,
        "left_out_one_by_one": 1 < len(judged.raters) < settings.few_raters,
    }
