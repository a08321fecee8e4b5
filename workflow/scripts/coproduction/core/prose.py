"""Prose: the sentences of the report are Jinja2 templates, filled with facts.

A template is Markdown; lines of a paragraph may be wrapped as you like, since they are joined before
the tables and figures are put in. `{{ n | count("record") }}` is "1 record" or "2 records"; every
choice by number, every list and every number is made by a filter, so that grammar is kept
nowhere else. Jinja2 is the templating language that Snakemake itself uses, so it is there already.

Names that the facts do not have are errors with the template's file and line, never empty words.
"""

import re
import textwrap
import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import jinja2.bccache

from coproduction.core import markdown as md
from coproduction.core import traced_facts
from coproduction.core.errors import StudyError
from coproduction.core.text import plural_of, some

# A line that Markdown reads by itself: headings, tables, captions, lists, quotations, divisions,
# fences, figures. Every other line is part of a paragraph.
_LITERAL = re.compile(r"\s*(#|\||:\s|:::|[-*+]\s|\d+[.)]\s|>|```|~~~|!\[|\x02)")
_PIECE = re.compile("\x02(\\d+)\x03")


class _Compiled(jinja2.BytecodeCache):
    """What templates were compiled to, by their file and text: each text once a process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


_MARKDOWN, _HTML = _Compiled(), _Compiled()  # what escapes is compiled otherwise


class Templates:
    """The templates of one technique: `fill("methods", facts)` renders `methods.md.j2`.

    files: the templates that count, one a name (a study's own before the house's); see
    `study_files.templates`
    """

    def __init__(self, files: str | Sequence[str]) -> None:
        paths = map(Path, [files] if isinstance(files, str) else files)
        self._files = {path.name: path for path in paths}
        self._pieces: list[str] = []
        self._markdown = self._environment(autoescape=False)
        self._html = self._environment(autoescape=True)
        self._html.trim_blocks = self._html.lstrip_blocks = True

    def fill(self, name: str, facts: Mapping[str, Any]) -> str:
        """The Markdown of the template `name`.md.j2 for these facts."""
        self._pieces = []
        text = self._rendered(self._markdown, f"{name}.md.j2", facts)
        text = joined_lines(text)
        while _PIECE.search(text):  # a piece may hold others
            text = _PIECE.sub(lambda mark: self._pieces[int(mark[1])], text)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"

    def traced(self, name: str, facts: Mapping[str, Any]) -> str:
        """As `fill`, where each number of a sentence links to its place among the facts.

        The links, `[18](fact:delphi/rounds.0.responded)`, name the technique and the place in its
        `facts.json`; the report makes them lead to its table of facts.
        """
        register = traced_facts.Register(self._technique(f"{name}.md.j2"))
        text = self.fill(name, traced_facts.placed(facts, register))
        return traced_facts.linked(text, register)

    def fill_html(self, name: str, facts: Mapping[str, Any]) -> str:
        """The page of the template `name`.html.j2; what people wrote is escaped."""
        return self._rendered(self._html, f"{name}.html.j2", facts)

    def fill_text(self, name: str, facts: Mapping[str, Any]) -> str:
        """The plain text of the template `name` (with its ending, without .j2), lines as they are."""
        return self._rendered(self._markdown, f"{name}.j2", facts)

    def _technique(self, name: str) -> str:
        """The technique to which a template belongs, by its folder."""
        return self._files[name].parent.name if name in self._files else ""

    def _rendered(self, environment: jinja2.Environment, name: str, facts: Mapping[str, Any]) -> str:
        if name not in self._files:
            raise StudyError(f"there is no template {name}", remedy="Restore it in report/")
        try:
            return environment.get_template(name).render(facts)
        except jinja2.TemplateSyntaxError as error:
            file = error.filename or self._files[name]
            raise StudyError(
                f"the template cannot be read: {error.message}",
                file=file,
                row=error.lineno,
                remedy="Correct the line; compare it with the template of the same name in report/",
            ) from error
        except jinja2.TemplateError as error:
            raise self._at_its_line(error) from error

    def _at_its_line(self, error: jinja2.TemplateError) -> StudyError:
        ours = {str(path) for path in self._files.values()}
        places = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in ours]
        return StudyError(
            f"the template cannot be filled: {error.message}",
            file=places[-1].filename if places else None,
            row=places[-1].lineno if places else None,
            remedy="Use the names that the template of the same name in report/ uses",
        )

    def _environment(self, autoescape: bool) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._source),
            undefined=jinja2.StrictUndefined,
            autoescape=autoescape,
            bytecode_cache=_HTML if autoescape else _MARKDOWN,
            extensions=["jinja2.ext.do"],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            comment_start_string="{##",  # `{#fig-x}` is an identifier of Markdown
            comment_end_string="##}",
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # words stay readable
        environment.filters |= FILTERS
        for name in OF_NUMBERS:
            environment.filters[name] = traced_facts.keeping(environment.filters[name])
        environment.filters |= {
            "table": self._set_aside(_without_places(md.table)),
            "figure": self._set_aside(_without_places(md.figure)),
            "callout": self._set_aside(md.callout),
        }
        return environment

    def _source(self, name: str) -> tuple[str, str, None] | None:
        path = self._files.get(name)
        return None if path is None else (path.read_text(encoding="utf-8"), str(path), None)

    def _set_aside(self, make):
        """`make`, its piece of Markdown kept as it is while the lines around it are joined."""

        @jinja2.pass_context  # or Jinja would call it once, when it compiles the template, where all it is given is fixed
        def piece(_: jinja2.runtime.Context, *arguments: Any, **options: Any) -> str:
            self._pieces.append(make(*arguments, **options).strip("\n"))
            return f"\x02{len(self._pieces) - 1}\x03"

        return piece


def _without_places(make):
    """`make`, its captions, alt texts and cells without the places of their numbers."""

    def made_without(*arguments, **options):
        return make(*map(traced_facts.without, arguments), **{k: traced_facts.without(v) for k, v in options.items()})

    return made_without


def joined_lines(text: str) -> str:
    """`text` with the lines of each paragraph joined by blanks; other lines stay as they are."""
    out: list[str] = []
    for line in text.splitlines():
        plain = bool(line.strip()) and not _LITERAL.match(line)
        if plain and out and out[-1].strip() and not _LITERAL.match(out[-1]):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line.rstrip())
    return "\n".join(out)


def listed(names: Iterable[Any], last: str = "and", most: int | None = None) -> str:
    """'a', 'a and b', 'a, b and c'; after `most` names the number of the others.

    >>> listed("abcde", most=2)
    'a, b and 3 more'
    """
    words = [str(name) for name in names]
    if most is not None and len(words) > most:
        words = [*words[:most], f"{len(words) - most:,} more"]
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def verb(n: float, one: str, many: str) -> str:
    """`one` for a single thing, `many` for none and several: `{{ n | verb("is", "are") }}`."""
    return one if n == 1 else many


def done(amount: Any, words: str, planned: str | None = None) -> str:
    """`words` of what was done, once something of it is `amount`; before that, as a plan.

    >>> done(3, "were read"), done(0, "were read"), done(None, "rated", "will rate")
    ('were read', 'will be read', 'will rate')
    """
    return words if amount else planned or re.sub(r"^(?:was|were)\b", "will be", words)


def noun(n: float, one: str, many: str | None = None) -> str:
    """The noun without its number: 'record' for one, 'records' for others."""
    return one if n == 1 else many or plural_of(one)


def wrapped(text: str, width: int = 78) -> str:
    """A point of a list in plain text, its lines after the first set in by two blanks.

    >>> wrapped("- one two three", 9)
    '- one two\\n  three'
    """
    words = " ".join(text.split())
    return textwrap.fill(words, width, subsequent_indent="  ", break_on_hyphens=False)


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """`text` as it continues a sentence; an abbreviation keeps its capitals.

    >>> uncapitalised("Money for staff"), uncapitalised("EU law")
    ('money for staff', 'EU law')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# Filters whose result is a number as a text; `length`, `format` and so on are those of Jinja.
OF_NUMBERS = ("count", "number", "p_in_words", "significant", "percent", "length", "format", "round", "abs", "sentence")
FILTERS = {
    "uncapitalised": uncapitalised,
    "count": md.plural,
    "verb": verb,
    "done": done,
    "noun": noun,
    "listed": listed,
    "some": some,
    "sentence": sentence,
    "wrapped": wrapped,
    "number": md.number,
    "p_in_words": md.p_in_words,
    "significant": md.significant,
    "percent": md.percent,
    "literal": md.escape,
}
