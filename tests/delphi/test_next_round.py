"""What goes back to the panel: questionnaires that survey tools take, and sheets fit to send."""

import csv
import io
import re
from dataclasses import replace

import pandas as pd
import pypdfium2
import pytest
from coproduction.core.tables import write_csv, write_text
from coproduction.delphi import feedback, histogram, next_round, printed_sheets, questionnaire, tables
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats import typst
from coproduction.formats.surveys.writing_questionnaires import as_limesurvey, as_qualtrics
from delphi.conftest import Instead, given_of


@pytest.fixture
def demo(begun):
    """The state in which the third round was handed out: two rounds closed, the third open."""
    return begun


@pytest.fixture
def written(demo, pages, tmp_path):
    write(demo, pages, tmp_path)
    return tmp_path


def write(found, pages, folder):
    """Write the folder of the next round as the step does."""
    forms = {"questionnaire.csv": tables.QUESTIONNAIRE, "mailing.csv": tables.MAILING}
    for name, content in next_round.prepared(given_of(found), pages, found.settings).items():
        if name in forms:
            write_csv(content, folder / name, forms[name])
        else:
            write_text(content, folder / name)


def sheet(pages, panellist, items, number, settings):
    """A feedback sheet as a page."""
    return pages.fill_html(
        "feedback_sheet", next_round.sheet_facts(panellist, items, number, next_round.Charts(settings))
    )


def paper_sheet(pages, panellist, items, number, settings):
    """What a printed sheet shares with others, and its own source."""
    for_all = [replace(item, own="", rating=None, mine=[]) for item in items]
    ratings = {item.rating for item in items}
    facts = printed_sheets.shared_facts(for_all, ratings, number, settings)
    own = printed_sheets.OwnParts(for_all, settings).facts(panellist, items)
    return pages.fill_text("feedback_sheet.typ", facts), printed_sheets.source(own)


def printed(shared, source):
    """A printed sheet as pypdfium2 reads it, and its bytes."""
    with typst.Typesetter({printed_sheets.SHARED: shared}) as typesetter:
        made = typesetter.pdf(source)
    document = pypdfium2.PdfDocument(made)
    return " ".join(page.get_textpage().get_text_range() for page in document), made


def form(pages, asked, number, settings):
    """The page of the questionnaire."""
    return pages.fill_html("questionnaire", questionnaire.facts(asked, number, settings))


def paper_form(pages, asked, number, settings):
    """The source of the questionnaire on paper."""
    return pages.fill_text("questionnaire.typ", questionnaire.facts(asked, number, settings))


def test_one_sheet_for_each_invited_panellist_under_a_name_that_tells_nothing(written, demo):
    mailing = pd.read_csv(written / "mailing.csv")
    assert len(mailing) == 16  # D16 and D17 have left the panel
    assert "D16" not in set(mailing["panellist"])
    names = {path.name for path in (written / "feedback").iterdir() if path.suffix == ".html"}
    assert {name.split("/")[1] for name in mailing["sheet"]} == names
    assert all(re.fullmatch(r"[0-9a-f]{16}\.html", name) for name in names)
    other = feedback.sheet_name("D01", 3, "another salt")
    assert f"{other}.html" not in names


def test_without_a_secret_word_names_depend_on_the_ratings_and_a_note_says_so(written, demo):
    assert "feedback_salt" in (written / "README.txt").read_text(encoding="utf-8")
    unset = feedback.salt_of(demo.ratings, DelphiSettings())
    assert feedback.salt_of(demo.ratings.iloc[::-1], DelphiSettings()) == unset
    assert feedback.salt_of(demo.ratings.iloc[1:], DelphiSettings()) != unset
    assert feedback.salt_of(demo.ratings, DelphiSettings(feedback_salt="own")) == "own"


