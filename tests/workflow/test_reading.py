"""The finished page as readers use it, in one browser: on three screens, from the keyboard, without
scripts, in the dark, in print; and what it links to.

Playwright drives the Chromium that is installed here (its own cannot be fetched everywhere), and
axe-core looks for what shuts readers out. Without Chromium these tests say so and are passed over.
"""

from urllib.parse import unquote, urlsplit

import docx
import pytest
from browser import CHROMIUM
from bs4 import BeautifulSoup

LARGEST = 6_000_000  # bytes of a page
PHONE, TABLET, DESK = ({"width": 390, "height": 844}, {"width": 820, "height": 1100}, {"width": 1400, "height": 900})
PAGES = ["ecosystem", "supplement", "evidence", "brief"]
CONTRAST = ["color-contrast"]
ALIKE = "tbody tr:nth-child(n+3), .explore-list li:nth-child(n+4)"
# Marks the first of all texts that have the same letters on the same grounds: axe-core takes most of its time for contrasts.
EACH_LOOK = """() => {
    const looks = new Map([[null, '']]), known = new Set();
    const parts = ['backgroundColor', 'backgroundImage', 'opacity', 'position', 'filter', 'mixBlendMode'];
    const grounds = element => {
        if (!looks.has(element)) {
            const style = getComputedStyle(element);
            looks.set(element, [grounds(element.parentElement), ...parts.map(part => style[part])].join('|'));
        }
        return looks.get(element);
    };
    const letters = ['color', 'fontSize', 'fontWeight', 'textShadow', 'visibility'];
    for (const element of document.querySelectorAll('body *')) {
        if (![...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
        const style = getComputedStyle(element);
        const look = [grounds(element), element.localName, ...letters.map(part => style[part])].join('|');
        if (!known.has(look)) element.setAttribute('data-look', '');
        known.add(look);
    }
    return known.size;
}"""
WIDER = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-scroll'))
    .map(e => e.outerHTML.slice(0, 80))"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(finished):
    return finished.path / "results" / "report"


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with pytest.importorskip("playwright.sync_api").sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def kept(browser):
    """Pages by the kind of browser, for one test after the other: a new one costs thrice what loading it again does."""
    pages, said = {}, []

    def page_of(**kind):
        key = tuple(sorted(kind.items()))
        if key not in pages:
            pages[key] = page = browser.new_context(**kind).new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or said.append(asked.url))
        return pages[key]

    return page_of, said


@pytest.fixture
def visit(kept, report):
    """A function that opens a page of the report anew; what the console says or asks of the network fails."""
    page_of, said = kept
    said.clear()

    def open_page(name="ecosystem", viewport=DESK, color_scheme="light", forced_colors="none", **kind):
        page = page_of(**kind)
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.set_viewport_size(viewport)
        look = {"color_scheme": color_scheme, "forced_colors": forced_colors, "reduced_motion": "reduce"}
        page.emulate_media(media="null", **look)
        page.goto((report / f"{name}.html").as_uri())
        return page

    yield open_page
    assert said == []


