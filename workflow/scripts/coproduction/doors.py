"""The doors of all techniques: what the steps that read people's files would refuse, without a run.

Each door is opened by itself, so that what is wrong in one hides nothing of another. Exports beyond
LARGE in all are left to the run, since a look at them takes longer than people wait.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from coproduction.config import Config
from coproduction.core import people_tables, study_files, tables
from coproduction.core.countries import settled_in
from coproduction.core.errors import StudyError
from coproduction.core.factors import read_factors

LARGE = 30_000_000  # bytes of exports
Door = Callable[[], Any]


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
    def factors(self) -> set[str]:
        """The ids of the codebook of conditions."""
        return set(read_factors(self.config.factors)["id"])


def refused(config: Config, troubled: Iterable[str] = ()) -> list[str]:
    """A sentence for everything that the doors refuse.

    troubled: techniques whose tables do not even keep to their schemas, which is said already
    """
    files = StudyFiles(config)
    found: list[str] = []
    for technique, doors in DOORS.items():
        for door in () if technique in troubled else doors(files):
            try:
                found += door() or []
            except StudyError as error:
                found.append(str(error))
    return list(dict.fromkeys(found))


def _desk(files: StudyFiles) -> list[Door]:
    from coproduction.desk import indicators

    def values() -> None:
        codebook = indicators.read_codebook(files.one("desk/codebook.csv"), files.factors)
        settings, settled = files.config.desk, settled_in(files.one("countries.csv"))
        indicators.read_values(
            files.one("desk/indicators.csv"), codebook, settings.countries, settings.oldest_year, settled
        )

    return [values]


def _qca(files: StudyFiles) -> list[Door]:
    from coproduction.desk.indicators import read_codebook
    from coproduction.qca import sets

    def memberships() -> None:
        codebook = read_codebook(files.one("desk/codebook.csv"), files.factors)
        of_study = sets.read_sets(files.one("qca/sets.csv"), set(codebook["indicator"]), files.factors)
        sets.read_memberships(files.one("qca/memberships.csv"), of_study, settled_in(files.one("countries.csv")))

    return [memberships]


def _literature(files: StudyFiles) -> list[Door]:
    from coproduction.literature.importing import exports_in, import_files
    from coproduction.literature.tables import SEARCHES

    def exports() -> list[str]:
        folder = Path(files.config.study) / "searches"
        there = exports_in(folder)
        if sum(path.stat().st_size for path in there) > LARGE:
            return []
        described = files.one("searches/searches.csv")
        searches = people_tables.read_people_table(described, SEARCHES) if described else tables.empty(SEARCHES)
        read = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in there)
        return _refused_entries(import_files(read, searches, files.config.literature.columns).refused)

    def corrections() -> None:
        from coproduction.literature.correcting import read_corrections

        read_corrections(files.all("searches/corrections*.csv"))

    return [exports, corrections]


def _refused_entries(refused_: pd.DataFrame) -> list[str]:
    """One sentence a file for the entries that cannot be read."""
    return [
        str(
            StudyError(
                f"{len(part)} of its entries cannot be read, the first because {part['reason'].iloc[0]}",
                file=f"searches/{file}",
                row=int(part["line"].iloc[0]),
                remedy="Correct the entries or export them again; the others are read",
            )
        )
        for file, part in refused_.groupby("file", sort=True)
    ]


def _screening(files: StudyFiles) -> list[Door]:
    from coproduction.screening import extracting, intake
    from coproduction.screening.places import decision_patterns
    from coproduction.screening.tables import STAGES

    def decisions(stage: str) -> Door:
        return lambda: _nothing(intake.read_stage(files.all(*decision_patterns(stage)), stage))

    def taken() -> list[str]:
        paths = files.all("screening/extraction*.csv")
        return _unused(extracting.read_extraction(paths, list(files.config.screening.extraction))[1])

    def judged() -> list[str]:
        questions = extracting.read_questions(files.all("screening/quality_questions*.csv"))
        return _unused(extracting.read_appraisal(files.all("screening/appraisal*.csv"), questions)[1])

    return [
        *(decisions(stage) for stage in STAGES),
        lambda: _nothing(intake.read_criteria(files.all("screening/criteria*.csv"))),
        lambda: _nothing(intake.read_adjudications(files.all("screening/adjudications*.csv"))),
        lambda: _nothing(intake.read_retrieval(files.all("screening/retrieval*.csv"))),
        taken,
        judged,
    ]


def _unused(findings: list[dict]) -> list[str]:
    """A sentence for each column that nothing reads."""
    return [
        str(StudyError(row["detail"].rstrip("."), file=f"screening/{row['file']}", remedy="Rename or remove it"))
        for row in findings
    ]


def _interviews(files: StudyFiles) -> list[Door]:
    from coproduction.interviews import reading, speakers

    return [
        lambda: _nothing(reading.read_participants(files.one("interviews/participants.csv"))),
        lambda: _nothing(reading.read_gioia(files.one("interviews/gioia.csv"), files.factors)),
        lambda: _nothing(speakers.read_roles(files.one("interviews/speakers.csv"))),
    ]


def _delphi(files: StudyFiles) -> list[Door]:
    from coproduction.delphi import study
    from coproduction.delphi.importing import import_rounds

    def rounds() -> None:
        lists = {"ids": "panellist_ids"} | {n: n for n in ("statements", "panel", "rounds", "comments", "columns")}
        given = {name: files.all(f"delphi/{file}.csv") for name, file in lists.items()}
        keys = files.all("delphi/identities.csv", "interviews/identities.csv")
        import_rounds(study.read(SimpleNamespace(**given, identities=keys), files.factors), files.config.delphi)

    return [rounds]


def _ecosystem(files: StudyFiles) -> list[Door]:
    from coproduction.ecosystem import influences, judgements

    def asked() -> None:
        influences.check_ids("ecosystem.structure_factors", files.config.ecosystem.structure_factors, files.factors)

    def pairs(name: str) -> list[str]:
        return files.all(f"ecosystem/{name}*.csv")

    return [
        asked,
        lambda: _nothing(judgements.settled_rows(files.one("ecosystem/directions.csv"))),
        lambda: _nothing(judgements.read_judgements(files.one("ecosystem/judgements.csv"), files.factors)),
        lambda: _nothing(judgements.read_cerqual(files.one("ecosystem/cerqual.csv"), files.factors)),
        lambda: _nothing(judgements.read_influences(pairs("influences"), files.factors)),
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
