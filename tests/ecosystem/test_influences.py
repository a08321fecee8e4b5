"""When pooled judgements count as an influence."""

import numpy as np
from coproduction.ecosystem.influences import agreed
from coproduction.ecosystem.settings import StructureSettings


def test_the_rules_for_an_influence():
    values = np.full((4, 2, 2), np.nan)
    values[:, 0, 1] = [4, 4, 0, 0]
    values[:, 1, 0] = [3, 3, 1, 0]
    assert agreed(values, False, StructureSettings()).tolist() == [[False, True], [False, False]]
    share = StructureSettings(influence_rule="share")
    assert agreed(values, False, share).tolist() == [[False, True], [True, False]]
