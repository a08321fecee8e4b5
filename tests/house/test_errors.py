import pytest
from coproduction.errors import StudyError, raise_all


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
