"""What the settings make of the rules of consensus."""

from coproduction.delphi.consensus import limits_of
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import consensus
from coproduction.methods import distributions as st


def test_iqr_of_consensus_follows_the_scale_and_is_refused_where_none_is_usual():
    def scale(lowest, highest):
        ends = dict(unfavourable_to=lowest + 1, favourable_from=highest - 1)
        return DelphiSettings(scale=dict(lowest=lowest, highest=highest, **ends))

    assert [scale(1, k).iqr_limit for k in (5, 7, 9)] == [1, None, 2]
    assert scale(0, 10).iqr_limit == 2
    seven = limits_of(scale(1, 7))
    assert consensus.verdicts(st.tally([6] * 9, seven.scale), "iqr", seven)[0] == "refused"
    five = limits_of(scale(1, 5))
    wide = st.tally([3, 3, 3, 4, 4, 5, 5, 5, 5], five.scale)  # IQR 2
    assert consensus.verdicts(wide, "iqr", five)[0] == "none"
