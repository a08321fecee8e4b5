"""Whether a study's config file can be read at all, said before Snakemake loads it.

Snakemake answers a missing file or one in another encoding with a traceback, and a slip in the YAML
without file and line. `make CONFIG=…` asks here first; what the settings mean is checked in `config`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from coproduction.core.errors import StudyError, raise_all

HOUSE = Path(__file__).resolve().parents[3]  # the checkout, whose report/ and config/ a study builds on


def check_config_file(path: Path) -> None:
    """Raise StudyError where the file is missing, not UTF-8, no YAML or without settings."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
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
    remedy = "Keep one of them, with all that belongs below it"
    return StudyError(
        f"the setting '{name}' is given twice, and only one would count", file=path, row=row, remedy=remedy
    )


def _slip(error: yaml.YAMLError, path: Path) -> StudyError:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    if "'\\t'" in problem:
        problem, remedy = "the line begins with a tab", "Indent with spaces"
    elif "mapping values" in problem:
        problem = "there is a second colon in the line"
        remedy = "Put a text that contains a colon in quotation marks"
    else:
        remedy = "Compare the line, and the one above it, with config/config.yaml"
    return StudyError(problem, file=path, row=mark.line + 1 if mark else None, remedy=remedy)


if __name__ == "__main__":
    try:
        check_config_file(Path(sys.argv[1]))
    except StudyError as problem:
        sys.exit(str(problem))
