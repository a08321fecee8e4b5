"""The documents of the study: what of them could be read, and which of them are the same."""

import hashlib
import re
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, identities, people_tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.desk.tables import DOCUMENTS, PAGES, REGISTER, SIMILAR_DOCUMENTS
from coproduction.formats.documents import Page, read_pages
from coproduction.formats.running_text import clean_pages, vocabulary
from coproduction.methods.resemblance import shingles_of, similar_pairs, words_of

# Telephone numbers by the word, the plus or the two zeros before them: documents are full of other numbers.
_CALLED = r"""
    tel tél telephone telefon téléphone teléfono telefono telefone telefoon tlf tfn puh phone ph fax telefax mobile
    mobil mobiel móvil mob cell handy gsm hotline puhelin tálr tālr tālrunis telefón telefonas teil guthán τηλ τηλέφωνο
    φαξ тел телефон факс ☎ ☏ 📞
""".split()
_ADDRESS = identities.SHAPES["an e-mail address"]
# (at) for @, (dot) for a full stop, blanks around the sign, the wide sign of East Asian letters
_WRITTEN_OUT = re.compile(
    r"\w[\w.+-]*(?:\s?[\[({]at[\])}]\s?|\s?[@＠]\s?|\sat\s(?=[\w-]+\s(?:dot|punkt|punto|point)\s))"
    r"\w[\w-]*(?:(?:\.|\s?[\[({](?:dot|punkt|punto|point)[\])}]\s?|\s(?:dot|punkt|punto|point)\s)\w[\w-]*)*"
    r"(?:\.|\s?[\[({](?:dot|punkt|punto|point)[\])}]\s?|\s(?:dot|punkt|punto|point)\s)[^\W\d_]{2,}",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    rf"(?<!\w)(?P<called>(?:{'|'.join(_CALLED)})\.?(?:\s?(?:number|nummer|no\.|nr\.|n°))?)(?:\s?\([^()\d]{{1,20}}\))?[\s:]{{0,4}}"
    r"(?!(?:19|20)\d\d\b\D{1,3}(?:19|20)\d\d\b)\(?[+\d](?:[ ()/.-]{0,2}\d){5,14}"
    r"|(?<![\w+])(?:\+|00[ ]?)[1-9](?:[ ()/.-]{0,2}\d){6,13}(?!\d)"
    r"|(?:(?<=^)|(?<=[\n|•,;]\s)|(?<=[\n|•,;]))[TMF][.:]?\s\(?0\d{1,4}\)?(?:[ /.-]\d{2,8}){1,4}(?!\d)",
    re.IGNORECASE,
)
_AT = ("@", "＠", "[at", "(at", "{at", " dot ", " punkt ")
_DIGITS = re.compile(r"\d(?:[ ()/.-]{0,2}\d){5}")
_CALLS = re.compile(rf"\+|00|\b[TMF][.:]?\s\(?0|(?<!\w)(?:{'|'.join(_CALLED)})(?!\w)", re.IGNORECASE)
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*"
_BODIES = (
    r"(?:\w+\s)?\w*(?:agen|author|behörd|bureau|cent[er]|commission|council|committee|department|direct|divis|europe|"
    r"federa|found|govern|institu|minist|municip|national|office|organi[sz]|parliament|press|project|region|secretar|"
    r"section|service|social|team|unit|universi|verein)\w*"
)
_TURN_WORDS = (  # one of them is in whatever _TURN_TO finds; looking for them costs next to nothing
    *("contact", "kontakt", "contatt", "contato", "ansprech", "interlocuteur", "referente", "osoba", "yhteyshenkilö"),
    *("kapcsolattartó",),
)
# Whoever is named as the person to turn to
_TURN_TO = re.compile(
    r"(?P<called>(?i:contact person|person to contact|your contact|ansprechpartner(?:in)?|ansprechperson|kontaktperson|"
    r"contactpersoon|personne (?:de|à) contact(?:er)?|interlocuteur|persona de contacto|persona di contatto|referente|"
    r"pessoa de contacto|osoba (?:do kontaktu|kontaktowa)|kontaktní osoba|kontaktná osoba|yhteyshenkilö|kontaktisik|"
    r"kapcsolattartó|persoană de contact)\s?[:–-]\s{0,2})"
    rf"(?:(?:(?:[Dd]r|[Pp]rof|[Mm]rs?|[Mm]s|[Mm]me|[Mm]lle|[Hh]err|[Ff]rau|[Ss]r|[Ss]ra|[Ii]ng|[Mm]ag)\.?\s){{0,3}})"
    rf"{_NAME}(?:\s(?:(?:van|von|de|der|den|di|da|la|le|af|zu)\s){{0,2}}{_NAME}){{1,3}}"
    # or behind 'Contact:' alone, where the words are two names before a bracket, an address or the end of the line
    rf"|(?P<also>(?i:\b(?:contacts?|kontakt|contacto|contatto|contatti|contato)\s?:\s{{0,2}}))"
    rf"(?:(?:[Dd]r|[Pp]rof|[Mm]rs?|[Mm]s|[Mm]me)\.?\s){{0,2}}(?!(?i:{_BODIES}))"
    rf"{_NAME}\s(?:(?:van|von|de|der|den|di|da|la|le)\s){{0,2}}(?!(?i:{_BODIES})){_NAME}"
    r"(?=\s?(?:\(|<|\[e-mail|[,;–-]|(?i:e-?mail|tel|phone)|$|\n))"
)
_ADDRESSED = re.compile(r"(?<![\w.])([^\W\d_]{2,})[._]([^\W\d_]{3,})\s?@", re.IGNORECASE)
_INITIAL = re.compile(r"(?<![\w.])([^\W\d_])[._]?([^\W\d_]{3,})\s?@", re.IGNORECASE)  # a.alder@, aalder@
_OF_NOBODY = frozenset(
    """
    admin communication communications contact contacts enquiries feedback help helpdesk hello info kontakt library mail
    media news newsletter office policy post postbox presse press privacy publications research secretariat service
    statistics support team webmaster
    """.split()
)
NAMED = "[name]"