def test_no_sheet_names_another_panellist_or_group_of_a_comment(written, demo):
    mailing = pd.read_csv(written / "mailing.csv")
    people = set(demo.panel["panellist"]) | {"TEST"}
    for row in mailing.itertuples():
        text = (written / row.sheet).read_text(encoding="utf-8")
        assert row.panellist in text
        for other in people - {row.panellist}:
            assert not re.search(rf"(?<![\w]){other}(?![\w])", text, re.IGNORECASE), other


def test_sheets_show_closed_rounds_and_the_own_rating_only(written, demo):
    mailing = pd.read_csv(written / "mailing.csv").set_index("panellist")["sheet"]
    own = demo.ratings.set_index(["round", "panellist", "statement"])["rating"]
    text = (written / mailing["D02"]).read_text(encoding="utf-8")
    article = next(a for a in text.split("<article>") if "<span>S19</span>" in a)
    assert f'<dt>Your rating</dt><dd class="own">{own[2, "D02", "S19"]:g}</dd>' in article
    assert "Three hundred" not in text
    assert "a moderated platform is a different thing" not in text  # comment of the open round
    absent = (written / mailing["D05"]).read_text(encoding="utf-8")
    assert "you did not answer this round" in absent


def test_small_groups_are_not_shown_on_their_own(demo):
    groups = pd.DataFrame(dict(round=1, statement="S1", group=["a", "b", "c"], n=[8, 7, 2], median=[7.0, 6.0, 1.0]))
    # One hidden group could be worked out from the others and the total.
    assert feedback._groups(groups, 1, "S1", DelphiSettings()) == []
    groups.loc[1, "n"] = 3
    groups.loc[3] = [1, "S1", "d", 9, 5.0]
    shown = feedback._groups(groups, 1, "S1", DelphiSettings())
    assert shown == [("a", 7.0), ("d", 5.0)]


def test_traces_in_comments_are_taken_out():
    text = "Ask d05 or mail a.b@c.org, see https://x.org/y, call +40 721 123 456; Mrs Alder agrees"
    clean = feedback.cleaned(text, ["D05"], ["Alder"])
    for trace in ("d05", "@", "x.org", "721", "Alder"):
        assert trace not in clean
    assert "agrees" in clean


def test_comments_cannot_carry_markup(demo, pages):
    ratings = demo.ratings.copy()
    at = (ratings["round"] == 2) & (ratings["statement"] == "S19") & (ratings["panellist"] == "D01")
    ratings.loc[at, "comment"] = "<script>alert(1)</script>"
    asked = questionnaire.next_statements(demo.statements, demo.decisions, 3)
    told = feedback.items(
        "D02", feedback.prepare(asked, ratings, demo.summary, demo.groups, demo.settings), demo.settings
    )
    page = sheet(pages, "D02", told, 3, demo.settings)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def as_limesurvey_reads(text):
    """The survey that LimeSurvey makes of the file, after its import code: rows belong to the row
    above them; columns that it does not know become attributes of the question."""
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    survey = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    known = {"class", "type/scale", "name", "text", "validation", "relevance", "help", "language"}
    known |= {"mandatory", "other", "same_default", "default"}
    assert set(rows[0]) <= known
    questions, groups = {}, 0
    for row in rows:
        groups += row["class"] == "G"
        if row["class"] == "Q":
            assert groups == 1
            current = questions.setdefault(row["name"], dict(type=row["type/scale"], SQ={}, A={}))
        if row["class"] in ("SQ", "A"):
            assert row["name"] not in current[row["class"]]
            current[row["class"]][row["name"]] = row["text"]
    return survey, questions


