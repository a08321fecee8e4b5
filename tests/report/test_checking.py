"""What is wrong with a finished report is found: on the page, in the PDF, as either engine makes them."""

import threading
from pathlib import Path

import pytest
import typst
from coproduction.core.errors import StudyError
from coproduction.report import checking, render
from coproduction.report.division import Document
from coproduction.report.settings import ReportSettings

ABOUT = {"title": "A title: with colon", "notice": "Illustrative"}

RECORDED = Path(__file__).parent / "recorded"
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" fill="#0072B2"/></svg>'
)
HEAD = '#import "typography.typ": *\n#show: paper.with(title: [Recorded], notice: [Illustrative])\n'


@pytest.fixture
def from_quarto(root, tmp_path):
    """A PDF of the Typst source as Quarto's filters write it, set with our partials.

    `broken` is a pair of words to be replaced in our typography.
    """

    def make(broken=("", "")):
        style = (root / "report" / "typography.typ").read_text(encoding="utf-8")
        assert broken[0] in style
        (tmp_path / "typography.typ").write_text(style.replace(*broken), encoding="utf-8")
        (tmp_path / "drawn.svg").write_text(SQUARE, encoding="utf-8")
        body = (RECORDED / "quarto_body.typ").read_text(encoding="utf-8")
        (tmp_path / "main.typ").write_text(HEAD + body, encoding="utf-8")
        target = tmp_path / "made.pdf"
        target.write_bytes(typst.compile(str(tmp_path / "main.typ"), ignore_system_fonts=True))
        return target

    return make


@pytest.fixture(scope="module")
def wanted():
    text = (RECORDED / "quarto_body.qmd").read_text(encoding="utf-8")
    return checking.expected(Document("recorded", "report", text))


def test_what_a_document_promises(wanted):
    assert wanted.captions == {"tbl-long": "Table 1", "fig-drawn": "Figure 1"}
    assert wanted.last_rows["tbl-long"][0] == "row40"


def test_a_long_table_as_quarto_writes_it_is_whole(from_quarto, wanted):
    assert checking.check_pdf(from_quarto(), wanted) == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (('.or(figure.where(kind: "quarto-float-tbl"))', ""), "runs below the bottom margin"),
        (("strong[#it.supplement", "none //[#it.supplement"), "the caption of tbl-long has no number"),
    ],
)
def test_lost_rows_and_numbers_are_found(from_quarto, wanted, broken, said):
    assert any(said in problem for problem in checking.check_pdf(from_quarto(broken), wanted))


def test_a_row_that_is_not_there_is_named(from_quarto, wanted):
    more = checking.Expected(wanted.captions, {"tbl-long": ["row41"]})
    assert checking.check_pdf(from_quarto(), more) == ["the last row of tbl-long is missing (row41)"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<a href="#nowhere">x</a>', "a link leads to #nowhere"),
        ('<img src="figure.svg" alt="x">', "it loads figure.svg"),
        ('<img src="data:x">', "no alternative text"),
        ("<p>Figure 1: x</p>", "the caption of tbl-long has no number (Table 1)"),
    ],
)
def test_a_page_that_is_not_whole(tmp_path, wanted, page, said):
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    assert any(said in problem for problem in checking.check_html(path, wanted))


def test_markup_and_line_breaks_do_not_count():
    assert checking.condensed(checking._plain("**Care\\_x** and [links](x#y) [@lee1999]")) == ("carexandlinks")
    assert checking.condensed("eﬃ-\ncient") == "efficient"


def test_a_report_that_is_not_whole_is_refused_and_stays_to_be_looked_at(
    stage, composed, targets, tmp_path, monkeypatch
):
    build = stage()
    checks = {kind: lambda *_: [] for kind in render.KINDS} | {"html": lambda *_: ["a hole"]}
    monkeypatch.setattr(render, "CHECKS", checks)
    engine = render.choose(ReportSettings(engine="pandoc"))
    with pytest.raises(StudyError, match=r"ecosystem.html: the finished report is incomplete: a hole"):
        render.render(engine, build, composed[build], targets, ABOUT)
    assert (tmp_path / "failed_build" / "ecosystem.html").is_file()
    assert not targets["ecosystem_html"].exists()


def test_nothing_is_being_rendered_any_more_when_the_build_folder_is_copied(stage, composed, targets, monkeypatch):
    build = stage()
    checks = {kind: lambda *_: [] for kind in render.KINDS} | {"html": lambda *_: ["a hole"]}
    monkeypatch.setattr(render, "CHECKS", checks)
    threads = []
    monkeypatch.setattr(render.shutil, "copytree", lambda *_: threads.append(threading.active_count()))
    monkeypatch.setattr(render.shutil, "copyfile", lambda *_: None)
    before = threading.active_count()
    with pytest.raises(StudyError):
        render.render(render.choose(ReportSettings(engine="pandoc")), build, composed[build], targets, ABOUT, threads=4)
    assert threads == [before]


def test_all_documents_of_a_small_study_are_whole(stage, composed, targets):
    build = stage()
    engine = render.choose(ReportSettings(engine="pandoc"))
    render.render(engine, build, composed[build], targets, ABOUT)
    assert all(target.is_file() for target in targets.values())
    assert not (build.parent / "failed_build").exists()
