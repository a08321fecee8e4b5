"""Every template with none, one, two and many of everything: whole sentences in good grammar.

The facts are those of the bundled study: each whole number becomes 0, 1 or 2, and each list as long.
"""

import json
import re

import pytest
from coproduction.core import study_files
from coproduction.core.prose import Templates

pytestmark = pytest.mark.slow

# Facts that are no counts: what the numbers and lists of settings, years and laws of the world say.
NO_COUNTS = {
    "settings",
    "seed",
    "round",
    "year",
    "first_year",
    "last_year",
    "version",
    "lines_of_evidence",
    "guidelines",
    "quartile_type",
    "percentile_type",
    "same",
}
# Templates that are parts of others, or are filled with facts of their own elsewhere.
PARTS = {
    "record": {"subject": "They"},
    "archive": {"files": 3},
    "checklists": {"checklists": []},
    "checklist_answers": {"own_sections": ["ethics", "limitations"]},
    "methods": {"engine": "Quarto"},
    "state": {"part": {"state": "done", "title": "Topics", "steps": []}},
}

ONE = r"(?<![\w.,–−/%@-])(?<!level )(?<!entry )(?<!entries )1 "
NOUN = r"(?:[a-z-]+ ){0,2}?"
# Words on -s that may follow a number without being the plural of what is counted.
SINGULAR = (
    r"(?!(?:is|was|has|this|across|less|its|us|as|does|thus|always|perhaps|[a-z]+ss|"
    r"belongs|waits|counts|mentions|shares|covers|fits|carries|comes|names)\b)"
)
VERBS = "are|were|have|do|speak|cover|wait|need|remain|give|take|show|mention|agree|come|go|belong"
WRONG = {
    "one of many": re.compile(rf"{ONE}(?:[a-z]+-[a-z]+ )?{SINGULAR}[a-z-]{{2,}}s\b(?= (?!is|was|has))"),
    "one are": re.compile(rf"(?<!and ){ONE}(?:of (?:the )?\d+ )?{NOUN}(?:{VERBS})\b"),
    "many is": re.compile(r"(?<![\w.,–−/%@-])(?:0|2|\d\d+) [a-z-]+(?<!s)s (?:is|was|has)\b"),
    "the one in plural": re.compile(r"\b(?:All|the|of|over|these) 1 (?:[a-z-]+ )?" + SINGULAR + r"[a-z-]+s\b"),
    "doubled blank": re.compile(r"(?<=\S)  +\S"),
    "blank before a mark": re.compile(r"\s[,;:.)](?![.\w])"),
    "empty brackets": re.compile(r"\(\s*[),;.]"),
    "empty list": re.compile(r",\s*[,.;:]|[;:]\s*[.;,]|\b(?:and|of|in|by|for|are|is) [.,;:)]|\band and\b"),
    "two full stops": re.compile(r"(?<!\.)\.\.(?!\.)"),
    "no value": re.compile(r"\bNone\b(?! of)|\bnan\b|\bundefined\b|\bNaN\b"),
}


class Table(list):
    """Rows that templates may also ask as a table."""

    @property
    def empty(self):
        return not self

    @property
    def columns(self):
        return list(self[0]) if self else ["country", "overall", "furthest up", "furthest down"]

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return [row[name] for row in self]


def scaled(value, n, key=""):
    """`value` with `n` for each whole number and `n` entries in each list; None leaves them."""
    if key in NO_COUNTS:
        return value
    if isinstance(value, dict):
        return {name: scaled(entry, n, name) for name, entry in value.items()}
    if isinstance(value, list):
        entries = [scaled(entry, n) for entry in value]
        if n is not None:
            entries = (entries * 2)[:n]
        return Table(entries) if all(isinstance(entry, dict) for entry in entries) else entries
    if isinstance(value, bool):
        return value and n != 0
    if isinstance(value, int) and n is not None:
        return n
    return value


def prose_of(text):
    """The sentences of a fragment: no tables, code, attributes, numbers of lists."""
    for line in text.splitlines():
        if line.startswith(("|", ":::", "```")):
            continue
        words = re.sub(r"`[^`]*`|\$[^$]*\$|\{[^}]*\}|\]\([^)]*\)", "x", line)
        yield re.sub(r"^\s*(?:[-#>]+|\d+\.|:|\*\*\d+\.)\s", "", words).rstrip()


def wrong(text):
    for line in prose_of(text):
        for what, pattern in WRONG.items():
            for found in pattern.finditer(line):
                yield f"{what}: …{line[max(0, found.start() - 40) : found.end() + 25]}…"


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("1 records were read.", "one of many"),
        ("1 of 2 techniques are complete.", "one are"),
        ("2 records is read.", "many is"),
        ("Of the 1 items it reads.", "the one in plural"),
        ("One  record.", "doubled blank"),
        ("One record , two.", "blank before a mark"),
        ("One record ().", "empty brackets"),
        ("They are: .", "empty list"),
        ("They are.. two", "two full stops"),
        ("In None years.", "no value"),
    ],
)
def test_what_is_wrong_is_seen(sentence, what):
    assert any(found.startswith(what) for found in wrong(sentence))


@pytest.mark.parametrize("n", [0, 1, 2, None])
def test_every_template_is_in_good_grammar_whatever_the_numbers(finished, root, n):
    found, filled = [], 0
    for folder in sorted(root.glob("report/techniques/*")):
        technique, templates = folder.name, sorted(folder.glob("*.md.j2"))
        if not templates:
            continue
        written = finished.path / "results" / technique / "facts.json"
        facts = scaled(json.loads(written.read_text(encoding="utf-8")), n)
        prose = Templates(study_files.templates([root / "report"], technique))
        for name in (path.name.removesuffix(".md.j2") for path in templates):
            text = prose.fill(name, facts | PARTS.get(name, {}))
            filled += 1
            if (technique, name) not in {("status", "status")}:  # columns of plain text
                found += [f"{technique}/{name}: {problem}" for problem in wrong(text)]
    assert filled > 40
    assert found == [], "\n".join(found)
