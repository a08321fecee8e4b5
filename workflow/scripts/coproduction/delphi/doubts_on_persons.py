"""Who answered, and when, where the files leave it open: entries that look like tests or notes, ids that differ in
spelling alone, days and months that can be exchanged.

Nothing here changes a number; the evidence is shown, and where to answer.
"""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from coproduction.core.days import as_iso, order_is_open
from coproduction.core.text import normalise, some
from coproduction.delphi.counted_submissions import COUNTS, DOUBLE, NOBODY, STRANGER, plain_id
from coproduction.delphi.doubts import RoundFile
from coproduction.delphi.headings import RATING
from coproduction.formats.surveys.columns import GROUP, columns_named

TESTS = re.compile(
    r"(?:pre ?)?test|pre(?:view|-?test)|pilot|vorschau|(?:pre ?)?test(?:er|ing|person|user|eintrag|lauf)?|probe|dummy|demo|sample|admin|essai|prueba|prova|proba|x{2,}|asdf?\w*|abc|foo|bar"
    r"|legend|legende|key|notes?|source|quelle|scale|skala|remarks?|hinweis|anmerkung|example|beispiel",
    re.IGNORECASE,
)

MOST_WITHOUT = 4  # of so many rows one without an id is asked about
MARKS = re.compile(
    r"(?:is |flag )?(?:test|testing|pilot|pretest|exclude|exclusion|excluded|remove|removed|drop|invalid|valid|include|included|delete|"
    r"deleted|duplicate|withdrawn|withdrew|dropout|drop out|ausschluss|ausgeschlossen|ungultig|gultig|excluir|escluso|exclus)"
)


def questions_on_persons(
    files: Sequence[RoundFile], submissions: Sequence[pd.DataFrame], order: str, panel: pd.DataFrame | None = None
) -> list[dict[str, Any]]:
    """QUESTIONS on those who answered, round by round; `order` is what delphi.dates says of day and month.

    `panel` (STUDY_PANEL) says in which rounds each panellist takes part.
    """
    questions = []
    spelt: dict[str, set[str]] = {}  # by plain id how it was written before
    met: set[str] = set()  # who answered in linked rounds before
    for file, sent in zip(files, submissions, strict=True):
        for written_id in file.about.groups or {}:
            spelt.setdefault(plain_id(written_id), set()).add(written_id.casefold())
        ids = _ids(file)
        asked = [_tests(file, sent), _alike(file, ids, spelt), _day_or_month(file) if order == "auto" else None]
        asked += [
            _nobody_of_the_panel(file, sent),
            _nobody_again(file, sent, met),
            _without_id(file, sent),
            _marked(file, sent),
            _fewer_answers(file, sent),
            _other_groups(file),
            _not_yet_or_no_more(file, sent, panel),
        ]
        questions += [file.about.base | question for question in asked if question]
        for written_id in ids:
            spelt.setdefault(plain_id(written_id), set()).add(written_id.casefold())
        if file.about.linked:
            met |= set(sent.loc[sent["outcome"] == COUNTS, "panellist"])
    return questions


def _nobody_of_the_panel(file: RoundFile, sent: pd.DataFrame) -> dict[str, str] | None:
    """A file none of whose ids is one of the panel, so that nobody is counted."""
    strangers = sent.loc[sent["outcome"] == STRANGER, "panellist"]
    if len(strangers) < 2 or (sent["outcome"] == COUNTS).any():
        return None
    return dict(
        question="Whose ids are these?",
        evidence=f"none of {len(strangers)} ids in '{file.layout.panellist}' is in panel.csv ({some(strangers)}); nobody is counted",
        answer="Correct the ids in the file or in panel.csv, list them in panellist_ids.csv, or name another column in the setting "
        "delphi.panellist_column",
    )


def _nobody_again(file: RoundFile, sent: pd.DataFrame, met: set[str]) -> dict[str, str] | None:
    """A round in which nobody has the id of anybody in the rounds before, where no panel says who is who."""
    who = set(sent.loc[sent["outcome"] == COUNTS, "panellist"])
    if (
        file.about.groups is not None
        or not file.about.linked
        or file.linked_said
        or min(len(who), len(met)) < 2
        or who & met
    ):
        return None
    return dict(
        question="Are these the persons of the rounds before?",
        evidence=f"none of {len(who)} ids in '{file.layout.panellist}' occurs in a round before; they count as others",
        answer="Say in panellist_ids.csv, with the panel in panel.csv, who is who; or write 'no' into the column 'linked' of "
        "rounds.csv if the ids say nothing, or 'yes' if these are other persons",
    )


