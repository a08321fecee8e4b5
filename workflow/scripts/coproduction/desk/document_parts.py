"""Parts of a document that are no running text: contents, references, glossary, questionnaire, imprint.

Told by their headings, in the languages of the European Union and its neighbours (patterns here, further headings
word by word in `document_parts.csv`), and by the shape of their lines; a passage there is shown apart and counts only where people confirm it, so that a wrong guess can be seen and undone.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEXT = "text"
HEADINGS = {
    "contents": r"(table of )?contents|list of (figures|tables|boxes)|inhalt(sverzeichnis)?|"
    r"(abbildungs|tabellen)verzeichnis|table des matières|sommaire|índice( general)?|contenido|"
    r"indice( generale)?|sommario|sumário|inhoud(sopgave)?|spis treści|innehåll(sförteckning)?|indhold(sfortegnelse)?",
    "references": r"references|bibliography|works cited|literature|(list of )?sources|"
    r"further reading|end ?notes|literatur(verzeichnis)?|quellen(verzeichnis)?|références( bibliographiques)?|"
    r"bibliographie|referencias( bibliográficas)?|bibliografía|riferimenti( bibliografici)?|bibliografia|"
    r"referências( bibliográficas)?|literatuur(lijst)?|bronnen|literatura|piśmiennictwo|referenser|"
    r"källförteckning|referencer|litteratur(liste|förteckning)?",
    "glossary": r"glossary.*|(list of )?(abbreviations|acronyms).*|definitions|glossar|"
    r"abkürzungs(verzeichnis)?|abkürzungen|begriffe|glossaire|liste des (sigles|abréviations).*|sigles.*|glosario|"
    r"(siglas|lista de abreviaturas).*|glossario|(elenco delle )?(sigle|abbreviazioni).*|glossário|"
    r"begrippenlijst|(lijst van )?afkortingen|słownik.*|wykaz skrótów|ordlista|ordliste|förkortningar",
    "questionnaire": r".*questionnaire|survey questions|interview (guide|questions)|.*fragebogen|"
    r"interviewleitfaden|guide d.entretien|cuestionario.*|guión de entrevista|questionario.*|"
    r"questionário.*|traccia dell.intervista|vragenlijst.*|kwestionariusz.*|frågeformulär.*|spørgeskema.*",
    "imprint": r"imprint|impressum|colophon|legal notice|copyright.*|disclaimer|"
    r"(about this|suggested) (publication|citation)|acknowledge?ments?|contacts?|haftungsausschluss|"
    r"danksagung|mentions légales|remerciements|créditos|aviso legal|agradecimientos|note legali|"
    r"ringraziamenti|ficha técnica|agradecimentos|colofon|dankwoord|stopka redakcyjna|podziękowania|kolofon|"
    r"kontakt|contatti|contacto",
}
_NUMBER = r"(?:(?:annex|appendix|chapter|anhang|kapitel|annexe|chapitre|anexo|allegato|bijlage|bilaga|bilag)\s+)?(?:[\divx]+|[a-z])?(?:\.\d+)*[.:)]?\s*"
_KINDS = re.compile(
    rf"(?:{_NUMBER})(?:{'|'.join(f'(?P<{part}>{words})' for part, words in HEADINGS.items())})[.:]?", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?:(?:annex|appendix|chapter|anhang|kapitel|annexe|chapitre|anexo|allegato|bijlage|bilaga|bilag|liite|příloha|"
    r"príloha|melléklet|anexa|παράρτημα|prilog|priloga|lisa|priedas|pielikums|приложение|додаток|vedlegg|załącznik)"
    r"(?:\s+(?:[\divx]+|[a-z])(?!\w))?(?!\w)|[\divx]+|[a-z](?=[.:)]))(?:\.\d+)*[.:)]?\s*",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.[ ]?){4}[. ]*\d+\.?$|\t\d+$")  # dots before the number of a page
_IMPRINT = re.compile(
    r"\bISBN\b|\bISSN\b|©|\(c\) \d{4}|\b(?:contacts?|kontakt|contacto|contatto|contato)\s?:.*\[(?:e-mail|telephone)",
    re.IGNORECASE,
)
_IMPRINT_SIGNS = ("isbn", "issn", "©", "(c) ", "[e-mail", "[telephone")
_IMPRINT_WORDS = (
    "all rights reserved",
    "catalogue number",
    "reproduction is authori",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "tutti i diritti riservati",
    "todos os direitos reservados",
    "alle rechten voorbehouden",
    "wszelkie prawa zastrzeżone",
)
ONE_PAGE = {"imprint", "contents"}  # they end with their page
QUESTIONS = 5  # paragraphs of a page that ask, from which it is a questionnaire
LONGEST_HEADING = 70
_ENTRY = re.compile(r"\(?\b(?:1[89]|20)\d\d[a-z]?\b\)?|\bdoi\b|https?://|\bet al\b", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A paragraph by the offsets of its first character and behind its last one, and its part."""

    start: int
    end: int
    part: str


