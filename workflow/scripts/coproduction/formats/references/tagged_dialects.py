"""How the tagged exports of RIS, PubMed, Web of Science, EndNote (Refer), RefWorks, Ovid, Cochrane and CNKI mark
their lines, entries and values.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from coproduction.formats.references.plain_ris import RIS_TAGS

Split = Callable[[str], tuple[str, str] | None]

_RIS_LINE = re.compile(r"[ \t\u200b]{0,3}([A-Z][A-Z0-9])([ \t\xa0]{0,3})[-\u2010-\u2015](.*)", re.DOTALL)
_NBIB_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|)\Z", re.DOTALL)
_WOS_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)\Z", re.DOTALL)
_REFER_LINE = re.compile(r"%([A-Z0-9@!?$*^+~&<>#()\[\]=,])(?:[ \t](.*)|)\Z", re.DOTALL)
_COCHRANE_LINE = re.compile(r"(Record #|[A-Z][A-Z0-9]{1,2}: ?)(.*)\Z", re.DOTALL)
_NOTEEXPRESS_LINE = re.compile(r"\{([A-Z][A-Za-z/ ]{1,40})\} ?: ?(.*)\Z", re.DOTALL)
_ESTUDY_LINE = re.compile(r"(DataType(?=:)|[A-Z][A-Za-z]{2,12}(?=-[^\x00-\x7f]))[^:]{0,20}: ?(.*)\Z", re.DOTALL)
_OVID_LINE = re.compile(r" ?(?:([A-Z][A-Z0-9]{1,4}) {1,2}- (.*)|(<\d+(?:\. ?)?>)\s*)\Z", re.DOTALL)
_LOOSE = RIS_TAGS - {"SO", "NO", "US", "PG", "YR"}  # those of Cochrane are words too
_DOI_LINE = re.compile(r"DOI {0,2}- ?(?=10\.)")


def split_ris(line: str) -> tuple[str, str] | None:
    """Tag and value of "TI  - value"; a known tag may have lost or gained a space."""
    if line[2:5] == "  -" and line[:2] in RIS_TAGS:
        return line[:2], line[5:]
    match = _RIS_LINE.match(line)
    if not match:
        doi = _DOI_LINE.match(line)  # of Cochrane
        return ("DO", line[doi.end() :]) if doi else None
    tag, gap, value = match.groups()
    exact = len(gap) == 2
    loose = tag in _LOOSE and (not value or value[0] in " \t\xa0" or tag in ("TY", "ER"))
    return (tag, value) if exact or loose else None


def _split_cochrane(line: str) -> tuple[str, str] | None:
    match = _COCHRANE_LINE.match(line)
    return (match.group(1).rstrip(": #"), match.group(2)) if match else None


def _split_ovid(line: str) -> tuple[str, str] | None:
    match = _OVID_LINE.match(line)
    if not match:
        return None
    return ("<", match.group(3)) if match.group(3) else (match.group(1), match.group(2))


def _split_refworks(line: str) -> tuple[str, str] | None:
    """CNKI writes the tag of the volume in small letters."""
    match = _WOS_LINE.match(f"VO{line[2:]}" if line[:3] == "vo " else line)
    return (match.group(1), match.group(2) or "") if match else None


def _split_by(pattern: re.Pattern) -> Split:
    def split(line: str) -> tuple[str, str] | None:
        match = pattern.match(line)
        return (match.group(1), match.group(2) or "") if match else None

    return split


@dataclass(frozen=True)
class Dialect:
    """How one tagged format marks its lines.

    `split` gives tag and value of a tagged line; an untagged line after a tag of `lists` is another
    value, after any other tag it is another line of the same value. After a tag of `broken`, whose values
    are one a line, it goes on with the line before where that was full. `start` is the tag that every
    entry begins with, where there is one.
    """

    split: Split
    start: str
    end: str = ""
    header: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    blank_ends: bool = False
    once: frozenset[str] = frozenset()  # a second one of these begins another entry
    broken: frozenset[str] = frozenset()


RIS = Dialect(split_ris, "TY", "ER", lists=frozenset({"KW", "AU", "A1", "UR", "L1", "L2"}))
# ERIC writes OWN where PubMed has its number; neither has two of it in one entry. PubMed repeats the tags of keywords and
# authors for each and breaks a long one, often the name of a group, where the line has some 85 signs.
NBIB = Dialect(
    _split_by(_NBIB_LINE),
    "PMID",
    blank_ends=True,
    once=frozenset({"OWN"}),
    broken=frozenset({"OT", "MH", "CN", "FAU", "AU", "FED", "ED"}),
)
WOS = Dialect(
    _split_by(_WOS_LINE),
    "PT",
    "ER",
    header=frozenset({"FN", "VR", "EF"}),
    lists=frozenset({"AU", "AF", "BA", "BF", "BE", "ED", "CR", "CA"}),
)
REFER = Dialect(_split_by(_REFER_LINE), "", lists=frozenset({"A", "K"}), blank_ends=True, once=frozenset({"0", "T"}))
REFWORKS = Dialect(_split_refworks, "RT", blank_ends=True)
OVID = Dialect(_split_ovid, "<", lists=frozenset({"AU", "IN", "DE", "MH"}))
COCHRANE = Dialect(_split_cochrane, "Record")
NOTEEXPRESS = Dialect(_split_by(_NOTEEXPRESS_LINE), "Reference Type")
ESTUDY = Dialect(_split_by(_ESTUDY_LINE), "DataType")
