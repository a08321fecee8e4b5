"""Values and entries that are left alone as they are: the careful way gives the same for them.

Each short way is switched off in turn, and files made of pieces in which it is easy to go wrong are
read both ways, as are all real exports where they are at hand.
"""

import os
import random
import re
from pathlib import Path

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.references import author_names, cleaning, decoding, entry, fields, in_columns, missing, tagged
from coproduction.literature import importing
from coproduction.literature.importing import read_file

NEVER, ALWAYS = re.compile(r"(?!)"), re.compile(rb"")
DATA = Path(os.environ.get("COPRODUCTION_DATA", "")) / "bib"
SETS = sorted(DATA.glob("*")) if os.environ.get("COPRODUCTION_DATA") else []

NAMES = (
    "Alder, Béla",
    "Alder, B. J.",
    "Alder, BJ",
    "Alder, B.-J.",
    "van den Berg, Ada",
    "Ada van Berg",
    "O'Neil-Birch, Bo",
    "Gore, Al",
    "Chopra, Vishal",
    "Foo, Et Al",
    "Foo, Etal.",
    "Foo, Others",
    "others",
    "Smith, Anna et al.",
    "Na, Na",
    "NA, NA",
    "na, na",
    "and Birch, Bo",
    "Birch, and Bo",
    "Alder, Anna, Jr.",
    "Alder B., Birch C.",
    "Alder B, Birch C",
    "Lee Kim, Ada",
    "Lee Kim, Ada Bo",
    "LEE KIM, AB CD",
    "Alder, A.; Birch, B.",
    "World Health Organization",
    "Ministry of Health, Labour and Welfare",
    "Müller, Jörg",
    "MÃ¼ller, JÃ¶rg",
    "Šimić, Žana",
    "Łęcka, Iga",
    "Alder,  Ann",
    "Alder , Ann",
    "Alder, A",
    "Alder,Ann",
    "Alder, Ann (Ed.)",
    "Smith, J. P. 2nd",
    "Alder, U.A.",
    "Alder, u.a.",
    "Anonymous",
    "D'Arc, J.",
    "de la Cruz, Ana",
    "Ng, A",
    "Ålund, Åsa",
    "Alder, Ann…",
    "Alder, Ann...",
    "<b>Alder, Ann</b>",
    "Alder &amp; Co",
)
WORDS = (
    "co-production",
    "Co-Production",
    "health care; citizens",
    "trust, public",
    "a, b, c",
    "a,b,c",
    "*River",
    "U.S.",
    "end.",
    ".net",
    "R&amp;D",
    "Ärzte",
    "x|y",
    "two  blanks",
    "(round)",
    "1,2",
    "<i>in vitro</i>",
    "home care",
    "Home care",
    "Unknown",
    "(unknown)",
    "n.d",
    "keywords not found",
    "trust;",
    "; trust",
    "C++",
    '"said"',
    "a / b",
    "Ã¤rzte",
    "-",
    "NA",
    "no keywords",
)
TEXTS = (
    "Citizens as partners",
    "Two  blanks here and there",
    "A tab\there",
    "a\x0bbreak",
    "NA",
    "n.d.",
    "None",
    "[No abstract available]",
    "No abstract",
    "Na, Li and K in rivers",
    "The end.",
    "The end..",
    "&lt;b&gt;bold&lt;/b&gt;",
    "<p>One</p><p>Two</p>",
    "citizensâ€™ rights in a text that is longer than eighty signs, as abstracts always are",
    "“Quotes” and – dashes in a text that is longer than eighty signs, as most of the abstracts are",
    "Naïve and plain, longer than eighty signs so that the other way of looking for white space is taken",
    "A form feed\x0cin a text that is longer than eighty signs, as nearly all of the abstracts are, too",
    "A separator\x1ein a text that is longer than eighty signs, as nearly all of the abstracts are, too",
    "no\xa0break",
    "thin\u2009space",
    "soft\u00adhyphen",
    " ",
    "undefined",
    "-",
    "–",
    "Title: 10.5555/AB.1",
)
NUMBERS = (
    "2019",
    "2019/05/03",
    "in press",
    "12/19",
    "１９９９",
    "101",
    "101-119",
    "101--9",
    "pp. 3-9",
    "e12",
    "1-a",
    "n.pag",
    "1234-5678",
    "12345678",
    "978-3-16-148410-0",
    "1234-5678; 978-3-16-148410-0",
    "10.5555/x.1",
    "10.5555/X.1/full",
    "https://doi.org/10.5555/x.2",
    "http://a.org/doi/10.5555/x.3/abstract",
    "https://pubmed.ncbi.nlm.nih.gov/123/",
)
TAGS = {
    "AU": NAMES,
    "A1": NAMES,
    "ED": NAMES,
    "A2": NAMES,
    "KW": WORDS,
    "TI": TEXTS,
    "T1": TEXTS,
    "AB": TEXTS,
    "N2": TEXTS,
    "T2": TEXTS,
    "JF": TEXTS,
    "N1": TEXTS,
    "AD": TEXTS,
    "PB": TEXTS,
    "PY": NUMBERS,
    "SP": NUMBERS,
    "EP": NUMBERS,
    "DO": NUMBERS,
    "SN": NUMBERS,
    "UR": NUMBERS,
    "C7": NUMBERS,
    "C3": NUMBERS,
    "DB": TEXTS,
}
BETWEEN = (
    "",
    "",
    "",
    "",
    "",
    " ",
    "ER  -",
    "ER  - ",
    "TY  - BOOK",
    "TY - BOOK",
    "<3>",
    "Provider: Here",
    "text goes on",
    "ER  - TY  - JOUR",
    "ER  - x",
    " ER  - ",
    "C1  - note",
    "\ufeff",
    "AD - the disease",
    "\nTY  - CHAP",
)


