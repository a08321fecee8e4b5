"""Under which names the rules look for files in the study folder, read from the rules themselves.

A run knows them from Snakemake; `make check` takes seconds and does without, so that the names are taken
from the text of the rules: what `present(...)` is called with, and the names that functions put into it.
"""

import re
from pathlib import Path

from coproduction.screening.decision_files import decision_patterns
from coproduction.screening.tables import STAGES

RULES = Path(__file__).resolve().parents[2] / "rules"
_CALL = re.compile(r"(?<!def )\bpresent\(([^()]*)\)")
_WORD = re.compile(r'(f?)"([^"]*)"')
_FILLED = re.compile(r"def (\w+)\(name\):")


def patterns() -> set[str]:
    """Every pattern, relative to the study folder."""
    text = _text()
    file_patterns = {pattern for stage in STAGES for pattern in decision_patterns(stage)}
    for maker, call in calls():
        for filled, word in _WORD.findall(call):
            names = re.findall(rf'\b{maker}\("(\w+)"\)', text) if filled else [""]
            file_patterns |= {word.replace("{name}", name) for name in names}
    return file_patterns


def calls() -> list[tuple[str, str]]:
    """Each call of `present`: the function with a name to fill in around it (or nothing), and what is in it."""
    calls_by_maker = []
    for part in re.split(r"\n(?=def |rule )", _text()):
        maker = next(iter(_FILLED.findall(part)), "")
        calls_by_maker += [(maker, call) for call in _CALL.findall(part)]
    return calls_by_maker


def _text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.smk")))
