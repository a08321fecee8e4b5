"""Settings of the topic model."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from coproduction.core.settings import Section


class TopicsSettings(Section):
    """Topics of the abstracts: TF-IDF and non-negative matrix factorisation."""

    n_topics: int = Field(
        0, ge=0, le=50, description="Number of topics; 0: the one that the comparison of numbers favours."
    )
    n_terms: int = Field(8, ge=3, le=30, description="Terms shown for each topic.")
    min_documents: int = Field(
        3, ge=1, description="A term counts when at least this many documents use it, and at least one in a thousand."
    )
    max_share: float = Field(
        0.5, gt=0, le=1, description="A term is left out when a larger share of documents uses it."
    )
    ngrams: int = Field(
        1, ge=1, le=3, description="Longest sequence of words taken as one term; phrases make topics less stable."
    )
    stop_words: list[str] = Field(
        default=["study", "paper", "article", "research", "results", "findings", "based", "using"],
        description="Words to leave out besides the common English ones.",
    )
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]] = Field(
        default=["en"],
        min_length=1,
        description="Languages of the abstracts that are modelled, by their codes (ISO 639).",
    )
    other_languages: Literal["left out", "modelled"] = Field(
        "left out", description="What becomes of abstracts in other languages; left out, they are counted and listed."
    )
    fitted_records: int = Field(
        20_000,
        ge=100,
        description="The topics are found in at most this many records, spread evenly over all; the others are placed "
        "among them.",
    )
    compared_numbers: list[Annotated[int, Field(ge=2, le=100)]] = Field(
        default=[],
        description="Numbers of topics that are compared; empty: ten at most, up to the root of the number of abstracts.",
    )
    compared_draws: int = Field(6, ge=2, le=200, description="Draws of four fifths of the records for the stability.")
    compared_records: int = Field(
        1000, ge=50, description="At most this many records are used to compare numbers of topics."
    )
    min_weight: float = Field(
        0.3, ge=0, le=1, description="Smallest share of a document's topic weights for it to count for a topic."
    )

    @field_validator("n_topics")
    @classmethod
    def _no_single_topic(cls, value: int) -> int:
        if value == 1:
            raise ValueError("one topic says nothing; give 2 or more, or 0 for the number that the comparison favours")
        return value
