"""Settings of the screening."""

from typing import Literal

from pydantic import Field

from coproduction.core.settings import Section

Kind = Literal["database", "register", "website", "organisation", "citation"]

EXTRACTION = {
    "country": "Country",
    "service": "Service",
    "design": "Design",
    "participants": "Data from",
    "coproducers": "Who takes part",
    "phase": "Phase",
    "findings": "Findings on conditions",
}


class ScreeningSettings(Section):
    """Screening: reviewers, ranking of the unscreened, stop statement, PRISMA 2020 flow."""

    reviewers_title_abstract: int = Field(
        2, ge=1, le=9, description="Number of decisions that a record needs on title and abstract."
    )
    reviewers_full_text: int = Field(2, ge=1, le=9, description="Number of decisions that a report needs in full text.")
    calibration: int = Field(
        0,
        ge=0,
        description="Number of first records of each pair of reviewers (the calibration "
        "round) for which agreement is also reported; 0: none.",
    )
    confidence: float = Field(0.95, gt=0.5, lt=1, description="Confidence of the intervals of agreement and recall.")
    recall_target: float = Field(
        0.95, gt=0, lt=1, description="Share of the relevant records that screening is to find."
    )
    stop_confidence: float = Field(
        0.95, gt=0.5, lt=1, description="Confidence with which the target must be reached to stop."
    )
    stop_odds: float = Field(
        3.0,
        ge=1,
        le=20,
        description="Stopping rule: how many times more likely the ranking is assumed to show "
        "a relevant record than an irrelevant one; 1 makes no use of the ranking.",
    )
    stopped: bool = Field(
        False,
        description="Set this when you end screening on the basis of the stopping criteria; "
        "unscreened records then count as excluded by automation tools.",
    )
    safe_share: float = Field(0.1, ge=0, le=1, description="Share of all records to screen before stopping (SAFE).")
    safe_run: int = Field(50, ge=1, description="Consecutive irrelevant records before stopping (SAFE).")
    key_records: list[str] = Field(
        default=[],
        description="Ids of records known in advance to be relevant: they start the "
        "ranking and must have been included before stopping.",
    )
    explained_terms: int = Field(
        5, ge=0, le=20, description="Number of terms for and against each record that the queue shows."
    )
    simulation_starts: int = Field(
        5, ge=1, le=100, description="Number of replays of each labelled set, from different starting records."
    )
    simulation_query: int = Field(1, ge=1, description="Number of records in a replay before the ranking is refitted.")
    kinds: dict[str, Kind] = Field(
        default={},
        description="Type of each source in searches.csv that is not a database: "
        "register, website, organisation or citation.",
    )
    previous_studies: int = Field(0, ge=0, description="Studies included in an earlier version of the review.")
    previous_reports: int = Field(0, ge=0, description="Reports of the studies of an earlier version of the review.")
    extraction: dict[str, str] = Field(
        default=EXTRACTION,
        description="Data extracted from the included reports: columns of extraction.csv, each with its heading in the "
        "table of studies; nothing when empty (`{}`).",
    )
    extractors: int = Field(
        1, ge=1, le=9, description="Number of people who extract the data of a study independently."
    )
    appraisal: bool = Field(
        True,
        description="Whether the included studies are appraised, with the Mixed Methods Appraisal Tool (2018) "
        "or with questions of your own (screening/quality_questions.csv).",
    )
    appraisal_tool: str = Field("", description="Name and source of a tool of your own, for the report.")
    appraisers: int = Field(2, ge=1, le=9, description="Number of people who appraise a study independently.")
