"""Links of the report: from each number to the fact behind it, from each condition to its evidence.

The fragments name the place of a number as `[18](fact:delphi/rounds.0.responded)`. Here these links
are made to lead to a row of the table of facts (on the page of the evidence, so that they lead to the
row from a PDF, too), and the names of conditions in sentences and in cells of tables to the section of
the supplement with their evidence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from coproduction.core import markdown as md
from coproduction.core.traced_facts import SCHEME
from coproduction.core.vocabulary import TECHNIQUES
from coproduction.report.division import blocks

FACT = re.compile(rf"\[([^\]]*)\]\({SCHEME}([\w-]+)/([^)\s]+)\)")
EVIDENCE = re.compile(r"\{#(evidence-[\w-]+)")
_LEFT = (
    r"`[^`]*`|!?\[(?:\\.|[^\]\\])*\](?:\([^)]*\))?(?:\{[^}]*\})?|\{[^}]*\}|\$[^$]*\$|@[\w:-]+"
    r"|“[^”]*”"
)  # code, links, citations, attributes, formulas, words of people
FactWords = dict[str, dict[str, str]]  # by technique the place of each number, with its words
EXPLORED = 40  # pieces of a condition and technique that the figure to explore shows: more nobody reads there
_CELLS = re.compile(r"(?<!\\)\|")


def facts_told(texts: Iterable[str]) -> FactWords:
    """By technique the place of each number that the texts tell, with the words of its first mention."""
    words_by_place: FactWords = {}
    for text in texts:
        for words, technique, key in FACT.findall(text):
            words_by_place.setdefault(technique, {}).setdefault(unquote(key), words)
    return words_by_place


def table_of_facts(words_by_place: FactWords, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is shown of the facts: one part a technique, one row a number, in plain words.

    facts: the content of each technique's facts.json
    """
    return [
        {
            "technique": name,
            "title": TECHNIQUES.get(name, name.capitalize()),
            "rows": [
                {
                    "anchor": anchor(name, key),
                    "words": re.sub(r"\\(\W)", r"\1", words),
                    "place": key,
                    "of": ", ".join(_labels(facts.get(name, {}), key)),
                    "value": _as_text(fact_at(facts.get(name, {}), key)),
                }
                for key, words in words_by_place[name].items()
            ],
        }
        for name in [*TECHNIQUES, *sorted(set(words_by_place) - set(TECHNIQUES))]
        if name in words_by_place
    ]


