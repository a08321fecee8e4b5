"""A folder for a new study: complete, readable by the steps, never over what is there."""

from pathlib import Path

import pytest
import yaml
from coproduction import checking, new_study
from coproduction.config import load_config
from coproduction.core import people_tables
from coproduction.core.errors import StudyError


@pytest.fixture
def made(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    new_study.make(tmp_path / "mine", root)
    return tmp_path / "mine"


def test_every_form_is_an_empty_table_that_can_be_read(made):
    forms = new_study.kept_tables()
    assert len(forms) > 15
    for name, form in forms.items():
        text = (made / name).read_text(encoding="utf-8")
        assert text.splitlines()[1].startswith(("(example)", '"(example)')), name
        assert people_tables.read_people_table(made / name, form).empty, name


def test_it_says_what_people_write_in_the_report(made, root):
    """Each section of the report that a study may write itself, and no other file."""
    asked = {line.removeprefix("## report/") for line in (made / "writing.md").read_text("utf-8").splitlines()}
    for name in ("introduction", "discussion", "limitations", "declarations"):
        assert f"sections/{name}.qmd" in asked
        assert (root / "report" / "sections" / f"{name}.qmd").is_file()


def test_the_config_is_one_that_the_workflow_accepts(made, monkeypatch):
    values = yaml.safe_load((made / "study.yaml").read_text(encoding="utf-8"))
    config = load_config(values)
    assert config.study == str(made)
    assert checking.problems(made / "study.yaml") == []


def test_what_is_there_is_never_overwritten(made, root):
    (made / "factors.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="already exists"):
        new_study.make(made, root)
    assert (made / "factors.csv").read_text(encoding="utf-8") == "mine"


def test_the_readme_names_every_folder_and_table(made):
    text = (made / "README.md").read_text(encoding="utf-8")
    for name in [*new_study.FOLDERS, *new_study.kept_tables()]:
        assert name in text
    assert "higher_better, lower_better" in text


def test_tables_come_in_the_order_of_the_work(made):
    text = (made / "README.md").read_text(encoding="utf-8")
    places = [text.index(f"### {name}") for name in new_study.kept_tables()]
    assert places == sorted(places)
    for first, later in [
        ("factors.csv", "desk/register.csv"),
        ("desk/register.csv", "searches/searches.csv"),
        ("searches/searches.csv", "screening/criteria.csv"),
        ("screening/criteria.csv", "screening/extraction.csv"),
        ("delphi/statements.csv", "delphi/panel.csv"),
        ("delphi/panel.csv", "delphi/comments.csv"),
    ]:
        if f"### {first}" in text:
            assert text.index(f"### {first}") < text.index(f"### {later}"), (first, later)


def test_example_rows_speak_of_no_subject(made):
    """The bundled study's sentences have no place in a study on something else."""
    for name in new_study.kept_tables():
        row = (made / name).read_text(encoding="utf-8").splitlines()[1].lower()
        for word in ("co-prod", "coprod", "citizen", "volunteer", "illustrative", "mayor"):
            assert word not in row, (name, row)
    statements = (made / "delphi" / "statements.csv").read_text(encoding="utf-8").splitlines()[1]
    assert statements.startswith("(example) S01,1,")


def test_the_config_shows_where_the_question_goes(made):
    written = (made / "study.yaml").read_text(encoding="utf-8")
    assert "#   question: " in written
    assert "#   subject: " in written
    shown = written.replace("# report:", "report:").replace("#   question:", "  question:")
    assert load_config(yaml.safe_load(shown)).report.question.startswith("Which conditions favour")


@pytest.mark.parametrize(
    "name", ["Study #1", "a: b", "2026", "no", "null", "it's", "[x]", "- x", "@home", "100%", "Müller"]
)
def test_the_config_names_the_folder_whatever_it_is_called(root, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    new_study.make(Path(name), root)
    values = yaml.safe_load((tmp_path / name / "study.yaml").read_text(encoding="utf-8"))
    assert [values["study"], values["factors"]] == [name, f"{name}/factors.csv"]
    load_config(values)
