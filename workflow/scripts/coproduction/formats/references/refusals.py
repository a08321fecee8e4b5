"""What a file is that cannot be imported, and how its records can be had.

R data (`.rda`, `.rds`) could be read with rdata or pyreadr (both considered); no database exports
it, so a line of R that writes a CSV is asked for instead of one more package.
"""

import bz2
import io
import lzma
import re
import zipfile
import zlib
from functools import partial

FORMATS = (
    "RIS, BibTeX, Web of Science, PubMed (NBIB or XML), EndNote (XML or tagged), RefWorks, Zotero "
    "(CSV, RDF or CSL-JSON), Scopus or other CSV, Excel, JSON of OpenAlex, Crossref and others"
)
_ANEW = "Export the search again as RIS (or in another format that can be read)"
_R_DATA = re.compile(rb"\A(?:RD[XAB][23]\n|[XAB]\n\x00\x00\x00[23])")
_PACKERS = {
    b"\x1f\x8b": partial(zlib.decompressobj, wbits=31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ": lzma.LZMADecompressor,
}
_PACKED = ("the file is packed", "Unpack it and put the export itself into searches/")
_MAGIC = (
    (b"%PDF", "a PDF document", _ANEW),
    (b"{\\rtf", "a text document (RTF)", "Save it as plain text, or export the search again as RIS"),
    (b"SQLite format 3", "a program's own database", "Export the library from the program as RIS"),
    (b"\x89PNG", "a picture", _ANEW), (b"\xff\xd8\xff", "a picture", _ANEW),
    (b"PAR1", "a Parquet table", "Save it as CSV UTF-8"),
)  # fmt: skip
BINARY = tuple(magic for magic, _, _ in _MAGIC) + tuple(_PACKERS)


def unpack(data: bytes) -> bytes | None:
    """The beginning of what a gzip, bzip2 or xz file holds; None for other files."""
    for magic, opener in _PACKERS.items():
        if data.startswith(magic):
            try:
                return opener().decompress(data, 4096)
            except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
                return b""
    return None


# fmt: off
_TEXTS = (
    (re.compile(r"\A\d{5}[a-z ]{4}[a ]22\d{5}"), "records in MARC 21 (ISO 2709)",
     "Export them as MARCXML or RIS"),
    (re.compile(r"<CitaviExchangeData\b"), "a Citavi project", "Export the project as RIS"),
    (re.compile(r"<doi_records\b|<crossref_result\b"), "Crossref's own XML",
     "Fetch the works as JSON or BibTeX"),
    (re.compile(r"xmlns:bibo="), "RDF of the Bibliographic Ontology",
     "Export the library as RIS or Zotero RDF"),
    (re.compile(r"(?m)^(?:Database: ?)?Ovid |Ovid Technologies"), "Ovid's citations as a text to read",
     "Export the search again as RIS or in the format Reprint/Medlars"),
)
_INSIDE = (
    ("word/", "a text document (Word)", "Export the search again as RIS"),
    ("content.xml", "an OpenDocument file", "Save it as .xlsx or as CSV UTF-8"),
    (".enl", "a compressed EndNote library", "Open it in EndNote and export it as RIS or XML"),
)
# fmt: on


def explain_workbook(data: bytes) -> tuple[str, str]:
    """Why a workbook cannot be read, as a sentence, and what to do about it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        problem = "the workbook is protected by a password"
        return problem, "Save it without the password, or as CSV UTF-8"
    problem = "this is not a readable Excel workbook"
    return problem, "Open it and save it again as .xlsx or as CSV UTF-8"


def explain_zip(data: bytes) -> tuple[str, str] | None:
    """What a packed file is that is no workbook, and what to do about it; None for workbooks."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if any(name.startswith("xl/") for name in names):
        return None
    for sign, kind, remedy in _INSIDE:
        if any(name.startswith(sign) or name.lower().endswith(sign) for name in names):
            return f"the file is {kind}, not an export", remedy
    return _PACKED


def explain(data: bytes, text: str = "") -> tuple[str, str]:
    """Why the file cannot be read, as a sentence, and what to do about it."""
    inside = unpack(data)
    if _R_DATA.match(data if inside is None else inside):
        remedy = (
            'Write its table with R, write.csv(M, "records.csv"), and put that CSV in its place'
        )
        return "the file is R data, not an export", remedy
    if inside is not None:
        return _PACKED
    for magic, kind, remedy in _MAGIC:
        if data.startswith(magic):
            return f"the file is {kind}, not an export", remedy
    if re.match(r"\s*(?:<!doctype html|<html)", text[:2000], re.IGNORECASE):
        return "the file is a web page, not an export (perhaps a log-in was needed)", _ANEW
    for sign, kind, remedy in _TEXTS:
        if sign.search(text[:5000]):
            return f"the file is {kind}, not an export that can be read", remedy
    remedy = "Export the search again in one of them, or move the file out of searches/"
    return f"the file is in none of the formats that can be read ({FORMATS})", remedy