def test_limesurvey_makes_two_questions_of_the_structure(written, demo):
    text = (written / "limesurvey_round3.txt").read_text(encoding="utf-8")
    survey, questions = as_limesurvey_reads(text)
    assert (survey["language"], survey["anonymized"], survey["datestamp"]) == ("en", "N", "Y")
    assert {name: q["type"] for name, q in questions.items()} == {"IMP": "F", "COM": "Q"}
    assert list(questions["IMP"]["A"]) == [*map(str, range(1, 10)), "NO"]
    asked = pd.read_csv(written / "questionnaire.csv").set_index("statement")["text"].to_dict()
    assert questions["IMP"]["SQ"] == questions["COM"]["SQ"] == asked
    for code in [*questions["IMP"]["SQ"], *questions["IMP"]["A"]]:
        assert re.fullmatch(r"[A-Za-z0-9]{1,20}", code)
    assert max(len(code) for code in questions["IMP"]["A"]) <= 5


def odd(**settings):
    asked = pd.DataFrame(
        dict(
            statement=["z_s1", "zs1", "a-very-long-id-of-more-than-twenty-letters", "Ä"],
            text=["A {brace} & <b>tag</b>", "two\nlines\tand a tab", 'a "quote"', "[[Block:x]]"],
        )
    )
    return asked, DelphiSettings(**settings)


def test_what_people_write_cannot_break_the_exports(pages):
    asked, settings = odd()
    _, questions = as_limesurvey_reads(as_limesurvey(questionnaire.survey(asked, 1, settings)))
    made = questions["IMP"]["SQ"]
    assert list(made) == ["zs1", "X002", "X003", "X004"]
    assert list(made.values())[:2] == ["A { brace} &amp; &lt;b&gt;tag&lt;/b&gt;", "two lines and a tab"]
    lines = as_qualtrics(questionnaire.survey(asked, 1, settings)).splitlines()
    assert sum(line.startswith("[[Block:") for line in lines) == 1
    page = form(pages, asked, 1, settings)
    assert "<b>tag" not in page
    assert "{brace}" in paper_form(pages, asked, 1, settings)


@pytest.mark.parametrize(("high", "code"), [(9, "99"), (10, "99"), (100, "999")])
def test_qualtrics_gives_back_the_ratings_themselves(high, code, demo, small, carry):
    ends = dict(lowest=0 if high > 9 else 1, highest=high, unfavourable_to=3, favourable_from=7)
    settings = DelphiSettings(scale=ends)
    asked = pd.DataFrame(dict(statement=["S1", "S2"], text=["Leaders support it", "There is money"]))
    text = as_qualtrics(questionnaire.survey(asked, 1, settings))
    assert text.startswith("[[AdvancedFormat]]\n")
    one = text.split("[[ID:S1]]")[1].split("[[ID:")[0]
    choices = re.findall(r"\[\[Choice:(\d+)\]\]\n(\d+)?", one)
    values = [str(p) for p in range(ends["lowest"], high + 1)]
    assert choices == [*((v, v) for v in values), (code, "")]
    back = f"token,S1,S2\nD1,{high},{code}\nD2,{ends['lowest']},{min(99, high)}\n"
    found = carry(small(r1_csv=back), settings)
    rated = found.ratings.set_index(["panellist", "statement"])
    assert rated.loc[("D1", "S1"), "rating"] == high
    assert rated.loc[("D1", "S2"), "status"] == "no opinion"
    assert rated.loc[("D2", "S2"), "rating"] == min(99, high)


def test_the_page_asks_everything_and_loads_nothing(written, small, carry):
    page = (written / "form_round3.html").read_text(encoding="utf-8")
    asked = pd.read_csv(written / "questionnaire.csv")["statement"].tolist()
    assert page.count("<fieldset>") == len(asked)
    assert not re.search(r"(?:src|href)=|@import|url\(|fetch\(|XMLHttp", page)
    for k in range(len(asked)):
        values = re.findall(rf'name="r{k}" value="(\w+)"', page)
        assert values == [*map(str, range(1, 10)), "NO"]


