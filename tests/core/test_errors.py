"""Messages that researchers read."""

import pytest
from coproduction.core.errors import StudyError, raise_all, told_once
from coproduction.core.failed_steps import PROBLEM, problems_in


def test_the_sentence_names_place_problem_and_remedy():
    error = StudyError("'x' is no number", file="a/b.csv", row=3, column="year", remedy="Mend it")
    assert str(error) == "a/b.csv, row 3, column 'year': 'x' is no number. Mend it."


def test_several_errors_become_one_with_all_places():
    errors = [StudyError("bad", file="f.csv", row=n) for n in range(2, 15)]
    with pytest.raises(StudyError) as caught:
        raise_all(errors)
    text = str(caught.value)
    assert text.startswith("13 problems:")
    assert "f.csv, row 11: bad." in text
    assert "row 12" not in text
    assert "and 3 more" in text


def test_no_errors_raise_nothing():
    assert raise_all([]) is None


def test_two_steps_that_stumble_over_the_same_file_say_so_once(tmp_path):
    for name, words in (("a", "the file is empty"), ("b", "the file is empty"), ("c", "other")):
        (tmp_path / f"{name}.log").write_text(f"INFO x\nERROR {PROBLEM}{words}\n", "utf-8")
    assert problems_in(tmp_path, since=0) == ["the file is empty", "other"]


def test_one_problem_that_two_doors_tell_is_of_one_row():
    told = told_once(StudyError("'x' is no code", file="a.csv", row=2, column="code") for _ in range(2))
    assert told == ["a.csv, row 2, column 'code': 'x' is no code."]
