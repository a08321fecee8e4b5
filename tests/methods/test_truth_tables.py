"""Parameters of fit and expressions at their edges; published values are in tests/qca."""

import numpy as np
from coproduction.methods import truth_tables


def test_a_term_without_conditions_holds_always():
    data = truth_tables.Data("Y", ["A", "B"], ["c"], np.array([[1.0, 0.0]]), np.array([1.0]))
    assert data.formula(((0, 0),)) == "always"


def test_measures_without_members_are_not_known():
    nobody, some = np.zeros(3), np.array([0.2, 0.8, 1.0])
    assert np.isnan(truth_tables.consistency(nobody, some))
    assert np.isnan(truth_tables.coverage(some, nobody))
    assert np.isnan(truth_tables.relevance(np.ones(3), np.ones(3)))
