"""The source of the report: prose, fragments and figures put together in one build folder.

There are three documents: the report, its supplement, and a policy brief of one page; each has an
outline, and each is put together in one file, so that either engine renders the same text.

Quarto scans every file of a project and writes intermediates beside the source, so the report is
staged in a folder of its own. The text is checked on the way: an executable cell would have to be
computed by one engine and becomes inline code without a word in the other, so it is refused.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from coproduction.core import tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.formats import typst
from coproduction.report import checklists, links, spacing
from coproduction.report.division import WORDS, Document, divide, linked, numbered

NOT_BEGUN = "This part of the study has not begun."
NOTHING_MORE = "The report shows all results of this part."
TEXTS = {".qmd", ".md"}
INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$")
MAIN, SUPPLEMENT, BRIEF = "ecosystem", "supplement", "brief"
DOCUMENTS = (MAIN, SUPPLEMENT, BRIEF)
NAMED = {MAIN: "report", SUPPLEMENT: "supplement", BRIEF: "policy brief"}

_TORN = "a group of citations with a part that is not a citation and would be printed in brackets"
_GROUP = re.compile(r"(?<!\\)\[([^\]\[]*;[^\]\[]*)\](?!\()")
_CITED = re.compile(r"(?<![\w\\])@\w")
_REFUSED = [
    (re.compile(r"^\s*(`{3,}|~{3,})\s*\{\s*[A-Za-z]"), "an executable code cell"),
    (re.compile(r"`\{?(python|r|julia)\}?\s[^`]+`"), "inline code that would be executed"),
    (re.compile(r"^\s*(`{3,}|~{3,})\s*\{="), "raw output for one format"),
    (re.compile(r"^\s*:{3,}.*\.panel-tabset"), "a tabset"),
    (re.compile(r"^\s*</?[A-Za-z][^>]*>"), "raw HTML"),
    (re.compile(r"^\s*\\(newpage|pagebreak|clearpage|[vh]space|noindent|medskip|bigskip)\b"), "a command of TeX"),
    (re.compile(r"\{\{<(?!\s*include\b)"), "a shortcode other than include"),
]
_FIGURE = re.compile(r"^!\[.*\]\((figures/[^)\s]+)\)\{#fig-[^}]*\}$", re.MULTILINE)
_PICTURE = re.compile(r"(!\[[^\]\n]*\]\()([^)\s:]+)")
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
    below `fragments/` and `figures/` (SVG, PNG, CSV) to the file it comes from; `bibliography` holds the references
    of the codebook; `about` the title, authors, date and language. Includes without a fragment get a
    sentence that says so. Raises StudyError for constructs that only one engine understands.
    """
    if build.exists():
        shutil.rmtree(build)
    groups: list[tuple[str, Mapping[str, str | Path]]] = [("", prose), ("fragments", fragments), ("figures", figures)]
    for folder, files in groups:
        for name, file in sorted(files.items()):
            target = build / folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    (build / "fonts").mkdir()
    for file in typst.OF_REPORT:
        shutil.copyfile(typst.FONTS / file, build / "fonts" / file)
    shutil.copyfile(bibliography, build / "references.bib")
    tables.write_text(metadata(about), build / "study.yml")
    tables.write_text(_script(build / "reading.js"), build / "reading.html")


def compose(
    build: Path,
    title: str,
    states: Mapping[str, Mapping[str, str]],
    figures: int,
    rows: int,
    conditions: Mapping[str, str] | None = None,
) -> tuple[dict[str, Document], links.FactWords]:
    """Put each document together in one file of the staged `build`; returns them by name, and the facts they tell.

    states: by technique its state (done, under way, not begun), and what to say of it above its results
    figures, rows: what of each section of results stays in the report, see `division.divide`
    conditions: names of the conditions by id, each of which links to its evidence

    Includes without a fragment get a sentence that says so. Raises StudyError for constructs that
    only one engine understands.
    """
    _fill_gaps(build)
    raise_all(list(refused(build)))
    shown_before = (build / "fragments" / "report" / "answer.md").read_text(encoding="utf-8")
    elsewhere = frozenset(numbered(Document("", "", shown_before)).numbers)
    for path in sorted(build.glob("fragments/*/results.md")):
        part, text = path.parent.name, path.read_text(encoding="utf-8")
        if part == "status":  # whole in the supplement
            tables.write_text(text, path.with_name("whole.md"))
            continue
        state_of_part = states.get(part, {"state": "not begun", "text": NOT_BEGUN})
        if state_of_part["state"] == "not begun":
            _say_that_nothing_has_begun(path.parent, state_of_part["text"])
            continue
        methods = path.with_name("methods.md")
        kept_methods, further_methods = divide(methods.read_text(encoding="utf-8"), figures, rows)
        tables.write_text(kept_methods, methods)
        kept_results, moved_results = divide(text, figures, rows, elsewhere)
        moved_results += f"\n{further_methods}"
        tables.write_text(f"{state_of_part['text'].strip()}\n\n{kept_results}".lstrip("\n"), path)
        tables.write_text(moved_results.strip() or NOTHING_MORE, path.with_name("supplement.md"))
    first = {name: expanded(build, name) for name in DOCUMENTS}
    labels = frozenset(re.findall(r"\{#([\w-]+)", "".join(first.values())))
    printed = build / "fragments" / "report" / "checklists.md"
    with_places = checklists.without_lost_places(printed.read_text(encoding="utf-8"), labels)
    tables.write_text(with_places, printed)
    texts = {name: expanded(build, name).replace("{study}", title.replace('"', "'")) for name in DOCUMENTS}
    evidence = links.Conditions(conditions or {}, texts[SUPPLEMENT])
    documents = {}
    for name, words in texts.items():
        home = "" if name == SUPPLEMENT else SUPPLEMENT
        text = spacing.bound(evidence.linked(links.with_facts(words), home))
        documents[name] = numbered(Document(name, NAMED[name], text, words_of(build, text)))
    for name, document in documents.items():
        other_documents = {other: other_document for other, other_document in documents.items() if other != name}
        tables.write_text(with_files(linked(document, other_documents), build), build / f"{name}.qmd")
    return documents, links.facts_told(texts.values())


