"""Settings of the literature import and deduplication."""

from pydantic import Field

from coproduction.settings import Section


class LiteratureSettings(Section):
    """Literature: which pairs of entries count as the same."""

    merge_score: float = Field(
        2.5,
        description="Entries are merged from this score on (base-2 logarithm of the odds).",
    )
    review_score: float = Field(
        -2.0, description="Pairs from this score up to merge_score go to people for review."
    )
    window: int = Field(
        12, ge=2, le=100, description="Neighbours with which an entry is compared in each block."
    )
