"""The zip archive of a REFI-QDA project: its XML and the texts beside it."""

import posixpath
import zipfile

from lxml import etree

from coproduction.core.errors import StudyError
from coproduction.core.text import some

NAMESPACE, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
LARGEST = 200_000_000  # bytes of one unpacked entry


def project_xml(archive: zipfile.ZipFile, path) -> etree._Element:
    """The root of the project; raises StudyError for anything else."""
    names = sorted(n for n in archive.namelist() if n.lower().endswith(".qde"))
    names = [n for n in names if not posixpath.basename(n).startswith("._")]  # what macOS packs beside each file
    if len(names) > 1:
        raise StudyError(
            f"the archive contains {len(names)} projects ({some(names)}), not one",
            file=path,
            remedy="Export each project to a separate file",
        )
    if not names:
        raise StudyError(
            "the archive contains no project (.qde)", file=path, remedy="Export the project again as REFI-QDA (.qdpx)"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(_entry(archive, names[0], path), parser)
    except etree.XMLSyntaxError as error:
        raise StudyError(
            f"{names[0]} in the archive is broken XML ({error.msg})",
            file=path,
            row=error.lineno,
            remedy="Export the project again as REFI-QDA (.qdpx)",
        ) from error
    if etree.QName(root).localname != "Project":
        raise StudyError(
            f"{names[0]} is not a project but <{etree.QName(root).localname}>",
            file=path,
            remedy="Export the whole project, not the codebook alone",
        )
    return root


def _entry(archive: zipfile.ZipFile, name: str, path) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise StudyError(f"{name} in the archive is too large", file=path, remedy="Export it again")
    return archive.read(name)


def source_text(source, archive, path) -> str:
    """The text of a source, a transcript or a representation: within the XML or beside it."""
    inline = source.findtext("{*}PlainTextContent")
    if inline is not None:
        return inline
    place = source.get("plainTextPath")
    if not place:
        raise StudyError(
            f"the source '{source.get('name')}' has no plain text",
            file=path,
            remedy="Export the project with its texts",
        )
    return text_at(place, archive, path)


def text_at(place: str, archive: zipfile.ZipFile, path) -> str:
    """A text of the archive; `internal://x` is Sources/x, other programs leave the scheme out."""
    name = place.split("://", 1)[-1].replace("\\", "/").lstrip("/")
    possible_names = {name.lower(), f"sources/{name.lower()}"}
    entries = [n for n in sorted(archive.namelist()) if n.lower() in possible_names]
    if not entries:
        base = posixpath.basename(name).lower()
        entries = [n for n in sorted(archive.namelist()) if posixpath.basename(n).lower() == base]
    if not entries:
        raise StudyError(
            f"the text {place} is not in the archive", file=path, remedy="Export the project with its texts included"
        )
    raw = _entry(archive, entries[0], path)
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise StudyError(
            f"the text {entries[0]} in the archive is not UTF-8", file=path, remedy="Export it again"
        ) from error