def test_printed_sheets_name_no_other_panellist_and_are_the_same_bytes(demo, pages):
    asked = questionnaire.next_statements(demo.statements, demo.decisions, 3)
    people = set(demo.panel["panellist"]) | {"TEST"}
    ratings = demo.ratings[demo.ratings["round"] < 3]
    told = feedback.prepare(asked, ratings, demo.summary, demo.groups, demo.settings)
    names = [("D02", "a.pdf"), ("D05", "b.pdf"), ("D01", "c.pdf")]
    made = printed_sheets.printed(names, told, 3, pages, demo.settings)
    assert made == printed_sheets.printed(names[::-1], told, 3, pages, demo.settings)
    for who, name in names:
        document = pypdfium2.PdfDocument(made[name])
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        text += " ".join(document.get_metadata_dict().values())
        assert f"For {who}." in text
        assert "Comments" in text
        for other in people - {who}:
            assert not re.search(rf"(?<!\w){other}(?!\w)", text, re.IGNORECASE), other
            assert other.encode() not in made[name]


def test_printed_sheets_say_what_the_pages_say(demo, pages):
    """Own rating, numbers, comments of the others and one's own, in each of them."""
    asked = questionnaire.next_statements(demo.statements, demo.decisions, 3)
    ratings = demo.ratings[demo.ratings["round"] < 3]
    told = feedback.prepare(asked, ratings, demo.summary, demo.groups, demo.settings)
    people = sorted(set(demo.panel["panellist"]))[:6]
    made = printed_sheets.printed([(who, who) for who in people], told, 3, pages, demo.settings)
    commented = 0
    for who in people:
        document = pypdfium2.PdfDocument(made[who])
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
        for item in feedback.items(who, told, demo.settings):
            assert f"{item.statement} {item.text[:30]}" in text
            for name, value in feedback.numbers(item, demo.settings) if item.counts else []:
                assert f"{name} {value}" in text
            for comment in item.comments:
                assert text.count(comment[:40]) == 1
            commented += len(item.mine)
            for comment in item.mine:
                assert f"You: {comment[:40]}" in text
    assert commented


def test_equal_comments_come_once_with_their_number(pages):
    told = feedback.Item("S1", "x", "7", 7, 7, 6, 8, 3, [0] * 6 + [3, 0, 0], [], ["so it is", "no", "so it is"])
    page = sheet(pages, "D1", [told], 3, DelphiSettings())
    assert page.count("so it is (×2)") == page.count("so it is") == page.count("<li>no</li>") == 1
    text, _ = printed(*paper_sheet(pages, "D1", [told], 3, DelphiSettings()))
    assert text.count("so it is (×2)") == text.count("so it is") == 1


def test_the_chart_on_paper_is_that_of_the_page(demo, pages):
    """Layer upon layer it has the marks of the whole chart, except that the own bar lies upon the one of all."""
    for settings in (demo.settings, DelphiSettings(scale=dict(lowest=0, highest=12))):
        counts = [0, 2, 3, *[0] * (len(settings.scale.points) - 3)]
        points = settings.scale.points
        item = feedback.Item("S1", "x", "", points[2], points[2], points[1], points[3], 5, counts)

        def marks(chart):
            return re.findall(r"<(?:rect|text|path)[^>]*>(?:[^<]*</text>)?", chart)

        whole = marks(histogram.histogram(item, settings))
        layers = marks(histogram.of_all(item, settings)) + marks(histogram.own_place(item.rating, settings))
        (dark,) = set(whole) - set(layers)
        (light,) = set(layers) - set(whole)
        assert dark.replace(histogram.DARK, histogram.LIGHT) == light
        width = float(re.search(r'viewBox="0 0 (\d+)', histogram.histogram(item, settings))[1])
        sides = [float(side) for side in re.findall(r'(?:x|y|width|height)="([\d.]+)"', dark)]
        assert [share * width for share in histogram.own_bar(item, settings)] == pytest.approx(sides, abs=0.05)
    assert histogram.own_bar(replace(item, rating=None), settings) is None
    assert histogram.own_bar(replace(item, rating=points[0]), settings) is None


