"""Whatever an export looks like: never a traceback, never a lost entry, never quadratic time."""

import os
import time

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.text import normalise
from coproduction.formats.references import author_names, cleaning, decoding, maps, normal, recognising, writing
from coproduction.literature.importing import read_file
from coproduction.literature.tables import RECORDS, table_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ...literature.test_importing import EXPORTS
from .test_platforms import PLATFORMS

ALL = EXPORTS | PLATFORMS
FORMS = sorted(ALL)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]
SEARCHING = os.environ.get("HYPOTHESIS_PROFILE") == "search"
SMALL = settings(max_examples=3000 if SEARCHING else 60, deadline=None)


def read(data: bytes):
    """What a file gives, or None where the file as a whole is refused with a sentence."""
    try:
        return read_file("fuzz.txt", data)
    except StudyError:
        return None


@SMALL
@given(st.sampled_from(FORMS), st.sampled_from(ENCODINGS), st.floats(0, 1), st.floats(0, 1))
def test_cut_anywhere(form, encoding, start, end):
    data = ALL[form].encode(encoding)
    read(data[int(start * len(data)) : int(end * len(data))])
    one = read(data[: int(end * len(data))])
    if one:
        assert one.found == len(one.entries) + len(one.refused) <= 3


# Formats in which many entries stand one after the other.
ONE = {
    "RIS": "TY  - JOUR\nTI  - Title {i}\nAB  - Line one\nline two - with - dashes\nER  - \n\n",
    "BibTeX": "@article{{a{i},\n  title = {{Title {i}}},\n  note = {{of {{nested}} braces}},\n}}\n\n",
    "PubMed NBIB": "PMID- {i}\nTI  - Title {i}\nAB  - Line one\n      line two\n\n",
    "EndNote tagged": "%0 Journal Article\n%T Title {i}\n%X Line one\nline two\n\n",
    "Web of Science tagged": "PT J\nTI Title {i}\nAB Line one\n   line two\nER\n\n",
    "RefWorks tagged": "RT Journal\nT1 Title {i}\nAB Line one\n\n",
}


def many(form: str, count: int) -> list[str]:
    return [ONE[form].format(i=i + 1) for i in range(count)]


@SMALL
@given(st.sampled_from(sorted(ONE)), st.integers(1, 12), st.floats(0, 1), st.sampled_from(ENCODINGS))
def test_every_entry_before_a_cut_is_read(form, count, where, encoding):
    entries = many(form, count)
    text = "".join(entries)
    cut = int(where * len(text))
    whole = sum(len("".join(entries[: k + 1]).rstrip()) <= cut for k in range(count))
    one = read(text[:cut].encode(encoding))
    titles = [e["title"] for e in one.entries] if one else []
    assert titles[:whole] == [f"Title {i + 1}" for i in range(whole)]


@SMALL
@given(
    st.sampled_from(sorted(ONE)),
    st.integers(1, 8),
    st.lists(
        st.tuples(st.integers(0, 7), st.from_regex(r"[A-Z%@][A-Z0-9]( {0,3}- | |=)[a-z {}]{0,12}", fullmatch=True)),
        max_size=6,
    ),
)
def test_random_tags_within_entries_lose_none(form, count, insertions):
    entries = many(form, count)
    for at, line in insertions:
        if at < count and not line.startswith(("TY", "PT", "RT", "ER", "EF", "PM", "@", "%")):
            head, rest = entries[at].split("\n", 1)
            entries[at] = f"{head}\n{line.replace('{', '').replace('}', '')},\n{rest}"
    one = read("".join(entries).encode())
    titles = [e["title"] for e in one.entries]
    for i in range(count):
        assert sum(t == f"Title {i + 1}" for t in titles) == 1 or one.found >= count


@SMALL
@given(st.sampled_from(FORMS), st.sampled_from(ENCODINGS), st.sampled_from(ENCODINGS), st.floats(0, 1))
def test_encodings_swapped_within_a_file(form, first, second, where):
    text = ALL[form]
    cut = int(where * len(text))
    read(text[:cut].encode(first, "replace") + text[cut:].encode(second, "replace"))


@SMALL
@given(st.sampled_from(FORMS), st.sampled_from(FORMS), st.floats(0, 1), st.floats(0, 1))
def test_two_exports_in_one_file(first, second, a, b):
    one, two = ALL[first], ALL[second]
    read((one[: int(a * len(one))] + two[int(b * len(two)) :]).encode())


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs"), include_characters=" "),
    max_size=50,
).map(lambda t: " ".join(t.split()))


@SMALL
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4), st.sampled_from(["ris", "bib", "json", "csv"]))
def test_exports_of_any_words_come_back_as_many(works, kind):
    rows = [
        {
            "record": f"r{i}",
            "title": f"Title {i} {title}",
            "abstract": abstract,
            "year": "2019",
            "source": source,
            "authors": "Alder, B.",
            "type": "article",
            "doi": f"10.5555/{i}",
        }
        for i, (title, abstract, source) in enumerate(works)
    ]
    records = table_of(rows, RECORDS)
    make = {
        "ris": writing.to_ris,
        "bib": writing.to_bibtex,
        "json": writing.to_csl,
        "csv": lambda r: writing.to_table(r).to_csv(index=False),
    }
    one = read(make[kind](records).encode())
    assert [e["doi"] for e in one.entries] == [r["doi"] for r in rows]
    assert one.refused == []
    back = [normalise(e["title"]) for e in one.entries]
    if not any(set("<&\\{}~^$%_#") & set(r["title"]) for r in rows):
        plain = [normalise(cleaning.clean_text(r["title"])) for r in rows]
        assert back == plain


