"""The doors of all techniques: what the steps that read people's files would refuse, without a run.

Each door is opened by itself, so that what is wrong in one hides nothing of another; what is plausible and may
be wrong is asked about like in a run. Exports beyond
LARGE in all are left to the run, since a look at them takes longer than people wait.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pandas as pd

from coproduction.config import Config
from coproduction.core import people_tables, study_files, tables
from coproduction.core.countries import settled_in
from coproduction.core.errors import Asked, StudyError, did_you_mean, told_once
from coproduction.core.factors import read_factors

LARGE = 30_000_000  # bytes of exports
LARGE_TRANSCRIPTS = 1_000_000  # bytes
Door = Callable[[], Sequence[StudyError] | None]


@dataclass(frozen=True)
class StudyFiles:
    """The files of a study, by the names under which steps look for them."""

    config: Config

    def all(self, *patterns: str) -> list[str]:
        """Paths of the files that are there."""
        return study_files.present(Path(self.config.study), *patterns)

    def one(self, name: str) -> str | None:
        """The path of a table, or None where it is not there."""
        return next(iter(self.all(name)), None)

    @cached_property
    def imported(self) -> Any:
        """What the exports hold (`ImportTables`); None where a look at them takes longer than people wait."""
        from coproduction.literature.importing import exports_in, import_files
        from coproduction.literature.tables import SEARCHES

        folder = Path(self.config.study) / "searches"
        exports = exports_in(folder)
        if sum(path.stat().st_size for path in exports) > LARGE:
            return None
        register = self.one("searches/searches.csv")
        searches = people_tables.read_people_table(register, SEARCHES) if register else tables.empty(SEARCHES)
        contents = ((study_files.composed(path.relative_to(folder).as_posix()), path.read_bytes()) for path in exports)
        return import_files(contents, searches, self.config.literature.columns)

    @cached_property
    def factors(self) -> set[str]:
        """The ids of the codebook of conditions."""
        return set(read_factors(self.config.factors)["id"])


def refused(config: Config, reported: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """A sentence for everything that the doors refuse, and for everything that they ask about.

    told: files that do not even keep to their schemas, which is said already
    """
    files, reported_files = StudyFiles(config), set(reported)
    errors: list[StudyError] = []
    for doors in DOORS.values():
        for door in doors(files):
            try:
                errors += door() or []
            except StudyError as error:
                errors += error.parts
    errors = [error for error in errors if error.file not in reported_files]
    questions = [error for error in errors if isinstance(error, Asked)]
    return told_once(error for error in errors if not isinstance(error, Asked)), told_once(questions)


def _desk(files: StudyFiles) -> list[Door]:
    from coproduction.core.identities import read_key
    from coproduction.desk import downloads, indicators
    from coproduction.desk.comparison_robustness import read_groups
    from coproduction.desk.tables import REGISTER

    def documents() -> Sequence[StudyError]:
        """Documents that the register names and that are not there, where others are that it does not name."""
        listed = files.one("desk/register.csv")
        if not listed:
            return []
        register = people_tables.read_people_table(listed, REGISTER)
        folder = Path(files.config.study) / "desk"
        files_there = [Path(path).relative_to(folder).as_posix() for path in files.all("desk/documents/**/*")]
        return [*_misnamed(listed, "document", register["file"], files_there, _as_path), *_of_no_kind(listed, register)]

    def values() -> None:
        codebook = indicators.read_codebook(files.one("desk/codebook.csv"), files.factors, files.config.desk.dimensions)
        settings, settled = files.config.desk, settled_in(files.one("countries.csv"))
        paths = [path for name in ("indicators", "indicators_online") if (path := files.one(f"desk/{name}.csv"))]
        handed_out = [path for path in files.all("desk/downloads/*") if not study_files.is_note(Path(path).name)]
        downloaded = downloads.read(handed_out, codebook, settled)
        indicators.read_values(paths, codebook, settings.countries, settings.oldest_year, settled, downloaded)

    return [
        values,
        documents,
        lambda: _nothing(read_key(files.one("desk/identities.csv"))),
        lambda: _nothing(read_groups(files.one("desk/country_groups.csv"))),
    ]


def _of_no_kind(listed: str, register: pd.DataFrame) -> list[StudyError]:
    """An error for each document that is there and of a kind that cannot be read."""
    from coproduction.formats.documents import ENDINGS, READ_AS

    folder = Path(listed).parent
    return [
        StudyError(
            f"documents of the type '{Path(name).suffix or 'without extension'}' cannot be read",
            file=listed,
            row=int(str(row)),
            column="file",
            remedy=f"Save it as {READ_AS}",
        )
        for row, name in register["file"].items()
        if Path(name).suffix.lower() not in ENDINGS and study_files.named(folder, name).is_file()
    ]


def _as_path(name: str) -> str:
    """A name in the form in which two are the same file."""
    return str(PurePosixPath(study_files.composed(name.replace("\\", "/"))))


def _qca(files: StudyFiles) -> list[Door]:
    from coproduction.desk.indicators import read_codebook
    from coproduction.qca import sets

    def memberships() -> None:
        codebook = read_codebook(files.one("desk/codebook.csv"), files.factors, files.config.desk.dimensions)
        of_study = sets.read_sets(files.one("qca/sets.csv"), set(codebook["indicator"]), files.factors)
        sets.read_memberships(files.one("qca/memberships.csv"), of_study, settled_in(files.one("countries.csv")))

    return [memberships]


def _literature(files: StudyFiles) -> list[Door]:
    def exports() -> Sequence[StudyError]:
        import_tables = files.imported
        return (
            []
            if import_tables is None
            else [*_refused_entries(import_tables.refused), *_unlike_the_search(import_tables.imports)]
        )

    def corrections() -> None:
        from coproduction.literature.correcting import read_corrections

        read_corrections(files.all("searches/corrections*.csv"))

    return [exports, corrections]


def _refused_entries(refused_: pd.DataFrame) -> Sequence[StudyError]:
    """One error a file for the entries that cannot be read."""
    return [
        StudyError(
            f"{len(part)} of its entries cannot be read, the first because {part['reason'].iloc[0]}",
            file=f"searches/{file}",
            row=int(part["line"].iloc[0]),
            remedy="Correct the entries or export them again; the others are read",
        )
        for file, part in refused_.groupby("file", sort=True)
    ]


def _unlike_the_search(imports: pd.DataFrame) -> Sequence[StudyError]:
    """Files that hold more or less than their search stated, or are not there: an export may be cut off."""
    files_there = imports.loc[imports["found"] > 0, "file"].tolist()
    problems: list[StudyError] = []
    missing = imports["note"] == "the file is not in searches/"
    unlike = imports["note"].str.contains(" read of ")
    problems += [
        StudyError(
            f"searches.csv names the file {file}, which is not in searches/",
            file="searches/searches.csv",
            column="file",
            remedy=f"{did_you_mean(file, files_there)}Put it there or correct the name",
        )
        for file in imports.loc[missing, "file"]
    ]
    problems += [
        Asked(
            f"{row['note']} in searches.csv, so that the export may be cut off",
            file=f"searches/{row['file']}",
            remedy="Export it again, or correct the column 'hits'",
        )
        for row in imports[unlike].to_dict("records")
    ]
    return problems


def _screening(files: StudyFiles) -> list[Door]:
    from coproduction.screening import extraction_files, intake
    from coproduction.screening.decision_files import decision_patterns
    from coproduction.screening.tables import STAGES

    def decisions(stage: str) -> Door:
        def read() -> Sequence[StudyError]:
            rows, _ = intake.read_stage(files.all(*decision_patterns(stage)), stage)
            return _of_no_record(rows, files, stage)

        return read

    def extraction() -> Sequence[StudyError]:
        paths = files.all("screening/extraction*.csv")
        return _unused(extraction_files.read_extraction(paths, list(files.config.screening.extraction))[1])

    def appraisal() -> Sequence[StudyError]:
        questions = extraction_files.read_questions(files.all("screening/quality_questions*.csv"))
        return _unused(extraction_files.read_appraisal(files.all("screening/appraisal*.csv"), questions)[1])

    return [
        *(decisions(stage) for stage in STAGES),
        lambda: _nothing(intake.read_criteria(files.all("screening/criteria*.csv"))),
        lambda: _nothing(intake.read_adjudications(files.all("screening/adjudications*.csv"))),
        lambda: _nothing(intake.read_retrieval(files.all("screening/retrieval*.csv"))),
        extraction,
        appraisal,
    ]


def _of_no_record(rows: pd.DataFrame, files: StudyFiles, stage: str) -> list[StudyError]:
    """What is asked about decisions whose id no entry of the exports has, or one with another title."""
    from coproduction.screening import decisions, intake
    from coproduction.screening.record_matching import RecordIndex

    try:
        import_tables = files.imported
        criteria = intake.read_criteria(files.all("screening/criteria*.csv"))
    except StudyError:
        return []  # said where the exports and criteria are looked at
    with_record = rows[rows["record"] != ""]
    if import_tables is None or import_tables.entries.empty or with_record.empty:
        return []
    known_records = import_tables.entries[["own", "entry", "title", "year", "doi"]].rename(
        columns={"own": "record", "entry": "members"}
    )
    index = RecordIndex(known_records.drop_duplicates("record"))
    settled, _, odd = decisions.read_decisions(decisions.name_reasons(with_record, criteria), index, stage)
    odd += decisions.check_reasons(settled, set(criteria["criterion"])) if len(criteria) else []
    findings = pd.DataFrame(odd, columns=["file", "finding", "record", "reviewer", "row", "detail"])
    return [
        _asked_of_decisions(finding, part, int((with_record["file"] == file).sum()))
        for (file, finding), part in findings.groupby(["file", "finding"], sort=True)
        if finding not in ("double decision", "changed mind")
    ]


def _asked_of_decisions(finding: str, part: pd.DataFrame, decided: int) -> Asked:
    """What is asked about decisions of one file with the same finding."""
    first = part.iloc[0]
    row = int(first["row"]) if str(first["row"]).isdigit() else None
    if finding in ("unknown record", "id and title disagree"):
        return Asked(
            f"{len(part)} of {decided} decisions do not count: '{first['record']}' and so on, "
            f"{first['detail'].removeprefix('not counted: ')}",
            file=f"screening/{first['file']}",
            row=row,
            remedy="If a column was moved or sorted on its own, restore its order; otherwise correct the ids",
        )
    more = f" (and {len(part) - 1} more)" if len(part) > 1 else ""
    if finding == "unknown reason":
        return Asked(
            f"the reason '{first['detail'].split(' is not a criterion')[0]}' of {first['record']}{more} is not a "
            "criterion",
            file="screening/criteria.csv",
            remedy="Add it there, or correct the decision",
        )
    if finding == "no reason":
        return Asked(
            f"the exclusion of {first['record']} in full text{more} has no reason",
            file="screening",
            remedy="Give the reason in the column 'reason'",
        )
    return Asked(
        f"{finding}: {first['record'] or first['reviewer']}{more}, {first['detail']}",
        file=f"screening/{first['file']}" if first["file"] else "screening",
        row=row,
        remedy="Correct the decisions, or leave them if they are meant that way",
    )


def _misnamed(
    listed: str, what: str, names: pd.Series, files_there: Collection[str], normal_form: Callable[[str], str]
) -> Sequence[StudyError]:
    """An error for each file that a table names and that is not there, where others are that it does not name.

    what: what they are, as in "document". names: the column, by row. same: the form in which two names are the same.
    """
    named_forms, forms_there = {normal_form(name) for name in names}, {normal_form(name) for name in files_there}
    unnamed = sorted(name for name in files_there if normal_form(name) not in named_forms)
    return [
        StudyError(
            f"the {what} {name} does not exist, but {', '.join(unnamed[:3])} does, and no row names it",
            file=listed,
            row=int(row),
            column=str(names.name),
            remedy=did_you_mean(name, unnamed) + "Correct the name",
        )
        for row, name in names.items()
        if name and unnamed and normal_form(name) not in forms_there
    ]


def _unused(findings: list[dict]) -> Sequence[StudyError]:
    """An error for each column that nothing reads."""
    return [
        StudyError(row["detail"].rstrip("."), file=f"screening/{row['file']}", remedy="Rename or remove it")
        for row in findings
    ]


def _interviews(files: StudyFiles) -> list[Door]:
    from coproduction.interviews import reading, speakers

    def transcripts() -> Sequence[StudyError]:
        """Transcripts that nobody is named for, where there are people whose transcript is not there."""
        listed = files.one("interviews/participants.csv")
        if not listed:
            return []
        people = reading.read_participants(listed)
        files_there = [Path(path).name for path in files.all("interviews/transcripts/*")]
        return _misnamed(listed, "transcript", people["transcript"], files_there, str.casefold)

    def turns() -> Sequence[StudyError]:
        from coproduction.core.identities import read_key

        people = reading.read_participants(files.one("interviews/participants.csv"))
        paths = [Path(path) for path in files.all("interviews/transcripts/*")]
        if sum(path.stat().st_size for path in paths) > LARGE_TRANSCRIPTS:
            return []
        errors: list[StudyError] = []
        for path in paths:  # each by itself, so that one hides nothing of another
            participants = people[people["transcript"].str.casefold() == path.name.casefold()]
            try:
                interview_tables = reading.read_interviews(
                    participants,
                    [path],
                    read_key(files.one("interviews/identities.csv")),
                    files.config.interviews,
                    speakers.read_roles(files.one("interviews/speakers.csv")),
                )
            except StudyError as error:
                errors += error.parts
                continue
            for row in (
                interview_tables["transcripts"].query("state == 'read' and participant_turns == 0").to_dict("records")
            ):
                unnamed = f"; its speakers {row['unnamed']} are not named yet" if row["unnamed"] else ""
                errors.append(
                    Asked(
                        f"no turn of the participant was found{unnamed}",
                        file=path,
                        remedy="Begin each turn with I: or P:, or say in interviews/speakers.csv who the speakers are",
                    )
                )
        return errors

    return [
        transcripts,
        turns,
        lambda: _nothing(reading.read_gioia(files.one("interviews/gioia.csv"), files.factors)),
        lambda: _nothing(speakers.read_roles(files.one("interviews/speakers.csv"))),
    ]


def _delphi(files: StudyFiles) -> list[Door]:
    from coproduction.delphi import people_files
    from coproduction.delphi.importing import import_rounds

    def rounds() -> Sequence[StudyError]:
        lists = {"ids": "panellist_ids"} | {n: n for n in ("statements", "panel", "rounds", "comments", "columns")}
        paths = {name: files.all(f"delphi/{file}.csv") for name, file in lists.items()}
        keys = files.all("delphi/identities.csv", "interviews/identities.csv")
        people = people_files.read(SimpleNamespace(**paths, identities=keys), files.factors)
        round_tables = import_rounds(people, files.config.delphi).tables()
        submissions = round_tables["submissions"]
        strangers = submissions[submissions["outcome"] == "not in the panel"]
        panellists = [] if people.panel is None else people.panel["panellist"].tolist()
        questions: list[StudyError] = [
            Asked(f"{row['question']} Evidence: {row['evidence']}", file=f"delphi/{row['file']}", remedy=row["answer"])
            for row in round_tables["questions"].to_dict("records")
        ]
        return questions + [
            Asked(
                f"'{row['panellist']}' is not in panel.csv, so that the answers do not count",
                file=f"delphi/{row['file']}",
                row=int(row["row"]),
                remedy=did_you_mean(row["panellist"], panellists) + "Correct the id or add it to panel.csv",
            )
            for row in strangers.to_dict("records")
        ]

    return [rounds]


def _ecosystem(files: StudyFiles) -> list[Door]:
    from coproduction.ecosystem import influences, judgements

    def structure_factors() -> None:
        influences.check_ids("ecosystem.structure_factors", files.config.ecosystem.structure_factors, files.factors)

    def pairs(name: str) -> list[str]:
        return files.all(f"ecosystem/{name}*.csv")

    return [
        structure_factors,
        lambda: _nothing(judgements.settled_rows(files.one("ecosystem/directions.csv"))),
        lambda: _nothing(judgements.read_judgements(files.one("ecosystem/judgements.csv"), files.factors)),
        lambda: _nothing(judgements.read_cerqual(files.one("ecosystem/cerqual.csv"), files.factors)),
        lambda: influences.two_scales(judgements.read_influences(pairs("influences"), files.factors)),
        lambda: _nothing(judgements.read_weights(pairs("weights"), files.factors)),
    ]


def _nothing(_: Any) -> None:
    """What a door hands over is not needed here."""


DOORS: dict[str, Callable[[StudyFiles], list[Door]]] = {
    "desk": _desk,
    "qca": _qca,
    "searches": _literature,
    "screening": _screening,
    "interviews": _interviews,
    "delphi": _delphi,
    "ecosystem": _ecosystem,
}
