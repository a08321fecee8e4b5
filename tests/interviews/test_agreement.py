"""Agreement of coders: which turns are compared."""

import pandas as pd
import pytest
from coproduction.interviews.agreement import compare


def segment(coder, code, start, end, transcript="P01", outcome="at its place"):
    return {"transcript": transcript, "start": start, "end": end, "code": code, "coder": coder,
            "outcome": outcome}  # fmt: skip


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
    assert overall["units"].to_list() == [3, 3]
    assert overall["value"].iloc[0] == overall["value"].iloc[1]  # of one code, both say the same


def test_one_coder_gives_empty_tables():
    by_code, overall = compare(pd.DataFrame([segment("C1", "A", 12, 15)]), TURNS, ["A"], seed=1)
    assert by_code.empty
    assert overall.empty
