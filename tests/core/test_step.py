"""Steps: tables read and written by their schemas, every output made, errors logged."""

import errno
import json
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.core.errors import StudyError
from coproduction.core.settings import Section
from coproduction.core.step import step

RATINGS = tables.schema("delphi/ratings.csv", "Ratings.", {"rating": tables.whole("rating", low=1)})
SUMMARY = tables.schema("delphi/summary.csv", "Means.", {"mean": tables.number("mean rating")})


class Named(list):
    """Like Snakemake's lists of names: values in order, each also under its name."""

    def __init__(self, **named):
        super().__init__(named.values())
        self.named = named

    def keys(self):
        return self.named.keys()

    def __getitem__(self, key):
        return self.named[key] if isinstance(key, str) else super().__getitem__(key)

    def __getattr__(self, name):
        return self.named[name]


@pytest.fixture
def job(tmp_path):
    (tmp_path / "delphi").mkdir()
    (tmp_path / "delphi" / "ratings.csv").write_text("rating\n3\n4\n", encoding="utf-8")
    return SimpleNamespace(
        config={},
        input=Named(ratings=f"{tmp_path}/delphi/ratings.csv", note="note.txt"),
        output=Named(summary=f"{tmp_path}/delphi/summary.csv", facts=f"{tmp_path}/facts.json"),
        params=Named(seed=7),
        log=[f"{tmp_path}/step.log"],
        rule="summarise",
        threads=1,
    )


def run(job, body, *declared):
    """Run `body` as the script of a rule."""
    names = {"snakemake": job, "body": body}
    exec("def main(given):\n    return body(given)\n", names)
    return step(*declared)(names["main"])


def test_tables_are_read_and_written_by_their_schemas(job):
    def body(given):
        assert given.seed == 7
        assert given.note == "note.txt"
        mean = given.ratings["rating"].mean()
        return {"summary": pd.DataFrame({"mean": [mean]}), "facts": {"n": len(given.ratings)}}

    run(job, body, RATINGS, SUMMARY)
    assert Path(job.output.summary).read_text(encoding="utf-8") == "mean\n3.5\n"
    assert Path(job.output.facts).read_text(encoding="utf-8") == '{\n "n": 2\n}\n'


def test_a_table_can_be_read_and_a_text_be_written_in_pieces(job):
    def body(given):
        (whole,) = given.pieces("ratings")
        pd.testing.assert_frame_equal(whole, given.ratings)
        return {"facts": iter(["a", "b", "\n"]), "summary": whole.rename(columns={"rating": "mean"})}

    run(job, body, RATINGS, SUMMARY)
    assert Path(job.output.facts).read_text(encoding="utf-8") == "ab\n"
    assert Path(job.output.summary).read_text(encoding="utf-8") == "mean\n3\n4\n"


def test_a_folder_holds_texts_and_figures_by_their_names(job, tmp_path):
    class Figure:
        def save(self, svg, pdf, csv):
            for path in (svg, pdf, csv):
                Path(path).write_text(path, encoding="utf-8")

    job.output = Named(pages=f"{tmp_path}/pages")
    run(job, lambda given: {"pages": {"a.txt": "words", "map-1": Figure()}})
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert names == ["a.txt", "map-1.csv", "map-1.pdf", "map-1.svg"]


def test_a_result_that_breaks_its_schema_is_a_defect(job):
    with pytest.raises(ValueError, match=r"delphi/summary.csv.*'mean'"):
        run(job, lambda given: {"summary": pd.DataFrame({"mean": ["much"]})}, SUMMARY)


def test_an_output_that_was_not_made_is_a_defect(job):
    with pytest.raises(ValueError, match=r"has not made .*summary.csv"):
        run(job, lambda given: {"facts": {}}, SUMMARY)


def test_a_name_that_the_rule_does_not_give_is_a_defect(job):
    with pytest.raises(AttributeError, match="neither an input nor a param 'panel'"):
        run(job, lambda given: given.panel, RATINGS)


def test_a_study_error_ends_the_step_with_its_sentence(job, caplog):
    def body(given):
        raise StudyError("the file is empty", file="panel.csv", remedy="Fill it")

    with pytest.raises(SystemExit, match=r"panel.csv: the file is empty. Fill it."):
        run(job, body)


def test_without_snakemake_a_step_is_a_plain_function():
    @step(RATINGS)
    def summarise(given):
        return {"summary": given.ratings}

    assert summarise(SimpleNamespace(ratings=1)) == {"summary": 1}


class Settings(Section):
    """Settings with a number that counts and one that does not."""

    limit: int = 3
    other: int = 4


def test_a_step_may_ask_for_the_settings_that_count_for_its_rule(job):
    job.params = Named(settings={"section": "part", "used": {"limit": 5}})
    job.config = {"part": {"limit": 5, "other": 9}}
    asked = []

    def body(given):
        asked.append(given.settings.limit)
        return {"summary": pd.DataFrame({"mean": [given.settings.other]}), "facts": {}}

    names = {"snakemake": job, "body": body}
    exec("def main(given):\n    return body(given)\n", names)
    with pytest.raises(AttributeError, match="does not name the setting 'other'"):
        step(RATINGS, SUMMARY, settings=Settings)(names["main"])
    assert asked == [5]


def test_an_input_that_changes_meanwhile_makes_the_step_fail(job, tmp_path, capsys):
    def body(given):
        (tmp_path / "delphi" / "ratings.csv").write_text("rating\n3\n4\n5\n", encoding="utf-8")
        return {"summary": pd.DataFrame({"mean": [1.0]}), "facts": {}}

    with pytest.raises(SystemExit, match=r"ratings\.csv: the file was changed while the step"):
        run(job, body, RATINGS, SUMMARY)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EACCES, "not allowed"),
        (errno.EROFS, "not written to"),
        (errno.EISDIR, "is a folder"),
    ],
)
def test_a_full_disk_or_a_locked_file_is_one_sentence(job, number, said):
    def body(given):
        raise OSError(number, "x", "results/a.csv")

    with pytest.raises(SystemExit, match=f"results/a.csv: .*{said}"):
        run(job, body, RATINGS, SUMMARY)


def test_what_was_written_is_noted(job, tmp_path):
    job.params = Named(code="abc def 12ab")
    run(job, lambda given: {"summary": pd.DataFrame({"mean": [1.0]}), "facts": {}}, RATINGS, SUMMARY)
    note = json.loads((tmp_path / "step.made.json").read_text(encoding="utf-8"))
    assert note["rule"] == "summarise"
    assert note["again"] == "12ab"
    assert set(note["made"]) == {str(tmp_path / "delphi/summary.csv"), str(tmp_path / "facts.json")}
