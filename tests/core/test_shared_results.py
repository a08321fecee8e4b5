"""Results of costly steps that studies share: what names them, and that nothing half or changed is taken."""

import json
from pathlib import Path

import pytest
from coproduction.core import shared_results


@pytest.fixture
def shared(tmp_path, monkeypatch):
    folder = tmp_path / "shared"
    monkeypatch.setenv(shared_results.VARIABLE, str(folder))
    return folder


@pytest.fixture
def study(tmp_path):
    """A function that lays out a study of this name: its input and its outputs."""

    def study(name, words="a search", made="records"):
        folder = tmp_path / name
        (folder / "results").mkdir(parents=True)
        (folder / "search.ris").write_text(words)
        outputs = [folder / "results" / "clusters.csv", folder / "results" / "facts.json"]
        for path in outputs:
            path.write_text(f"{made} of {path.name}")
        return folder, list(map(str, outputs))

    return study


def key(folder, **params):
    places = {str(folder): "<study>", f"{folder}/results": "<results>"}
    return shared_results.key("find_duplicates", [str(folder / "search.ris")], params, places)


def test_two_studies_of_one_search_go_by_one_name_wherever_they_are(study):
    one, _ = study("one")
    two, _ = study("two")
    assert key(one, desk=f"{one}/desk", n=3, made=f"{one}/results/x") == key(
        two, desk=f"{two}/desk", n=3, made=f"{two}/results/x"
    )


@pytest.mark.parametrize(
    ("words", "params"), [("another search", {"n": 3}), ("a search", {"n": 4}), ("a search", {"m": 3})]
)
def test_other_contents_or_settings_go_by_another_name(study, words, params):
    one, _ = study("one")
    two, _ = study("two", words)
    assert key(one, n=3) != key(two, **params)


def test_a_folder_whose_name_begins_alike_is_not_the_study(study):
    one, _ = study("one")
    assert key(one, desk=f"{one}_other/desk") != key(one, desk=f"{one}/desk")


def test_what_one_study_leaves_another_takes(shared, study):
    _, made = study("one")
    shared_results.keep("entry", made)
    other, wanted = study("two", made="nothing yet")
    assert shared_results.take("entry", wanted)
    assert [Path(path).read_text() for path in wanted] == [Path(path).read_text() for path in made]
    assert not list(other.rglob("*.part"))
    Path(wanted[0]).write_text("changed by hand")
    assert (shared / "entry" / "0.csv").read_text() == "records of clusters.csv"  # a copy, no link


def test_nothing_is_taken_where_nothing_is_kept(shared, study):
    _, wanted = study("two")
    assert not shared_results.take("entry", wanted)


def test_an_entry_that_somebody_changed_is_not_taken(shared, study):
    _, made = study("one")
    shared_results.keep("entry", made)
    (shared / "entry" / "0.csv").write_text("other words")
    _, wanted = study("two", made="nothing yet")
    assert not shared_results.take("entry", wanted)
    assert Path(wanted[1]).read_text() == "nothing yet of facts.json"


def test_an_entry_of_other_files_is_not_taken(shared, study):
    _, made = study("one")
    shared_results.keep("entry", made)
    assert not shared_results.take("entry", made[:1])


def test_half_of_the_results_is_not_kept(shared, study):
    folder, made = study("one")
    shared_results.keep("entry", [*made, str(folder / "results" / "missing.csv")])
    assert not shared.exists()


def test_what_is_kept_stays_as_the_first_study_left_it(shared, study):
    _, made = study("one")
    shared_results.keep("entry", made)
    _, later = study("two", made="others")
    shared_results.keep("entry", later)
    assert (shared / "entry" / "0.csv").read_text() == "records of clusters.csv"
    assert sorted(json.loads((shared / "entry" / shared_results.LIST).read_text())) == ["0.csv", "1.json"]
    assert [path.name for path in shared.iterdir()] == ["entry"]


def test_without_the_variable_nobody_shares(monkeypatch):
    monkeypatch.delenv(shared_results.VARIABLE, raising=False)
    assert shared_results.folder() is None
