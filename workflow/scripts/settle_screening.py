"""Settle what people decided: where every record stands, and what is in conflict."""

import pandas as pd
from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening import intake
from coproduction.screening.decisions import STAGES
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import Files, settle_study
from coproduction.screening.tables import (
    CONFLICTS,
    CRITERIA,
    FINDINGS,
    FULL_TEXTS,
    RECORDS,
    SETTLED,
    SOURCES,
    STANDING,
)


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = ScreeningSettings.model_validate(snakemake.params.settings)
    records = tables.read_result(given.records, RECORDS)
    read = {stage: intake.read_stage(given[stage], stage) for stage in STAGES}
    files = Files(
        criteria=intake.read_criteria(given.criteria),
        stages={stage: rows for stage, (rows, _) in read.items()},
        sources=pd.concat([sources for _, sources in read.values()], ignore_index=True),
        adjudications=intake.read_adjudications(given.adjudications),
        retrieval=intake.read_retrieval(given.retrieval),
        full_texts=tables.read_result(given.matched, FULL_TEXTS),
    )
    settled = settle_study(records, files, settings)
    tables.write_csv(files.criteria, made.criteria, CRITERIA)
    tables.write_csv(settled.decisions, made.decisions, SETTLED)
    tables.write_csv(settled.findings, made.findings, FINDINGS)
    tables.write_csv(settled.conflicts, made.conflicts, CONFLICTS)
    tables.write_csv(settled.standing, made.states, STANDING)
    tables.write_csv(settled.sources, made.sources, SOURCES)


run(main, snakemake)
