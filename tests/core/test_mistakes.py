"""Mistakes as people make them: each is said by `make check`, with where it is and what to do.

Each row: what somebody did, to which file, and what must be said. Rows that do not get into each other's way
are made in one study, since all that is wrong is said at once. An empty expectation: it is accepted.
"""

import re
import shutil

import docx
import openpyxl
import pytest
from coproduction import checking, looked_for
from coproduction.literature.stable_ids import record_id

RIS = "".join(
    f"TY  - JOUR\nTI  - Title {i} on care\nAU  - Birch, A{i}\nPY  - 2019\nJO  - J\nDO  - 10.1234/{i}\n"
    f"AB  - Abstract {i} with some words on care.\nER  - \n\n"
    for i in range(12)
)
ROUND = "panellist,submitted,S01,S02,S03\n" + "".join(
    f"D{i:02},2026-03-{i + 3:02} 10:00,{3 + i % 7},{9 - i % 5},{1 + i}\n" for i in range(1, 9)
)
FILES = {
    "desk/codebook.csv": "indicator,name,dimension,direction,unit,source,licence,url,retrieved,factors\n"
    "voice,Voice,political,higher_better,points,WB,CC BY,,2026-03-01,social-economy\n"
    "wealth,Wealth,economic,higher_better,points,WB,CC BY,,2026-03-01,public-funding\n",
    "desk/indicators.csv": "country,indicator,year,value\n"
    + "".join(
        f"{c},{i},2022,{v}\n" for c, v in (("AUT", 1.5), ("BEL", 1.2), ("FRA", 2.1)) for i in ("voice", "wealth")
    ),
    "desk/register.csv": "document,file,title,issuer,country,year,type,language,url,licence,retrieved\n"
    "D01,documents/a.txt,A title,Town,AUT,2024,report,en,,,2026-03-01\n",
    "desk/documents/a.txt": "Political commitment helps co-production in our town.\n",
    "searches/searches.csv": "database,platform,date,query,file,hits\nScopus,Elsevier,2026-03-10,care,scopus.ris,12\n",
    "searches/scopus.ris": RIS,
    "screening/criteria.csv": "criterion,kind,label,text\nco,include,Co-production,Shared\nno,exclude,None,None\n",
    "interviews/participants.csv": "participant,transcript,date,country,role,organisation,language,consent\n"
    "P01,P01.txt,2026-03-14,AUT,official,town,en,yes\nP02,P02.txt,2026-03-15,BEL,official,town,en,yes\n",
    "interviews/transcripts/P01.txt": "I: What helped?\nP: The council stood behind us.\n",
    "interviews/transcripts/P02.txt": "I: What helped?\nP: Money did.\n",
    "interviews/gioia.csv": "concept,theme,dimension,factors\nCouncil,Politics,Room,political-commitment\n",
    "delphi/statements.csv": "statement,text,factor\nS01,Law,legal-framework\nS02,Politics,political-commitment\n"
    "S03,Money,public-funding\n",
    "delphi/panel.csv": "panellist,group,country\n" + "".join(f"D{i:02},researchers,AUT\n" for i in range(1, 9)),
    "delphi/rounds.csv": "round,file,opened,closed,status,scale\n1,round1.csv,2026-03-02,2026-03-27,closed,\n",
    "delphi/round1.csv": ROUND,
    "qca/sets.csv": "set,name,role\nstarted,Started,outcome\nvoice,Voice,condition\nmoney,Money,condition\n",
    "qca/memberships.csv": "case,set,membership\n"
    + "".join(f"{c},{s},{v}\n" for c in ("AUT", "BEL") for s, v in (("started", 0.8), ("voice", 0.6), ("money", 0.2))),
}


TITLES = [f"Title {i} on care" for i in range(12)]
IDS = [record_id(f"10.1234/{i}", TITLES[i], "2019", f"Birch, A{i}") for i in range(12)]
DECIDED = f"record,title,reviewer,decision,reason\n{IDS[0]},{TITLES[0]},A,exclude,co\n"
SORTED_ALONE = "record,title,reviewer,decision\n" + "".join(
    f"{record},{title},A,include\n" for record, title in zip(sorted(IDS), TITLES, strict=True)
)


