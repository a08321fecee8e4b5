"""Whether a study's config file can be read at all, said before Snakemake loads it.

Snakemake answers a missing file or one in another encoding with a traceback, and a slip in the YAML
without file and line. `make CONFIG=…` asks here first; what the settings mean is checked in `config`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from coproduction.core.errors import StudyError, raise_all

# What YAML makes of a line, by words of its own message: what is wrong, and what to do
_SLIPS = {
    "'\\t'": ("the line begins with a tab", "Indent with spaces"),
    "mapping values": ("there is a second colon in the line", "Put a text that contains a colon in quotation marks"),
    "escape": (
        "a backslash stands between double quotation marks",
        "Write paths with / or between single ones: 'C:\\study'",
    ),
    "cannot start any token": (
        "a text begins with a sign that means something else",
        "Put the text in quotation marks",
    ),
    "undefined alias": ("a text begins with *, which means something else", "Put the text in quotation marks"),
    "another document": ("--- begins a second document, which would not count", "Take the line out"),
    "end of stream": ("a quotation mark is not closed", "Close it"),
    "could not find expected ':'": (
        "the line has no colon, or goes on with what the line above began",
        "Write `name: value`, indent a line that goes on, and close quotation marks",
    ),
    "expected <block end>": (
        "the line does not go with those above it",
        "Indent settings of one section alike, and put all of a text in quotation marks or none of it",
    ),
}
_LOOKS_BLANK = re.compile("[ ]*[\u00a0\u200b\u2007\u202f\u2060\u3000\ufeff]")
_CUT = re.compile(r"\s+#\S")  # `Study #1`: what follows counts as a comment
_OTHER_NUMBER = re.compile(r"[-+]?(?:0[0-7_]+|0b[01_]+|\d+(?::[0-5]?\d)+(?:\.\d*)?|[1-9]\d{0,2}\.000)")
HOUSE = Path(__file__).resolve().parents[3]  # the checkout, whose report/ and config/ a study builds on


def check_config_file(path: Path) -> None:
    """Raise StudyError where the file is missing, not UTF-8, no YAML or without settings."""
    try:
        raw = path.read_bytes()
        if raw.startswith((b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
            remedy = "Save it as plain text (UTF-8)"
            raise StudyError("this is a file of a word processor, not plain text", file=path, remedy=remedy)
        text = raw.decode("utf-8-sig")
        raise_all([error for line in enumerate(text.splitlines(), start=1) for error in _looks_blank(*line, path)])
        loader = yaml.SafeLoader(text)
        settings = loader.get_single_node()
        values = loader.construct_document(settings) if settings else None
    except (FileNotFoundError, IsADirectoryError) as error:
        remedy = "Name your config file: make CONFIG=my-study.yaml"
        raise StudyError("there is no such file", file=path, remedy=remedy) from error
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        remedy = "Save it again as plain text in UTF-8"
        raise StudyError("the file is not valid UTF-8", file=path, row=row, remedy=remedy) from error
    except yaml.YAMLError as error:
        raise _slip(error, path) from error
    if not isinstance(values, dict):
        remedy = "Write one setting a line, as `study: my-study`"
        raise StudyError("the file holds no settings", file=path, remedy=remedy)
    raise_all([_twice(name, row, path) for name, row in _given_twice(settings, "")])
    raise_all(list(_misread(settings, text.splitlines(), path)))


def _looks_blank(row: int, line: str, path: Path) -> Iterator[StudyError]:
    if _LOOKS_BLANK.match(line) and line.strip():
        remedy = "Delete what is before the first letter and indent with spaces"
        yield StudyError("the line begins with a sign that only looks like a blank", file=path, row=row, remedy=remedy)


def _misread(node: yaml.Node | None, lines: list[str], path: Path) -> Iterator[StudyError]:
    """Values of which YAML takes another thing than a reader does: cut at a #, or another number."""
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        row, text = node.end_mark.line + 1, node.value
        rest = lines[row - 1][node.end_mark.column :] if row <= len(lines) else ""
        if _CUT.match(rest) and node.tag.endswith((":str", ":null", ":int", ":float")):
            problem = f"what follows '{text}' counts as a comment: {rest.strip()}"
            remedy = "Put the whole text in quotation marks, or leave a blank behind the # of a comment"
            yield StudyError(problem, file=path, row=row, remedy=remedy)
        elif node.tag.endswith((":int", ":float")) and _OTHER_NUMBER.fullmatch(text):
            value = yaml.SafeLoader("").construct_object(node)
            remedy = f'Put a text in quotation marks ("{text}"), and write a number without leading noughts and marks for thousands'
            yield StudyError(f"YAML reads {text} as the number {value:g}", file=path, row=row, remedy=remedy)
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _misread(entry, lines, path)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _misread(value, lines, path)


def _given_twice(node: yaml.Node | None, place: str) -> Iterator[tuple[str, int]]:
    """Settings that come again in the same section, with the row; YAML would take the last without a word."""
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _given_twice(entry, place)
    if not isinstance(node, yaml.MappingNode):
        return
    names = set()
    for key, value in node.value:
        name = f"{place}{getattr(key, 'value', key)}"
        if name in names:
            yield name, key.start_mark.line + 1
        names.add(name)
        yield from _given_twice(value, f"{name}.")


def _twice(name: str, row: int, path: Path) -> StudyError:
    remedy = "Keep one of them, with everything that belongs below it"
    return StudyError(
        f"the setting '{name}' appears twice, and only one would count", file=path, row=row, remedy=remedy
    )


def _slip(error: yaml.YAMLError, path: Path) -> StudyError:
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in str(getattr(error, "problem", "")):
        mark = getattr(error, "context_mark", None) or mark  # where what is not closed begins
    problem = str(getattr(error, "problem", None) or error)
    otherwise = (problem, "Compare the line, and the one above it, with config/config.yaml")
    problem, remedy = next((said for words, said in _SLIPS.items() if words in problem), otherwise)
    return StudyError(problem, file=path, row=mark.line + 1 if mark else None, remedy=remedy)


if __name__ == "__main__":
    try:
        check_config_file(Path(sys.argv[1]))
    except StudyError as problem:
        sys.exit(str(problem))