def _without_id(file: RoundFile, sent: pd.DataFrame) -> dict[str, str] | None:
    """Rows with ratings but without an id, where they are many."""
    rated = [column for column, place in file.layout.cells.items() if place.role == RATING]
    rows = sent.loc[sent["outcome"] == NOBODY, "row"]
    answered = (file.grid.rows[rated] != "").any(axis=1)
    rows = [row for row in rows if answered.get(row, False)]
    if len(rows) < 2 or MOST_WITHOUT * len(rows) < len(sent):
        return None
    return dict(
        question="Whose ratings are these?",
        evidence=f"{len(rows)} of {len(sent)} rows have ratings and no id in '{file.layout.panellist}' (rows {some(rows)}); they "
        "are not counted",
        answer="Write the id of the panellist into each row, or delete the rows",
    )


def _marked(file: RoundFile, sent: pd.DataFrame) -> dict[str, str] | None:
    """A column of the researchers that marks some rows as tests or as left out, and is not used."""
    for column in file.layout.unused:
        if not MARKS.fullmatch(normalise(column)):
            continue
        rows = sent.loc[sent["outcome"] == COUNTS, "row"]
        marks = file.grid.rows.loc[file.grid.rows.index.isin(rows), column]
        if len(set(marks)) > 1:
            said = [f"{mark or '(empty)'}: {n}" for mark, n in marks.value_counts().sort_index().items()]
            return dict(
                question=f"Do the rows that '{column}' marks count?",
                evidence=f"rows that count, by what stands there: {some(said)}; the column is not used",
                answer="Delete the rows that do not count from the file, or give the column the role 'ignore' in columns.csv",
            )
    return None


def _not_yet_or_no_more(file: RoundFile, sent: pd.DataFrame, panel: pd.DataFrame | None) -> dict[str, str] | None:
    """Panellists who answered in a round before their first or after their last one of panel.csv."""
    if panel is None or not {"first_round", "last_round"} & set(panel):
        return None
    first, last = (
        panel[name].astype("Int64") if name in panel else pd.Series(pd.NA, panel.index, "Int64")
        for name in ("first_round", "last_round")
    )
    number = file.about.number
    outside = set(panel.loc[(first.fillna(number) > number) | (last.fillna(number) < number), "panellist"])
    who = sent.loc[(sent["outcome"] == COUNTS) & sent["panellist"].isin(outside), "panellist"]
    if who.empty:
        return None
    return dict(
        question="Did these panellists take part in this round?",
        evidence=f"{some(who)} answered, but first_round or last_round of panel.csv says that they were not asked; they are counted",
        answer="Correct first_round or last_round in panel.csv, or the id in the file",
    )


def _fewer_answers(file: RoundFile, sent: pd.DataFrame) -> dict[str, str] | None:
    """A submission that counts and leaves more unanswered than one of the same panellist that gave way to it.

    Where the survey tool says which are finished there is nothing to ask.
    """
    double = sent[sent["outcome"].isin([COUNTS, DOUBLE]) & (sent["finished"] == "")]
    double = double[double.duplicated("panellist", keep=False)]
    rated = [column for column, place in file.layout.cells.items() if place.role == RATING]
    answered = (file.grid.rows[rated] != "").sum(axis=1)
    fewer = []
    for who, part in double.groupby("panellist", sort=False):
        n = dict(zip(part["row"], answered.reindex(part["row"]), strict=True))
        counts, others = (part.loc[part["outcome"] == outcome, "row"] for outcome in (COUNTS, DOUBLE))
        if any(n[row] > max(n[c] for c in counts) for row in others) and len(counts):
            fewer.append(f"{who}: row {counts.iloc[0]} instead of row {', '.join(map(str, others))}")
    if not fewer:
        return None
    return dict(
        question="Does a submission count that answers less than another one of the same panellist?",
        evidence=f"{some(fewer)}; the tool does not say which is finished",
        answer="Delete the rows that do not count from the file, or set delphi.double_submissions",
    )


