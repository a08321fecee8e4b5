"""What an entry cites: the works of a list of cited references, by what identifies them.

Databases write such lists in their own ways: Web of Science and Scopus in words, separated by
semicolons, OpenAlex and Lens as their numbers of the works. What identifies a work is its DOI, else
first author, year, volume and page together, else the database's number, else the whole wording.
"""

import re
from typing import NamedTuple

from coproduction.core.text import normalise
from coproduction.formats.references.field_plan import column_name
from coproduction.formats.references.normal import normalise_doi, normalise_year

TAGS = frozenset(["cr", "references", "cited references", "referenced works", "reference doi"])
SHORTEST = 15  # letters of a reference that its wording identifies
_BETWEEN = re.compile(r";\s+|\.[ \t]*\n\s*")  # a full stop at the end of a line: BibTeX of Web of Science
_OPENALEX = re.compile(r"(?<![A-Za-z0-9])W\d{4,12}(?!\d)")
_LENS = re.compile(r"(?<![\w-])\d{3}(?:-\d{3}){3}-\d{2}[\dX](?![\w-])")
_NUMBERS = re.compile(
    r"[\s;,|\[\]'\"]*(?:https?://openalex\.org/)?(?:W\d{4,12}|\d{3}(?:-\d{3}){3}-\d{2}[\dX])(?![\w-])"
)
_WOS_YEAR = re.compile(r"[^,]*, (\d{4})(?=,|\Z)")
_WOS_VOLUME = re.compile(r", V(\w+)(?=,|\Z)")
_WOS_PAGE = re.compile(r", [Pp](\w*\d\w*)(?=,|\Z)")
_YEAR = re.compile(r"\((1[5-9]\d\d|20\d\d)\)")
_VOLUME = re.compile(r",\s*(\d+)(?:\s*\([^)]*\)|,\s*[\w-]+)?,\s*(?:pp?\.|art)", re.IGNORECASE)
_PAGE = re.compile(r",\s*(?:pp?\.|art(?:icle|\.)?(?: no\.?)?)\s*([A-Za-z]*\d+)", re.IGNORECASE)
_NOTE = re.compile(r"(?:\A|; )References: ")
_DIGITS = re.compile(r"\d+")


class Work(NamedTuple):
    """What identifies a work, as far as it is known."""

    doi: str = ""
    place: str = ""
    number: str = ""
    words: str = ""


def is_list(tag: str) -> bool:
    """Whether a tag or column holds a list of cited references.

    >>> is_list("CR"), is_list("Cited-References"), is_list("Cited by")
    (True, True, False)
    """
    return column_name(tag) in TAGS


def list_in_notes(notes: str) -> str:
    """The cited references that Scopus writes into a note, to the end of the notes.

    >>> list_in_notes("Export Date: 1 May 2024; References: Ash, B., A title (2001) J., 3, pp. 5-9")
    'Ash, B., A title (2001) J., 3, pp. 5-9'
    """
    match = _NOTE.search(notes)
    return notes[match.end() :] if match else ""


def split_references(cell: str) -> list[str]:
    """The references of a list, in its order, each on one line.

    >>> split_references("ASH B, 2001, J CARE, V3, P5; Birch C., 1999, CARE BOOK")
    ['ASH B, 2001, J CARE, V3, P5', 'Birch C., 1999, CARE BOOK']
    >>> split_references("https://openalex.org/W2741809807|https://openalex.org/W2741809808")
    ['W2741809807', 'W2741809808']
    """
    if _NUMBERS.match(cell):
        return [match.group() for pattern in (_OPENALEX, _LENS) for match in pattern.finditer(cell)]
    references = (" ".join(reference.split()) for reference in _BETWEEN.split(cell.strip()))
    return [reference.rstrip(";") for reference in references if reference.rstrip(";")]


def read_work(reference: str) -> Work:
    """What identifies the work that a reference of a list names.

    >>> read_work("ASH B, 2001, J CARE, V3, P5, DOI 10.5555/JC.1")
    Work(doi='10.5555/jc.1', place='ash|2001|3|5', number='', words='')
    >>> read_work("Ash, B., Birch, C., On care (2001) J. Care, 3 (1), pp. 5-9").place
    'ash|2001|3|5'
    >>> read_work("Birch C., 1999, CARE BOOK").words
    'birch c 1999 care book'
    """
    if _NUMBERS.fullmatch(reference):
        return Work(number=reference.lower())
    doi = ""
    if "10." in reference:
        doi = normalise_doi(reference[reference.rfind("DOI ") + 4 :] if "DOI " in reference else reference)
    wos_year = _WOS_YEAR.match(reference)
    if wos_year:
        year, volume, page = wos_year.group(1), _WOS_VOLUME.search(reference), _WOS_PAGE.search(reference)
    else:
        years = _YEAR.findall(reference)
        year, volume, page = (years[-1] if years else ""), _VOLUME.search(reference), _PAGE.search(reference)
    place = ""
    if volume and page:
        place = place_of(reference.split(",", 1)[0], year, volume.group(1), page.group(1))
    if doi or place:
        return Work(doi, place)
    words = normalise(reference)
    return Work(words=words if len(words) >= SHORTEST else "")


def place_of(first_author: str, year: str, volume: str, pages: str) -> str:
    """Three letters of the first author, year, volume and first page in one; empty where one is missing.

    Databases write given names in full, as initials or not at all, and names of two words as one.

    >>> place_of("van Berg, Anna", "2001", "03", "S105-11"), place_of("Ash", "2001", "", "105")
    ('van|2001|3|105', '')
    """
    name = normalise(first_author).replace(" ", "")[:3]
    year, page = normalise_year(year), _DIGITS.search(pages)
    number = normalise(volume).replace(" ", "").lstrip("0")
    if not (name and year and number and page):
        return ""
    return f"{name}|{year}|{number}|{page.group().lstrip('0') or '0'}"


def own_numbers(accessions: str) -> list[str]:
    """The numbers under which OpenAlex and Lens have a work, from its accession numbers.

    >>> own_numbers("OpenAlex: https://openalex.org/W2741809807; PubMed: 1234")
    ['w2741809807']
    """
    return [number.lower() for pattern in (_OPENALEX, _LENS) for number in pattern.findall(accessions)]
