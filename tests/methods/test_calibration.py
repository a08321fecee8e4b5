"""Calibration beside what the R package QCA gives."""

import re

import numpy as np
import pytest
from coproduction.methods import calibration


def test_calibration_is_that_of_r(shared_data):
    text = (shared_data / "qca" / "expected_output_R_QCA.txt").read_text()
    values = [float(v) for v in re.search(r"DEV raw: (.*)", text)[1].split()]

    def printed(label):
        return [float(v) for v in re.search(re.escape(label) + r" ?: (.*)", text)[1].split()]

    assert calibration.crisp(values, 550).tolist() == printed("crisp 550")
    rising = calibration.direct(values, 400, 550, 900)
    assert rising == pytest.approx(printed("fuzzy logistic idm .95 e=400,c=550,i=900"), abs=1e-9)
    falling = calibration.direct(values, 900, 550, 400)
    assert falling == pytest.approx(printed("fuzzy logistic decreasing i..e"), abs=1e-9)
    assert calibration.direct([400, 550, 900], 400, 550, 900) == pytest.approx([0.05, 0.5, 0.95])
    assert np.isnan(calibration.direct([np.nan], 0, 1, 2)).all()
