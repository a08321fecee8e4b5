"""All fixed words that panellists read, in questionnaires and feedback sheets, each under a key.

`texts.csv` holds them in English. `delphi.texts` replaces any of them, for a panel that answers in
another language. Words in braces are filled in; a translation may leave them out, but has no others.
Catalogues of translations (gettext) were left out: a study has one language, and its team writes the
words.
"""

import csv
import string
from pathlib import Path

from coproduction.core.errors import did_you_mean


def _texts() -> dict[str, str]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row["text"] for row in csv.DictReader(file)}


TEXTS = _texts()


def fields(text: str) -> set[str]:
    """The words in braces of a text; ValueError where braces are open or stand for more."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def problems(texts: dict[str, str]) -> list[str]:
    """What is wrong with the texts of a study: unknown keys, empty texts, unknown words in braces."""
    errors = []
    for key, text in texts.items():
        if key not in TEXTS:
            errors.append(f"there is no text '{key}'. {did_you_mean(key, list(TEXTS))}".strip())
            continue
        try:
            extra = fields(text) - fields(TEXTS[key])
        except ValueError:
            errors.append(f"the braces of '{key}' do not match")
            continue
        if extra:
            allowed = ", ".join(sorted(fields(TEXTS[key]))) or "none"
            errors.append(f"'{key}' has {{{sorted(extra)[0]}}}; words in braces here: {allowed}")
        if not text.strip():
            errors.append(f"'{key}' is empty")
    return errors
