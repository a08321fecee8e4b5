"""Both formats with pandoc and Typst, read back as a reader would get them."""

import base64
import functools
import re
import subprocess

import matplotlib.image
import pypandoc
import pypdfium2
import pytest
from browser import CHROMIUM
from bs4 import BeautifulSoup
from coproduction.core.errors import StudyError
from coproduction.report import pandoc, render, word
from coproduction.report.page import finish


def pdf_text(path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_html_is_one_file_with_everything_resolved(stage, tmp_path):
    target = tmp_path / "report.html"
    pandoc.render(stage(), "ecosystem", {"html": target})
    page = BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")
    text = page.get_text(" ")
    assert page.title.string == "A title: with colon"
    assert "Figure\u00a01: Bars of topics." in re.sub(r" +", " ", text).replace(": ", ": ")
    assert [a.get_text() for a in page.select("a.cross-reference[href='#tbl-topics-terms']")] == ["Table\u00a01", "1"]
    assert page.select_one("#sec-methods .header-section-number").get_text() == "7"
    assert page.select_one("img")["alt"] == "Two bars, the second higher"
    assert "trust | <b>" in page.select_one("#tbl-topics-terms").get_text()
    assert page.select_one(".note-warning .note-title").get_text(strip=True) == ("Illustrative data")
    assert page.select_one("#ref-lee1999") is not None
    assert "has not begun" in text
    assert not re.search(r"\?(fig|tbl|sec)-|@(fig|tbl|sec)-|\{\{<", text)
    for tag, name in (("img", "src"), ("script", "src"), ("link", "href")):
        assert not [t for t in page.select(f"{tag}[{name}]") if not t[name].startswith("data:")]
    targets = {tag["id"] for tag in page.select("[id]")}
    inner = [a["href"][1:] for a in page.select("a[href^='#']")]
    assert set(inner) <= targets


def test_another_language_names_figures_tables_and_contents(stage, tmp_path):
    own = tmp_path / "study" / "de"
    own.mkdir(parents=True)
    words = "crossref-fig-title: Abbildung\ncrossref-tbl-title: Tabelle\ntoc-title-document: Inhalt\n"
    (own / "_language.yml").write_text(words, encoding="utf-8")
    build = stage(own=own.parent, language="de")
    pandoc.render(build, "ecosystem", {"html": tmp_path / "report.html"})
    page = BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert page.html["lang"] == "de"
    assert page.select_one("#toc-title").get_text() == "Inhalt"
    assert page.select_one("a[href='#fig-topics-bars']").get_text() == "Abbildung\u00a01"
    pandoc.render(build, "ecosystem", {"pdf": tmp_path / "report.pdf"})
    text = pdf_text(tmp_path / "report.pdf").replace("\u00a0", " ")
    assert "Inhalt" in text
    assert "Tabelle 1: Terms of topics." in text


def test_pdf_reads_back_with_numbers_and_header(stage, tmp_path):
    target = tmp_path / "report.pdf"
    pandoc.render(stage(), "ecosystem", {"pdf": target})
    text = pdf_text(target).replace("\u00a0", " ")
    assert "A title: with colon" in text
    assert "Figure 1: Bars of topics." in text
    assert "Table 1: Terms of topics." in text
    assert re.search(r"in Figure 1 and\s+Table 1, Figure 1", text)
    assert "Learning the Parts of Objects" in " ".join(text.split())
    assert not re.search(r"\?(fig|tbl|sec)-|@(fig|tbl|sec)-|\{\{<", text)


def test_bytes_do_not_change(stage, tmp_path):
    build = stage()
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        made = {kind: tmp_path / folder / kind for kind in render.KINDS}
        pandoc.render(build, "ecosystem", made)
        word.finish(made["docx"], {"title": "A title"})
    for kind in render.KINDS:
        assert (tmp_path / "one" / kind).read_bytes() == (tmp_path / "two" / kind).read_bytes()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("See @fig-nowhere.", "@fig-nowhere"),
        ("As @nobody2001 wrote.", "nobody2001"),
        ("![A](figures/topics/none){#fig-none fig-alt='x'}", "figures/topics/none"),
    ],
)
def test_what_stays_unresolved_is_an_error(stage, tmp_path, text, named):
    build = stage("First line.\n\n" + text)
    with pytest.raises(StudyError) as caught:
        pandoc.render(build, "ecosystem", {"html": tmp_path / "report.html"})
    assert named in str(caught.value)
    if named.startswith("@") or named == "nobody2001":
        assert "fragments/topics/results.md, row 3" in str(caught.value)


def test_all_that_is_unresolved_is_told_with_its_place_and_what_to_do(stage, tmp_path):
    build = stage("![A](no.png){#fig-own}\n\nSee @tbl-nowhere, and @nobody2001 wrote.\n")
    with pytest.raises(StudyError) as caught:
        pandoc.render(build, "ecosystem", {"docx": tmp_path / "report.docx"})
    told = [str(part) for part in caught.value.parts]
    assert len(told) == len(set(told)) == 4
    place = r"\(fragments/topics/results\.md, row {}\)\. {}"
    for pattern in (
        "no fig-alt text " + place.format(1, r"Describe it after the image: \{fig-alt="),
        "Could not fetch resource no.png.* " + place.format(1, "Put the image next to"),
        "Unresolved cross-reference @tbl-nowhere " + place.format(3, "Give the figure, table or section this id"),
        "citation nobody2001 not found " + place.format(3, "Add the work to the study's references"),
    ):
        assert any(re.search(pattern, line) for line in told), (pattern, told)
    assert "lua" not in " ".join(told)


