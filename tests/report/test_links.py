"""Each number links to its fact, each condition to its evidence, and every link leads somewhere."""

import re

import pypdfium2
import pytest
from coproduction.core.errors import StudyError
from coproduction.report import checking, links, render, source
from coproduction.report.settings import ReportSettings

ABOUT = {"title": "T", "notice": ""}
FACTS = {"delphi": {"rounds": [{"name": "first", "back": 17}], "share": 0.25, "a.b": {"c": 1}}, "report": {"done": 3}}
TEXT = "Of [17](fact:delphi/rounds.0.back) experts [25](fact:delphi/share) % agree, [17](fact:delphi/rounds.0.back)."


def test_facts_are_told_once_in_the_order_of_the_text():
    assert links.facts_told([TEXT, "[3](fact:report/done)"]) == {
        "delphi": {"rounds.0.back": "17", "share": "25"},
        "report": {"done": "3"},
    }


@pytest.mark.parametrize(
    ("key", "value"), [("rounds.0.back", 17), ("share", 0.25), ("a.b.c", 1), ("rounds", FACTS["delphi"]["rounds"])]
)
def test_a_fact_is_found_by_its_place(key, value):
    assert links.fact_at(FACTS["delphi"], key) == value


@pytest.mark.parametrize("key", ["nothing", "share.low", "rounds.0.nothing"])
def test_a_place_that_the_facts_do_not_have_is_an_error(key):
    with pytest.raises(KeyError):
        links.fact_at(FACTS["delphi"], key)


def test_the_table_of_facts_names_entry_place_and_value():
    (part, _) = links.table_of_facts(links.facts_told([TEXT, "[3](fact:report/done)"]), FACTS)
    assert part["technique"] == "delphi"
    assert part["rows"][0] == {
        "anchor": "fact-delphi-rounds-0-back",
        "words": "17",
        "place": "rounds.0.back",
        "of": "first",
        "value": "17",
    }


def test_numbers_lead_to_their_row_on_the_page_of_the_evidence():
    assert links.with_facts(TEXT).startswith(
        'Of [17](evidence#fact-delphi-rounds-0-back "delphi/facts.json, rounds.0.back"){.fact}'
    )


@pytest.fixture
def conditions():
    names = {"trust": "Trust", "funding": "Stable public funding", "gone": "Not in the supplement"}
    return links.Conditions(names, "## Trust {#evidence-trust}\n\n## Money {#evidence-funding}\n")


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        (
            "Most is *stable public funding*.",
            "Most is *[stable public funding](supplement#evidence-funding){.condition}*.",
        ),
        ("Trust, then trust.", "[Trust](supplement#evidence-trust){.condition}, then trust."),
        (
            "| A | n |\n|:--|--:|\n| Trust | 1 |\n| Trust me | 2 |\n\n: T. {#tbl-t}",
            "| A | n |\n|:--|--:|\n| [Trust](supplement#evidence-trust){.condition} | 1 |\n| Trust me | 2 |\n\n: T. {#tbl-t}",
        ),
        ("See [Trust](other) and `Trust` and “Trust” and @Trust2001.", ""),
        ("> Trust, she said.", ""),
        ("## Trust {#evidence-trust}", ""),
        ('![Trust](x){#fig-x fig-alt="Trust"}', ""),
        ("Not in the supplement; Mistrust; Trust-based.", ""),
    ],
)
def test_conditions_link_to_their_evidence(conditions, text, linked):
    assert conditions.linked(text) == (linked or text)


@pytest.fixture
def rendered(stage, targets, prose):
    """Render a report that tells facts and names a condition; `broken` is left out of its texts."""

    def make(broken="nothing of it"):
        build = stage(f"{TEXT}\n\nMost matters Stable public funding.\n", whole=False)
        trace = build / "fragments" / "ecosystem" / "trace.md"
        trace.parent.mkdir(parents=True, exist_ok=True)
        trace.write_text("## Money {#evidence-funding .unnumbered}\n\nWords.\n", encoding="utf-8")

        states = {"topics": {"state": "done", "text": ""}}
        documents, told = source.compose(build, "T", states, 9, 99, {"funding": "Stable public funding"})
        parts = links.table_of_facts(told, FACTS)
        evidence = prose("report").fill_html(
            "evidence", ABOUT | {"lang": "en", "factors": [], "values": [], "parts": parts, "supplement": ""}
        )
        path = build / "supplement.qmd"
        path.write_text(path.read_text(encoding="utf-8").replace(broken, ""), encoding="utf-8")
        engine = render.choose(ReportSettings(engine="pandoc"))
        made = targets | {"evidence_html": targets["ecosystem_html"].with_name("evidence.html")}
        render.render(engine, build, documents, made, {}, pages={"evidence_html": evidence.replace(broken, "")})
        return made

    return make


def test_all_links_are_followed_in_pages_and_papers(rendered):
    made = rendered()
    page = made["ecosystem_html"].read_text(encoding="utf-8")
    assert len(re.findall(r'href="evidence.html#fact-delphi-rounds-0-back"', page)) == 2
    assert 'href="supplement.html#evidence-funding"' in page
    names, _ = checking._links_of_pdf(made["supplement_pdf"])
    _, targets = checking._links_of_pdf(made["ecosystem_pdf"])
    assert {"evidence.html#fact-delphi-share", "supplement.pdf#evidence-funding"} <= targets
    assert "evidence-funding" in names
    assert "Stable public funding" in _words(made["ecosystem_pdf"])


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (' id="fact-delphi-share"', "evidence.html#fact-delphi-share, which does not exist"),
        (" {#evidence-funding .unnumbered}", "#evidence-funding, which does not exist"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(rendered, broken, said):
    with pytest.raises(StudyError, match=re.escape(said)):
        rendered(broken)


def _words(path):
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def test_the_evidence_is_listed_by_condition_with_the_titles_of_its_sources():
    explored = {
        "factors": [{"id": "trust", "name": "Trust"}, {"id": "money", "name": "Money"}],
        "sources": {"Documents|D1": "A plan"},
        "pieces": [{"factor": "trust", "technique": "Documents", "source": source} for source in ("D1", "D2")],
    }
    (trust,) = links.table_of_evidence(explored)
    assert [(piece["source"], piece["title"]) for piece in trust["pieces"]] == [("D1", "A plan"), ("D2", "")]


def test_the_figure_to_explore_holds_the_first_of_very_many_pieces_and_says_how_many_there_are():
    def piece(source, technique="Studies", country=""):
        return {"factor": "trust", "technique": technique, "source": source, "country": country}

    studies = [piece(f"r{n}") for n in range(links.EXPLORED + 3)]
    documents = [piece(f"D{n}", "Documents", "Finland") for n in range(links.EXPLORED + 1)]
    titles = {"Studies|r0": "First", f"Studies|r{links.EXPLORED}": "Too late"}
    explored = {"factors": [{"id": "trust"}], "sources": titles, "pieces": [*documents, *studies]}
    short = links.in_short(explored)
    assert short["pieces"] == [*documents, *studies[: links.EXPLORED]]  # a country is chosen among all of its pieces
    assert short["left_out"] == {"trust|Studies": 3}
    assert short["sources"] == {"Studies|r0": "First"}
    few = explored | {"pieces": [*documents, *studies[: links.EXPLORED]]}
    assert links.in_short(few) == few
