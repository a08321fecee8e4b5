"""DOI, PubMed number, ISSN and ISBN of an entry, wherever its format has them."""

import re
from typing import TYPE_CHECKING

from coproduction.literature.ids import normalise_doi

if TYPE_CHECKING:
    from coproduction.literature.fields import Entry

BIBTEX = "BibTeX"
_DOI_URL = re.compile(r"\A\s*10\.\d{4}|doi\.org/|[?&;]doi=|id=doi:|/doi/", re.IGNORECASE)
_PMID_URL = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|\bPMID:\}? *)(\d{1,8})|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(\d{1,8})"
)
_DIGITS = re.compile(r"\d{1,8}")
_ISBN = re.compile(r"97[89][-\d ]{10,14}\d|(?<![\d-])\d[-\d ]{8,11}[\dXx](?![\d-])")
_ISSN = re.compile(r"(?<!\d)\d{4}-?\d{3}[\dXx](?![\d-])")
_ESCAPED = re.compile(r"\\([_%&#~$])")


def unescape(text: str) -> str:
    """`text` of BibTeX without the backslashes in front of signs."""
    return _ESCAPED.sub(r"\1", text)


def put_numbers(entry: "Entry") -> None:
    """DOI and PubMed number, also from the addresses that carry them."""
    _put_doi(entry)
    for tag, value in entry.every("pmid")[:1]:
        digits = _DIGITS.search(value)
        if digits:
            entry.taken.add((tag, value))
            entry.put("pmid", digits.group(), value)
            return
    for tag, value in entry.every("pmid_url"):
        address = _PMID_URL.search(value)
        if address:
            entry.taken.add((tag, value))
            entry.put("pmid", address.group(1) or address.group(2), value)
            return


def _put_doi(entry: "Entry") -> None:
    tried = entry.every("doi")
    tried += [pair for pair in entry.every("doi_url") if _DOI_URL.search(pair[1])]
    for pair in tried:
        doi = normalise_doi(unescape(pair[1]) if entry.fmt == BIBTEX else pair[1])
        if doi:
            entry.taken.add(pair)
            entry.put("doi", doi.split("&")[0], pair[1])
            return


def put_serial_numbers(entry: "Entry") -> None:
    """ISSN and ISBN; several formats write both under one tag."""
    found = entry.best("issn")
    isbn = entry.best("isbn")
    if found and not isbn:
        isbn = [v for v in found if _ISBN.search(v)]
        found = [v for v in found if v not in isbn]
    for field, values, number in (("issn", found, _ISSN), ("isbn", isbn, _ISBN)):
        if values:
            plain = map(entry.plain, values)
            numbers = [n for text in plain for n in number.findall(text) or [text]]
            text = "; ".join(dict.fromkeys(numbers))
            entry.put(field, text, "; ".join(values))
