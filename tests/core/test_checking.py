"""`make check`: all problems of all tables at once, equal ones together."""

import shutil

import pytest
import yaml
from coproduction import checking
from coproduction.core import tables

FORM = tables.people(
    "f.csv",
    "One of each kind.",
    {
        "who": tables.text("who", filled=True, unique=True),
        "direction": tables.choice("direction", ["higher_better", "lower_better"]),
        "year": tables.whole("year", low=1900),
        "share": tables.number("share", above=0),
    },
)


def told(tmp_path, content):
    path = tmp_path / "f.csv"
    path.write_text(content, encoding="utf-8")
    return checking.in_table(path, FORM)


def test_a_table_in_order_has_no_problems(tmp_path):
    assert told(tmp_path, "who,direction,year,share\na,higher_better,1999,0.5\n") == []


def test_rows_with_the_same_fault_are_one_sentence(tmp_path):
    rows = "".join(f"p{n},positive,1999,1\n" for n in range(25))
    (said,) = told(tmp_path, f"who,direction,year,share\n{rows}q,lower_bettr,1999,1\n")
    assert "column 'direction': 26 rows (first 2): 'positive', 'lower_bettr'" in said
    assert "Allowed: higher_better, lower_better" in said


def test_every_kind_of_fault_is_told_in_one_go(tmp_path):
    said = told(
        tmp_path, "who,direction,year,share\na,higher_better,1999,1\na,higher_better,19x,0\n,lower_better,1800,x\n"
    )
    joined = "\n".join(said)
    for part in (
        "column 'who': row 4: the cell is empty",
        "column 'who': 2 rows (first 2): 'a': more than once",
        "column 'year': row 3: '19x': not a whole number",
        "column 'year': row 4: '1800': below 1900",
        "column 'share': row 4: 'x': not a number",
        "column 'share': row 3: '0': not above 0",
    ):
        assert part in joined
    assert len(said) == 6


@pytest.mark.parametrize("content", ["", "who,who\na,b\n", "who\na\n"])
def test_a_table_that_cannot_be_read_is_one_sentence(tmp_path, content):
    assert len(told(tmp_path, content)) == 1


def test_all_tables_of_a_study_are_looked_through(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    wrong, asked = checking.looked_through(root / "config" / "config.yaml")
    assert wrong == []
    assert len(asked) == 2
    assert "library.bib: 7 read of 10 stated" in asked[0]
    assert "is not in panel.csv, so that the answers do not count" in asked[1]
    config = tmp_path / "c.yaml"
    config.write_text("study: nowhere\n", encoding="utf-8")
    (said,) = checking.problems(config)
    assert "names the folder nowhere, which does not exist" in said


@pytest.fixture
def study(root, tmp_path, monkeypatch):
    """A copy of the bundled study with its config."""
    monkeypatch.chdir(root)
    shutil.copytree(root / "data" / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns("documents"))
    config = yaml.safe_load((root / "config" / "config.yaml").read_text(encoding="utf-8"))
    (tmp_path / "c.yaml").write_text(yaml.safe_dump(config | {"study": str(tmp_path / "demo")}), encoding="utf-8")
    return tmp_path


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_only_the_steps_would_see_is_told_for_all_techniques_at_once(study):
    demo = study / "demo"
    replace(demo / "desk" / "codebook.csv", ",open-data", ",open-dta")
    replace(demo / "interviews" / "gioia.csv", "political-commitment", "politics")
    with (demo / "screening" / "title_abstract.csv").open("a", encoding="utf-8") as file:
        file.write("r1,,perhaps not,,,\n")
    (demo / "searches" / "cut.ris").write_text("no reference at all", encoding="utf-8")
    shutil.copy(demo / "delphi" / "panel.csv", demo / "delphi" / "panel.xlsx")
    with (study / "c.yaml").open("a", encoding="utf-8") as file:
        file.write("language: de\n")
    told = "\n".join(checking.problems(study / "c.yaml"))
    for part in (
        "column 'factors': 'open-dta' is not a factor",
        "gioia.csv",
        "'politics' is not a factor",
        "'perhaps not' is not a decision",
        "the table is there as panel.csv and as panel.xlsx",
        "cut.ris",
        "setting 'language' is de, but there is no folder",
    ):
        assert part in told


def test_a_door_is_not_tried_where_a_table_breaks_its_schema(study):
    path = study / "demo" / "delphi" / "rounds.csv"
    header, rows = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{header}\n{rows.replace('closed', 'finished')}", encoding="utf-8")
    told = checking.problems(study / "c.yaml")
    assert len([sentence for sentence in told if "rounds.csv" in sentence]) == 1


def test_what_people_say_of_the_evidence_is_looked_through_too(study):
    """Misspelt factors, a contradiction, numbers outside their scales: all at once."""
    folder = study / "demo" / "ecosystem"
    rows = (folder / "directions.csv").read_text(encoding="utf-8").splitlines()
    unit, said, *_ = rows[1].split(",")
    other = "hinders" if said != "hinders" else "favours"
    (folder / "directions.csv").write_text("\n".join([*rows, f"{unit},{other},R09,"]) + "\n", encoding="utf-8")
    replace(folder / "judgements.csv", "\ncivic-engagement,", "\nCivic-Engagment,")
    replace(folder / "cerqual.csv", "civic-engagement,relevance", "civics,relevance")
    replace(folder / "influences.csv", ",E01,3", ",E01,7")
    (folder / "weights.csv").write_text("from,to,weight\nopen-data,self-efficacy,1.5\n", encoding="utf-8")
    told = "\n".join(checking.problems(study / "c.yaml"))
    for part in (
        f"directions.csv, row {len(rows) + 1}, column 'direction': unit '{unit}' is settled twice: here as '{other}'",
        "'Civic-Engagment' is not a factor. Did you mean 'civic-engagement'",
        "cerqual.csv, row 2, column 'factor': 'civics' is not a factor",
        "row 2, column 'influence': 7 is outside 0 to 4",
        "weights.csv, row 2, column 'weight': 1.5 is outside -1 to 1",
    ):
        assert part in told, part