def barriers(page, colours_alone=False):
    """What axe-core calls serious or critical on a page; of rows and of texts that are alike the first are tried.

    The other rows are taken out, not only left out: axe-core looks at them even so. An id that occurs twice, which
    it could then miss, is looked for before.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    page.evaluate("alike => document.querySelectorAll(alike).forEach(e => e.remove())", ALIKE)
    assert page.evaluate(EACH_LOOK) > 10
    runs = [({"include": [["[data-look]"]]}, {"runOnly": CONTRAST})]
    if not colours_alone:
        runs.append((None, {"rules": {rule: {"enabled": False} for rule in CONTRAST}}))
    answers = [axe.run(page, context, {"resultTypes": ["violations"]} | rules).response for context, rules in runs]
    return [
        (violation["id"], node["html"][:120])
        for answer in answers
        for violation in answer["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(visit, name):
    page = visit(name, viewport=PHONE)
    assert page.evaluate(WIDER) == []
    for screen in (PHONE, TABLET, DESK):
        page.set_viewport_size(screen)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("ecosystem", "light"), ("ecosystem", "dark"), ("supplement", "light"), ("evidence", "dark"), ("brief", "dark")],
)
def test_nobody_is_shut_out(visit, name, scheme):
    page = visit(name, color_scheme=scheme)
    if name == "ecosystem":
        page.locator(".explore-dot").first.click()
    # in the dark only the colours of the report are others
    assert barriers(page, colours_alone=(name, scheme) == ("ecosystem", "dark")) == []
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")


@pytest.mark.parametrize("place", ["#sec-methods", "#tbl-ecosystem-leading td", "#TOC li"])
def test_one_text_too_pale_is_found_among_all_others(visit, place):
    page = visit()
    pale = "place => document.querySelector(place).insertAdjacentHTML('beforeend', '<i style=color:#bbb>pale</i>')"
    page.evaluate(pale, place)
    assert barriers(page, colours_alone=True) == [("color-contrast", '<i style="color:#bbb" data-look="">pale</i>')]


def test_contents_stand_beside_the_text_on_wide_screens_only(visit):
    page = visit()
    contents, text = (page.locator(part).bounding_box() for part in ("#TOC", "main"))
    assert contents["x"] + contents["width"] <= text["x"]
    page.locator("#sec-methods").scroll_into_view_if_needed()
    assert page.locator("#TOC").bounding_box()["y"] >= 0  # it stays in sight
    narrow = visit(viewport=TABLET)
    contents, text = (narrow.locator(part).bounding_box() for part in ("#TOC", "main"))
    assert contents["y"] + contents["height"] <= text["y"]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (1280, 800), (1600, 900)])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_question_and_its_answer_begin_on_the_first_screen(visit, width, height, scripts):
    page = visit(viewport={"width": width, "height": height}, java_script_enabled=scripts)
    question = page.locator("main p", has_text="The question.").first.bounding_box()
    assert question["y"] + question["height"] < height
    contents = page.locator("#TOC").bounding_box()
    beside = contents["x"] + contents["width"] <= question["x"]
    assert beside == (width >= 1280)


def test_narrow_screens_show_all_sections_when_asked(visit):
    page = visit(viewport=PHONE)
    section = page.locator("#TOC ul ul a").first
    assert not section.is_visible()
    button = page.get_by_role("button", name="All sections")
    button.focus()
    page.keyboard.press("Enter")
    assert section.is_visible()
    assert page.locator(".contents-whole").get_attribute("aria-expanded") == "true"
    page.locator(".contents-whole").click()
    assert not section.is_visible()
    assert not visit().locator(".contents-whole").is_visible()


def test_a_condition_shows_its_evidence_on_hover_click_and_key(visit):
    page = visit()
    mark = page.locator(".explore-mark[data-factor='political-commitment']")
    mark.locator(".explore-dot").hover()
    assert page.locator(".explore-hint").inner_text().startswith("Political commitment: strength 0.")
    mark.locator(".explore-dot").click()
    panel = page.locator(".explore-panel")
    assert panel.locator("h3").inner_text() == "Political commitment"
    assert mark.get_attribute("aria-pressed") == "true"
    parts = panel.locator("summary").all_inner_texts()
    assert {part.split(" (")[0] for part in parts} >= {"Documents", "Studies", "Interviews", "Delphi"}
    for part in range(1, len(parts)):
        panel.locator("summary").nth(part).click()
    words = panel.inner_text()
    assert "quote, Italy, P02, turn 4" in words
    assert "rating, S02, round 2: " in words
    assert "median" in words
    assert "passage, European Union, Starting together" in words
    ways = panel.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert ways == [f"{page_of}.html#evidence-political-commitment" for page_of in ("supplement", "evidence")]
    page.keyboard.press("Escape")  # back from the evidence to the condition
    page.keyboard.press("ArrowRight")
    other = page.evaluate("document.activeElement.dataset.factor")
    assert other not in (None, "political-commitment")
    page.keyboard.press("Enter")
    name = panel.locator("h3").inner_text()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "explore-panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.factor") == other


def test_conditions_are_filtered_alone_and_together(visit):
    page = visit()
    said = page.locator(".explore [role=status]")
    whole = int(said.inner_text().split(" of ")[1].split()[0])

    def shown():
        n = int(said.inner_text().split(" of ")[0])
        assert page.locator(".explore-mark:not(.out)").count() == n
        return n

    for name, value in [
        ("level", "citizens"),
        ("dimension", "economic"),
        ("technique", "Topics"),
        ("country", "Finland"),
        ("confidence", "high"),
    ]:
        page.select_option(f"#explore-{name}", value)
        assert 0 < shown() < whole, name
        page.select_option(f"#explore-{name}", "")
        assert shown() == whole
    page.select_option("#explore-country", "Finland")
    country = shown()
    page.select_option("#explore-technique", "Documents")
    assert shown() <= country
    page.locator(".explore-mark:not(.out) .explore-dot").first.click()
    entries = page.locator(".explore-panel li").all_inner_texts()
    assert entries
    assert all(entry.startswith("passage, Finland, ") for entry in entries)
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"document.querySelector('.explore [role=status]').textContent.startsWith('{whole} of')")


def test_on_a_telephone_conditions_are_a_list(visit):
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    assert not page.locator(".explore svg").is_visible()
    page.locator(".explore-list button").first.tap()
    assert page.locator(".explore-panel h3").is_visible()
    assert page.locator(".explore-list button").first.bounding_box()["height"] >= 44
    wide = page.locator(".table-scroll").filter(has=page.locator("table")).all()
    assert any(box.evaluate("e => e.scrollWidth > e.clientWidth + 50") for box in wide)


def test_tables_are_sorted_and_filtered(visit):
    page = visit("supplement")
    table = page.locator("#tbl-ecosystem-factors")
    heads = table.locator("th").all_inner_texts()
    column = next(n for n, head in enumerate(heads) if head.startswith("Strength"))

    def values():
        cells = table.locator(f"tbody td:nth-child({column + 1})").all_inner_texts()
        return [float(cell) for cell in cells]

    button = table.locator("button.sort").nth(column)
    button.focus()
    page.keyboard.press("Enter")
    assert values() == sorted(values())
    assert table.locator("th").nth(column).get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert values() == sorted(values(), reverse=True)
    field = page.get_by_label("Filter the rows of").first
    field.fill("no such words")
    assert "0 of" in page.locator(".table-tools").first.inner_text()


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_tables_that_scroll_are_stops_for_tab_and_no_others(visit, screen):
    page = visit("supplement", viewport=screen)
    boxes = page.locator(".table-scroll").evaluate_all(
        "all => all.map(e => [e.scrollWidth > e.clientWidth, e.hasAttribute('tabindex'), e.hasAttribute('role')])"
    )
    assert len(boxes) > 50
    assert [box for box in boxes if len(set(box)) > 1] == []
    assert sum(scrolls for scrolls, *_ in boxes) not in (0, len(boxes))


def test_a_figure_is_enlarged_and_closed_from_the_keyboard(visit):
    page = visit()
    button = page.locator("button.zoom").first
    button.focus()
    page.keyboard.press("Enter")
    view = page.locator("dialog[open]")
    assert view.locator("img").get_attribute("alt").startswith("Conditions in nested levels; the strongest are ")
    assert view.get_attribute("aria-label").startswith("Figure\u00a01: ")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.className") == "zoom"


def test_without_scripts_the_page_is_complete(visit):
    page = visit(java_script_enabled=False, viewport=PHONE)
    assert page.locator("#fig-ecosystem-model img").is_visible()
    assert page.locator(".explore").count() == 0
    assert page.locator("#tbl-ecosystem-disagreement, table").count() > 5
    boxes = page.locator(".table-scroll").count()
    assert boxes == page.locator("table").count()
    page.locator("a[href='#sec-methods']").first.click()
    assert page.url.endswith("#sec-methods")


def test_print_and_forced_colours_keep_what_is_said(visit):
    page = visit(forced_colors="active")
    assert page.locator(".explore-mark").first.is_visible()
    page.emulate_media(media="print", forced_colors="none")
    for hidden in (".explore", ".skip-link", ".figure-files", "#TOC"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("#fig-ecosystem-model img").is_visible()
    assert len(page.pdf(format="A4")) > 100_000


def links_of(path):
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return [unquote(urlsplit(link["href"]).path) for link in page.select("a[href]")]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_small_and_what_it_links_to_is_there(report, name):
    path = report / f"{name}.html"
    assert path.stat().st_size <= LARGEST
    own = [link for link in links_of(path) if link and not link.startswith(("//", "/"))]
    assert [link for link in own if not link.startswith("http") and not (report / link).exists()] == []


def test_each_figure_has_its_files(report):
    for name in ("ecosystem", "supplement"):
        page = BeautifulSoup((report / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        figures = page.select("[id^=fig-]")
        files = page.select(".figure-files")
        assert len(files) == len({figure["id"] for figure in figures}) > 5
        for one in files:
            assert [link.get_text() for link in one.select("a")] == ["SVG", "PNG", "CSV"]


def test_the_first_page_says_when_by_what_and_how_to_cite(report, finished):
    page = BeautifulSoup((report / "ecosystem.html").read_text(encoding="utf-8"), "html.parser")
    text = " ".join(page.select_one("main").get_text(" ").split())
    first = text[: text.index("Plain-language summary")]
    assert "How to cite. The authors (2026). An ecosystem of conditions" in first
    assert "seed 20260401" in first
    assert "Co-production ecosystem workflow 0." in first


def test_the_report_for_word_is_whole(report):
    document = docx.Document(report / "ecosystem.docx")
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [head.split(" ", 1)[1] for head in heads if head[0].isdigit()][:3] == [
        "Plain-language summary",
        "Introduction",
        "The ecosystem of conditions",
    ]
    assert len(document.tables) > 5
    assert len(document.inline_shapes) > 5
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
