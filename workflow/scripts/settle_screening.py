"""Settle what people decided: where every record stands, and what is in conflict."""

from coproduction import tables
from coproduction.screening import intake
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import Files, settle_study
from coproduction.screening.tables import (
    CONFLICTS,
    CRITERIA,
    FINDINGS,
    RECORDS,
    SETTLED,
    STANDING,
)
from coproduction.step import run


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = ScreeningSettings.model_validate(snakemake.params.settings)
    records = tables.read_result(given.records, RECORDS)
    files = Files(
        criteria=intake.read_criteria(given.criteria),
        stages={
            "title_abstract": intake.read_stage(given.title_abstract),
            "full_text": intake.read_stage(given.full_text),
        },
        adjudications=intake.read_adjudications(given.adjudications),
        retrieval=intake.read_retrieval(given.retrieval),
    )
    settled = settle_study(records, files, settings)
    tables.write_csv(files.criteria, made.criteria, CRITERIA)
    tables.write_csv(settled.decisions, made.decisions, SETTLED)
    tables.write_csv(settled.findings, made.findings, FINDINGS)
    tables.write_csv(settled.conflicts, made.conflicts, CONFLICTS)
    tables.write_csv(settled.standing, made.states, STANDING)


run(main, snakemake)
