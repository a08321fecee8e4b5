"""Settings of the literature import and deduplication."""

import re

from pydantic import Field, field_validator

from coproduction.core.settings import Section
from coproduction.formats.references.maps import FIELDS

NAME = re.compile(r"[A-Za-z0-9-]+")


class OnlineSettings(Section):
    """Searches by API, which only `study.py search` carries out; never part of a run."""

    mail: str = Field("", description="Your e-mail address, which is sent with each request to the services.")
    queries: dict[str, str] = Field(
        default={}, description="Queries for OpenAlex (its parameter `search`), each under a short name."
    )
    filter: str = Field(
        "",
        description="Filter of OpenAlex for all queries, such as "
        "`from_publication_date:2004-01-01,language:en,type:article`.",
    )
    most: int = Field(5000, ge=1, le=100_000, description="Maximum number of works taken from a search.")
    pause: float = Field(0.2, ge=0, le=60, description="Minimum number of seconds between two requests.")
    openalex: str = Field("https://api.openalex.org", description="Address of OpenAlex's API.")
    crossref: str = Field("https://api.crossref.org", description="Address of Crossref's API.")

    @field_validator("queries")
    @classmethod
    def _plain_names(cls, queries: dict[str, str]) -> dict[str, str]:
        odd = [name for name in queries if not NAME.fullmatch(name)]
        if odd:
            raise ValueError(f"'{odd[0]}' is used as a file name: use only letters, digits and hyphens")
        return queries


class LiteratureSettings(Section):
    """Literature: which pairs of entries count as the same."""

    merge_score: float = Field(
        2.5, description="Entries with at least this score are merged (base-2 logarithm of the odds)."
    )
    review_score: float = Field(-2.0, description="Pairs from this score up to merge_score are reviewed by people.")
    window: int = Field(
        12, ge=2, le=100, description="Number of neighbours with which an entry is compared in each block."
    )
    columns: dict[str, str] = Field(
        {},
        description="Unrecognised columns in your own tables (CSV, Excel), each with "
        "the field of entries.csv that it fills, such as `{Verfasser: authors}`.",
    )

    exports_up_to_mb: float = Field(
        50,
        ge=0,
        description="Megabytes of all files in searches/ up to which every run writes the records for other tools "
        "(RIS, BibTeX, CSL-JSON, CSV, ASReview); above it `make exports` writes them, and later runs keep them current.",
    )
    online: OnlineSettings = OnlineSettings()

    @field_validator("columns")
    @classmethod
    def _known_fields(cls, columns: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(columns.values()) - set(FIELDS))
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is not a field; the fields are {', '.join(FIELDS)}")
        return columns
