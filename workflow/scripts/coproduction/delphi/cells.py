"""The answers of one round file, cell by cell."""

from __future__ import annotations

from pathlib import Path

from coproduction.core.errors import StudyError
from coproduction.delphi.answers import labels_of, parse_answer
from coproduction.delphi.formats import Sheet
from coproduction.delphi.latest import Entry
from coproduction.delphi.places import COMMENT, NO_OPINION, RATING
from coproduction.delphi.privacy import Comments
from coproduction.delphi.settings import DelphiSettings

NOT_TICKED = {"", "0", "no", "false", "unchecked", "{question_not_shown}"}


class Reader:
    """Reads the cells of a sheet and collects what is no answer (`errors`)."""

    def __init__(
        self, sheet: Sheet, path: Path, settings: DelphiSettings, comments: Comments
    ) -> None:
        self.sheet, self._path, self._settings, self._comments = sheet, path, settings, comments
        self.columns: dict[str, dict[str, str]] = {}
        for column, (role, statement) in sheet.cells.items():
            self.columns.setdefault(statement, {})[role] = column
        self.rated = {s: c[RATING] for s, c in self.columns.items() if RATING in c}
        texts = {text for column in self.rated.values() for text in sheet.rows[column]}
        self._labels = labels_of(sorted(texts), settings)
        self._parsed: dict[str, tuple[str, int | None]] = {}
        self.errors: list[StudyError] = []

    def given(self, row: int) -> set[str]:
        """The statements whose rating cell a submission has: all columns, or its own answers."""
        if not self.sheet.origin:
            return set(self.rated)
        return {s for s, column in self.rated.items() if (row, column) in self.sheet.origin}

    def answer(self, row: int, line: dict[str, str], place: dict) -> dict:
        """Status, rating and comment of one panellist on one statement."""
        columns = self.columns.get(place["statement"], {})
        comment = line[columns[COMMENT]] if COMMENT in columns else ""
        if comment == "{question_not_shown}":
            comment = ""
        if comment:
            at, column = self._origin(row, columns[COMMENT])
            comment = self._comments.passed(comment, place | dict(row=at, column=column))
        if RATING not in columns:
            return dict(status="not asked", rating=None, comment=comment)
        status, rating = self._parse(line[columns[RATING]], *self._origin(row, columns[RATING]))
        ticked = line[columns[NO_OPINION]].strip().lower() if NO_OPINION in columns else ""
        if status == "missing" and ticked not in NOT_TICKED:
            status = "no opinion"
        return dict(status=status, rating=rating, comment=comment)

    def revised(self, entry: Entry) -> dict:
        """Status and rating of one answer among several."""
        status, rating = self._parse(entry.texts[RATING], entry.row, entry.column)
        return dict(status=status, rating=rating)

    def _origin(self, row: int, column: str) -> tuple[int, str]:
        return self.sheet.origin.get((row, column), (row, column))

    def _parse(self, cell: str, row: int, column: str) -> tuple[str, int | None]:
        if cell not in self._parsed:
            try:
                self._parsed[cell] = parse_answer(cell, self._settings, self._labels)
            except ValueError as error:
                self._refuse(str(error), row, column)
                return "missing", None
        return self._parsed[cell]

    def _refuse(self, problem: str, row: int, column: str) -> None:
        error = StudyError(
            problem, file=self._path, row=row, column=column,
            remedy="Correct the cell, or add its words to delphi.answer_labels, "
            "delphi.no_opinion, delphi.missing or delphi.not_asked",
        )  # fmt: skip
        if str(error) not in {str(known) for known in self.errors}:
            self.errors.append(error)