MANY = 12  # documents from which it pays to read them side by side


@dataclass(frozen=True)
class Entry:
    """A document of the register with the pages read of it (none when the file is missing)."""

    about: dict
    pages: list[Page]
    missing: bool = False


@dataclass(frozen=True)
class Read:
    """The tables DOCUMENTS, PAGES and SIMILAR_DOCUMENTS."""

    documents: pd.DataFrame
    pages: pd.DataFrame
    similar_documents: pd.DataFrame


def read_documents(
    desk: Path,
    register: str | Path | None,
    files: list[Path],
    terms: str,
    key: identities.Key | None = None,
    least: float = 0.8,
    processes: int = 1,
    languages: str = "",
) -> Read:
    """What is in the study's desk folder.

    `files` are those found under documents/; `terms` (all terms of the codebook) help to join
    divided words; `key` replaces names; `least` is the shared text from which documents are similar; with many
    documents, `processes` read them side by side (PDFium must not be called from several threads); `languages` are
    those of scanned pages, whose text is recognised where an engine is installed.
    A registered file that is not there and a file that is not registered are states; files that
    cannot be read raise one StudyError that names them all.
    """
    entries = _entries(desk, register, processes, languages)
    known = {(desk / entry.about["file"]).resolve() for entry in entries}
    loose = [path for path in files if path.resolve() not in known]
    words = vocabulary([terms, *(page.text for entry in entries for page in entry.pages)])
    texts, replaced = [], []
    for entry in entries:
        cleaned = _cleaned(entry, words)
        people = people_with_addresses(cleaned)
        told = [without_contacts(text, key, people) for text in cleaned]
        texts.append([text for text, _ in told])
        replaced.append(sum(n for _, n in told))
    pages = [
        {
            "document": entry.about["document"],
            "page": page.number,
            "unit": page.unit,
            "heading": page.heading,
            "text": text,
        }
        for entry, own in zip(entries, texts, strict=True)
        for page, text in zip(entry.pages, own, strict=True)
    ]
    about = [entry.about for entry in entries]
    similar = _similar(about, [" ".join(own) for own in texts], least)
    counting = _counting(about, similar)
    rows = [
        _document_row(entry, own) | {"replaced": n} | counting[entry.about["document"]]
        for entry, own, n in zip(entries, texts, replaced, strict=True)
    ]
    rows += [
        {
            "file": path.relative_to(desk).as_posix(),
            "state": "not in the register",
            "pages": 0,
            "pages_without_text": 0,
            "pages_recognised": 0,
            "words": 0,
            "replaced": 0,
            "counts": "no",
        }
        for path in sorted(loose)
    ]
    return Read(
        accounting.table(rows, DOCUMENTS), accounting.table(pages, PAGES), accounting.table(similar, SIMILAR_DOCUMENTS)
    )