def test_a_picture_beside_a_text_of_the_study_is_in_the_page_and_in_the_pdf(stage, tmp_path):
    own = tmp_path / "own"
    (own / "sections").mkdir(parents=True)
    matplotlib.image.imsave(own / "sections" / "map.png", [[0.0, 1.0], [1.0, 0.0]], metadata={"Software": None})
    words = '![Our towns.](map.png){#fig-map fig-alt="Four fields"}\n'
    (own / "sections" / "introduction.qmd").write_text(words, encoding="utf-8")
    targets = {kind: tmp_path / f"report.{kind}" for kind in ("html", "pdf")}
    pandoc.render(stage(own=own), "ecosystem", targets)
    page = BeautifulSoup(targets["html"].read_text(encoding="utf-8"), "html.parser")
    (picture,) = page.select("img[alt='Four fields']")
    kind, code = picture["src"].split(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(code) == (own / "sections" / "map.png").read_bytes()
    assert "Our towns." in pdf_text(targets["pdf"])


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_page_works_in_a_browser(stage, tmp_path):
    rows = "\n".join(f"| name{n} | {n} |" for n in (3, "–", 10, 2))
    figure = '![Bars.](figures/topics/bars){#fig-bars fig-alt="Two bars"}'
    build = stage(f"{figure}\n\n| a | n |\n|:--|--:|\n{rows}\n\n: Order. {{#tbl-order}}\n")
    target = tmp_path / "report.html"
    pandoc.render(build, "ecosystem", {"html": target})
    finish(target, {})
    html = target.read_text(encoding="utf-8")
    click = "<script>document.querySelectorAll('#tbl-order button.sort')[1].click();"
    click += "document.querySelector('#fig-bars button.zoom').click()</script></body>"
    target.write_text(html.replace("</body>", click), encoding="utf-8")
    done = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--dump-dom",
            "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}",
            target.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    page = BeautifulSoup(done.stdout, "html.parser")
    table = page.select_one("#tbl-order")
    assert [row.select("td")[1].get_text() for row in table.select("tbody tr")] == ["2", "3", "10", "–"]
    assert {cell.get("scope") for cell in page.select("thead th")} == {"col"}
    assert table.select("th")[1]["aria-sort"] == "ascending"
    view = page.select_one("dialog[open]")
    assert view["aria-label"].endswith("Bars.")
    assert view.select_one("img")["alt"] == "Two bars"


def typst_of(root, markdown):
    filters = root / "report" / "pandoc"
    call = [pypandoc.get_pandoc_path(), "-f", "markdown+smart", "-t", "typst"]
    return subprocess.run(
        [*call, "-L", filters / "quarto.lua", "-L", filters / "formats.lua"],
        input=markdown,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def table_of(*first_cells):
    rows = "\n".join(f"| {cell} | 1 |" for cell in first_cells)
    return f"| a | b |\n|:--|--:|\n{rows}\n\n: Caption {{#tbl-x-y}}\n"


def test_words_that_look_like_a_list_stay_words_in_the_paper(root):
    made = pandoc.without_lists(typst_of(root, table_of("4. How it changes", "- minus", "5 people")))
    for words in (r"[4\. How it changes]", r"[\- minus]", "[5 people]"):
        assert words in made


def test_a_paragraph_under_a_heading_goes_with_the_table_after_it(root):
    made = typst_of(root, "## A factor\n\nHow strong.\n\n" + table_of("words"))
    assert "#block(sticky: true)[\nHow strong." in made
    assert "sticky" not in typst_of(root, "Before.\n\nHow strong.\n\n" + table_of("words"))


@functools.cache
def page_texts(path):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def pages_with(path, words):
    return [number for number, text in enumerate(page_texts(path)) if words in text]


def test_short_tables_stand_on_one_page_and_rows_of_long_ones_too(stage, tmp_path):
    filler = "\n\n".join(f"Line {n}." for n in range(26))
    row = " and ".join(["words"] * 40)
    short = table_of(*(f"few{n}" for n in range(20)))
    long = table_of(*(f"begin{n} {row} end{n}" for n in range(40))).replace("-x-y", "-x-z")
    pandoc.render(stage(f"{filler}\n\n{short}\n{long}"), "ecosystem", {"pdf": tmp_path / "report.pdf"})
    where = {tuple(pages_with(tmp_path / "report.pdf", f"few{n}")) for n in range(20)}
    assert len(where) == 1
    first, last = (
        [pages_with(tmp_path / "report.pdf", f"{word}{n}") for n in range(10, 40)] for word in ("begin", "end")
    )
    assert first == last
    assert len({tuple(pages) for pages in first}) > 1


def test_a_cell_longer_than_a_page_goes_on_on_the_next(stage, tmp_path):
    cell = " ".join(f"word{n}x" for n in range(2000))
    pandoc.render(stage(table_of(cell)), "ecosystem", {"pdf": tmp_path / "report.pdf"})
    pages = [pages_with(tmp_path / "report.pdf", f"word{n}x") for n in range(2000)]
    assert all(len(found) == 1 for found in pages)
    assert pages[0] < pages[-1]
