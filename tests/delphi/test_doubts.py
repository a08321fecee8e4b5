"""What is plausible but may be wrong: asked about with the evidence, or refused where it contradicts."""

import random

import pytest
from coproduction.core.errors import StudyError
from coproduction.delphi import handover
from coproduction.delphi.settings import DelphiSettings

WHO = [f"P{k:02}" for k in range(1, 9)]
STATEMENTS = "statement,text\nS1,One\nS2,Two\nS3,Three\n"
PANEL = "panellist,group\n" + "".join(f"{who},x\n" for who in WHO)
TWO_ROUNDS = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"


@pytest.fixture
def read(small, carry):
    def carried(rounds=None, settings=None, **files):
        if rounds is None:
            rounds = TWO_ROUNDS if "r2_csv" in files else "round,file,status\n1,r1.csv,closed\n"
        folder = small(statements_csv=STATEMENTS, panel_csv=PANEL, rounds_csv=rounds, **files)
        return carry(folder, settings)

    return carried


def table(rows, ids=WHO):
    lines = [f"{who},{','.join(map(str, row))}\n" for who, row in zip(ids, rows, strict=False)]
    return "token,S1,S2,S3\n" + "".join(lines)


def asked(found):
    return found.questions["question"].tolist()


LOW = [[1 + k % 5, 5 - k % 3, 2 + k % 4] for k in range(8)]


def test_answers_on_five_points_in_a_round_on_nine(read):
    found = read(r1_csv=table(LOW))
    (question,) = found.questions.to_dict("records")
    assert question["question"] == "Was this round rated on a scale up to 5?"
    assert question["evidence"] == "24 ratings, none above 5; the settings say 1 to 9"
    confirmed = "round,file,status,scale\n1,r1.csv,closed,1-9\n"
    assert asked(read(rounds=confirmed, r1_csv=table(LOW))) == []
    with pytest.raises(StudyError, match="the settings say 1-9"):
        read(rounds=confirmed.replace("1-9", "1-5"), r1_csv=table(LOW))
    assert asked(read(r1_csv=table([[9, *LOW[0][1:]], *LOW[1:]]))) == []
    five = dict(lowest=1, highest=5, unfavourable_to=2, favourable_from=4)
    assert asked(read(settings=DelphiSettings(scale=five), r1_csv=table(LOW))) == []


def test_answers_to_ten_on_a_slider_to_a_hundred(read):
    wide = dict(lowest=0, highest=100, unfavourable_to=30, favourable_from=70)
    found = read(settings=DelphiSettings(scale=wide), r1_csv=table(LOW))
    assert asked(found) == ["Was this round rated on a scale up to 10?"]


def shuffled():
    draws = random.Random(1)
    ids = draws.sample(WHO, 8)
    first = [[draws.randint(1, 9) for _ in range(3)] for _ in ids]
    then = [[min(9, value + draws.choice([0, 0, 0, 1])) for value in row] for row in first]
    return ids, first, then


def test_ids_that_were_sorted_without_the_answers(read):
    ids, first, then = shuffled()
    found = read(r1_csv=table(first, ids), r2_csv=table(then, sorted(ids)))
    (question,) = found.questions.to_dict("records")
    assert (question["round"], question["question"]) == (2, "Was the column of ids sorted without the answers?")
    assert "of 24 pairs of ratings" in question["evidence"]
    right = [row for _, row in sorted(zip(ids, then, strict=True))]
    assert asked(read(r1_csv=table(first, ids), r2_csv=table(right, sorted(ids)))) == []
    said = "round,file,status,linked\n1,r1.csv,closed,\n2,r2.csv,closed,yes\n"
    assert asked(read(rounds=said, r1_csv=table(first, ids), r2_csv=table(then, sorted(ids)))) == []


def test_one_file_twice(read):
    _, first, _ = shuffled()
    found = read(r1_csv=table(first), r2_csv=table(first))
    assert asked(found) == ["Is this file a copy of that of another round?"]
    timed = "token,submitdate,S1\nP01,2026-01-01,7\nP02,2026-01-02,8\n"
    with pytest.raises(StudyError, match="round 2 contains the same rows as that of round 1"):
        read(r1_csv=timed, r2_csv=timed)


