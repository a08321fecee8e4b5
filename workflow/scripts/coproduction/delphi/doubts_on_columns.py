"""What columns and rows of the round files may be, where they are not used as such: ratings of statements that
statements.csv lacks, another wording, ranks, ids of persons, hidden rows.

Nothing here changes a number; the evidence is shown, and where to answer.
"""

import re
from collections.abc import Sequence

import pandas as pd

from coproduction.core.text import normalise, some
from coproduction.delphi.columns import NAMES_NONE
from coproduction.delphi.doubts import RoundFile
from coproduction.delphi.headings import LEADING_NUMBER, RATING
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.surveys import answers as cells
from coproduction.formats.surveys.answers import AnswerKey
from coproduction.formats.surveys.columns import RESPONSE, columns_named
from coproduction.formats.surveys.reading_exports import FIRST, HIDDEN, NOT_SHOWN

LEAST_RATINGS = 3
LEAST_RANKED = 3  # panellists and statements from which an order can be told from ratings
LEAST_REFUSED = 3  # cells from which more than a slip is meant
LEAST_WORDS = 4  # of a heading that may be a statement
ASKING_WORDS = set(
    "how what which who when where why please do does did are is have has your my i in on age year years number wie was welche wer "
    "bitte ihr haben sind quel quelle combien votre avez cual cuantos su quanti quale suo".split()
)
SHARED_WORDS = 0.5  # of a wording that another heading has, from which it may be the same statement reworded
LONGEST_ID = 20


def questions_on_columns(
    files: Sequence[RoundFile], ratings: Sequence[pd.DataFrame], settings: DelphiSettings
) -> list[dict]:
    """QUESTIONS on columns, their answers (RATINGS of each file) and rows, round by round."""
    questions = []
    for file, rated in zip(files, ratings, strict=True):
        asked = [_refused(rated), None if settings.ranking.given or file.scale_said else _like_ranks(rated)]
        asked += [_more_statements(file, settings.answer_key), _reworded(file), _perhaps_ids(file, files)]
        if file.about.number == min(file.about.sharing):
            asked.append(_hidden(file))
        questions += [file.about.base | question for question in asked if question]
    return questions


def _rated(file: RoundFile) -> list[str]:
    return [column for column, place in file.layout.cells.items() if place.role == RATING and place.statement]


def _unknown(file: RoundFile) -> list[str]:
    """The columns that name no statement and nothing else that is known."""
    return [column for column, reason in file.layout.unused.items() if reason == NAMES_NONE]


def _more_statements(file: RoundFile, key: AnswerKey) -> dict[str, str] | None:
    """Columns that are called like those of the ratings, or in the words of a statement, and hold nothing but ratings."""
    rated = _rated(file)
    shapes = {shape for column in rated for shape in _shapes(column)}
    questions = {_question(file.grid.texts[column] or column) for column in rated} - {""}
    columns = []
    for column in _unknown(file):
        text = file.grid.texts[column] or column
        if " " not in text:
            alike = not _shapes(column).isdisjoint(shapes)
        elif question := _question(text):
            alike = question in questions
        else:
            alike = not file.grid.texts[column] and _states(text)
        filled = [cell for cell in file.grid.rows[column] if cell not in ("", NOT_SHOWN)]
        if alike and len(filled) >= min(LEAST_RATINGS, len(file.grid.rows)) and all(_is_rating(c, key) for c in filled):
            columns.append(column)
    if not columns:
        return None
    return dict(
        question=f"Are these ratings of statements that statements.csv lacks: {some(columns)}?",
        evidence="all their cells are points of the scale; they are not counted",
        answer="Add the statements to statements.csv (with first_round), or give the columns the role 'ignore' in columns.csv",
    )


def _shapes(column: str) -> set[str]:
    """A code with one of its numbers as a sign, each in turn: S01 and S4a are alike, and so are S01_R2 and S04_R2."""
    code = re.sub(r"(?<=\d)[a-z]$", "", column.casefold())
    return {f"{code[: m.start()]}#{code[m.end() :]}" for m in re.finditer(r"\d+", code)}


def _question(text: str) -> str:
    """The question before the statement of a heading, as in a matrix; empty where there is none."""
    match = re.match(r"(.+?)(?:\s+[-–—|>]+\s+|\s*\[)", text)
    return normalise(match[1]) if match else ""


def _states(text: str) -> bool:
    """Whether a heading in words states something, as statements do, and asks nothing."""
    words = normalise(text).split()
    return len(words) >= LEAST_WORDS and not text.rstrip().endswith("?") and words[0] not in ASKING_WORDS


def _is_rating(cell: str, key: AnswerKey) -> bool:
    try:
        return key.parse(cell)[0] == cells.RATED
    except ValueError:
        return False


