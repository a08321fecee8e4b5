"""What stays in the report, what moves to the supplement, and the links between them."""

import pytest
from coproduction.report.division import Document, blocks, divide, linked, numbered

FIGURE = "![{0}.](figures/{0}){{#fig-{0} fig-alt='x'}}"
ROWS = "| a | b |\n|:--|--:|\n{rows}\n\n: {name}. {{#tbl-{name}}}"


def table(name, rows):
    return ROWS.format(name=name, rows="\n".join(f"| r{n} | {n} |" for n in range(rows)))


SECTION = "\n\n".join(
    [
        "Words on @fig-one and @tbl-long.",
        FIGURE.format("one"),
        "### More",
        FIGURE.format("two"),
        table("short", 2),
        table("long", 30),
        "### Last",
        "Only words.",
        "::: {.callout-note}\n## N\n\nx\n:::",
    ]
)


def test_blocks_are_told_apart():
    kinds = [block.kind for block in blocks(SECTION)]
    assert kinds == ["text", "figure", "heading", "figure", "table", "table", "heading", "text", "text"]
    assert [block.rows for block in blocks(SECTION) if block.kind == "table"] == [2, 30]


def test_first_figures_and_short_tables_stay():
    stays, moves = divide(SECTION, figures=1, rows=8)
    assert "#fig-one" in stays
    assert "#tbl-short" in stays
    assert "callout-note" in stays
    assert "#fig-two" in moves
    assert "#tbl-long" in moves
    assert "### More" in moves
    assert "### Last" not in moves


def test_what_moves_without_a_mention_gets_one_under_its_heading():
    stays, _ = divide(SECTION, figures=1, rows=8)
    assert stays.count("@tbl-long") == 1
    assert stays.index("### More") < stays.index("See also @fig-two.") < stays.index("### Last")


@pytest.mark.parametrize(("figures", "rows"), [(0, 0), (1, 8), (9, 99)])
def test_nothing_is_lost(figures, rows):
    stays, moves = divide(SECTION, figures, rows)
    for label in ("fig-one", "fig-two", "tbl-short", "tbl-long"):
        assert (f"#{label}" in stays) + (f"#{label}" in moves) == 1
        assert f"@{label}" in stays or f"#{label}" in stays


def test_a_figure_of_the_first_page_is_not_shown_again():
    stays, moves = divide(SECTION, 1, 8, frozenset({"fig-one"}))
    assert "#fig-one" not in stays + moves
    assert "#fig-two" in stays


def test_references_between_documents_are_links_with_their_numbers():
    stays, moves = divide(SECTION, 1, 8)
    report = numbered(Document("ecosystem", "report", "# Text {#sec-a}\n\n" + stays + "\n@sec-b"))
    words = {"fig": "Supplementary Figure", "tbl": "Supplementary Table"}
    text = "# All of it {#sec-b}\n\nSee @fig-one, @sec-a.\n\n" + moves
    supplement = numbered(Document("supplement", "supplement", text, words))
    told = linked(report, {"supplement": supplement})
    assert "[Supplementary\u00a0Table\u00a01](supplement#tbl-long)" in told
    assert "[“All of it” in the supplement](supplement#sec-b)" in told
    assert "@fig-one" in told
    back = linked(supplement, {"ecosystem": report})
    assert "[Figure\u00a01](ecosystem#fig-one)" in back
    assert "[“Text” in the report](ecosystem#sec-a)" in back


def test_addresses_and_unknown_names_stay():
    text = "Write to a@fig-x.org; see @fig-nowhere."
    assert linked(numbered(Document("ecosystem", "report", text)), {}) == text


def test_a_table_that_says_so_moves_however_short_it_is():
    marked = table("short", 2).replace("{#tbl-short}", "{#tbl-short .more}")
    kept, moved = divide(f"Words on @tbl-short.\n\n{marked}\n\n{table('other', 2)}", 1, 8)
    assert "tbl-short}" not in kept
    assert ".more}" not in kept
    assert "{#tbl-other}" in kept
    assert "{#tbl-short .more}" in moved


def test_a_heading_with_figures_only_says_which_they_are():
    figure, table = "![A.](a.svg){#fig-a}", "| x |\n|---|\n| 1 |\n| 2 |\n\n: T. {#tbl-t}"
    text = f"## One\n\nText.\n\n{figure}\n\n![B.](b.svg){{#fig-b}}\n\n## Two\n\n![C.](c.svg){{#fig-c}}\n\n{table}\n"
    moved = divide(text, figures=0, rows=1)[1]
    assert "## One\n\nSee @fig-a, @fig-b.\n\n![A." in moved
    assert "## Two\n\n![C." in moved
