"""A PDF from Typst source: by the Python package of Typst, else by the Typst within Quarto.

Both are at hand where the report can be rendered. ReportLab and WeasyPrint were considered: each
would be one more dependency for what Typst does already.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coproduction.core.errors import StudyError

# STIX and DejaVu Sans ship with matplotlib, whose loading takes half a second and is not needed for a font.
FONTS = Path(getattr(find_spec("matplotlib"), "origin", "")).parent / "mpl-data" / "fonts" / "ttf"
# Those of the report: the letters of the figures, and what is set where these have no sign for something.
OF_REPORT = [
    *(f"STIXGeneral{style}.ttf" for style in ("", "Bol", "Italic", "BolIta")),
    *(f"DejaVuSans{style}.ttf" for style in ("", "-Bold")),
]


@lru_cache(maxsize=1 << 16)
def quoted(words: str) -> str:
    """Text of people as a Typst string: nothing in it is read as markup or code.

    Kept, since each comment of a panel is on the sheets of all the others.
    """
    return json.dumps(_printable(words), ensure_ascii=False).replace("\\/", "/")


def data(value: Any) -> str:
    """Lists, mappings, numbers and texts of people as a Typst value; nothing in them is read as markup or code.

    >>> data({"n": 1, "words": ["#a"]})
    'json(bytes("{\\\\"n\\\\": 1, \\\\"words\\\\": [\\\\"#a\\\\"]}"))'
    """
    return f"json(bytes({json.dumps(json.dumps(_cleaned(value), ensure_ascii=False), ensure_ascii=False)}))"


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return list(map(_cleaned, value)) if isinstance(value, list | tuple) else value


def _printable(words: str) -> str:
    if words.isprintable():
        return words
    return "".join(c if c.isprintable() or c == "\n" else " " for c in words)


def pdf(source: str) -> bytes:
    """The PDF of a Typst source, the same bytes on every run.

    Raises StudyError where neither Typst nor Quarto is at hand, or the source cannot be set.
    """
    return _alone().pdf(source)


class Typesetter:
    """Sets pages that share files: a file is read once, and what pages have in common is laid out once for all.

    Typst knows again what it has laid out for one of the last ten pages as long as it comes from the same place of the
    same file. To be used in `with`, since the files lie in a folder meanwhile.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._folder = ""

    def __enter__(self) -> "Typesetter":
        self._folder = tempfile.mkdtemp()
        for name, text in self._files.items():
            (Path(self._folder) / name).write_text(text, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder)

    def pdf(self, source: str) -> bytes:
        """The PDF of a source that imports or reads the files, as `pdf` has it."""
        try:
            import typst
        except ImportError:
            return _by_quarto(source, self._files)
        try:
            return self._compiler.compile(source.encode(), timestamp=0)
        except typst.TypstError as error:
            raise StudyError(f"Typst could not typeset the page: {error.message}") from error

    @cached_property
    def _compiler(self) -> Any:
        """One compiler for all pages."""
        import typst

        return typst.Compiler(root=self._folder or None, font_paths=_fonts())


@cache
def _fonts() -> Any:
    """The fonts, looked for once, which takes longer than to set a page."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@cache
def _alone() -> Typesetter:
    """What sets pages that share nothing."""
    return Typesetter({})


def _by_quarto(source: str, files: Mapping[str, str]) -> bytes:
    program = shutil.which("quarto")
    if not program:
        raise StudyError(
            "neither Typst nor Quarto is available to make a PDF",
            remedy="Install the packages of requirements/run.txt or run with --sdm conda",
        )
    with tempfile.TemporaryDirectory() as folder:
        source_file, pdf_file = Path(folder) / "page.typ", Path(folder) / "page.pdf"
        source_file.write_text(source, encoding="utf-8")
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        command = [program, "typst", "compile", "--font-path", str(FONTS)]
        command += ["--ignore-system-fonts", "--creation-timestamp", "0", str(source_file), str(pdf_file)]
        process = subprocess.run(command, capture_output=True, text=True, check=False)
        if process.returncode:
            raise StudyError(f"Quarto's Typst could not typeset the page: {process.stderr.strip()[:500]}")
        return pdf_file.read_bytes()
