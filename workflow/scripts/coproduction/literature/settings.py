"""Settings of the literature import and deduplication."""

from pydantic import Field, field_validator

from coproduction.core.settings import Section
from coproduction.formats.references.maps import FIELDS


class LiteratureSettings(Section):
    """Literature: which pairs of entries count as the same."""

    merge_score: float = Field(2.5, description="Entries are merged from this score on (base-2 logarithm of the odds).")
    review_score: float = Field(-2.0, description="Pairs from this score up to merge_score go to people for review.")
    window: int = Field(12, ge=2, le=100, description="Neighbours with which an entry is compared in each block.")
    columns: dict[str, str] = Field(
        {},
        description="Names of columns in your own tables (CSV, Excel) that are not recognised, each "
        "with the field of entries.csv that it fills, such as `{Verfasser: authors}`.",
    )

    @field_validator("columns")
    @classmethod
    def _known_fields(cls, columns: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(columns.values()) - set(FIELDS))
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is no field; the fields are {', '.join(FIELDS)}")
        return columns
