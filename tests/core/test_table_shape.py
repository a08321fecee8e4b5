"""Cells that stand under no heading, headings that are nearly others, and ids that look alike."""

import pytest
from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError

FORM = tables.people(
    "x/codebook.csv",
    "x",
    {
        "indicator": tables.text("i", filled=True, unique=True),
        "name": tables.text("n"),
        "weight": tables.number("w", required=False),
        "year": tables.whole("y", required=False),
        "note": tables.text("w", required=False),
    },
)


def read(tmp_path, text):
    path = tmp_path / "codebook.csv"
    path.write_text(text, encoding="utf-8")
    return people_tables.read_people_table(path, FORM)


def test_cells_under_no_heading_are_asked_about(tmp_path):
    """They were dropped."""
    with pytest.raises(StudyError) as caught:
        read(tmp_path, "indicator,name,,\na,A,,do not use\nb,B,,\nc,C,,old\n")
    assert "row 2: 'do not use' in column D stands under no heading, and 1 more cells in its column" in str(
        caught.value
    )


@pytest.mark.parametrize(
    "text",
    [
        "indicator,name,,\na,A,,\n",
        '"","indicator","name"\n"1","a","A"\n"2","b","B"\n',  # as R writes them
        ",indicator,name\n0,a,A\n1,b,B\n",  # as pandas does
    ],
)
def test_empty_columns_and_row_numbers_of_programs_are_passed_over(tmp_path, text):
    assert read(tmp_path, text)["name"].tolist()[0] == "A"


def test_a_column_called_nearly_like_one_that_is_read_is_asked_about(tmp_path):
    """Weights under `weights` counted as none."""
    with pytest.raises(StudyError, match=r"no step reads the column 'weights'\. Did you mean 'weight'"):
        read(tmp_path, "indicator,name,weights\na,A,2\n")
    assert "weights" in read(tmp_path, "indicator,name,weights,weight\na,A,2,3\n")  # both are there
    assert "notes" in read(tmp_path, "indicator,name,notes\na,A,\n")  # nothing in it


def test_ids_that_differ_in_capitals_or_hyphens_alone_are_asked_about(tmp_path):
    with pytest.raises(StudyError, match="row 3, column 'indicator': 'Gov trust' is almost 'gov-trust'"):
        read(tmp_path, "indicator,name\ngov-trust,A\nGov trust,B\n")


def test_a_formula_that_failed_is_named_in_any_column(tmp_path):
    with pytest.raises(StudyError, match="row 2, column 'name': '#REF!' stands for a formula that failed"):
        read(tmp_path, "indicator,name\na,#REF!\n")
    with pytest.raises(StudyError, match="row 2, column 'indicator': '#N/A' stands for"):
        read(tmp_path, "indicator,name\n#N/A,A\n")
    assert read(tmp_path, "indicator,name\na,#N/A\n")["name"].tolist() == ["#N/A"]


def test_a_number_without_end_is_refused(tmp_path):
    with pytest.raises(StudyError, match="row 2, column 'weight': 'inf' may be another number"):
        read(tmp_path, "indicator,name,weight\na,A,inf\n")
    with pytest.raises(StudyError, match="row 2, column 'year': '1e400' may be another number"):
        read(tmp_path, "indicator,name,year\na,A,1e400\n")
