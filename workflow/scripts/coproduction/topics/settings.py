"""Settings of the topic model."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from coproduction.core.settings import Section


class TopicsSettings(Section):
    """Topics of the abstracts: TF-IDF and non-negative matrix factorisation."""

    n_topics: int = Field(0, ge=0, le=50, description="Number of topics; 0: the number favoured by the comparison.")
    n_terms: int = Field(8, ge=3, le=30, description="Number of terms shown for each topic.")
    min_documents: int = Field(
        3, ge=1, description="A term counts when at least this many documents use it, and at least one in a thousand."
    )
    max_share: float = Field(
        0.5, gt=0, le=1, description="A term is left out when a larger share of documents uses it."
    )
    ngrams: int = Field(
        1, ge=1, le=3, description="Maximum number of words in a term; phrases make topics less stable."
    )
    stop_words: list[str] = Field(
        default=["study", "paper", "article", "research", "results", "findings", "based", "using"],
        description="Words to leave out in addition to common English ones.",
    )
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]] = Field(
        default=["en"],
        min_length=1,
        description="Languages of the abstracts that are modelled, by their codes (ISO 639).",
    )
    other_languages: Literal["left out", "modelled"] = Field(
        "left out", description="What to do with abstracts in other languages; those left out are counted and listed."
    )
    fitted_records: int = Field(
        20_000,
        ge=100,
        description="Maximum number of records, spread evenly over all, from which the topics are derived; the "
        "others are "
        "assigned to these topics.",
    )
    compared_numbers: list[Annotated[int, Field(ge=2, le=100)]] = Field(
        default=[],
        description="Numbers of topics to compare; empty: at most ten numbers, up to the square root of the number "
        "of abstracts.",
    )
    compared_draws: int = Field(
        6, ge=2, le=200, description="Number of draws of four fifths of the records for the stability."
    )
    compared_records: int = Field(
        1000, ge=50, description="Maximum number of records used to compare numbers of topics."
    )
    min_weight: float = Field(
        0.3, ge=0, le=1, description="Minimum share of a document's topic weights for it to count towards a topic."
    )

    @field_validator("n_topics")
    @classmethod
    def _no_single_topic(cls, value: int) -> int:
        if value == 1:
            raise ValueError(
                "a single topic is meaningless; enter 2 or more, or 0 for the number favoured by the comparison"
            )
        return value
