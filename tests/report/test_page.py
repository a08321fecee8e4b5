"""A page in one file, with tables that scroll in a box of their own."""

import pytest
from bs4 import BeautifulSoup
from coproduction.core.errors import StudyError
from coproduction.report import page, source


def test_styles_scripts_and_figures_come_into_the_page(tmp_path):
    (tmp_path / "a.css").write_text("p {}", encoding="utf-8")
    (tmp_path / "b.js").write_text("go();", encoding="utf-8")
    (tmp_path / "c.svg").write_text("<svg/>", encoding="utf-8")
    made = page.whole(
        '<link rel="stylesheet" href="a.css"><script src="b.js"></script><img src="c.svg" alt="x">'
        '<img src="data:image/png;base64,x" alt="y">',
        tmp_path,
    )
    assert "<style>\np {}</style>" in made
    assert "<script>\ngo();</script>" in made
    assert '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="x">' in made
    assert 'src="data:image/png;base64,x"' in made
    with pytest.raises(StudyError, match=r"the report shows d\.svg, which does not exist"):
        page.whole('<img src="d.svg" alt="x">', tmp_path)


def test_tables_get_a_box_with_a_name(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        '<table id="t"><caption><strong>Table 1:</strong> Words &amp; "numbers".</caption>'
        '<thead><tr><th style="x">a</th><th scope="row">b</th></tr></thead></table><table></table>',
        encoding="utf-8",
    )
    page.finish(path, {})
    made = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    one, two = made.select("div.table-scroll")
    assert one["aria-label"] == 'Table 1: Words & "numbers".'
    assert two["aria-label"] == "Table"
    assert [cell["scope"] for cell in one.select("th")] == ["col", "row"]
    assert one["tabindex"] == "0"


def test_figures_are_followed_by_their_files(tmp_path):
    (tmp_path / "figures" / "topics").mkdir(parents=True)
    for kind in ("svg", "csv"):
        (tmp_path / "figures" / "topics" / f"bars.{kind}").touch()
    shown = '![Bars.](figures/topics/bars){#fig-bars fig-alt="Two"}'
    other = '![None.](figures/topics/none){#fig-none fig-alt="None"}'
    made = source.with_files(f"Words.\n\n{shown}\n\n{other}\n", tmp_path)
    links = "[SVG](figures/topics/bars.svg) [CSV](figures/topics/bars.csv)"
    assert made == (f"Words.\n\n{shown}\n\n::: {{.figure-files}}\n{links}\n:::\n\n{other}\n")