def test_rounds_in_the_wrong_order(read):
    one, two = "token,submitdate,S1\nP01,2026-03-01,7\n", "token,submitdate,S1\nP01,2026-01-01,7\n"
    with pytest.raises(StudyError, match=r"r2\.csv.*all answers of round 2 \(2026-01-01") as raised:
        read(r1_csv=one, r2_csv=two)
    assert "role 'ignore'" in str(raised.value)
    read(r1_csv=two, r2_csv=one)
    with pytest.raises(StudyError, match=r"the headings name round 1, those of r1\.csv round 2"):
        read(r1_csv="token,R2_S1\nP01,7\n", r2_csv="token,R1_S1\nP01,7\n")
    read(r1_csv="token,R2_S1\nP01,7\n", r2_csv="token,R3_S1\nP01,7\n")  # a pilot was round 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2026-03-01,2026-03-20", "2026-02-01,2026-02-20"), r"round 2 ends \(2026-02-20\) before"),
        (("2026-03-20,2026-03-01", "2026-04-01,2026-04-20"), r"round 1 closes .* before it opens"),
    ],
)
def test_days_of_rounds_that_contradict_each_other(days, said, read):
    rounds = "round,file,status,opened,closed\n" + "".join(
        f"{k},r{k}.csv,closed,{span}\n" for k, span in enumerate(days, start=1)
    )
    with pytest.raises(StudyError, match=said) as raised:
        read(rounds=rounds, r1_csv=table(LOW), r2_csv=table(LOW[::-1]))
    assert "rounds.csv" in str(raised.value)


def test_submissions_that_all_lie_outside_the_days_of_the_round(read):
    rounds = "round,file,status,opened,closed\n1,r1.csv,closed,2026-03-01,2026-03-20\n"
    text = "token,submitdate,S1,S2,S3\nP01,2026-01-01,7,8,9\nP02,2026-01-03,8,8,9\n"
    found = read(rounds=rounds, r1_csv=text)
    assert asked(found) == ["Which are right: the dates of the round or those in the file?"]
    assert asked(read(rounds=rounds, r1_csv=text.replace("2026-01-03", "2026-03-03"))) == []


@pytest.mark.parametrize("name", ["R1.csv", "r1 .csv", "r1.xlsx", "r_1.csv"])
def test_a_file_under_another_name_is_named(name, small, carry):
    folder = small(statements_csv=STATEMENTS, panel_csv=PANEL, rounds_csv=TWO_ROUNDS, r2_csv=table(LOW))
    (folder / "r1.csv").rename(folder / name)
    found = carry(folder)
    missing = found.questions[found.questions["file"] == "r1.csv"]
    assert missing["question"].tolist() == [f"Is {name} the file of round 1?"]


def test_a_statement_without_a_column(read):
    found = read(r1_csv="token,S1,S2\nP01,7,8\nP02,8,9\n")
    assert asked(found) == ["Were these statements asked: S3?"]


def test_persons_who_are_numbered_like_rows(small, judge):
    from coproduction.core import people_tables
    from coproduction.delphi import people_files
    from coproduction.delphi import tables as forms

    folder = small(
        rounds_csv=TWO_ROUNDS,
        r1_csv="Participant,S1,S2\n1,3,3\n2,4,4\n3,5,5\n",
        r2_csv="Participant,S1,S2\n1,3,4\n2,4,4\n3,5,5\n",
    )
    kept = people_files.Study(
        folder,
        people_files.read_statements(folder / "statements.csv"),
        people_tables.read_people_table(folder / "rounds.csv", forms.STUDY_ROUNDS),
        None,
    )
    found = judge(kept, DelphiSettings(bootstrap=100))
    assert asked(found) == ["Do these numbers identify the same people in every round, or are they row numbers?"]
    (folder / "r2.csv").write_text("Participant,S1,S2\n1,3,4\n3,5,5\n")
    assert asked(judge(kept, DelphiSettings(bootstrap=100))) == []


def test_questions_are_awaited_and_told(read, words):
    found = read(r1_csv=table(LOW))
    parts = (found.statements, found.flow, found.rounds_table, found.decisions, found.withheld)
    status = handover.status(*parts, found.unmatched, found.columns_to_settle, found.questions)
    last = status.iloc[-1]
    assert last["state"] == "awaited"
    assert last["put_in"] == "delphi/rounds.csv"
    assert "Was this round rated on a scale up to 5?" in last["awaited"]
    assert "none above 5" in words("results", found)
