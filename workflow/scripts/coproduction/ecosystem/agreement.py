"""Do the techniques agree? How robust is the ranking against another way to score?

Agreement of two techniques is Kendall's tau-b of their standings (Kendall 1945, Biometrika 33(3),
239-251, doi:10.1093/biomet/33.3.239), which is made for rankings with many ties; scipy's
implementation is used. A low value is no defect: techniques ask different people and texts, and
where they differ the difference is a finding.
"""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd
from scipy.stats import kendalltau

from coproduction.ecosystem import strength
from coproduction.ecosystem.settings import EcosystemSettings

COLUMNS = ["technique_a", "technique_b", "tau", "factors"]


def between_techniques(table: pd.DataFrame, techniques: Sequence[str]) -> pd.DataFrame:
    """Kendall's tau-b for each pair of techniques, over the factors that both asked about.

    Pairs with fewer than three common factors, or where one technique does not tell them apart,
    have no tau (NaN).
    """
    rows = []
    for a, b in combinations(techniques, 2):
        both = table[[f"standing_{a}", f"standing_{b}"]].dropna()
        if len(both):
            rows.append([a, b, _tau(both.iloc[:, 0], both.iloc[:, 1]), len(both)])
    return pd.DataFrame(rows, columns=COLUMNS).astype({"tau": float, "factors": "Int64"})


def against_shares(table: pd.DataFrame, settings: EcosystemSettings) -> float:
    """Kendall's tau-b between the strengths and those from shares of the largest measure.

    The other way to make measures comparable is to divide each by the largest in its technique.
    It keeps distances but lets one technique with a few extreme counts decide.
    """
    shares = pd.DataFrame(index=table.index)
    delivered = []
    for name in settings.kinds:
        rated = name in settings.measured_by_value
        measure = table[f"value_{name}" if rated else f"sources_{name}"].astype(float)
        measure = measure.where(~(rated & (table["verdict"] == "rejected")), 0.0)
        if measure.max() > 0:
            delivered.append(name)
            shares[name] = measure / measure.max()
    by_line = strength.line_standings(shares, settings.lines, delivered)
    return _tau(table["strength"], strength.strength(by_line, settings.weights))


def _tau(a: pd.Series, b: pd.Series) -> float:
    if len(a) < 3 or a.nunique() < 2 or b.nunique() < 2:
        return float("nan")
    return float(kendalltau(a, b).statistic)
