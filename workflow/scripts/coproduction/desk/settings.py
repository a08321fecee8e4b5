"""Settings of the desk research."""

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from coproduction.core.settings import Section
from coproduction.methods.negation import BEFORE, listed

NAME = re.compile(r"[\w-]+")
DIMENSIONS = ["political", "economic", "social", "technological"]
MOST_DIMENSIONS = 8  # that the colours of the figures tell apart, see `figures.CATEGORIES`
OVERALL = "overall"

SERIES = re.compile(r"(worldbank|eurostat):([\w.]+)(?:\?(.+))?")


class SeriesSettings(Section):
    """Series of indicators by API, which only `study.py indicators` fetches; never part of a run."""

    series: dict[str, str] = Field(
        default={},
        description="The series to fetch for each indicator of codebook.csv: `worldbank:CODE`, or "
        "`eurostat:CODE?unit=PC&age=TOTAL` "
        "with one value for each dimension that has several.",
    )
    first_year: int = Field(2000, ge=1900, le=2100, description="First year that is requested.")
    last_year: int = Field(
        2100, ge=1900, le=2100, description="Last year that is requested; the current year where it is later."
    )
    pause: float = Field(0.5, ge=0, le=60, description="Minimum number of seconds between two requests.")
    worldbank: str = Field("https://api.worldbank.org/v2", description="Address of the World Bank's API.")
    eurostat: str = Field(
        "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0", description="Address of Eurostat's API."
    )

    @field_validator("series")
    @classmethod
    def _known_forms(cls, series: dict[str, str]) -> dict[str, str]:
        for name, specification in series.items():
            if not SERIES.fullmatch(specification) or any("=" not in part for part in filters_of(specification)):
                raise ValueError(
                    f"'{specification}' of {name} is no series: write worldbank:CODE or eurostat:CODE?unit=PC"
                )
            if not NAME.fullmatch(name):
                raise ValueError(f"'{name}' is used as a file name: use only letters, digits, hyphens and underscores")
        return series


def filters_of(written: str) -> list[str]:
    """The parts behind the question mark of a series, as `unit=PC`."""
    return [part for part in written.partition("?")[2].split("&") if part]


class DeskSettings(Section):
    """Desk research: passages in documents, and indicators compared by country."""

    dimensions: list[Annotated[str, Field(min_length=1)]] = Field(
        default=DIMENSIONS,
        min_length=1,
        max_length=MOST_DIMENSIONS,
        description="Dimensions of the comparison of countries, in the order of the report; `dimension` of codebook.csv "
        "names one of them. For a PESTEL analysis add ecological and legal.",
    )
    normalisation: Literal["minmax", "zscore", "rank"] = Field(
        "minmax", description="How indicators are rescaled: minmax, zscore or rank."
    )
    outliers: Literal["keep", "winsorise"] = Field(
        "keep",
        description="Whether outliers of an indicator (skewness of 2 and kurtosis of 3.5 or more) "
        "are replaced by the next value, at most five.",
    )
    aggregation: Literal["arithmetic", "geometric"] = Field(
        "arithmetic",
        description="How the indicators of a dimension become one score: arithmetic lets a high "
        "value compensate for a low one, geometric only in part.",
    )
    minimum_share: float = Field(
        0.6,
        gt=0,
        le=1,
        description="A country is scored in a dimension when it has values for at least this "
        "share of the dimension's indicators.",
    )
    imputation: Literal["none", "median", "neighbours"] = Field(
        "none",
        description="Whether missing values are imputed: none; the median of the indicator; or the "
        "mean of the five countries that are most alike. Imputed values are marked and do not count "
        "towards minimum_share.",
    )
    dimension_weights: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default={},
        description="Weights of the dimensions in the overall score, for example political: "
        "2; 1 if a dimension is not named.",
    )
    overall_aggregation: Literal["arithmetic", "geometric"] = Field(
        "arithmetic", description="How the scores of the dimensions become the overall score."
    )
    uncertainty_draws: int = Field(
        10_000,
        ge=0,
        le=1_000_000,
        description="Number of draws in which all methodological choices and all weights vary together.",
    )
    oldest_year: int = Field(2015, ge=1900, le=2100, description="Earliest year whose values are used for scores.")
    countries: list[str] = Field(
        default=[],
        description="Countries of the comparison as ISO codes or names; if empty, all countries with values.",
    )
    weight_draws: int = Field(
        1000,
        ge=0,
        le=100_000,
        description="Number of random sets of weights from which the interval of each rank is taken.",
    )
    excerpt_length: int = Field(400, ge=80, le=5000, description="Longest excerpt of a passage, in characters.")
    similar_documents: float = Field(
        0.8,
        gt=0.3,
        le=1,
        description="Two documents are listed as similar if they share at least this "
        "part of the shorter document's text.",
    )
    ocr_languages: str = Field(
        "eng",
        pattern=r"^([A-Za-z_]{3,}(\+[A-Za-z_]{3,})*)?$",
        description="Languages of scanned pages as Tesseract names them (eng+deu), whose text is recognised where "
        "Tesseract is installed; empty: no text recognition.",
    )
    negations: list[str] = Field(
        default=listed(BEFORE),
        description="Words that negate a term that follows them in the same sentence; replace "
        "them for documents in other languages.",
    )
    online: SeriesSettings = SeriesSettings()
    shown_passages: int = Field(
        12, ge=0, le=60, description="Number of conditions for which the report quotes one passage."
    )

    @field_validator("dimensions")
    @classmethod
    def _each_once(cls, dimensions: list[str]) -> list[str]:
        named = [" ".join(name.split()) for name in dimensions]
        folded = [name.casefold() for name in named]
        twice = [name for n, name in enumerate(named) if folded.index(name.casefold()) != n]
        if twice:
            raise ValueError(f"{twice[0]} appears more than once")
        if "" in named or OVERALL in folded:
            raise ValueError(f"a dimension needs a name, and {OVERALL} is that of all together")
        return named

    @model_validator(mode="after")
    def _geometric_needs_positive_values(self):
        if self.normalisation == "zscore" and self.aggregation == "geometric":
            raise ValueError("z-scores can be negative and have no geometric mean; choose minmax")
        if self.normalisation == "zscore" and self.overall_aggregation == "geometric":
            raise ValueError("z-scores can be negative and have no geometric mean; choose minmax")
        unknown = set(self.dimension_weights) - set(self.dimensions)
        if unknown:
            raise ValueError(
                f"'{sorted(unknown)[0]}' in dimension_weights is not a dimension ({', '.join(self.dimensions)})"
            )
        return self
