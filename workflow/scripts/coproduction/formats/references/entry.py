"""An entry while its tags become the fields of a record: what it says, and what was taken of it."""

import re
from functools import lru_cache

from coproduction.formats.references import cleaning
from coproduction.formats.references.field_plan import Places, Plan
from coproduction.formats.references.maps import FIELDS, Fields, RawEntry
from coproduction.formats.references.missing import MISSING_BEGINS, MISSING_SIGNS, is_missing, is_no_abstract, is_unsaid
from coproduction.formats.references.normal import unwrapped

BIBTEX = "BibTeX"
_NUMBERS = ("volume", "issue")
_EMPTY = dict.fromkeys(FIELDS, "")
_LANGUAGE = re.compile(r"\A\S+\. Language: ([A-Z][a-z]+)\.")
_KIND_OF_NUMBER = re.compile(r"[A-Z][A-Za-z ]+: (\S*\d\S*)\s*\Z")
_ESCAPED = re.compile(r"\\([_%&#~$])")


class Entry:
    """Values by tag (each once, in file order), the record being filled, and the tags used for it."""

    __slots__ = ("changed", "fmt", "record", "tags", "taken", "used", "values")

    def __init__(self, raw: RawEntry, places: Places, fmt: str) -> None:
        self.values = values_of(raw.fields) if raw.values is None else raw.values
        self.record = _EMPTY.copy()
        self.changed: dict[str, str] = {}
        self.used: set[str] = set()  # tags in `tags.left` of which every value is in the record or changed
        self.taken: set[tuple[str, str]] = set()  # single values of the other tags
        self.fmt = fmt
        self.tags: Plan = places.plan(tuple(self.values))

    def without(self, field: str, tag: str) -> None:
        """Let a tag not fill the field in this entry."""
        self.tags = self.tags.without(field, tag)

    def best(self, field: str) -> list[str]:
        """The values of the best tag for the field; that tag counts as used."""
        tags = self.tags.get(field)
        if tags is None:
            return []
        self.used.add(tags[0])
        return self.values[tags[0]]

    def every(self, field: str) -> list[tuple[str, str]]:
        """Tags and values that could fill the field, the best tag first."""
        tags = self.tags.get(field)
        if tags is None:
            return []
        return [(tag, value) for tag in tags for value in self.values[tag]]

    def take(self, tag: str, value: str) -> None:
        """Count one value of a tag as used."""
        if len(self.values[tag]) == 1:
            self.used.add(tag)
        else:
            self.taken.add((tag, value))

    def put(self, field: str, text: str, raw: str) -> None:
        self.record[field] = text
        if raw != text:
            self.changed[field] = raw

    def plain(self, value: str) -> str:
        return cleaning.clean_text(cleaning.clean_latex(value) if self.fmt == BIBTEX else value)

    def put_first(self, fields: tuple[str, ...]) -> None:
        """The first value, for each of several fields."""
        record, values, tags, tex = self.record, self.values, self.tags, self.fmt == BIBTEX
        for field in fields:
            tag_values = values[tags[field][0]]
            record[field] = text = (said_number if field in _NUMBERS else said)(tag_values[0], tex)
            if text != tag_values[0] or len(tag_values) > 1:
                self.put(field, text, "; ".join(tag_values))

    def put_title(self, field: str) -> None:
        """The first value without its full stop."""
        tag_values = self.values[self.tags[field][0]]
        value = tag_values[0]
        text = cleaning.clean_text(cleaning.clean_latex(value) if self.fmt == BIBTEX else value)
        if text.endswith(".") and not text.endswith(".."):
            text = text[:-1]
        self.record[field] = text
        if text is not value or len(tag_values) > 1:
            self.put(field, text, "; ".join(tag_values))

    def put_joined(self, field: str) -> None:
        """All values: an abstract may come in parts, a work may have several publishers."""
        tag_values = self.values[self.tags[field][0]]
        if len(tag_values) == 1 and field != "affiliations":
            value = tag_values[0]
            text = cleaning.clean_text(cleaning.clean_latex(value) if self.fmt == BIBTEX else value)
            if (len(text) < 50 and is_unsaid(text)) or (field == "abstract" and is_no_abstract(text)):
                text = ""
            elif field == "abstract" and text[:8] in HEADED:
                text = without_heading(value, text)
            self.record[field] = text
            if text is not value:
                self.put(field, text, value)
        else:
            glue = " " if field == "abstract" else "; "
            text = glue.join(dict.fromkeys(map(self.plain, tag_values)))
            if field == "affiliations" and ";" in text:
                text = "; ".join(p for p in text.split("; ") if not is_unsaid(p))
            elif is_unsaid(text):
                text = ""
            self.put(field, text, "; ".join(tag_values))

    def put_address(self, field: str) -> None:
        """The first word of the first value."""
        tag_values = self.values[self.tags[field][0]]
        first = next(iter(unwrapped(tag_values[0]).split(maxsplit=1)), "")
        if first.startswith("<"):
            first = ""  # EndNote's "<Go to ISI>://WOS:..." is an address for EndNote only
        if field == "accession":
            kind = _KIND_OF_NUMBER.match(tag_values[0])  # PsycINFO of Ovid: "Peer Reviewed Journal: 2020-12345-001"
            first = (kind[1] if kind else first).rstrip(".,;")
            language = _LANGUAGE.search(tag_values[0])  # CINAHL: "134567890. Language: English. Entry Date: …"
            if language and not self.record["language"]:
                self.record["language"] = language.group(1)
        if self.fmt == BIBTEX:
            first = unescape(first).replace("{", "").replace("}", "")
        self.put(field, first, "; ".join(tag_values))

    def rest(self) -> list[tuple[str, str]]:
        """What no field took, one line per tag."""
        left_over = []
        for tag in self.tags.left:
            if tag not in self.used:
                values = self.values[tag]
                unused_values = [v for v in values if (tag, v) not in self.taken] if self.taken else values
                if unused_values:
                    left_over.append((tag, "; ".join(unused_values)))
        return left_over