def parts(pages: Iterable[tuple[str, str]]) -> list[list[Span]]:
    """The paragraphs of each page of one document, each with its part.

    pages: heading of the section ('' where there is none) and text (paragraphs on lines of their
    own). A part begins at its heading and ends at the next heading; a list of references also runs
    on over pages as long as its paragraphs look like entries.
    """
    found, part = [], TEXT
    for heading, text in pages:
        paragraphs = [*re.finditer(r"[^\n]+", text)]
        if heading:
            part = _kind(heading) or TEXT
        elif part in ONE_PAGE:
            part = TEXT
        asked = sum(match.group().rstrip().endswith("?") for match in paragraphs)
        spans = []
        for match in paragraphs:
            line = match.group().strip()
            if _is_heading(line):
                part = _kind(line) or TEXT
            elif part == "references" and len(line) > 2 * LONGEST_HEADING and not _ENTRY.search(line):
                part = TEXT
            own = _of_line(line) or part
            if own == TEXT and asked >= QUESTIONS and line.endswith("?"):
                own = "questionnaire"
            spans.append(Span(match.start(), match.end(), own))
        found.append(spans)
    return found


@cache
def _headings() -> dict[str, str]:
    """The part by each heading of the list, in small letters."""
    path = Path(__file__).with_suffix(".csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["heading"].casefold(): row["part"] for row in csv.DictReader(file)}


def _kind(line: str) -> str:
    words = line.strip()
    found = _KINDS.fullmatch(words)
    if not found:
        known, plain = _headings(), words.rstrip(".:").casefold()
        number = _NUMBERED.match(plain)
        return known.get(plain) or (known.get(plain[number.end() :].strip(), "") if number else "")
    return next(part for part, heading in found.groupdict().items() if heading is not None)


def _of_line(line: str) -> str:
    """The part that a line tells by itself; words are looked for before any pattern, which costs a tenth."""
    if line.rstrip(".")[-1:].isdigit() and _LEADERS.search(line):
        return "contents"
    low = line.lower()
    if any(words in low for words in _IMPRINT_WORDS):
        return "imprint"
    return "imprint" if any(sign in low for sign in _IMPRINT_SIGNS) and _IMPRINT.search(line) else ""


def _is_heading(line: str) -> bool:
    """A short line that ends no sentence: one of the headings, or one that begins anew."""
    if len(line) > LONGEST_HEADING:
        return False
    if _kind(line):
        return True
    numbered = re.match(rf"(?:{_NUMBER})[A-ZÄÖÜ]", line) and re.match(r"\d|annex|appendix", line, re.I)
    return bool(numbered) and line[-1] not in ".,;?!" and not (_ENTRY.search(line))


def part_at(spans: list[Span], place: int) -> str:
    """The part of the paragraph that holds the character `place`."""
    return next((span.part for span in spans if place < span.end), TEXT)