def _other_groups(file: RoundFile) -> dict[str, str] | None:
    """Panellists whose group in the file is not that of panel.csv."""
    groups, columns = file.about.groups, columns_named(file.grid, GROUP)
    if not groups or not columns or not file.layout.panellist:
        return None
    ids = file.grid.rows[file.layout.panellist].str.strip().str.casefold().map(file.about.ids)
    said = [(who, group) for who, group in zip(ids, file.grid.rows[columns[0]], strict=True) if who in groups and group]
    other = [
        f"{who} ({group}; panel.csv: {groups[who]})"
        for who, group in said
        if normalise(group) != normalise(groups[who])
    ]
    if not other or len(other) == len(said):  # where none is the same, the groups have other names
        return None
    return dict(
        question="To which group do these panellists belong?",
        evidence=f"'{columns[0]}' in the file: {some(other)}; the group of panel.csv counts",
        answer="Correct panel.csv or the file",
    )


def _day_or_month(file: RoundFile) -> dict[str, str] | None:
    """Time stamps whose day and month can be exchanged, where another submission would then count or be late."""
    if not file.layout.submitted:
        return None
    stamps = file.grid.rows[file.layout.submitted]
    if not order_is_open(stamps.tolist()):
        return None
    day, month = (pd.Series(as_iso(stamps.tolist(), order), stamps.index) for order in ("day", "month"))
    who = file.grid.rows[file.layout.panellist].str.casefold() if file.layout.panellist else pd.Series("", stamps.index)
    again = (who != "") & who.duplicated(keep=False)
    ranks = [times[again].groupby(who[again]).rank().tolist() for times in (day, month)]
    closed = file.about.closed
    late = [((times.str[:10] > closed) & (times != "")).tolist() for times in (day, month)] if closed else [[], []]
    if ranks[0] == ranks[1] and late[0] == late[1]:
        return None
    return dict(
        question="Does the day or the month come first in these dates?",
        evidence=f"{some(stamps[stamps != ''].drop_duplicates())} in '{file.layout.submitted}' can be read both "
        "ways, and this "
        "decides which submission counts or is late; the month was taken to come first",
        answer="Set delphi.dates to day or month",
    )


def _ids(file: RoundFile) -> list[str]:
    if not file.layout.panellist:
        return []
    return [written_id for written_id in dict.fromkeys(file.grid.rows[file.layout.panellist].str.strip()) if written_id]


def _tests(file: RoundFile, sent: pd.DataFrame) -> dict[str, str] | None:
    """Ids of submissions that count and that people give where they try a questionnaire, or that begin a note."""
    test_submissions = sent[(sent["outcome"] == COUNTS) & sent["panellist"].map(_is_test)]
    if test_submissions.empty or file.about.groups is not None:
        return None
    return dict(
        question="Are these panellists? They look like tests of the questionnaire or notes below the table",
        evidence=f"ids: {some(test_submissions['panellist'])} (rows {some(test_submissions['row'].map(str))}); they are counted",
        answer="If they are not, delete the rows from the file or list the panel in panel.csv",
    )


def _is_test(written_id: str) -> bool:
    return TESTS.fullmatch(re.sub(r"[\W\d_]+$", "", written_id)) is not None


def _alike(file: RoundFile, ids: Sequence[str], spelt: dict[str, set[str]]) -> dict[str, str] | None:
    """Ids that are those of the panel or of a round before but for blanks, signs and zeros, and are not taken for them.

    Where rounds are linked with a panel, each id that it lacks is listed with a hint.
    """
    if file.about.groups is not None and file.about.linked:
        return None
    ids_of_round = {written_id.casefold() for written_id in ids}
    pairs = [
        f"{written_id} ({', '.join(sorted(before))})"
        for written_id in ids
        if written_id.casefold() not in file.about.ids
        and written_id.casefold() not in spelt.get(plain_id(written_id), set())
        and (before := spelt.get(plain_id(written_id), set()) - ids_of_round)
    ]
    if not pairs:
        return None
    return dict(
        question="Are these the people whose ids are spelt differently elsewhere?",
        evidence=f"{some(pairs)}; they are counted as different people",
        answer="Say so in panellist_ids.csv (given, panellist), with the panel in panel.csv; or write 'no' in the "
        "column 'linked' of rounds.csv if the ids of this round do not identify people",
    )
