"""Groups of the panel, against SciPy's tests of raw values."""

from coproduction.core import accounting
from coproduction.delphi import summary as judging
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def test_each_group_is_compared_with_all_others():
    values = {"a": [1, 2, 2, 3, 3], "b": [7, 8, 8, 9, 9], "c": [7, 7, 8, 9, 9]}
    rows = [
        dict(round=1, panellist=f"{g}{i}", group=g, statement="S1", version=1, status="rated", rating=v, comment="")
        for g, part in values.items()
        for i, v in enumerate(part)
    ]
    found = judging.by_group(accounting.table(rows, forms.RATINGS), DelphiSettings())
    found = found.set_index("group")
    assert found.loc["a", "delta"] == -1
    assert found["n"].tolist() == [5, 5, 5]
    assert found.loc["a", "p_holm"] < 0.05 < found.loc["c", "p"]
    assert (found["p_holm"] >= found["p"]).all()
