"""Both formats with pandoc and Typst, read back as a reader would get them."""

import re
import shutil
import subprocess

import pypandoc
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from coproduction.errors import StudyError
from coproduction.report import pandoc

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def pdf_text(path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_html_is_one_file_with_everything_resolved(stage, tmp_path):
    target = tmp_path / "report.html"
    pandoc.render(stage(), target, "html")
    page = BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")
    text = page.get_text(" ")
    assert page.title.string == "A title: with colon"
    assert "Figure\u00a01: Bars of topics." in re.sub(r" +", " ", text).replace(": ", ": ")
    assert [a.get_text() for a in page.select("a.cross-reference[href='#tbl-topics-terms']")] == [
        "Table\u00a01",
        "1",
    ]
    assert page.select_one("#sec-methods .header-section-number").get_text() == "2"
    assert page.select_one("img")["aria-label"] == "Two bars, the second higher"
    assert "trust | <b>" in page.select_one("#tbl-topics-terms").get_text()
    assert page.select_one(".callout-warning .callout-header").get_text(strip=True) == (
        "Illustrative data"
    )
    assert page.select_one("#ref-lee1999") is not None
    assert "has not begun" in text
    assert not re.search(r"\?(fig|tbl|sec)-|@(fig|tbl|sec)-|\{\{<", text)
    for tag, name in (("img", "src"), ("script", "src"), ("link", "href")):
        assert not [t for t in page.select(f"{tag}[{name}]") if not t[name].startswith("data:")]
    targets = {tag["id"] for tag in page.select("[id]")}
    inner = [a["href"][1:] for a in page.select("a[href^='#']")]
    assert set(inner) <= targets


def test_pdf_reads_back_with_numbers_and_header(stage, tmp_path):
    target = tmp_path / "report.pdf"
    pandoc.render(stage(), target, "pdf")
    text = pdf_text(target).replace("\u00a0", " ")
    assert "A title: with colon" in text
    assert "Figure 1: Bars of topics." in text
    assert "Table 1: Terms of topics." in text
    assert re.search(r"in Figure 1 and\s+Table 1, Figure 1", text)
    assert "Learning the Parts of Objects" in " ".join(text.split())
    assert not re.search(r"\?(fig|tbl|sec)-|@(fig|tbl|sec)-|\{\{<", text)


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_bytes_do_not_change(stage, tmp_path, kind):
    pandoc.render(stage(), tmp_path / "one", kind)
    pandoc.render(stage(), tmp_path / "two", kind)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


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
        pandoc.render(build, tmp_path / "report.html", "html")
    assert named in str(caught.value)
    if named.startswith("@") or named == "nobody2001":
        assert "fragments/topics/results.md, row 3" in str(caught.value)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_page_works_in_a_browser(stage, tmp_path):
    rows = "\n".join(f"| name{n} | {n} |" for n in (3, 10, 2))
    figure = '![Bars.](figures/topics/bars){#fig-bars fig-alt="Two bars"}'
    build = stage(f"{figure}\n\n| a | n |\n|:--|--:|\n{rows}\n\n: Order. {{#tbl-order}}\n")
    target = tmp_path / "report.html"
    pandoc.render(build, target, "html")
    html = target.read_text(encoding="utf-8")
    click = "<script>document.querySelectorAll('#tbl-order button.sort')[1].click();"
    click += "document.querySelector('#fig-bars button.zoom').click()</script></body>"
    target.write_text(html.replace("</body>", click), encoding="utf-8")
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}",
            target.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    page = BeautifulSoup(done.stdout, "html.parser")
    table = page.select_one("#tbl-order")
    assert [row.select("td")[1].get_text() for row in table.select("tbody tr")] == ["2", "3", "10"]
    assert table.select("th")[1]["aria-sort"] == "ascending"
    view = page.select_one("dialog[open]")
    assert view["aria-label"].endswith("Bars.")
    assert view.select_one("img")["alt"] == "Two bars"


def typst_of(root, markdown):
    filter_of_ours = root / "report" / "pandoc" / "quarto.lua"
    return subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown+smart", "-t", "typst", "-L", filter_of_ours],
        input=markdown,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def table_of(*first_cells):
    rows = "\n".join(f"| {cell} | 1 |" for cell in first_cells)
    return f"| a | b |\n|:--|--:|\n{rows}\n\n: Caption {{#tbl-x-y}}\n"


def test_words_that_look_like_a_list_stay_words_in_the_paper(root):
    made = typst_of(root, table_of("4. How it changes", "- minus", "5 people"))
    for words in (r"[4\. How it changes]", r"[\- minus]", "[5 people]"):
        assert words in made


@pytest.mark.parametrize(("rows", "together"), [(3, True), (13, False)])
def test_short_tables_stay_on_one_page(root, rows, together):
    made = typst_of(root, table_of(*["words"] * rows))
    assert ("breakable: false" in made) is together
    assert "<tbl-x-y>" in made