def changed(file, old, new):
    """Another text in a file."""

    def go(study):
        text = (study / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (study / file).write_text(text.replace(old, new), encoding="utf-8")

    return go


def put(file, content, encoding="utf-8"):
    """A file of this content."""

    def go(study):
        (study / file).parent.mkdir(parents=True, exist_ok=True)
        (study / file).write_bytes(content if isinstance(content, bytes) else content.encode(encoding))

    return go


def moved(file, name):
    """A file under another name."""

    def go(study):
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / file).rename(study / name)

    return go


def workbook(file, rows=lambda rows: rows, hidden=(), joined=(), keep=False, hidden_row=0):
    """A CSV as a workbook, perhaps below a hidden sheet."""

    def go(study):
        source = study / file
        given = rows([line.split(",") for line in source.read_text(encoding="utf-8").splitlines()])
        book = openpyxl.Workbook()
        sheet = book.active
        if hidden:
            for row in hidden:
                sheet.append(row)
            sheet.sheet_state = "hidden"
            book.active = sheet = book.create_sheet("data")
        for row in given:
            sheet.append(row)
        for cells in joined:
            sheet.merge_cells(cells)
        if hidden_row:
            sheet.row_dimensions[hidden_row].hidden = True
        if not keep:
            source.unlink()
        book.save(source.with_suffix(".xlsx"))

    return go


