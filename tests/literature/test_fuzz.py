"""Whatever an export looks like: never a traceback, never a lost entry, never quadratic time."""

import time

import pytest
from coproduction.errors import StudyError
from coproduction.literature import cleaning, decoding, formats, ids, maps
from coproduction.literature.importing import read_file
from hypothesis import example, given, settings
from hypothesis import strategies as st

from .test_importing import EXPORTS

FORMS = sorted(EXPORTS)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]
SMALL = settings(max_examples=150, deadline=None)


def read(data: bytes):
    """What a file gives, or None where the file as a whole is refused with a sentence."""
    try:
        return read_file("fuzz.txt", data)
    except StudyError:
        return None


@SMALL
@given(st.sampled_from(FORMS), st.sampled_from(ENCODINGS), st.floats(0, 1), st.floats(0, 1))
def test_cut_anywhere(form, encoding, start, end):
    data = EXPORTS[form].encode(encoding)
    read(data[int(start * len(data)) : int(end * len(data))])
    one = read(data[: int(end * len(data))])
    if one:
        assert one.found == len(one.entries) + len(one.refused) <= 3


@SMALL
@given(
    st.sampled_from(FORMS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=8)
)
def test_bytes_put_anywhere(form, insertions):
    data = EXPORTS[form].encode()
    for place, noise in insertions:
        at = int(place * len(data))
        data = data[:at] + noise + data[at:]
    read(data)


@SMALL
@given(st.binary(max_size=400))
def test_any_bytes(data):
    read(data)


@SMALL
@given(st.sampled_from([f for f in FORMS if f not in ("JSON", "EndNote XML")]), st.data())
def test_lines_dropped_doubled_or_swapped_lose_no_tagged_entry(form, data):
    lines = EXPORTS[form].split("\n")
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
        for clean in (cleaning.clean_text, cleaning.clean_latex, cleaning.clean_pages,
                      cleaning.clean_type, cleaning.order_name, ids.normalise_doi,
                      ids.normalise_words, ids.family_name, ids.normalise_year):  # fmt: skip
            assert isinstance(clean(value), str)
    assert all(cleaning.split_authors(values))
    assert all(cleaning.bibtex_authors(values[0]))
    assert ids.normalise_doi(ids.normalise_doi(values[0])) == ids.normalise_doi(values[0])


@SMALL
@given(st.text(alphabet="aäéßøčЖ公 -'’“”–€œ", max_size=60))
def test_mojibake_is_turned_back(text):
    wrong = "".join(bytes([b]).decode("latin-1") for b in text.encode())
    assert decoding.mend_mojibake(wrong) == decoding.mend_mojibake(text)


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
    for form in (formats.RIS, formats.NBIB, formats.WOS, formats.REFER, formats.BIBTEX,
                 formats.SHEET, formats.JSON, formats.ENDNOTE, formats.JSTOR):  # fmt: skip
        assert set(form.fields) <= known