@SMALL
@given(st.sampled_from(FORMS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=8))
def test_bytes_put_anywhere(form, insertions):
    data = ALL[form].encode()
    for place, noise in insertions:
        at = int(place * len(data))
        data = data[:at] + noise + data[at:]
    read(data)


@SMALL
@given(st.sampled_from(FORMS), st.sampled_from(ENCODINGS), st.data())
def test_mixed_line_ends_and_zero_characters_change_nothing(form, encoding, data):
    lines = ALL[form].split("\n")
    few = st.lists(st.integers(0, len(lines) - 1), max_size=3)
    alone = data.draw(st.sampled_from("\n\r"))  # both would make one end of two
    ends = data.draw(st.lists(st.sampled_from([alone, "\r\n"]), min_size=1, max_size=5))
    zeros = data.draw(few)
    mixed = "".join(line + "\0" * (i in zeros) + ends[i % len(ends)] for i, line in enumerate(lines))
    whole = read((ALL[form] + "\n").encode(encoding, "replace"))
    one = read(mixed.encode(encoding, "replace"))
    assert one.entries == whole.entries
    assert one.refused == whole.refused


@SMALL
@given(st.binary(max_size=400))
def test_any_bytes(data):
    read(data)


@SMALL
@given(st.sampled_from([f for f in FORMS if f not in ("JSON", "EndNote XML")]), st.data())
def test_lines_dropped_doubled_or_swapped_lose_no_tagged_entry(form, data):
    lines = ALL[form].split("\n")
    order = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=2 * len(lines)))
    read("\n".join(lines[i] for i in order).encode())


@SMALL
@given(st.integers(1, 30), st.sets(st.integers(0, 29)), st.booleans())
def test_every_ris_entry_is_found_whatever_end_tags_are_missing(n, missing, blank):
    text = "".join(
        f"TY  - JOUR\nTI  - Title {i}\nAB  - Line one\nline two - with - dashes\n"
        + ("" if i in missing else "ER  - \n")
        + ("\n" if blank else "")
        for i in range(n)
    )
    one = read(text.encode())
    assert [e["title"] for e in one.entries] == [f"Title {i}" for i in range(n)]


@SMALL
@example([","])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_every_function_of_values_is_total(values):
    for value in values:
        for clean in (
            cleaning.clean_text,
            cleaning.clean_latex,
            cleaning.clean_pages,
            cleaning.clean_type,
            author_names.order_name,
            normal.normalise_doi,
            normalise,
            normal.family_name,
            normal.normalise_year,
        ):
            assert isinstance(clean(value), str)
    assert all(author_names.split_authors(values))
    assert all(author_names.bibtex_authors(values[0]))
    assert normal.normalise_doi(normal.normalise_doi(values[0])) == normal.normalise_doi(values[0])


@SMALL
@given(st.text(alphabet="aäéßøčЖ公 -'’“”–€œ", max_size=60))
def test_mojibake_is_turned_back(text):
    wrong = "".join(bytes([b]).decode("latin-1") for b in text.encode())
    assert decoding.repair_mojibake(wrong) == decoding.repair_mojibake(text)


LONG = {
    "one word": b"TY  - JOUR\nTI  - " + b"a" * 400_000,
    "open tags": b"TY  - JOUR\nTI  - " + b"<i " * 130_000,
    "open brackets": b"TY  - JOUR\nTI  - " + b"[(" * 150_000 + b"\nER  - \n",
    "open entities": b"TY  - JOUR\nTI  - " + b"&amp;" * 60_000,
    "open quotes": b"Title,DOI\n" + b'"a,\n' * 60_000,
    "open braces": b"@article{a,\n" + b"title = {" * 60_000,
    "entries that never close": b"@article{a, title = {x\n" * 30_000,
    "names": b"TY  - JOUR\nAU  - " + b"A. B., " * 60_000,
    "authors joined": b"@article{a, author = {" + b"A and " * 60_000 + b"}}",
    "open objects": b'[{"a":' * 60_000,
    "open elements": b"<xml><records>" + b"<record><title>" * 20_000,
    "digits": b"TY  - JOUR\nSP  - " + b"1" * 300_000 + b"\nDO  - " + b"10.1" * 80_000,
    "blank lines": b"PMID- 1\n" + b"\n" * 300_000,
    "one field of many lines": b"TY  - JOUR\nAB  - x\n" + b"more text\n" * 40_000,
    "stray lines": b"TY  - JOUR\nTI  - x\nER  - \n" + b"stray\n" * 60_000,
}


@pytest.mark.parametrize("name", list(LONG))
def test_time_is_linear(name):
    started = time.process_time()
    read(LONG[name])
    assert time.process_time() - started < 8


def test_every_format_has_a_map_of_known_fields():
    known = {*maps.FIELDS, "start", "end", "doi_url", "pmid_url"}
    for form in (
        recognising.RIS,
        recognising.NBIB,
        recognising.WOS,
        recognising.REFER,
        recognising.BIBTEX,
        recognising.SHEET,
        recognising.JSON,
        recognising.ENDNOTE,
        recognising.JSTOR,
    ):
        assert set(form.fields) <= known
