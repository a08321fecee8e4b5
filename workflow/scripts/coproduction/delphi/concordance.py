"""How far the panellists agree in each closed round: Kendall's W, ordinal alpha, AC2."""

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.change_between_rounds import Rounds, matrix
from coproduction.delphi.consensus import scale_of
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods.agreement import gwet_ac2, ordinal_alpha
from coproduction.methods.distributions import tally
from coproduction.methods.ranking_type import Concordance, kendall_w


def concordance(ratings: pd.DataFrame, rounds: Rounds, settings: DelphiSettings | None = None) -> pd.DataFrame:
    """CONCORDANCE: agreement per closed round, on all its statements and on the common ones.

    Kendall's W needs panellists without gaps; ordinal alpha and AC2 take all ratings.
    """
    settings = settings or DelphiSettings()
    closed = [r for r, s in sorted(rounds.items()) if s == "closed"]
    wides = {r: matrix(ratings, r).dropna(how="all") for r in closed}
    wides = {r: wide for r, wide in wides.items() if len(wide)}
    common = set.intersection(*(set(w.index) for w in wides.values())) if wides else set()
    rows = []
    for r, wide in wides.items():
        sets = {"all of the round": wide, "rated in all closed rounds": wide.loc[sorted(common)]}
        for name, part in sets.items():
            complete = part.dropna(axis=1)
            agreement_w = kendall_w(complete.to_numpy())
            numbers = dict(
                w=agreement_w.w, w_uncorrected=agreement_w.uncorrected, chi2=agreement_w.chi2, p=agreement_w.p
            )
            size = dict(round=r, statements=agreement_w.subjects, panellists=agreement_w.raters)
            agreement = dict(alpha=ordinal_alpha(part.to_numpy().T), ac2=_ac2(part, settings))
            reason = why_no_concordance(agreement_w)
            rows.append(size | numbers | agreement | {"set": name, "reason": reason})
    return accounting.table(rows, forms.CONCORDANCE)


def _ac2(wide: pd.DataFrame, settings: DelphiSettings) -> float:
    """AC2 of statements × panellists with the weights of the settings."""
    scale = settings.scale
    points = np.array(scale.points, float)
    counts = tally(wide.to_numpy(), scale_of(settings)) if len(wide) else np.zeros((0, len(points)))
    return gwet_ac2(counts, points, settings.stability.weights)


def why_no_concordance(agreement_w: Concordance) -> str:
    """Why Kendall's W is empty; nothing where it is not."""
    if not np.isnan(agreement_w.w):
        return ""
    if agreement_w.subjects < 2:
        return "fewer than 2 statements"
    if agreement_w.raters < 2:
        return "fewer than 2 panellists rated all statements"
    return "every panellist gave all statements the same rating"
