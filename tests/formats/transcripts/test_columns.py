"""Tables with a talk: who speaks, what was said, and what lies beside it."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.columns import columns_of, lines_of, read_tables, without_columns

ASKED = ["How did it all begin?", "And who came along then?", "Why?"]
SAID = ["It began with a garden that nobody wanted.", "The neighbours, and the mayor once.", "No money."]
TALK = [words for pair in zip(ASKED, SAID, strict=True) for words in pair]
WHO = ["I", "P"] * 3
ENGLISH = [f"In English: {words}" for words in TALK]
CODES = ["", "start", "", "helpers", "", "money"]


def table(*columns, head=()):
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [list(head), *rows] if head else rows


def cells(rows):
    return [[[cell] if cell else [] for cell in row] for row in rows]


@pytest.mark.parametrize(
    "rows",
    [
        table(WHO, TALK),
        table(WHO, TALK, head=["Speaker", "Text"]),
        table([str(n) for n in range(6)], [f"00:00:0{n}" for n in range(6)], WHO, TALK),
        table([f"0:0{n}.0 - 0:0{n}.9" for n in range(6)], TALK, WHO, head=["Timespan", "Content", "Speaker"]),
        table(["00:01", "00:02", "00:03"], ["Ana", "Rowan", "Wife"], TALK[:3]),  # each speaks once
        table(["Date", "Place", "Notes"], ["3 March", "town hall", "There was much noise in the room"]),
        table(WHO[:2], TALK[:2], ENGLISH[:2]),  # too short to tell
        [["Interview with P01"], *table(WHO, TALK)],
    ],
)
def test_a_table_with_one_column_of_words_is_read_as_it_is(rows):
    assert columns_of(rows) == columns_of([])


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (table(WHO, TALK, ENGLISH, head=["Who", "Original", "English"]), "hold words: Original, English"),
        (table(WHO, TALK, ENGLISH), "hold words: column 2, column 3"),
        (table(WHO, TALK, CODES, head=["Who", "Text", "Code"]), "hold words: Text, Code"),
        (table(WHO, TALK, ["town", "money"] * 3, head=["Who", "Text", "Code"]), "say who speaks: Who, Code"),
        (table(["Begin", "", "Who", "", "Why", ""], WHO, TALK, head=["Topic", "Who", "Text"]), "words: Topic, Text"),
        (table([f"I: {w}" for w in TALK], [f"I: {w}" for w in ENGLISH]), "hold words: column 1, column 2"),
        (table(WHO, ["Ana", "Rowan"] * 3, TALK, head=["Mark", "Name", "Text"]), "say who speaks: Mark, Name"),
    ],
)
def test_which_column_was_said_is_asked(rows, named):
    with pytest.raises(StudyError, match=named) as caught:
        columns_of(rows, file="a.docx")
    assert "a.docx" in str(caught.value)


@pytest.mark.parametrize("wanted", [["english"], ["Text", "English "], ["3"], ["Who", "English"]])
def test_the_column_that_people_name_is_read_alone(wanted):
    rows = table(WHO, TALK, ENGLISH, head=["Who", "Original", "English"])
    assert lines_of(cells(rows), wanted)[1:] == [(f"{a}\t{b}", "") for a, b in zip(WHO, ENGLISH, strict=True)]


def test_of_columns_that_may_say_who_speaks_the_named_one_is_read():
    rows = table(WHO, TALK, ["town", "money"] * 3, head=["Who", "Text", "Code"])
    assert lines_of(cells(rows), ["who"])[1:] == [(f"{a}\t{b}", "") for a, b in zip(WHO, TALK, strict=True)]
    with pytest.raises(StudyError, match="say who speaks: Who, Code"):
        columns_of(rows, ["Who", "Code"])


def test_a_column_for_each_speaker_is_told_by_its_heading():
    rows = table(ASKED, SAID, head=["Interviewer", "Participant"])
    assert lines_of(cells(rows)) == [
        (words, who) for words, who in zip(TALK, ["Interviewer", "Participant"] * 3, strict=True)
    ]
    assert lines_of(cells(rows[1:]))[0] == (ASKED[0], "column 1")


def test_of_times_the_first_is_kept_and_no_number_behind_who_speaks():
    begin, end = ([f"00:0{n}:0{side}.0" for n in range(6)] for side in (1, 2))
    lengths = [f"{n}.5" for n in range(6)]
    numbers = [str(n) for n in range(6)]
    assert columns_of(table(numbers, begin, end, WHO, lengths, TALK)).order == (0, 1, 3, 5)
    assert columns_of(table(WHO, begin, lengths, end, TALK)).order == (1, 0, 4)
    assert columns_of(table(WHO, TALK, begin, lengths)).order == (2, 0, 1)


def test_cells_with_a_line_for_each_turn_and_a_cell_that_holds_the_talk():
    assert lines_of([[["I:", "P:"], ["Why?", "Because."]]]) == [("I:\tWhy?", ""), ("P:\tBecause.", "")]
    assert lines_of([[["I: Why?", "P: Because."]]]) == [("I: Why?", ""), ("P: Because.", "")]


def test_a_form_is_no_talk_and_tables_of_one_question_each_are():
    form = cells([["Date", "3 March"], ["Interviewer", "Ana"], ["Place", "the hall"]])
    groups = [cells([["M", question], ["P1", "A garden."], ["P2", "The mayor."]]) for question in ASKED[:2]]
    questions = cells([["Why so?", "No money."], ["And then?", "We left."], ["More?", "No."]])
    read = read_tables([form, *groups, questions])
    assert read[0] == "Date | 3 March\nInterviewer | Ana\nPlace | the hall"
    assert [lines[1] for lines in read[1:3]] == [("P1\tA garden.", "")] * 2
    assert read[3][:2] == [("Why so?", "column 1"), ("No money.", "column 2")]


FORM = [
    ["Person", "mayor of a small town here", "Date", "3 March"],
    ["Asked by", "Ana", "Place", "the hall of the town"],
    ["Language", "English", "Length", "45 minutes"],
]


def test_a_small_table_beside_the_talk_is_read_as_it_is():
    asked = cells(table(WHO, TALK, ENGLISH))
    small = cells([["Funding", "high for all of us here", "It matters most of all"] for _ in range(4)])
    with pytest.raises(StudyError, match="hold words"):
        read_tables([asked])
    assert read_tables([small], around=2000)[0][0] == ("Funding\thigh for all of us here\tIt matters most of all", "")
    form, talk = read_tables([cells(FORM), cells(table(WHO, TALK * 1))], around=600)
    assert form.startswith("Person | mayor of a small town here | Date | 3 March\n")
    assert talk[0] == (f"I\t{TALK[0]}", "")


def test_a_topic_over_all_columns_says_nothing_of_them():
    topic = ["In this part of the interview we speak of how it all began in the town", "", ""]
    assert columns_of([topic, *table(["0:01"] * 6, WHO, TALK), topic]) == columns_of([])
    assert columns_of([topic, *table(WHO, ["0:01"] * 6, TALK), topic]).order == (1, 0, 2)
    alternating = [row for question, answer in zip(ASKED, SAID, strict=True) for row in ([question, ""], ["", answer])]
    assert columns_of(alternating).speakers == ("column 1", "column 2")


def test_columns_between_tabs_are_the_same():
    lines = ["\t".join(row) for row in table(WHO, TALK, ENGLISH, head=["Who", "Original", "English"])]
    with pytest.raises(StudyError, match="Original, English"):
        without_columns("\n".join(lines))
    assert without_columns("\n".join(lines), ["Original"]).split("\n")[1:3] == [f"I\t{TALK[0]}", f"P\t{TALK[1]}"]
    assert without_columns("I:\t\tWhy?\nP:\t\tSo.\nI:\t\tAnd?") == "I:\t\tWhy?\nP:\t\tSo.\nI:\t\tAnd?"
