"""The archive of a study: what it holds, how it is cited, and its description for machines."""

import json

import pytest
import yaml
from coproduction.core import tables
from coproduction.core.errors import StudyError
from coproduction.formats.crates import About, write_crate
from coproduction.reference import declared_tables
from coproduction.report import archive
from coproduction.report.tables import DATA_DICTIONARY

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize("date", ["", "30.11.2026", "2026"])
def test_an_archive_needs_a_date(date):
    with pytest.raises(StudyError, match="an archive needs the date of the study"):
        archive.checked_date(date)
    assert archive.checked_date("2026-11-30") == "2026-11-30"


def test_results_are_copied_without_logs_and_the_build_of_the_report(tmp_path):
    left = (
        "logs/x.log",
        "report/build/b.md",
        "report/draft/d.html",
        "archive/z",
        "private/names.csv",
        "set_aside/y.csv",
    )
    for name in ("delphi/a.csv", "report/r.html", *left, "delphi/.snakemake_timestamp"):
        path = tmp_path / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", encoding="utf-8")
    names = archive.copy_results(tmp_path / "results", tmp_path / "out")
    assert names == ["delphi/a.csv", "report/r.html"]
    copied = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(copied) == 2


def names_of(node):
    """Every `@id` that a node of the crate points to."""
    values = [value for key, value in node.items() if not key.startswith("@")]
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield one["@id"]


def test_the_dictionary_has_every_column_of_every_result():
    forms = declared_tables()
    table = tables.conforming(archive.dictionary(forms), DATA_DICTIONARY)
    wanted = {(f"results/{f.file}", c) for f in forms if not f.people for c in f.columns}
    assert set(zip(table["file"], table["column"], strict=True)) == wanted
    said = archive.descriptions(["delphi/ratings.csv", "delphi/status.csv", "x.bin"], forms)
    assert set(said) == {"results/delphi/ratings.csv", "results/delphi/status.csv"}


def test_the_citation_is_yaml_whatever_the_title():
    title = 'A "title": with # signs'
    read = yaml.safe_load(archive.citation(title, ["É. Ö"], "2026-11-30", LICENCE))
    assert read["title"] == title
    assert read["authors"] == [{"name": "É. Ö"}]
    assert str(read["date-released"]) == "2026-11-30"
    assert read["cff-version"] == "1.2.0"


def test_the_crate_describes_each_file_once_and_is_the_same_each_time(tmp_path):
    rocrate = pytest.importorskip("rocrate.rocrate", reason="rocrate is not installed yet")
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        (folder / "results").mkdir(parents=True)
        (folder / "results" / "a b.csv").write_text("n\n1\n", encoding="utf-8")
        (folder / "README.md").write_text("# Study\n", encoding="utf-8")
        about = About("Study", "A study", "2026-11-30", ["A. Author"], LICENCE)
        write_crate(folder, about, {"results/a b.csv": "Numbers."})
        made.append((folder / "ro-crate-metadata.json").read_bytes())
    assert made[0] == made[1]
    graph = {entity["@id"]: entity for entity in json.loads(made[0])["@graph"]}
    root = graph["./"]
    assert root["datePublished"] == "2026-11-30"
    assert [part["@id"] for part in root["hasPart"]] == ["README.md", "results/a%20b.csv"]
    assert graph["results/a%20b.csv"]["description"] == "Numbers."
    assert graph[root["license"]["@id"]]["@type"] == "CreativeWork"
    assert {name for node in graph.values() for name in names_of(node)} <= {*graph, "https://w3id.org/ro/crate/1.1"}
    back = rocrate.ROCrate(tmp_path / "one")
    assert {file.id for file in back.get_entities() if file.type == "File"} >= {"README.md"}
    assert back.root_dataset["author"][0]["name"] == "A. Author"
