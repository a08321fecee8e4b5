"""The bundled study from its files to the report: complete, repeatable, the same bytes everywhere."""

import json
import re
from dataclasses import replace
from urllib.parse import unquote

import pandas as pd
import pypdfium2
import pytest
import yaml
from coproduction import new_study, reference
from coproduction.config import Config
from coproduction.core import people_tables, tables
from coproduction.report import checking, links

from .conftest import NOT_BEGUN, contents

pytestmark = pytest.mark.slow
# Copies for other programs, and what lies beside a figure or a page.
BESIDE = ("logs/", "benchmarks/", "report/build/", "literature/export/", "screening/to_screen/")


def test_a_second_run_does_nothing(finished):
    done = finished.snakemake()
    assert done.returncode == 0
    assert "Nothing to be done" in done.stdout
    assert finished.planned() == set()


def test_nothing_is_left_half_written(finished):
    assert [path for path in (finished.path / "results").rglob("*.part")] == []


def test_every_unit_that_entered_is_accounted_for(finished):
    accounts = pd.read_csv(finished.path / "results" / "status" / "accounts.csv")
    assert set(accounts["technique"]) >= {"desk", "literature", "screening", "interviews", "delphi"}
    for key, rows in accounts.groupby(["technique", "unit", "source"]):
        assert rows["n"].sum() == rows["entered"].iloc[0], key


def test_every_factor_is_in_the_model_and_traced(finished):
    factors = pd.read_csv(finished.path / "config" / "factors.csv")["id"].tolist()
    results = finished.path / "results" / "ecosystem"
    model = json.loads((results / "model.json").read_text(encoding="utf-8"))
    assert {factor for factor in factors if factor in json.dumps(model)} == set(factors)
    assert set(pd.read_csv(results / "factors.csv")["id"]) == set(factors)