HEADED = ("Abstract", "ABSTRACT")
_MARKED = re.compile(r"\s*<(?:jats:)?title>\s*abstract\s*[:.]?\s*</", re.IGNORECASE)
_HEADING = re.compile(r"Abstract\s*[:\u2014\u2013.]\s*(?=\S)|ABSTRACT\s*[:\u2014\u2013.]?\s*(?=[A-Z]\S*\s+[a-z])")


def without_heading(value: str, text: str) -> str:
    """An abstract without the word "Abstract" above it, which is no part of what it says.

    >>> without_heading("Abstract: Doors matter.", "Abstract: Doors matter."), without_heading("Abstract art", "Abstract art")
    ('Doors matter.', 'Abstract art')
    """
    if _MARKED.match(value):
        return text[8:].lstrip(" :.")
    return _HEADING.sub("", text, count=1) if _HEADING.match(text) else text


@lru_cache(maxsize=50_000)
def said(value: str, tex: bool) -> str:
    """The plain text of a value, empty where it says that there is none; kept, since values recur."""
    text = cleaning.clean_text(cleaning.clean_latex(value) if tex else value)
    if text.endswith(";"):
        text = text.rstrip(" ;")
    return "" if len(text) < 50 and is_unsaid(text) else text


@lru_cache(maxsize=10_000)
def said_number(value: str, tex: bool) -> str:
    """The same of a volume or issue, as a bare number where it is one."""
    return cleaning.clean_number(said(value, tex))


def values_of(fields: Fields) -> dict[str, list[str]]:
    """The values of each tag that say something, each once, in file order."""
    values: dict[str, list[str]] = {}
    several = set()
    for tag, value in fields:
        if (value[:3] in MISSING_BEGINS or value[:1] in MISSING_SIGNS) and (not value or is_missing(value)):
            continue
        if tag in values:
            values[tag].append(value)
            several.add(tag)
        else:
            values[tag] = [value]
    for tag in several:
        values[tag] = list(dict.fromkeys(values[tag]))
    return values


def unescape(text: str) -> str:
    """`text` of BibTeX without the backslashes in front of signs."""
    return _ESCAPED.sub(r"\1", text)
