"""Settings of the qualitative comparative analysis."""

from pydantic import Field

from coproduction.core.settings import Section


class QcaSettings(Section):
    """Configurations of conditions across cases (QCA): cut-offs of the truth table."""

    consistency: float = Field(
        0.8, ge=0.5, le=1, description="A row of the truth table is sufficient for the outcome from this consistency."
    )
    pri: float = Field(
        0.5,
        ge=0,
        le=1,
        description="It must also have at least this proportional reduction in inconsistency (PRI), so that "
        "no row is sufficient for both the outcome and its absence.",
    )
    cases: int = Field(1, ge=1, description="Minimum number of cases in a row; rows with fewer are remainders.")
    necessity: float = Field(0.9, ge=0.5, le=1, description="Consistency from which a condition counts as necessary.")
    relevance: float = Field(
        0.6,
        ge=0,
        le=1,
        description="Relevance of necessity (RoN) below which a necessary condition is "
        "called trivial: nearly all cases have it.",
    )
    inclusion: float = Field(
        0.95,
        gt=0.5,
        lt=1,
        description="Membership of a case that is exactly at the anchor of "
        "inclusion (and one minus it on that of exclusion) in the direct method of calibration.",
    )
