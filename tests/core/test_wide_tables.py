"""Tables laid out wide, as programs of QCA keep them and as matrices of influences come from workshops."""

import pytest
from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.ecosystem.judgements import read_influences, read_weights
from coproduction.ecosystem.tables import WEIGHTS
from coproduction.qca.tables import STUDY_MEMBERSHIPS

LONG = [["AUT", "y", 0.8], ["AUT", "a", 0.2], ["BEL", "y", 0.0], ["BEL", "a", 1.0]]


def read(tmp_path, text, form, name="table.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return people_tables.read_people_table(path, form)


@pytest.mark.parametrize(
    "text",
    [
        "case,y,a\nAUT,0.8,0.2\nBEL,0,1\n",
        "Case;y;a\nAUT;0,8;20%\nBEL;0;1\n",
        '"","y","a"\n"AUT",0.8,0.2\n"BEL",0,1\n',  # as R writes the names of rows
        "Our data\ncase,y,a\nAUT,0.8,0.2\nBEL,0,1\n",
    ],
)
def test_a_row_for_each_case_and_a_column_for_each_set(tmp_path, text):
    table = read(tmp_path, text, STUDY_MEMBERSHIPS)
    assert table[["case", "set", "membership"]].to_numpy().tolist() == LONG


def test_a_wrong_cell_of_a_wide_table_is_named_with_its_row(tmp_path):
    with pytest.raises(StudyError, match="row 3, column 'membership': 'high' is not a number"):
        read(tmp_path, "case,y,a\nAUT,0.8,0.2\nBEL,high,1\n", STUDY_MEMBERSHIPS)
    with pytest.raises(StudyError, match="row 2: 'x' in column D stands under no heading"):
        read(tmp_path, "case,y,a,\nAUT,0.8,0.2,x\n", STUDY_MEMBERSHIPS)
    with pytest.raises(StudyError, match="the column 'y' appears twice"):
        read(tmp_path, "case,y,y\nAUT,0.8,0.2\n", STUDY_MEMBERSHIPS)


@pytest.mark.parametrize("text", ["Caseid,y,a\nAUT,0.8,0.2\n", "case,set,y\nAUT,a,1\n", "case,y\nAUT,1\n"])
def test_what_is_no_wide_table_for_sure_is_not_taken_for_one(tmp_path, text):
    with pytest.raises(StudyError, match=r"missing .*or with 'case' and a column of each 'set'"):
        read(tmp_path, text, STUDY_MEMBERSHIPS)


def test_a_matrix_says_which_side_influences(tmp_path):
    """Rows influence columns by custom only; the heading of the first column has to say so."""
    (tmp_path / "influences.csv").write_text(
        "from,rater,will,funds\nwill,E1,0,3\nfunds,E1,,\nwill,E2,x,4\n", encoding="utf-8"
    )
    table = read_influences([tmp_path / "influences.csv"], {"will", "funds"})
    assert table[["from", "to", "rater", "influence", "row"]].astype(object).fillna("").to_numpy().tolist() == [
        ["will", "funds", "E1", 3, 2],
        ["funds", "will", "E1", "", 3],
        ["will", "funds", "E2", 4, 4],
    ]
    with pytest.raises(StudyError, match="the columns 'from', 'to', 'weight' are missing"):
        read(tmp_path, ",will,funds\nwill,0,0.5\nfunds,1,0\n", WEIGHTS)


def test_a_signed_matrix_and_what_stands_on_its_diagonal(tmp_path):
    path = tmp_path / "weights.csv"
    path.write_text("from \\ to;will;funds\nwill;0;\u22120,5\nfunds;0,75;–\n", encoding="utf-8")
    table = read_weights([path], {"will", "funds"})
    assert table[["from", "to", "weight"]].to_numpy().tolist() == [["will", "funds", -0.5], ["funds", "will", 0.75]]
    path.write_text("from,will,funds\nwill,0.3,0.5\nfunds,1,0\n", encoding="utf-8")
    with pytest.raises(StudyError, match="row 2, column 'to': 'will' is paired with itself"):
        read_weights([path], {"will", "funds"})
