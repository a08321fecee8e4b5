"""Settings of the desk research that exclude each other."""

import pytest
from coproduction.desk.settings import DeskSettings
from pydantic import ValidationError


def test_zscores_with_geometric_mean_are_refused_in_the_settings():
    with pytest.raises(ValidationError, match="no geometric mean"):
        DeskSettings(normalisation="zscore", aggregation="geometric")