def _say_that_nothing_has_begun(folder: Path, words: str) -> None:
    """Neither methods nor results are told of a part that nobody has begun."""
    tables.write_text(words, folder / "results.md")
    tables.write_text(NOT_BEGUN, folder / "methods.md")
    tables.write_text(NOT_BEGUN, folder / "supplement.md")


def explorer(explored: Mapping[str, object], script: str) -> str:
    """The figure to explore, as HTML: what it shows as JSON, and the script that shows it."""
    data = json.dumps(explored, indent=1, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="ecosystem-data">{data}</script>\n<script>\n{script}</script>\n'


def words_of(build: Path, text: str) -> dict[str, str]:
    """What figures and tables are called: by the head of the document, else by `_language.yml`."""
    path = build / "_language.yml"
    language = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}
    head = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    crossref = ((yaml.safe_load(head.group(1)) or {}) if head else {}).get("crossref", {})
    return {
        kind: crossref.get(f"{kind}-title", language.get(f"crossref-{kind}-title", word))
        for kind, word in WORDS.items()
    }


def metadata(about: Mapping[str, object]) -> str:
    """The title, authors and so on of the report as YAML (JSON values are YAML), empty ones left out."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items() if value)


def names_of(paths: Sequence[str]) -> dict[str, Path]:
    """`topics/results.md` for `…/topics/report/results.md`."""
    return {f"{path.parent.parent.name}/{path.name}": path for path in map(Path, paths)}


def files_below(folder: Path) -> dict[str, Path]:
    """All files of a folder by their names in it: `topics/prevalence.svg`."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def with_files(text: str, build: Path) -> str:
    """The text in which each figure is followed by links to the files that readers can take."""
    return _FIGURE.sub(lambda match: match.group(0) + _files(match.group(1), build), text)


def _files(figure: str, build: Path) -> str:
    file_links = [
        f"[{kind.upper()}]({figure}.{kind})" for kind in ("svg", "png", "csv") if (build / f"{figure}.{kind}").is_file()
    ]
    return f"\n\n::: {{.figure-files}}\n{' '.join(file_links)}\n:::" if file_links else ""


def _script(path: Path) -> str:
    return f"<script>\n{path.read_text(encoding='utf-8')}</script>\n"


def _fill_gaps(build: Path) -> None:
    """Write a sentence for every fragment that the outline includes and no technique has left."""
    for document in DOCUMENTS:
        for name in includes(build / f"{document}.qmd"):
            if name.startswith("fragments/") and not (build / name).exists():
                tables.write_text(NOT_BEGUN, build / name)


def includes(path: Path) -> list[str]:
    """The files that `path` includes, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [match.group(1) for line in lines if (match := INCLUDE.match(line))]


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
            if not inside and _is_torn(line):
                yield _refusal(_TORN, path.relative_to(build), row)
            if fence:
                mark = fence.group(1)[:3]
                inside = mark if not inside else ("" if mark == inside else inside)


def _is_torn(line: str) -> bool:
    """Whether a bracket holds parts with and parts without a citation, of which pandoc makes no group."""
    parts = [[bool(_CITED.search(part)) for part in group.split(";")] for group in _GROUP.findall(line)]
    return any(any(cited) and not all(cited) for cited in parts)


def _refusal(what: str, path: Path, row: int) -> StudyError:
    remedy = "Use plain Markdown: the report computes nothing and renders in any format"
    if what == _TORN:
        remedy = "Write the words before or after a key, without ';' in between: [see the appendix of @key]"
    return StudyError(f"the report contains {what}", file=path, row=row, remedy=remedy)


def expanded(build: Path, document: str) -> str:
    """A whole document as one text, each include replaced by the file it names."""
    parts = []
    for line in (build / f"{document}.qmd").read_text(encoding="utf-8").splitlines():
        match = INCLUDE.match(line)
        if not match:
            parts.append(line)
            continue
        path = build / match.group(1)
        if not path.is_file():
            raise StudyError(
                f"the report includes {match.group(1)}, which does not exist",
                file=f"{document}.qmd",
                remedy="Correct the name or remove the line",
            )
        parts.append(_with_pictures(path.read_text(encoding="utf-8").strip("\n"), path.parent, build))
    return "\n".join(parts) + "\n"


def _with_pictures(text: str, folder: Path, build: Path) -> str:
    """The text of `folder` with its pictures named from `build`: people keep them beside what they write."""

    def named(match: re.Match[str]) -> str:
        path = folder / match.group(2)
        beside = folder != build and path.is_file() and path.resolve().is_relative_to(build.resolve())
        return f"{match.group(1)}{path.relative_to(build).as_posix() if beside else match.group(2)}"

    return _PICTURE.sub(named, text)


def place_of(words: str, build: Path) -> str:
    """Where `words` stand in the staged texts, as 'file, row n'; empty when nowhere."""
    staged = [path for path in build.rglob("*") if path.suffix in TEXTS]
    for path in sorted(staged, key=lambda path: (path.stem in DOCUMENTS, path)):
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if words in line:
                return f"{path.relative_to(build)}, row {row}"
    return ""
