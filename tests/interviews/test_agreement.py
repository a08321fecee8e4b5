"""Agreement of coders: which turns are compared."""

import pandas as pd
import pytest
from coproduction.core.tables import conforming, empty
from coproduction.interviews import tables as forms
from coproduction.interviews.agreement import compare, disagreements, units_of


def segment(coder, code, start, end, transcript="P01", outcome="at its stated position"):
    return {"transcript": transcript, "start": start, "end": end, "code": code, "coder": coder, "outcome": outcome}


TURNS = pd.DataFrame(
    [
        {"transcript": t, "turn": n, "speaker": s, "start": 10 * n, "end": 10 * n + 9}
        for t in ("P01", "P02")
        for n, s in enumerate(["participant", "interviewer", "participant", "participant"], start=1)
    ]
)


def test_turns_of_shared_transcripts_are_compared():
    segments = pd.DataFrame(
        [
            segment("C1", "A", 12, 15),
            segment("C2", "A", 10, 11),
            segment("C1", "A", 30, 49),  # over two turns of the participant
            segment("C2", "A", 39, 41),  # begins in the gap
            segment("C2", "A", 22, 25),  # what the interviewer says does not count
            segment("C1", "A", 12, 15, "P02"),  # coded by C1 alone
            segment("C2", "B", 12, 15, outcome="refused"),
        ]
    )
    by_code, overall = compare(segments, TURNS, ["A"], seed=1)
    (row,) = by_code.to_dict("records")
    cells = [row[name] for name in ("turns", "both", "only_first", "only_second", "neither")]
    assert cells == [3, 2, 1, 0, 0]
    assert row["agreement"] == pytest.approx(2 / 3)
    assert row["positive"] == pytest.approx(4 / 5)
    assert row["kappa"] == pytest.approx(0)
    assert overall.loc[0, ["coders", "transcripts", "units"]].to_list() == ["C1;C2", 1, 3]
    assert overall["units"].to_list() == [3, 3, 3, 3, 1, 1]
    assert overall["measure"].to_list()[2:4] == ["Fleiss' kappa", "Gwet's AC1"]
    assert overall["value"].iloc[0] == overall["value"].iloc[1]  # of one code, both say the same


def test_one_coder_gives_empty_tables():
    by_code, overall = compare(pd.DataFrame([segment("C1", "A", 12, 15)]), TURNS, ["A"], seed=1)
    assert by_code.empty
    assert overall.empty


def two_coders():
    return pd.DataFrame(
        [segment("C1", "A", 12, 15), segment("C2", "A", 12, 15), segment("C2", "B", 30, 38), segment("C1", "A", 31, 34)]
    ).assign(text="words")


def test_codes_have_intervals_ac1_and_unitizing_alpha():
    by_code, overall = compare(two_coders(), TURNS, ["A", "B"], seed=1)
    conforming(by_code, forms.AGREEMENT)
    conforming(overall, forms.OVERALL)
    row = by_code.set_index("code").loc["A"]
    assert row["kappa_low"] <= row["kappa"] <= row["kappa_high"]
    assert row["ac1_low"] <= row["ac1"] <= row["ac1_high"]
    assert 0 < row["unitizing"] < 1
    values = overall.set_index("measure")["value"]
    assert -1 < values["Krippendorff's alpha (unitizing)"] < row["unitizing"]
    assert values["Gwet's AC1"] > values["Fleiss' kappa"]


def test_sentences_and_passages_are_units_too():
    turns = pd.DataFrame(
        [
            {
                "transcript": "P01",
                "turn": 1,
                "speaker": "participant",
                "start": 10,
                "end": 36,
                "text": "One came. Two stayed? Yes.",
            }
        ]
    )
    sentences = units_of(turns, two_coders(), "sentence")
    assert list(zip(sentences["start"], sentences["end"], strict=True)) == [(10, 19), (20, 31), (32, 36)]
    passages = units_of(turns, two_coders(), "segment")
    assert list(zip(passages["start"], passages["end"], strict=True)) == [(12, 15), (30, 36)]
    whole = units_of(turns, two_coders(), "turn")
    assert list(zip(whole["start"], whole["end"], strict=True)) == [(10, 36)]


def test_disagreements_are_side_by_side_with_what_the_team_decided():
    decided = pd.DataFrame([{"transcript": "p01", "unit": 30, "code": "b", "decision": "keep", "note": "clear"}])
    args = (TURNS, ["A", "B"], "turn")
    apart = disagreements(two_coders(), *args, decided)
    conforming(apart, forms.DISAGREEMENTS)
    rows = [(r.code, r.first, r.second, r.codes_second, r.decision) for r in apart.itertuples()]
    assert rows == [("A", "C1", "C2", "B", ""), ("B", "C2", "C1", "A", "keep")]
    assert set(apart["unit"]) == {30}
    assert disagreements(two_coders().iloc[:2], *args, empty(forms.PEOPLE_DISAGREEMENTS)).empty


def test_characters_count_one_by_one_and_have_no_interval_but_that_of_turns():
    """The runs between the ends of passages stand for the characters in them."""
    by_code, overall = compare(two_coders(), TURNS, ["A", "B"], seed=1, unit="character")
    row = by_code.set_index("code").loc["A"]
    # 27 characters in three turns; both marked 12-15 with A, the first alone 31-34
    cells = [row[name] for name in ("turns", "both", "only_first", "only_second", "neither")]
    assert cells == [27, 3, 3, 0, 21]
    assert row["positive"] == pytest.approx(6 / 9)
    assert row["kappa"] == pytest.approx((24 / 27 - (6 * 3 + 21 * 24) / 27**2) / (1 - (6 * 3 + 21 * 24) / 27**2))
    assert by_code[["kappa_low", "ac1_high"]].isna().all(axis=None)
    limits = overall.set_index("measure")
    assert limits.loc["Krippendorff's alpha (nominal)", "units"] == 54
    assert limits.loc["Krippendorff's alpha (nominal)", ["low", "high"]].notna().all()
    assert limits.loc["Gwet's AC1", ["low", "high"]].isna().all()
    spelled = pd.DataFrame(
        [
            {"transcript": "P01", "turn": place, "speaker": "participant", "start": place, "end": place + 1}
            for turn in TURNS[(TURNS["transcript"] == "P01") & (TURNS["speaker"] == "participant")].itertuples()
            for place in range(turn.start, turn.end)
        ]
    )
    one_by_one, all_of_them = compare(two_coders(), spelled, ["A", "B"], seed=1)
    same = ["turns", "both", "only_first", "only_second", "neither", "kappa", "ac1"]
    pd.testing.assert_frame_equal(by_code[same], one_by_one[same])
    values = all_of_them["value"][:4].astype(float).to_list()
    assert overall["value"][:4].astype(float).to_list() == pytest.approx(values)
