"""MARCXML of library catalogues, under the names of table columns.

pymarc (considered) reads MARC 21 whole; the dozen fields that a bibliographic record needs are one
table here, and all other fields are handed on under their numbers.
"""

from coproduction.formats.references.markup import Pairs, name_of, text_of

# Field, subfields that are joined, name of the column.
_FIELDS = {
    "020": (("a", "isbn"),), "022": (("a", "issn"),), "041": (("a", "language"),),
    "250": (("a", "edition"),), "260": (("a", "place"), ("b", "publisher"), ("c", "year")),
    "264": (("a", "place"), ("b", "publisher"), ("c", "year")), "300": (("a", "extent"),),
    "490": (("av", "series"),), "500": (("a", "notes"),), "502": (("abcd", "document type"),),
    "520": (("ab", "abstract"),), "650": (("ax", "keywords"),), "653": (("a", "keywords"),),
    "655": (("a", "type"),), "856": (("u", "url"),),
    "773": (("t", "journal"), ("g", "part"), ("x", "issn"), ("z", "isbn")),
}  # fmt: skip
_PEOPLE = ("100", "110", "111", "700", "710", "711")
_EDITOR = ("edt", "ed.", "editor", "hrsg", "herausgeber")


def marc_fields(record) -> Pairs:
    """Fields of a MARC <record>."""
    for node in record:
        if name_of(node) == "datafield":
            parts = [(n.get("code") or "", text_of(n)) for n in node if name_of(n) == "subfield"]
            yield from _datafield(node.get("tag") or "", parts)
        elif name_of(node) == "controlfield":
            yield ("id" if node.get("tag") == "001" else node.get("tag") or ""), text_of(node)
        elif name_of(node):
            yield name_of(node), text_of(node)


def _datafield(tag: str, parts: list[tuple[str, str]]) -> Pairs:
    used = ""
    if tag == "245":
        used = "abnp"
        yield "title", ": ".join(v.rstrip(" /:;,") for c, v in parts if c in used)
    elif tag in _PEOPLE:
        used = "a"
        role = " ".join(v.lower() for c, v in parts if c in "4e")
        name = " ".join(v for c, v in parts if c == "a").rstrip(" ,")
        yield ("editor" if any(word in role for word in _EDITOR) else "author"), name
    elif tag == "024":
        kind = next((v.lower() for c, v in parts if c == "2"), "")
        used = "a" if kind == "doi" else ""
        yield "doi", " ".join(v for c, v in parts if c in used)
    for codes, column in _FIELDS.get(tag, ()):
        used += codes
        yield column, " ".join(v for c, v in parts if c in codes).rstrip(" /:;,")
    yield from ((f"{tag}${code}", value) for code, value in parts if code not in used)