def table_of_evidence(explored: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each condition with all pieces of its evidence, for the page that holds the whole trail.

    explored: the conditions and their evidence as `facts.explorable` gives them
    """
    pieces: dict[str, list[dict[str, Any]]] = {}
    for piece in explored["pieces"]:
        title = explored["sources"].get(f"{piece['technique']}|{piece['source']}", "")
        pieces.setdefault(piece["factor"], []).append(piece | {"title": title})
    return [factor | {"pieces": pieces[factor["id"]]} for factor in explored["factors"] if factor["id"] in pieces]


def in_short(explored: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of the report holds to explore: of sources without a country the first EXPLORED pieces of each
    condition and technique, and by `condition|technique` how many were left out; the page of the evidence has all.

    explored: as `facts.explorable` gives it
    """
    counts: Counter[str] = Counter()
    pieces = []
    for piece in explored["pieces"]:
        pair = f"{piece['factor']}|{piece['technique']}"
        if not piece["country"]:  # those with one are chosen by it
            counts[pair] += 1
        if counts[pair] <= EXPLORED or piece["country"]:
            pieces.append(piece)
    left_out = {pair: n - EXPLORED for pair, n in counts.items() if n > EXPLORED}
    if not left_out:
        return dict(explored)
    named = {f"{piece['technique']}|{piece['source']}" for piece in pieces}
    sources = {source: title for source, title in explored["sources"].items() if source in named}
    return {**explored, "sources": sources, "pieces": pieces, "left_out": left_out}


def fact_at(facts: Any, key: str) -> Any:
    """The fact at the place `rounds.0.responded`.

    >>> found({"rounds": [{"responded": 18}]}, "rounds.0.responded")
    18
    """
    rest = key
    while rest:
        if isinstance(facts, list):
            name, _, rest = rest.partition(".")
            facts = facts[int(name)]
            continue
        if not isinstance(facts, Mapping):
            raise KeyError(key)
        names = [name for name in facts if rest == name or rest.startswith(f"{name}.")]
        if not names:
            raise KeyError(key)
        name = max(names, key=len)
        facts, rest = facts[name], rest[len(name) + 1 :]
    return facts


def _labels(facts: Any, key: str) -> Iterator[str]:
    """What the entries of lists on the way to a fact are called: by the first text or number in them."""
    parts = key.split(".")
    for end in range(1, len(parts)):
        if parts[end].isdigit() and isinstance(fact_at(facts, ".".join(parts[:end])), list):
            entry = fact_at(facts, ".".join(parts[: end + 1]))
            words = [] if not isinstance(entry, Mapping) else list(entry.values())
            words = [w for w in words if isinstance(w, str) and w] or words
            if words and not isinstance(words[0], (list, Mapping)):
                yield str(words[0])


def _as_text(value: Any) -> str:
    if isinstance(value, (list, Mapping)):
        return md.plural(len(value), "entry", "entries")
    return "–" if value is None else str(value)


def anchor(technique: str, key: str) -> str:
    """The identifier of the row of a fact."""
    return f"fact-{technique}-" + re.sub(r"\W+", "-", key)


def with_facts(text: str) -> str:
    """The text whose links to facts lead to their rows on the page of the evidence."""

    def link(match: re.Match[str]) -> str:
        words, technique, key = match.group(1), match.group(2), unquote(match.group(3))
        name = f"{technique}/facts.json, {key}".replace('"', "'")
        return f'[{words}](evidence#{anchor(technique, key)} "{name}"){{.fact}}'

    return FACT.sub(link, text)


class Conditions:
    """The names of conditions in a text, and where their evidence is.

    names: name of each condition by id; texts: the supplement, which has a heading for each
    """

    def __init__(self, names: Mapping[str, str], supplement: str) -> None:
        with_evidence = set(EVIDENCE.findall(supplement))
        self._ids = {
            md.escape(name).casefold(): f"evidence-{id}"
            for id, name in names.items()
            if f"evidence-{id}" in with_evidence
        }
        words = [md.escape(n) for i, n in names.items() if f"evidence-{i}" in with_evidence]
        ordered = sorted(words, key=len, reverse=True)
        # One word, such as Trust, may begin a sentence on something else: it counts as it is written.
        parts = [f"(?i:{re.escape(w)})" if " " in w else re.escape(w) for w in ordered]
        alternatives = "|".join(parts) or r"(?!)"
        self._names = re.compile(rf"({_LEFT})|(?<![\w-])({alternatives})(?![\w-])")

    def linked(self, text: str, home: str = "supplement") -> str:
        """The text with a link from each name to its evidence in the document `home`."""
        for block in blocks(text):
            if block.kind == "table":
                text = text.replace(block.text, self._in_cells(block.text, home), 1)
            elif block.kind == "text" and not block.text.lstrip().startswith((">", "---", "```")):
                text = text.replace(block.text, self._in_words(block.text, home), 1)
        return text

    def _link(self, words: str, home: str) -> str:
        return f"[{words}]({home}#{self._ids[words.casefold()]}){{.condition}}"

    def _in_words(self, text: str, home: str) -> str:
        return self._names.sub(lambda match: match.group(1) or self._link(match.group(2), home), text)

    def _in_cells(self, text: str, home: str) -> str:
        lines = text.split("\n")
        for place, line in enumerate(lines):
            if place > 1 and line.startswith("|"):
                cells = [self._cell(cell, home) for cell in _CELLS.split(line)]
                lines[place] = "|".join(cells)
        return "\n".join(lines)

    def _cell(self, cell: str, home: str) -> str:
        words = cell.strip()
        return f" {self._link(words, home)} " if words.casefold() in self._ids else cell
