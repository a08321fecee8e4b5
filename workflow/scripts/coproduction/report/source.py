"""The source of the report: prose, fragments and figures put together in one build folder.

Quarto scans every file of a project and writes intermediates beside the source, so the report is
staged in a folder of its own. The text is checked on the way: an executable cell would have to be
computed by one engine and becomes inline code without a word in the other, so it is refused.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from coproduction.core import tables
from coproduction.core.errors import StudyError, raise_all

TEXTS = {".qmd", ".md"}
INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$")
MAIN = "ecosystem.qmd"

_REFUSED = [
    (re.compile(r"^\s*(`{3,}|~{3,})\s*\{\s*[A-Za-z]"), "an executable code cell"),
    (re.compile(r"`\{?(python|r|julia)\}?\s[^`]+`"), "inline code that would be executed"),
    (re.compile(r"^\s*(`{3,}|~{3,})\s*\{="), "raw output for one format"),
    (re.compile(r"^\s*:{3,}.*\.panel-tabset"), "a tabset"),
    (re.compile(r"^\s*</?[A-Za-z][^>]*>"), "raw HTML"),
    (re.compile(r"\{\{<(?!\s*include\b)"), "a shortcode other than include"),
]
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")


def stage(
    prose: Mapping[str, str],
    fragments: Mapping[str, Path],
    figures: Mapping[str, Path],
    bibliography: Path,
    about: Mapping[str, object],
    build: Path,
) -> None:
    """Fill `build` anew with everything that the report is rendered from.

    `prose` maps the outline, sections and styles to their files; `fragments` and `figures` map a path
    below `fragments/` and `figures/` to the file it comes from; `bibliography` holds the references
    of the codebook; `about` the title, authors, date and language. Includes without a fragment get a
    sentence that says so. Raises StudyError for constructs that only one engine understands.
    """
    if build.exists():
        shutil.rmtree(build)
    for folder, files in (("", prose), ("fragments", fragments), ("figures", figures)):
        for name, file in sorted(files.items()):
            target = build / folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    shutil.copyfile(bibliography, build / "references.bib")
    tables.write_text(metadata(about), build / "study.yml")
    tables.write_text(_script(build / "reading.js"), build / "reading.html")
    _fill_gaps(build)
    raise_all(list(refused(build)))


def metadata(about: Mapping[str, object]) -> str:
    """The title, authors and so on of the report as YAML (JSON values are YAML), empty ones left out."""
    return "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items() if value
    )


def names_of(paths: Sequence[str]) -> dict[str, Path]:
    """`topics/prevalence.svg` for `…/topics/figures/prevalence.svg`, of fragments as of figures."""
    return {f"{path.parent.parent.name}/{path.name}": path for path in map(Path, paths)}


def page_names(folders: str | Sequence[str]) -> dict[str, Path]:
    """`delphi/pages/change-1.svg` for each figure in a folder `…/delphi/figures/pages`."""
    folders = [folders] if isinstance(folders, str) else folders
    return {
        f"{folder.parent.parent.name}/{folder.name}/{file.name}": file
        for folder in map(Path, folders)
        for file in sorted(folder.iterdir())
        if file.suffix in (".svg", ".pdf")
    }


def _script(path: Path) -> str:
    return f"<script>\n{path.read_text(encoding='utf-8')}</script>\n"


def _fill_gaps(build: Path) -> None:
    """Write a sentence for every fragment that the outline includes and no technique has left."""
    for name in includes(build / MAIN):
        if name.startswith("fragments/") and not (build / name).exists():
            tables.write_text("This part of the study has not begun.", build / name)


def includes(path: Path) -> list[str]:
    """The files that `path` includes, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [found.group(1) for line in lines if (found := INCLUDE.match(line))]


def refused(build: Path) -> Iterator[StudyError]:
    """One error for each construct in the staged texts that the report must not contain."""
    for path in sorted(p for p in build.rglob("*") if p.suffix in TEXTS):
        inside = ""
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            fence = _FENCE.match(line)
            for pattern, what in () if inside else _REFUSED:
                if pattern.search(line):
                    yield _refusal(what, path.relative_to(build), row)
                    break
            if fence:
                mark = fence.group(1)[:3]
                inside = mark if not inside else ("" if mark == inside else inside)


def _refusal(what: str, path: Path, row: int) -> StudyError:
    return StudyError(
        f"the report contains {what}",
        file=path,
        row=row,
        remedy="Use plain markdown: the report computes nothing and renders in any format",
    )


def expanded(build: Path) -> str:
    """The whole report as one text, each include replaced by the file it names."""
    parts = []
    for line in (build / MAIN).read_text(encoding="utf-8").splitlines():
        found = INCLUDE.match(line)
        if not found:
            parts.append(line)
            continue
        path = build / found.group(1)
        if not path.is_file():
            raise StudyError(
                f"the report includes {found.group(1)}, which does not exist",
                file=MAIN,
                remedy="Correct the name or remove the line",
            )
        parts.append(path.read_text(encoding="utf-8").strip("\n"))
    return "\n".join(parts) + "\n"


def place_of(words: str, build: Path) -> str:
    """Where `words` stand in the staged texts, as 'file, row n'; empty when nowhere."""
    for path in sorted(p for p in build.rglob("*") if p.suffix in TEXTS):
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if words in line:
                return f"{path.relative_to(build)}, row {row}"
    return ""