def made(chance: random.Random) -> str:
    """A RIS file, mostly as it should be, of values in which it is easy to go wrong."""
    lines: list[str] = []
    for _ in range(chance.randint(1, 6)):
        lines.append("TY  - JOUR")
        for _ in range(chance.randint(0, 9)):
            tag = chance.choice(list(TAGS))
            lines.append(f"{tag}  - {chance.choice(TAGS[tag])}")
        lines.append(chance.choice(("ER  - ", "ER  -", "ER  - ", chance.choice(BETWEEN))))
        lines.append(chance.choice(BETWEEN))
    for _ in range(chance.randint(0, 2)):
        lines.insert(chance.randrange(len(lines)), chance.choice(BETWEEN))
    return "\n".join(lines)


PLAIN = {
    "AU": ("Alder, Béla", "Birch, C. D.", "van Berg, Ada"),
    "KW": ("trust", "home care", "Co-Production"),
    "PY": ("2019", "1999"),
    "SP": ("101", "7"),
    "EP": ("119", "12"),
    "DO": ("10.5555/x.1", "10.5555/y(2)", "https://doi.org/10.5555/Z.3"),
    "SN": ("1234-5678",),
    "UR": ("https://a.org/1", "https://b.org/2"),
    "AB": (TEXTS[15], "A plain text that is longer than eighty signs, so that it may be one of the abstracts."),
}
ORDERS = (
    "TI AU PY",
    "AU AU TI T2 PY VL IS SP EP DO AB KW KW SN UR DB",
    "TI AU T2 PY SP EP AB KW DB",
    "TI AU PY AB AB KW N1 N1 LA PB",
    "T1 JF AU PY Y1 SP DO UR AD AD N2 AN",
    "TI ED PY PB CY SN ET T3 UR UR",
)


def made_alike(chance: random.Random) -> str:
    """An entry with the tags of many others, mostly plain."""
    lines = ["TY  - JOUR"]
    for tag in chance.choice(ORDERS).split():
        odd = TAGS.get(tag, (*TEXTS, *NUMBERS))
        plain = PLAIN.get(tag, ("Citizens as partners", "12", "Public management of services"))
        lines.append(f"{tag}  - {chance.choice(odd if chance.random() < 0.06 else plain)}")
    return "\n".join([*lines, "ER  - ", ""])


def take_no_short_way(monkeypatch):
    monkeypatch.setattr(tagged, "whole_entry", lambda number, body: None)
    monkeypatch.setattr(decoding, "_SUSPECT", ALWAYS)
    monkeypatch.setattr(cleaning, "is_unbroken", lambda text: False)
    monkeypatch.setattr(author_names, "_PLAIN_NAMES", NEVER)
    monkeypatch.setattr(cleaning, "_PLAIN_PAGES", NEVER)
    monkeypatch.setattr(fields, "_PLAIN_WORDS", NEVER)
    monkeypatch.setattr(fields, "PLAIN_DOI", NEVER)
    entry.said.cache_clear()
    author_names._names_in.cache_clear()
    fields._words.cache_clear()


def said(data: bytes):
    try:
        return read_file("x", data)
    except StudyError as refusal:
        return str(refusal)


def test_a_made_file_is_read_alike(monkeypatch):
    files = [made(random.Random(seed)).encode() for seed in range(3000)]
    short = [said(data) for data in files]
    assert sum(len(one.entries) for one in short if not isinstance(one, str)) > 4000
    take_no_short_way(monkeypatch)
    for data, one in zip(files, short, strict=True):
        assert said(data) == one, data.decode()


def test_many_entries_of_one_file_are_read_alike(monkeypatch):
    """Those with the same tags together, field by field."""
    counted = {"together": 0, "careful": 0}

    def count(entries, plan):
        columns = in_columns.understand_together(entries, plan)
        if columns is not None:
            counted["together"] += len(entries) - len(columns.careful)
            counted["careful"] += len(columns.careful)
        return columns

    monkeypatch.setattr(importing, "understand_together", count)
    files = ["\n".join(map(made_alike, [random.Random(seed)] * 1200)).encode() for seed in range(8)]
    short = [said(data) for data in files]
    assert counted["together"] > 1000
    assert counted["careful"] > 1000
    take_no_short_way(monkeypatch)
    for data, one in zip(files, short, strict=True):
        long = said(data)
        for of_one, of_other in zip(one.rows, long.rows, strict=True):
            assert of_one == of_other
        assert one == long


def test_no_word_for_missing_is_a_plain_name_or_keyword():
    """So that values that a short way takes as they are need no further look."""
    for word in [*missing._MISSING, *missing.NO_NAMES, "unknown, author", "author, unknown", "various, authors"]:
        for written in (word, word.title(), word.upper(), word.capitalize()):
            assert not author_names.are_plain_names(written), written
            assert word not in missing._MISSING or not fields.are_plain_keywords(written), written


@pytest.mark.parametrize("spoilt", [None, ("\n", "\r\n"), ("TY", "\ufeffTY"), ("e", "\0e"), ("Alder", "\udcff")])
def test_a_large_file_is_read_as_a_small_one(spoilt, monkeypatch):
    """Without its text in memory; bytes of another encoding go the long way."""
    files = [made(random.Random(seed)).replace(*(spoilt or ("", ""))) for seed in range(300)]
    files = [text.encode(errors="surrogateescape") for text in files]
    small = [said(data) for data in files]
    monkeypatch.setattr(importing, "LARGE", 8)
    assert [said(data) for data in files] == small


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
def test_a_real_export_is_read_alike(path, monkeypatch):
    data = path.read_bytes()
    short = said(data)
    take_no_short_way(monkeypatch)
    assert said(data) == short
