"""Who answered, where the files leave it open: entries that look like tests, and ids that differ in spelling alone.

Nothing here changes a number; the evidence is shown, and where to answer.
"""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from coproduction.core.text import some
from coproduction.delphi.counted_submissions import COUNTS, plain_id
from coproduction.delphi.doubts import RoundFile

TESTS = re.compile(
    r"(?:pre ?)?test(?:er|ing|person|user|eintrag|lauf)?|probe|dummy|demo|sample|admin|essai|prueba|prova|proba|x{2,}|asdf?\w*|abc|foo|bar",
    re.IGNORECASE,
)


def questions_on_persons(files: Sequence[RoundFile], submissions: Sequence[pd.DataFrame]) -> list[dict[str, Any]]:
    """QUESTIONS on those who answered, round by round."""
    found = []
    spelt: dict[str, set[str]] = {}  # by plain id how it was written before
    for file, sent in zip(files, submissions, strict=True):
        for given in file.about.groups or {}:
            spelt.setdefault(plain_id(given), set()).add(given.casefold())
        own = _ids(file)
        found += [file.about.base | question for question in (_tests(file, sent), _alike(file, own, spelt)) if question]
        for given in own:
            spelt.setdefault(plain_id(given), set()).add(given.casefold())
    return found


def _ids(file: RoundFile) -> list[str]:
    if not file.layout.panellist:
        return []
    return [given for given in dict.fromkeys(file.grid.rows[file.layout.panellist].str.strip()) if given]


def _tests(file: RoundFile, sent: pd.DataFrame) -> dict[str, str] | None:
    """Ids of submissions that count and that people give where they try a questionnaire."""
    own = sent[(sent["outcome"] == COUNTS) & sent["panellist"].map(_is_test)]
    if own.empty or file.about.groups is not None:
        return None
    return dict(
        question="Are these members of the panel, or did somebody try the questionnaire?",
        evidence=f"ids: {some(own['panellist'])} (rows {some(own['row'].map(str))}); they are counted",
        answer="Delete the rows from the file if they are tests, or list the panel in panel.csv",
    )


def _is_test(given: str) -> bool:
    return TESTS.fullmatch(re.sub(r"[\W\d_]+$", "", given)) is not None


def _alike(file: RoundFile, own: Sequence[str], spelt: dict[str, set[str]]) -> dict[str, str] | None:
    """Ids that are those of the panel or of a round before but for blanks, signs and zeros, and are not taken for them.

    Where rounds are linked with a panel, each id that it lacks is listed with a hint.
    """
    if file.about.groups is not None and file.about.linked:
        return None
    written = {given.casefold() for given in own}
    pairs = [
        f"{given} ({', '.join(sorted(before))})"
        for given in own
        if given.casefold() not in file.about.ids
        and given.casefold() not in spelt.get(plain_id(given), set())
        and (before := spelt.get(plain_id(given), set()) - written)
    ]
    if not pairs:
        return None
    return dict(
        question="Are these the persons whose ids are spelt in another way elsewhere?",
        evidence=f"{some(pairs)}; they count as others",
        answer="Say so in panellist_ids.csv (given, panellist), with the panel in panel.csv; or write 'no' into the "
        "column 'linked' of rounds.csv if the ids of this round are of nobody in particular",
    )
