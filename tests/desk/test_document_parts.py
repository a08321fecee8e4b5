"""Parts of documents that are no running text."""

import pytest
from coproduction.desk.document_parts import part_at, parts


def parts_of(*texts, heading=""):
    return [[span.part for span in spans] for spans in parts((heading, text) for text in texts)]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("References", "references"),
        ("7. Bibliography", "references"),
        ("Literaturverzeichnis", "references"),
        ("Annex II: Glossary of terms", "glossary"),
        ("List of abbreviations", "glossary"),
        ("Table of contents", "contents"),
        ("Annex B. Survey questionnaire", "questionnaire"),
        ("Impressum", "imprint"),
        ("Legal notice", "imprint"),
        ("Références bibliographiques", "references"),
        ("Anexo 2. Cuestionario a las familias", "questionnaire"),
        ("Indice", "contents"),
        ("Bijlage 1: Begrippenlijst", "glossary"),
        ("Wykaz skrótów", "glossary"),
        ("Innehållsförteckning", "contents"),
        ("Mentions légales", "imprint"),
        ("List of references", "references"),
        ("Literatur- und Quellenverzeichnis", "references"),
        ("LÄHTEET", "references"),
        ("7. Použitá literatura", "references"),
        ("Irodalomjegyzék:", "references"),
        ("Βιβλιογραφία", "references"),
        ("VI. Izvori i literatura", "references"),
        ("Използвана литература", "references"),
        ("Literatūra", "references"),
        ("Sisällysluettelo", "contents"),
        ("Περιεχόμενα", "contents"),
        ("Příloha 3: Seznam zkratek", "glossary"),
        ("Liite 2. Kyselylomake", "questionnaire"),
        ("Melléklet: Kérdőív", "questionnaire"),
        ("Kuvailulehti", "imprint"),
        ("About the authors", "imprint"),
        ("Sources of funding", "text"),
        ("Literature review", "text"),
        ("Contact with citizens", "text"),
        ("Contenido de la atención", "text"),
        ("Referencing trust", "text"),
        ("Contents of care", "text"),
        ("A. Glossary of terms used", "glossary"),
        ("4 Fragebogen", "questionnaire"),
        ("12Impressum", "imprint"),
        ("Fragebogen und Methode", "text"),
    ],
)
def test_a_heading_tells_the_part(heading, part):
    assert parts_of(f"{heading}\nSomething is written here, and it goes on.")[0][1] == part


def test_a_part_ends_at_the_next_heading():
    text = "Glossary\nTrust: what people expect.\n3. Results of the survey\nTrust has grown."
    assert parts_of(text) == [["glossary", "glossary", "text", "text"]]


def test_references_run_on_over_pages_and_stop_where_prose_begins():
    prose = "This paragraph is not an entry but a long sentence of the text " * 3
    first = "References\nAlder, J. (2019). Trust in towns. Journal of Trees 3, 1-9."
    second = f"Birch, K. (2020). More trust. https://example.org\n{prose}"
    assert parts_of(first, second) == [["references"] * 2, ["references", "text"]]


def test_the_imprint_ends_with_its_page():
    assert parts_of("Imprint\nThe publisher and its address", "Text begins.")[1] == ["text"]


def test_lines_are_told_by_their_shape():
    text = "1.2 Trust in government ........ 17\nISBN 978-0-00-000000-0\nPlain words."
    assert parts_of(text) == [["contents", "imprint", "text"]]
    text = (
        "Unit B.2 Contact: [name] (Officer) E-mail: [e-mail address] Commission\nWrite to [e-mail address] of the town."
    )
    assert parts_of(text) == [["imprint", "text"]]


@pytest.mark.parametrize("line", ["Tous droits réservés, 2021", "Alle Rechte vorbehalten."])
def test_rights_are_reserved_in_other_languages(line):
    assert parts_of(f"Plain words.\n{line}") == [["text", "imprint"]]


def test_a_page_of_questions_is_a_questionnaire_and_one_question_is_none():
    questions = "\n".join(f"{n}. Do you trust the authority number {n}?" for n in range(1, 7))
    assert set(parts_of(questions)[0]) == {"questionnaire"}
    assert parts_of("Why do people trust the town?\nBecause it keeps its word.") == [["text"] * 2]


def test_a_section_heading_of_a_web_page_counts():
    assert parts_of("References\nAn entry", heading="References") == [["references"] * 2]


def test_the_part_of_a_place():
    spans = parts([("", "Glossary\nTrust: words.")])[0]
    assert part_at(spans, 12) == "glossary"
    assert part_at([], 3) == "text"


def test_the_list_of_headings_has_each_once_and_names_parts_that_there_are():
    from coproduction.desk import document_parts
    from coproduction.desk.tables import PARTS

    rows = document_parts.__file__.replace(".py", ".csv")
    with open(rows, encoding="utf-8") as file:
        told = [line.rstrip("\n").split(",", 2) for line in file][1:]
    assert {part for part, _, _ in told} <= set(PARTS)
    parts_by_heading = {}
    for part, _, heading in told:
        assert parts_by_heading.setdefault(heading.casefold(), part) == part
        assert parts_of(f"{heading.strip('*')}\nWords that follow here.")[0][0] == part