def test_words_of_people_are_printed_as_they_are(pages):
    words = ['#panic("no") \\n $x$', 'a "quote" \\ and *stars*', "two\nlines\tand \u200ba sign"]
    told = feedback.Item("S1", words[0], "7", 7, 7, 6, 8, 3, [0] * 6 + [3, 0, 0], [], words[1:2], words[2:])
    items = [told, feedback.Item("S2", "new")]
    text, _ = printed(*paper_sheet(pages, "D1", items, 3, DelphiSettings()))
    for shown in ('#panic("no") \\n $x$', 'a "quote" \\ and *stars*', "two lines and a sign", "S2 new"):
        assert shown in " ".join(text.split())


def test_the_printed_form_has_every_statement(pages):
    asked, settings = odd()
    document = pypdfium2.PdfDocument(typst.pdf(paper_form(pages, asked, 1, settings)))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    for words in ("{brace}", "two lines and a tab", 'a "quote"', "[[Block:x]]", "No opinion"):
        assert words in " ".join(text.split())


def test_the_chart_says_in_words_what_it_shows():
    item = feedback.Item("S1", "x", "7", 7, 6.0, 5.0, 7.25, 3, [0, 0, 0, 0, 1, 1, 1, 0, 0])
    words = histogram.in_words(item, DelphiSettings())
    assert words == ("1 rated 5, 1 rated 6, 1 rated 7; median 6, middle half 5 to 7.25; you rated 7")
    assert words in histogram.histogram(item, DelphiSettings())
    long = DelphiSettings(scale=dict(lowest=0, highest=100, unfavourable_to=30, favourable_from=70))
    chart = histogram.histogram(feedback.Item("S", "x", "52", 52, 50, 40, 60, 2, [0] * 52 + [2] + [0] * 48), long)
    assert chart.count("<text") == 4  # both ends, the own rating and the mark


def test_answers_to_the_exported_questionnaire_come_back_without_a_map(demo, written, small, carry):
    """The columns that LimeSurvey and Qualtrics make of it are understood."""
    asked = pd.read_csv(written / "questionnaire.csv")["statement"].tolist()
    assert asked == sorted(asked)
    assert "S19" in asked
    assert "S07" not in asked  # settled as a stable split
    qualtrics = (written / "qualtrics_round3.txt").read_text(encoding="utf-8")
    codes = re.findall(r"\[\[ID:(\w+)\]\]", qualtrics)
    lime = [f"IMP[{s}]" for s in asked] + [f"COM[{s}]" for s in asked]
    texts = demo.statements.groupby("statement")["text"].last()
    lines = "".join(f'{s},1,"{texts[s]}",f,1,\n' for s in asked)
    head = "statement,version,text,factor,first_round,last_round\n"
    for columns in (codes, lime):
        row = ["7" if c.startswith("IMP") or c in asked else "note" for c in columns]
        table = ",".join(["token", *columns]) + "\n" + ",".join(["D1", *row]) + "\n"
        found = carry(small(statements_csv=head + lines, r1_csv=table))
        assert (found.ratings["rating"] == 7).all()
        assert (found.ratings["comment"] == "note").all()


def test_before_the_first_round_the_first_questionnaire_is_prepared(demo, tmp_path, pages):
    unrated = pd.array([None] * len(demo.decisions), dtype="Int64")
    nothing = demo.decisions.assign(decision="not yet rated", round=unrated)
    before = Instead(
        demo,
        decisions=nothing,
        ratings=demo.ratings.iloc[:0],
        summary=demo.summary.iloc[:0],
        groups=demo.groups.iloc[:0],
        rounds_table=demo.rounds_table.iloc[:0],
    )
    write(before, pages, tmp_path)
    asked = pd.read_csv(tmp_path / "questionnaire.csv")
    assert len(asked) == 31
    assert not (tmp_path / "feedback").exists()