def _reworded(file: RoundFile) -> dict[str, str] | None:
    """Headings with the id of a statement and words that are like its wording, but are no wording of it."""
    wordings: dict[str, list[str]] = {}
    for statement, text in file.about.wordings[["statement", "text"]].itertuples(index=False):
        wordings.setdefault(statement, []).append(normalise(LEADING_NUMBER.sub("", text)))
    changed = []
    for column in _rated(file):
        title = normalise(file.grid.title(column))
        own = wordings.get(file.layout.cells[column].statement, [])
        if own and not any(text in title or text.startswith(title) for text in own):
            common = max(len(_words(text) & _words(title)) / max(1, len(_words(text))) for text in own)
            if common >= SHARED_WORDS:
                changed.append(f"{file.layout.cells[column].statement}: '{file.grid.title(column)[:120]}'")
    if not changed:
        return None
    return dict(
        question="Is this another wording of the statement than the one in statements.csv?",
        evidence=f"{some(changed, 2)}; the ratings count as those of the wording in statements.csv",
        answer="Add the new wording to statements.csv as a version of its own (version, first_round), or correct the one there",
    )


def _words(text: str) -> set[str]:
    return {word for word in text.split() if len(word) > 3}


def _perhaps_ids(file: RoundFile, files: Sequence[RoundFile]) -> dict[str, str] | None:
    """A column that may hold the ids of persons, in a round whose rows are not linked with other rounds."""
    layout = file.layout
    if file.about.linked or layout.panellist not in ("", *columns_named(file.grid, RESPONSE)):
        return None
    for column in _unknown(file):
        ids = {cell.casefold() for cell in file.grid.rows[column] if cell}
        distinct = len(ids) == len(file.grid.rows) > 1 and all(len(cell) <= LONGEST_ID for cell in ids)
        others = [
            {cell.casefold() for cell in other.grid.rows[column]}
            for other in files
            if other.about.path != file.about.path and column in other.grid.rows
        ]
        counts_up = ids == {str(k) for k in range(1, len(ids) + 1)} or ids == {str(k) for k in range(len(ids))}
        if distinct and not counts_up and (column == FIRST or any(len(ids & other) > 1 for other in others)):
            return dict(
                question=f"Does {'the first column, which has no heading,' if column == FIRST else repr(column)} "
                "identify the panellists?",
                evidence="each row has another entry there; the rows are not linked with those of other rounds",
                answer="Name the column in the setting delphi.panellist_column or in columns.csv with the role 'panellist' (a "
                "column without a heading needs one: panellist); if it identifies nobody, give it the role 'ignore'",
            )
    return None


def _refused(ratings: pd.DataFrame) -> dict[str, str] | None:
    """Rating cells most of which are refused, so that they may be written in a form that is not read."""
    n = ratings["status"].value_counts()
    refused, rated = int(n.get("refused", 0)), int(n.get("rated", 0))
    if refused < LEAST_REFUSED or refused < rated:
        return None
    return dict(
        question="What do the answers of this round mean?",
        evidence=f"{refused} of {refused + rated} rating cells are refused, as they are not a single rating (see unmatched.csv)",
        answer="Export the answers as codes, or say in delphi.answer_labels which point each answer is",
    )


def _like_ranks(ratings: pd.DataFrame) -> dict[str, str] | None:
    """Ratings of which each panellist gave every point from 1 on once, as in an order, or that add up to 10 or 100."""
    wide = ratings[ratings["status"] == "rated"].pivot(index="panellist", columns="statement", values="rating")
    wide = wide.dropna(axis=1, how="all")
    if len(wide) < LEAST_RANKED or wide.shape[1] < LEAST_RANKED:
        return None
    sums = wide.sum(axis=1)
    if (
        wide.notna().all(axis=None)
        and len(set(sums)) == 1
        and sums.iloc[0] in (10, 100)
        and wide.max(axis=None) > LEAST_RANKED
    ):
        return dict(
            question="Are these points that each panellist divided among the statements?",
            evidence=f"those of each of {len(wide)} panellists add up to {sums.iloc[0]:g}; they count as ratings",
            answer="Ratings by division are no ratings on a scale: ask for ratings, or write the scale into the column 'scale' of "
            "rounds.csv if they are",
        )
    order = list(range(1, wide.shape[1] + 1))
    if not all(sorted(row) == order for row in wide.to_numpy(float)):
        return None
    return dict(
        question="Are these ranks?",
        evidence=f"each of {len(wide)} panellists gave every number from 1 to {order[-1]} once; they count as ratings",
        answer="Set delphi.ranking (use: true, answers: ranks) if 1 is the first rank; write the scale into the column 'scale' "
        "of rounds.csv if they are ratings",
    )


def _hidden(file: RoundFile) -> dict[str, str] | None:
    """Rows that the sheet hides, as a filter does."""
    notes = [note["content"] for note in file.grid.outside if note["reason"] == HIDDEN.format(what="rows")]
    if not notes:
        return None
    return dict(
        question="Do the hidden rows of the sheet count?",
        evidence=f"{notes[0]} are hidden, by a filter perhaps; they are read like the others",
        answer="Show all rows again, or delete those that do not count, and save the file",
    )