def _entries(desk: Path, register: str | Path | None, processes: int, languages: str) -> list[Entry]:
    if register is None:
        return []
    table = people_tables.read_people_table(register, REGISTER)
    if "counts" not in table:
        table["counts"] = ""
    listed = table.to_dict("records")
    paths = [desk / about["file"] for about in listed]
    names = [f"{p} (row {row} of {Path(register).name})" for row, p in zip(table.index, paths, strict=True)]
    if processes > 1 and len(paths) >= MANY:
        with ProcessPoolExecutor(processes) as pool:
            read = list(pool.map(_read, paths, names, repeat(languages), chunksize=4))
    else:
        read = list(map(_read, paths, names, repeat(languages)))
    raise_all([found for found in read if isinstance(found, StudyError)])
    return [
        Entry(about, [], missing=True) if pages is None else Entry(about, pages)
        for about, pages in zip(listed, read, strict=True)
        if not isinstance(pages, StudyError)
    ]


def _read(path: Path, name: str, languages: str) -> list[Page] | StudyError | None:
    """The pages of a document, what is wrong with it, or None where it is not there."""
    if not path.is_file():
        return None
    try:
        return read_pages(path, name, languages)
    except StudyError as error:
        return error


def _cleaned(entry: Entry, words: Counter) -> list[str]:
    unit = entry.pages[0].unit if entry.pages else ""
    return clean_pages([page.text for page in entry.pages], unit, words)


def people_with_addresses(texts: list[str]) -> re.Pattern | None:
    """Finds the names of those whose address (anna.alder@…) a document has, however they are accented."""
    pairs = {pair for text in texts if "@" in text for pair in _ADDRESSED.findall(text)}
    names = sorted({(_any_accent(first), _any_accent(last)) for first, last in pairs})
    pieces = [rf"{first}(?:\s+\w\.?)?\s+{last}|{last},\s*{first}" for first, last in names]
    short = {pair for text in texts if "@" in text for pair in _INITIAL.findall(text)}
    short = {(first, last) for first, last in short if f"{first}{last}".lower() not in _OF_NOBODY}
    for first, last in sorted({(_any_accent(first), _any_accent(last)) for first, last in short}):
        pieces += [rf"{first}[\w.’-]*(?:\s+\w\.?)?\s+{last}|{last},\s*{first}[\w.’-]*"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(pieces)})(?!\w)", re.IGNORECASE) if pieces else None