def table_in_word(study):
    """A transcript laid out as a table of times, names and words."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for said in (
        ("00:01", "Interviewer", "What helped?"),
        ("00:09", "Anna B.", "The council."),
        ("00:20", "Anna B.", "Money."),
    ):
        for cell, text in zip(table.add_row().cells, said, strict=True):
            cell.text = text
    document.save(study / "interviews/transcripts/P02.docx")
    (study / "interviews/transcripts/P02.txt").unlink()
    changed("interviews/participants.csv", "P02.txt", "P02.docx")(study)


OF_THREE = ("legal-framework", "political-commitment", "public-funding")
TWO_SCALES = "".join(
    f"{one},{other},{expert},{value}\n"
    for expert, value in (("E1", 1), ("E2", 4))
    for one in OF_THREE
    for other in OF_THREE
    if one != other
)
FIVE_POINTS = "panellist,submitted,S01,S02,S03\n" + "".join(
    f"D{i:02},2026-03-{i + 3:02} 10:00,{1 + i % 5},{5 - i % 5},{1 + (i * 2) % 5}\n" for i in range(1, 9)
)
LATER = put("delphi/round2.csv", ROUND.replace("2026-03", "2026-05"))
SECOND = "2,round2.csv,2026-05-02,2026-05-27,closed,\n"
MISTAKES = [
    # one study for each list: (what was done, what is said)
    [
        (changed("desk/codebook.csv", "higher_better", "positive"), "column 'direction': 2 rows (first 2): 'positive'"),
        (
            changed("desk/codebook.csv", "social-economy", "social-econmy"),
            "'social-econmy' is not a factor. Did you mean",
        ),
        (changed("desk/register.csv", "2026-03-01", "4/3/2026"), "'4/3/2026' can be read as two dates"),
        (changed("interviews/participants.csv", "2026-03-14", "31.02.2026"), "'31.02.2026' is not a date"),
        (
            changed("interviews/gioia.csv", "political-commitment", "Political commitment"),
            "Did you mean 'political-commitment'",
        ),
        (changed("qca/sets.csv", "condition\nmoney", "conditon\nmoney"), "Did you mean 'condition'"),
        (changed("delphi/panel.csv", "D02", "D01"), "2 rows (first 2): 'D01': more than once"),
        (changed("delphi/statements.csv", "Law,", "Law, and, more,"), "the row has 5 cells, the header 3"),
        (changed("screening/criteria.csv", "include,Co", "inclusion,Co"), "Did you mean 'include'"),
        (
            put("screening/title_abstract_a.csv", "record,reviewer,decision\nr1,A,perhaps\n"),
            "'perhaps' is not a decision",
        ),
        (
            put("screening/Anna decisions.csv", "record,reviewer,decision\nr1,A,include\n"),
            "Anna decisions.csv: no step reads",
        ),
        (put("screening/articles.bib", "@article{a, title={T}}\n"), "articles.bib: no step reads this file"),
        (
            put("searches/queue.csv", "record,title,abstract,reviewer,decision\nr1,T,x,A,include\n"),
            "a column 'decision'",
        ),
        (
            put("ecosystem/influences.csv", "from,to,rater,influence\nsocial-economy,public-funding,E1,7\n"),
            "7 is outside 0 to 4",
        ),
    ],
    [
        (changed("desk/register.csv", "A title,Town,AUT,2024", "A title,Town,AUT,2124"), "'2124': far in the future"),
        (changed("desk/indicators.csv", "2022", "20222"), "the year is missing or not a year (6 rows of this kind"),
        (changed("desk/register.csv", "a.txt", "b.txt"), "b.txt does not exist, but documents/a.txt does"),
        (put("searches/scopus (1).ris", RIS), "each of its 12 entries is in scopus.ris too"),
        (moved("interviews/gioia.csv", "interview/gioia.csv"), "Did you mean interviews/gioia.csv"),
        (moved("interviews/transcripts/P02.txt", "interviews/transcripts/P2.txt"), "Did you mean 'P2.txt'"),
        (changed("qca/memberships.csv", "AUT,started,0.8", "AUT,started,1.2"), "1.2 is not between 0 and 1"),
        (changed("delphi/round1.csv", "D03,2026-03-06 10:00,6", "D03,2026-03-06 10:00,77"), "77 is outside the scale"),
        (
            put("screening/title_abstract_a.csv", "record,reviewer,decision\nr1,,include\n"),
            "the decision has no reviewer",
        ),
        (put("desk/notes.numbers", b"PK"), "notes.numbers: no step reads this file"),
    ],
    [
        (changed("desk/register.csv", "Town", "T\u00fcbingen"), ""),
        (changed("delphi/round1.csv", "D03", "D33"), "'D33' is not in panel.csv"),
        (LATER, "Is this file the export of a round?"),
        (
            put("screening/title_abstract_b.csv", "record,reviewer,decision\nr0000000001,B,include\nr2,B,exclude\n"),
            "title_abstract_b.csv, row 2: 2 of 2 decisions do not count: 'r0000000001' and so on",
        ),
        (put("searches/scopus.ris", RIS[: len(RIS) // 2]), "6 read of 12 stated"),
        (put("interviews/transcripts/P01.txt", "We talked a lot.\n"), "P01.txt: no turn of the participant was found"),
        (table_in_word, "P02.docx: no turn of the participant was found"),
        (
            changed("interviews/gioia.csv", "political-commitment", "social-economy, public-funding"),
            "the row has 5 cells, the header 4",
        ),
        (workbook("desk/codebook.csv", keep=True), "the table is there as codebook.csv and as codebook.xlsx"),
        (put("interviews/transcripts/wave2/P03.txt", "I: x\nP: y\n"), "files in sub-folders are not read here"),
    ],
    [
        (changed("delphi/rounds.csv", "2026-03-02", "2/3/2026"), "'2/3/2026' can be read as two dates"),
        (
            put("searches/anna.csv", "record,reviewer,decision\nr1,A,include\n"),
            "it is a table of decisions rather than an export",
        ),
        (
            put("interviews/gioia.csv", 'concept,theme,dimension,factors\nA,T,D,"social-economy, public-funding"\n'),
            "Separate several by semicolons: social-economy; public-funding",
        ),
        (changed("desk/indicators.csv", "AUT,voice,2022,1.5", 'AUT,voice,2022,"1,234"'), "'1,234' is not a number"),
        (
            put("desk/register.csv", FILES["desk/register.csv"].replace("Town", "T\u00fcbingen"), "mac_roman"),
            "not valid UTF-8",
        ),
    ],
    [
        (
            changed("delphi/rounds.csv", "2026-03-02,2026-03-27", "2026-03-27,2026-03-02"),
            "closes (2026-03-02) before it opens",
        ),
        (changed("desk/indicators.csv", "AUT", "Atlantis"), "'Atlantis' is not a country"),
        (changed("qca/memberships.csv", "AUT,money", "AUT,monny"), "there is no set 'monny'"),
        (put("searches/paper.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"), "is a PDF document, not an export"),
    ],
    [
        (
            put("delphi/rounds.csv", FILES["delphi/rounds.csv"] + "2,round2.csv,2026-01-10,2026-02-01,closed,\n"),
            "before round 1 begins",
        ),
        (put("delphi/round2.csv", ROUND.replace("2026-03", "2026-01")), "came before those of round 1"),
        (changed("searches/searches.csv", "2026-03-10", "4/3/2026"), "'4/3/2026' can be read as two dates"),
    ],
    [
        (put("delphi/round1.csv", FIVE_POINTS), "Was this round rated on a scale up to 5?"),
        (put("searches/a conflicted copy.ris", RIS), "each of its 12 entries is in scopus.ris too"),
        (changed("desk/codebook.csv", "wealth,W", "voice,W"), "'voice': more than once"),
    ],
    [
        (changed("delphi/rounds.csv", "round1.csv", "runde1.csv"), "Is round1.csv the file of round 1?"),
        (changed("searches/searches.csv", "scopus.ris", "scopus2.ris"), "Did you mean 'scopus.ris'"),
        (
            put("screening/criteria.csv", "criterion,criterion,kind\na,b,include\n"),
            "the column 'criterion' appears twice",
        ),
    ],
    [
        (moved("delphi/statements.csv", "delphi/statments.csv"), "Did you mean 'statments.csv'"),
        (moved("qca/memberships.csv", "qca/membership.csv"), "Did you mean qca/memberships.csv"),
        (put("qca/sets.csv", ""), "the file is empty"),
        (workbook("interviews/gioia.csv", keep=False), ""),
    ],
    [
        (
            lambda study: (
                moved("delphi/panel.csv", "x.csv")(study)
                or workbook("x.csv")(study)
                or moved("x.xlsx", "delphi/panel.csv")(study)
            ),
            "is a workbook or an archive under the name of a .csv",
        ),
        (changed("interviews/participants.csv", "P02,P02.txt", "P01,P02.txt"), "'P01': more than once"),
    ],
    [
        (changed("desk/register.csv", "AUT", "Oostenrijk"), "row 2: 'Oostenrijk': not a known country"),
        (changed("delphi/panel.csv", "AUT", "Autriche"), "8 rows (first 2): 'Autriche': not a known country"),
        (
            changed("desk/register.csv", "2026-03-01", "March"),
            "column 'retrieved': row 2: 'March': neither a date nor a year",
        ),
        (changed("searches/searches.csv", "2026-03-10", "March"), "row 2: 'March': neither a date nor a year"),
        (changed("interviews/participants.csv", "2026-03-14", "2062-03-14"), "'2062-03-14': far in the future"),
        (
            put("screening/title_abstract_a.csv", DECIDED + f"{IDS[0]},{TITLES[0]},A,include,\n"),
            "exclude and include without dates to show which is later",
        ),
        (
            put(
                "screening/title_abstract_b.csv",
                DECIDED.replace(",A,", ",Anna,") + f"{IDS[1]},{TITLES[1]},anna,include,\n",
            ),
            "reviewers spelt similarly: Anna, anna",
        ),
        (
            put("screening/title_abstract_c.csv", DECIDED.replace(",A,", ",C,").replace("co\n", "boring\n")),
            "the reason 'boring' of",
        ),
    ],
    [
        (changed("delphi/rounds.csv", "2026-03-02", "March"), "column 'opened': 'March' is not a date"),
        (put("screening/title_abstract_a.csv", SORTED_ALONE), "10 of 12 decisions do not count"),
        (put("interviews/transcripts/P01.txt", ""), "the transcript is empty"),
        (put("interviews/notes.odp", b"PK"), "notes.odp: no step reads this file"),
        (
            changed("desk/indicators.csv", "AUT,voice,2022,1.5\n", "AUT,voice,2022,1.5\nAUT,voice,2022,1.7\n"),
            "several values",
        ),
    ],
    [
        (changed("desk/indicators.csv", "AUT,wealth,2022,1.5", "AUT,wealth,2022,1 500"), "'1 500' is not a number"),
        (
            changed("interviews/participants.csv", "AUT,official,town,en,yes", "AUT,official,town,en,verbal"),
            "Allowed: yes, no",
        ),
        (changed("searches/searches.csv", ",12\n", ",1.234\n"), "'1.234': not a whole number"),
        (changed("delphi/statements.csv", "S03,Money", "S04,Money"), "Were these statements asked: S04?"),
        (changed("screening/criteria.csv", "no,exclude", "co,exclude"), "'co': more than once"),
    ],
    [
        (
            lambda study: (
                changed("desk/register.csv", "a.txt", "a.pages")(study)
                or moved("desk/documents/a.txt", "desk/documents/a.pages")(study)
            ),
            "row 2, column 'file': documents of the type '.pages' cannot be read. Save it as PDF",
        ),
        (
            put("ecosystem/influences.csv", "from,to,rater,influence\n" + TWO_SCALES),
            "influences.csv, column 'influence': 'E1' gives only 0 and 1 on 6 pairs, where others give up to 4",
        ),
        (
            put("desk/country_groups.csv", "country,group\n(example) AUT,continental\n"),
            "row 2: the row begins with (example), so that it does not count, but somebody has changed it",
        ),
        (workbook("qca/memberships.csv", hidden_row=3), "hidden rows count all the same: 3"),
        (moved("delphi/panel.csv", "delphi/.panel.csv.icloud"), "panel.csv is in iCloud only and not on this computer"),
    ],
    [  # all of this is accepted
        (put("qca/memberships.csv", "Case;started;voice;money\nAUT;0,8;60%;0,2\nBEL;0,8;0,6;0,2\n", "utf-16"), ""),
        (put("searches/searches.csv", FILES["searches/searches.csv"].replace("2026-03-10", "in March 2026")), ""),
        (changed("desk/codebook.csv", "higher_better", "Higher_Better"), ""),
        (changed("delphi/rounds.csv", "closed,", "Closed,"), ""),
        (changed("delphi/rounds.csv", "2026-03-02", "2.3.2026"), ""),
        (changed("interviews/participants.csv", ",yes", ",YES"), ""),
        (changed("interviews/participants.csv", "2026-03-14", "14.3.2026"), ""),
        (put("desk/indicators.csv", FILES["desk/indicators.csv"].replace(",", ";").replace(".", ",")), ""),
        (put("desk/register.csv", FILES["desk/register.csv"].replace("Town", "T\u00fcbingen"), "cp1252"), ""),
        (
            workbook(
                "delphi/panel.csv",
                lambda rows: [["Panel of our study", "", ""], *rows],
                hidden=[["panellist"], ["X99"]],
            ),
            "",
        ),
        (
            workbook(
                "interviews/gioia.csv",
                lambda rows: [rows[0], ["A", "T", "D", "social-economy"], ["B", "", "", ""]],
                joined=("B2:B3", "C2:C3"),
            ),
            "",
        ),
    ],
]


@pytest.fixture(scope="module")
def small(tmp_path_factory, root):
    """A small study in which nothing is wrong."""
    study = tmp_path_factory.mktemp("small")
    for name, content in FILES.items():
        put(name, content)(study)
    shutil.copyfile(root / "config" / "factors.csv", study / "factors.csv")
    (study / "references.bib").write_text("")
    return study


def checked(study):
    settings = {
        name: f"{study}/{end}"
        for name, end in dict(study="", results="results", factors="factors.csv", references="references.bib").items()
    }
    (study / "study.yaml").write_text("".join(f"{name}: {value}\n" for name, value in settings.items()))
    return checking.problems(study / "study.yaml")


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_every_mistake_is_said_at_once(small, tmp_path, number):
    study = tmp_path / "study"
    shutil.copytree(small, study)
    for go, _ in MISTAKES[number]:
        go(study)
    said = "\n".join(checked(study))
    missing = [words for _, words in MISTAKES[number] if words not in said]
    assert missing == [], said
    if not any(words for _, words in MISTAKES[number]):
        assert said == ""


def test_nothing_is_wrong_in_the_small_study(small, tmp_path):
    shutil.copytree(small, tmp_path / "study")
    assert checked(tmp_path / "study") == []


def test_the_table_has_54_mistakes_and_more():
    assert sum(bool(words) for rows in MISTAKES for _, words in rows) >= 73


def test_the_names_that_steps_look_for_are_read_from_the_rules(root):
    """Each call of `present` gives a pattern; what a run finds under none of them would be called unread."""
    found = looked_for.patterns()
    for pattern in ("delphi/*.csv", "interviews/gioia.csv", "screening/retrieval*.csv", "ecosystem/cerqual.csv"):
        assert pattern in found
    assert not [pattern for pattern in found if "{" in pattern]
    text = "".join(path.read_text() for path in (root / "workflow" / "rules").glob("*.smk"))
    assert len(re.findall(r"present\(\s*f?\"", text)) <= sum('"' in call for _, call in looked_for.calls())
