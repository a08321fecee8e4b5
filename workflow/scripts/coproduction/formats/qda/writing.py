"""Projects for QDA programs, written in the exchange format REFI-QDA 1.5 (.qdpx)."""

from collections.abc import Mapping, Sequence

from lxml import etree

from coproduction.core.archives import guid, zipped
from coproduction.formats.qda.archive import CODEBOOK, NAMESPACE
from coproduction.formats.qda.project import Code, Coding

_Q = f"{{{NAMESPACE}}}"


def project_bytes(
    name: str,
    texts: Mapping[str, str],
    codes: Sequence[Code],
    codings: Sequence[Coding] = (),
    variables: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """A project with texts (by name of source), codes and codings; same content, same bytes.

    variables: by source what is known of its case, by the name of the variable (role, country); each
    source with any becomes a case. Folders and GUIDs follow what programs and the standard expect.
    Codes of one group are placed below a code of that name, which is not codable itself.
    """
    root = etree.Element(f"{_Q}Project", nsmap={None: NAMESPACE}, name=name, origin="co-production")
    coders = sorted({coding.coder for coding in codings})
    if coders:
        users = etree.SubElement(root, f"{_Q}Users")
        for coder in coders:
            etree.SubElement(users, f"{_Q}User", guid=guid("user", coder), name=coder)
    if codes:
        _write_codes(etree.SubElement(root, f"{_Q}CodeBook"), codes)
    cases = {s: known_values for s in texts if (known_values := _filled((variables or {}).get(s, {})))}
    if cases:
        _write_cases(root, cases)
    if texts:
        sources = etree.SubElement(root, f"{_Q}Sources")
        for source in texts:
            _write_source(sources, source, [c for c in codings if c.source == source])
    xml = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    entries = {"project.qde": xml}
    entries |= {f"sources/{guid('source', s)}.txt": t.encode() for s, t in texts.items()}
    return zipped(entries)


def codebook_bytes(codes: Sequence[Code]) -> bytes:
    """The codes alone as a REFI-QDA codebook (.qdc); same content, same bytes."""
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap={None: CODEBOOK}, origin="co-production")
    _write_codes(root, codes, f"{{{CODEBOOK}}}")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _write_codes(above, codes: Sequence[Code], _Q: str = _Q) -> None:
    top = etree.SubElement(above, f"{_Q}Codes")
    groups: dict[str, etree._Element] = {"": top}
    for code in codes:
        for depth in range(len(code.group.split(" / ")) if code.group else 0):
            parts = code.group.split(" / ")[: depth + 1]
            place, parent = " / ".join(parts), " / ".join(parts[:-1])
            if place not in groups:
                key = guid("group", place)
                groups[place] = etree.SubElement(
                    groups[parent], f"{_Q}Code", guid=key, name=parts[-1], isCodable="false"
                )
        element = etree.SubElement(
            groups[code.group], f"{_Q}Code", guid=guid("code", code.name), name=code.name, isCodable="true"
        )
        if code.description:
            etree.SubElement(element, f"{_Q}Description").text = code.description


def _filled(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if value}


def _write_cases(root, cases: Mapping[str, Mapping[str, str]]) -> None:
    """The variables and, for each source, a case with its values."""
    names = list(dict.fromkeys(name for values_of_case in cases.values() for name in values_of_case))
    declared = etree.SubElement(root, f"{_Q}Variables")
    for name in names:
        etree.SubElement(declared, f"{_Q}Variable", guid=guid("variable", name), name=name, typeOfVariable="Text")
    case_list = etree.SubElement(root, f"{_Q}Cases")
    for source, values_of_case in cases.items():
        case = etree.SubElement(case_list, f"{_Q}Case", guid=guid("case", source), name=source)
        for name, value in values_of_case.items():
            value_element = etree.SubElement(case, f"{_Q}VariableValue")
            etree.SubElement(value_element, f"{_Q}VariableRef", targetGUID=guid("variable", name))
            etree.SubElement(value_element, f"{_Q}TextValue").text = value
        etree.SubElement(case, f"{_Q}SourceRef", targetGUID=guid("source", source))


def _write_source(sources, source: str, codings: list[Coding]) -> None:
    """A text with its selections; memos are their descriptions, which every program keeps."""
    place = guid("source", source)
    element = etree.SubElement(
        sources, f"{_Q}TextSource", guid=place, name=source, plainTextPath=f"internal://{place}.txt"
    )
    for coding in sorted(codings, key=lambda c: (c.start, c.end, c.code, c.coder)):
        what = (source, coding.start, coding.end, coding.code, coding.coder)  # one more moves none
        selection = etree.SubElement(
            element,
            f"{_Q}PlainTextSelection",
            guid=guid("selection", *what),
            name=" ".join(coding.text.split())[:60],
            startPosition=str(coding.start),
            endPosition=str(coding.end),
            creatingUser=guid("user", coding.coder),
        )
        if coding.memo:
            etree.SubElement(selection, f"{_Q}Description").text = coding.memo
        coding_element = etree.SubElement(
            selection, f"{_Q}Coding", guid=guid("coding", *what), creatingUser=guid("user", coding.coder)
        )
        etree.SubElement(coding_element, f"{_Q}CodeRef", targetGUID=guid("code", coding.code))