def test_people_s_files_are_not_modified(finished, root):
    for folder in ("data", "config"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                copy = finished.path / path.relative_to(root)
                assert copy.read_bytes() == path.read_bytes(), path


def test_two_cores_and_files_that_come_later_give_the_same_bytes(finished, twin):
    """One was made at once on one core; in the other interviews, panel and English came with a second run."""
    one, two = contents(finished.path / "results"), contents(twin.path / "results")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_no_path_of_the_machine_is_in_a_result(finished):
    mark = str(finished.path).encode()
    made = contents(finished.path / "results")
    assert [name for name, content in made.items() if mark in content] == []


def test_a_study_s_own_file_takes_nothing_from_that_of_the_bundled_study(fresh):
    (fresh.path / "mine").mkdir()
    (fresh.path / "mine.yaml").write_text("study: mine\nresults: made\n", encoding="utf-8")
    done = fresh.snakemake("--configfile", "mine.yaml", "--", "made/house/config.yaml")
    assert done.returncode == 0, done.stdout[-3000:]
    used = yaml.safe_load((fresh.path / "made/house/config.yaml").read_text(encoding="utf-8"))
    wanted = Config(study="mine", results="made").model_dump(mode="json")
    assert used == wanted


def test_a_study_in_which_nothing_is_there_yet_gets_its_report(fresh):
    """It is as `make new` lays it out: each table with a header and an example that does not count."""
    new_study.make(fresh.path / "mine", fresh.path)
    config = (fresh.path / "mine" / "study.yaml").read_text(encoding="utf-8")
    (fresh.path / "mine" / "study.yaml").write_text(config.replace(f"{fresh.path}/", ""), encoding="utf-8")
    done = fresh.snakemake("--configfile", "mine/study.yaml", cores=2)
    assert done.returncode == 0, done.stdout[-5000:]
    results = fresh.path / "mine" / "results"
    status = pd.read_csv(results / "status" / "status.csv")
    assert set(status["state"]) <= {"awaited", "not started", "done"}
    assert (status["state"] == "awaited").any()
    page = (results / "report" / "ecosystem.html").read_text(encoding="utf-8")
    words = " ".join(re.sub("<[^>]*>", "", page).split())
    assert "Awaited: documents and their register (desk/register.csv)" in words
    summary = results / "report" / "report" / "summary.md"
    said = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", summary.read_text(encoding="utf-8"))
    assert "None of the 22 steps is complete yet" in " ".join(said.split())


def test_a_study_may_be_reported_in_another_language(half_begun):
    """One template, one section and the words of the renderer in German; the rest stays English."""
    page = (half_begun.path / "results" / "report" / "ecosystem.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    words = re.sub("<[^>]*>", "", page)
    for wanted in ("Es gibt 7 Themen in 150 Einträgen.", "Koproduktion?", "Tabelle\u00a01"):
        assert wanted in words
    assert "the conditions" in page
    wrong = half_begun.snakemake("--config", "language=fr")
    assert wrong.returncode != 0
    assert "there is no folder data/demo/report/fr" in wrong.stdout


def test_every_number_of_a_sentence_links_to_the_fact_it_comes_from(finished, root):
    """What has no link is in the template itself, or in words that people wrote."""
    results, bare = finished.path / "results", []
    for fragment in sorted(results.glob("*/report/*.md")):
        technique, text = fragment.parents[1].name, fragment.read_text(encoding="utf-8")
        facts = json.loads((results / technique / "facts.json").read_text(encoding="utf-8"))
        for _, name, key in links.FACT.findall(text):
            assert name == technique
            links.fact_at(facts, unquote(key))
        written = "".join(path.read_text("utf-8") for path in root.glob(f"report/techniques/{technique}/*.j2"))
        if fragment.name == "checklists.md":
            continue  # its numbers count the rows of the table below them
        known = set(re.findall(r"\d+", written.replace(",000", "000") + "".join(_words_of(facts))))
        sentences = [line for line in text.splitlines() if not re.match(r"\s*(#|\||: |!\[|>)", line)]
        left = links.FACT.sub("", "\n".join(sentences)).replace(",000", "000")
        left = re.sub(r"^(\*\*)?\d+\. ", "", left, flags=re.MULTILINE)  # of a list
        left = re.sub(r"`[^`]*`|@[\w-]+|\{[^}]*\}|\$[^$]*\$", "", left)
        bare += [f"{fragment}: {n}" for n in re.findall(r"\d+", left) if n not in known]
    assert bare == [], bare


def test_no_table_leaves_out_a_cell_that_repeats_the_one_above(finished):
    """Sorting and filtering would lose what the row is about."""
    fragments = sorted((finished.path / "results").glob("*/report/*.md"))
    assert len(fragments) > 20
    blank = [
        f"{path.parents[1].name}/{path.name}: {line[:60]}"
        for path in fragments
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| *\|", line)
    ]
    assert blank == []


def _words_of(value):
    if isinstance(value, str):
        yield value
    for entry in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words_of(entry)


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_all_links_of_the_documents_lead_somewhere(finished, kind):
    folder = finished.path / "results" / "report"
    files = [*(f"{name}.{kind}" for name in ("ecosystem", "supplement", "brief")), "evidence.html"]
    documents = {name: folder / name for name in files}
    assert checking.check_between(documents) == []
    read = checking._links_of_page if kind == "html" else checking._links_of_pdf
    _, targets = read(documents[f"ecosystem.{kind}"])
    for wanted in ("evidence.html#fact-", f"supplement.{kind}#evidence-", f"brief.{kind}#"):
        assert any(target.startswith(wanted) for target in targets), wanted
    if kind == "html":
        inner = [checking.check_html(path, checking.Expected({}, {})) for path in documents.values()]
        assert inner == [[], [], [], []]


def test_the_report_of_the_bundled_study_has_no_more_pages_than_a_reader_reads(finished):
    document = pypdfium2.PdfDocument(finished.path / "results" / "report" / "ecosystem.pdf")
    assert 15 <= len(document) <= 25
    document.close()


@pytest.mark.parametrize("missing", NOT_BEGUN)
def test_a_technique_that_has_not_begun_is_said_to_be_awaited(half_begun, missing):
    status = pd.read_csv(half_begun.path / "results" / "status" / "status.csv")
    states = set(status.loc[status["technique"] == missing, "state"])
    assert states <= {"awaited", "not started"}
    page = (half_begun.path / "results" / "report" / "ecosystem.html").read_text(encoding="utf-8")
    assert f"{missing}/" in page


def test_every_result_table_is_declared_and_fits_its_schema(finished):
    """Checked by pandera, which the steps do not load for what they write."""
    results = finished.path / "results"
    made = [form for form in reference.declared_tables() if not form.people]
    wrong = []
    for path in sorted(results.rglob("*.csv")):
        name = path.relative_to(results).as_posix()
        if "figures" in path.parts or name.startswith(BESIDE):
            continue
        form = next((form for form in made if form.holds(path)), None)
        if form is None:
            wrong.append(f"{name} is not declared")
            continue
        header = pd.read_csv(path, nrows=0).columns.tolist()
        held = form.columns_in(header)  # `sources_*` stands for all columns that begin so
        needed = {n for n, c in form.columns.items() if c.required and not n.endswith("*")}
        if list(held) != header or not needed <= set(header):
            wrong.append(f"{name} has other columns than its schema")
        else:
            seen = replace(form, columns=held)
            people_tables.pandera_schema(seen).validate(tables.read_result(path, form), lazy=True)
    assert wrong == []