def _any_accent(name: str) -> str:
    """A pattern for the name with or without its accents (Müller, Mueller and Muller)."""
    plain = {"ae": "(?:ä|ae)", "oe": "(?:ö|ø|oe)", "ue": "(?:ü|ue)", "ss": "(?:ß|ss)"}
    single = {"a": "aáàâäãåą", "c": "cçćč", "e": "eéèêëęě", "i": "iíìîïı", "l": "lł", "n": "nñńň", "o": "oóòôöõøő"}
    single |= {"s": "sšśș", "u": "uúùûüůű", "y": "yýÿ", "z": "zžźż", "r": "rř", "d": "dď", "t": "tťț", "g": "gğ"}
    return re.sub(
        "|".join([*plain, "."]),
        lambda found: plain.get(found[0]) or f"[{single.get(found[0], re.escape(found[0]))}]",
        name.lower(),
    )


def without_contacts(text: str, key: identities.Key | None = None, people: re.Pattern | None = None) -> tuple[str, int]:
    """`text` without names of the key, e-mail addresses, telephone numbers and `people`; how many were replaced."""
    total, low = 0, text.lower()
    for shape, there in ((_ADDRESS, "@" in text), (_WRITTEN_OUT, any(sign in low for sign in _AT))):
        if there:
            text, n = shape.subn("[e-mail address]", text)
            total += n
    if _DIGITS.search(text) and _CALLS.search(text):
        text, n = _TELEPHONE.subn(lambda found: f"{found['called'] or ''} [telephone number]", text)
        total += n
    if people is not None:
        text, n = people.subn(NAMED, text)
        total += n
    if any(word in low for word in _TURN_WORDS):
        text, n = _TURN_TO.subn(lambda found: f"{found['called'] or found['also']}{NAMED}", text)
        total += n
    pattern = key.pattern() if key else None
    if pattern is not None and key is not None:
        pseudonyms = key.pseudonyms
        text, n = pattern.subn(lambda found: pseudonyms[int((found.lastgroup or "n0")[1:])], text)
        total += n
    return text, total


def _similar(about: list[dict], texts: list[str], least: float) -> list[dict]:
    """Rows of SIMILAR_DOCUMENTS, in the order of the register."""
    sets, whole = [], []
    for text in texts:
        words = words_of(text)
        sets.append(shingles_of(words))
        whole.append(hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest())
    rows = []
    for pair in similar_pairs(sets, least):
        first, second = pair.texts
        same = whole[first] == whole[second]
        near = "nearly identical" if pair.resemblance >= least else "contained"
        said = {about[place]["counts"] for place in pair.texts} - {""}
        rows.append(
            {
                "first": about[first]["document"],
                "second": about[second]["document"],
                "similarity": "identical" if same else near,
                "resemblance": pair.resemblance,
                "in_first": pair.first,
                "in_second": pair.second,
                "decided": "yes" if said else "no",
            }
        )
    return rows


def _counting(about: list[dict], similar: list[dict]) -> dict[str, dict[str, str]]:
    """Which documents count: what the register says; else not the second of two identical ones."""
    same = {row["second"]: row["first"] for row in reversed(similar) if row["similarity"] == "identical"}
    said = {entry["document"]: entry["counts"] for entry in about}
    return {
        document: {
            "same_as": same.get(document, ""),
            "counts": answer or ("no" if document in same and said[same[document]] != "no" else "yes"),
        }
        for document, answer in said.items()
    }


def _document_row(entry: Entry, texts: list[str]) -> dict:
    blank = sum(1 for text in texts if not text.strip())
    if entry.missing:
        state = "file missing"
    elif blank == len(texts):
        state = "no text"
    else:
        state = "partly read" if blank else "read"
    shown = ("document", "file", "title", "issuer", "country", "type")
    year = entry.about["year"]
    return {name: entry.about[name] for name in shown} | {
        "year": "" if pd.isna(year) else int(year),
        "state": state,
        "unit": entry.pages[0].unit if entry.pages else "",
        "pages": len(texts),
        "pages_without_text": blank,
        "pages_recognised": sum(page.recognised for page in entry.pages),
        "words": sum(len(text.split()) for text in texts),
    }
