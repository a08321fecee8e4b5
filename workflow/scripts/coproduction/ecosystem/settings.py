"""Settings of the ecosystem: what counts as evidence, how it is weighed, and what drives what."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, model_validator

from coproduction.core.settings import Section
from coproduction.core.vocabulary import KINDS


class StructureSettings(Section):
    """How the experts' judgements of influence become a structure."""

    structure_factors: list[str] = Field(
        default=[],
        description="Ids of the factors whose influences on each other are judged; empty: "
        "the strongest of the model. List them once the form has been sent out, so that later "
        "evidence does not change the questions.",
    )
    structure_strongest: int = Field(
        default=10,
        ge=2,
        le=30,
        description="Number of strongest factors on the form for the experts; n factors make n·(n − 1) questions.",
    )
    influence_rule: Literal["mean", "share"] = Field(
        default="mean",
        description="When one factor is taken to influence another in the ISM: the mean "
        "judgement is at least `influence_from`, or a share of at least `influence_share` of the experts "
        "gives at least `influence_from`. Judgements of only 0 and 1 always follow the share.",
    )
    influence_from: float = Field(
        default=2, gt=0, le=4, description="Influence (0 to 4) from which a factor drives another."
    )
    influence_share: float = Field(
        default=0.5, gt=0, le=1, description="Share of the experts that is required by that rule."
    )
    dematel_threshold: float | None = Field(
        default=None,
        gt=0,
        description="Smallest total influence shown as a relation (DEMATEL's "
        "alpha); empty: the mean of the total relation matrix.",
    )
    micmac_cut: Literal["half", "mean"] = Field(
        default="half",
        description="When driving power and dependence count as high: above half the number "
        "of factors, or above their mean.",
    )
    structure_draws: int = Field(
        default=500, ge=50, description="Number of bootstrap draws over the experts for the stability."
    )
    few_raters: int = Field(
        default=5, ge=3, description="With fewer experts, each is left out once instead of drawing samples."
    )
    cognitive_map: bool = Field(
        default=False,
        description="Whether the influences are also analysed as a fuzzy cognitive map, with signed "
        "weights from ecosystem/weights.csv if available.",
    )
    map_activation: Literal["sigmoid", "tanh", "bivalent", "trivalent"] = Field(
        default="sigmoid",
        description="Function of the fuzzy cognitive map that keeps values within bounds: sigmoid (0 to 1), "
        "tanh (−1 to 1), bivalent (0 or 1), trivalent (−1, 0 or 1).",
    )
    map_rule: Literal["kosko", "modified kosko", "rescaled"] = Field(
        default="kosko",
        description="How a value follows from the previous values: from those of the others (`kosko`), also from "
        "its own (`modified kosko`), or from both as distances from one half (`rescaled`).",
    )
    map_steepness: float = Field(default=1, gt=0, le=10, description="Steepness of the sigmoid or tanh of the map.")


class EcosystemSettings(StructureSettings):
    """How the evidence of all techniques becomes strength and confidence per factor."""

    subject: str = Field(
        "the outcome",
        min_length=1,
        description="What the conditions favour or hinder, in the words of the report and of "
        "the figure of the model, such as `the start of co-production`.",
    )
    kinds: dict[str, list[str]] = Field(
        default={
            "desk": ["passage"],
            "literature": ["study"],
            "topics": ["topic"],
            "interviews": ["quote"],
            "delphi": ["rating"],
        },
        description="Per technique the kinds of evidence that count towards strength. "
        "Indicators do not: they describe a country, not whether the factor matters.",
    )
    titles: dict[str, str] = Field(
        default={
            "desk": "Documents",
            "literature": "Studies",
            "topics": "Topics",
            "interviews": "Interviews",
            "delphi": "Delphi",
        },
        description="Column titles of the techniques in figures and tables.",
    )
    measured_by_value: list[str] = Field(
        default=["delphi"],
        description="Techniques that measure the factor directly: their mean value is "
        "used instead of the number of sources.",
    )
    lines: dict[str, list[str]] = Field(
        default={
            "documents": ["desk"],
            "literature": ["literature", "topics"],
            "interviews": ["interviews"],
            "experts": ["delphi"],
        },
        description="Independent lines of evidence and the techniques that belong to each. "
        "Studies and topics read the same abstracts and therefore form one line.",
    )
    reading: dict[str, Literal["coded", "unread"]] = Field(
        default={"passage": "unread", "study": "unread", "quote": "coded", "rating": "coded", "topic": "unread"},
        description="Kinds of evidence with a direction, and whether they have been read by "
        "people (`coded`) or matched automatically (`unread`, until settled in ecosystem/directions.csv).",
    )
    hindering_words: list[str] = Field(
        default=[
            "hinder*",
            "barrier*",
            "obstacle*",
            "prevent*",
            "imped*",
            "block*",
            "undermin*",
            "discourag*",
            "stop*",
            "shut* out",
            "crowd* out",
            "difficult*",
            "exclu*",
            "suspicio*",
            "resist*",
            "reluctan*",
            "fear*",
            "frighten*",
            "distrust",
            "overburden*",
            "limit*",
            "weigh* on",
            "in the way",
            "threat*",
            "fail*",
            "end too soon",
            "ends too soon",
            "die*",
        ],
        description="Words beside a condition that indicate hindrance; `*` stands for any ending. "
        "For texts in another language, list the words of that language.",
    )
    absence_words: list[str] = Field(
        default=[
            "no",
            "not",
            "without",
            "lack*",
            "absence",
            "absent",
            "missing",
            "insufficient",
            "too little",
            "too few",
            "shortage*",
            "weak",
            "hardly",
            "never",
            "nobody",
            "cannot",
            "poverty",
            "uncertain*",
        ],
        description="Words before a condition that indicate its absence.",
    )
    floor_lines: int = Field(
        default=2, ge=1, description="With fewer lines of evidence than this, a strength is not labelled."
    )
    floor_sources: int = Field(
        default=3, ge=1, description="With fewer independent sources than this, a strength is not labelled."
    )
    clear_side: float = Field(
        default=0.75,
        gt=0.5,
        le=1,
        description="Share of the sources on one side from which evidence on both sides is still called "
        "favouring or hindering; between the two it is contested.",
    )
    prominent_from: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Standing from which a condition is prominent in a line of evidence (convergence "
        "coding: same direction and same prominence agree, same direction alone agrees in part).",
    )
    leading: int = Field(
        default=7,
        ge=1,
        description="Number of leading conditions whose place is tested; as many as the first page "
        "names (`report.leading`).",
    )
    bootstrap_draws: int = Field(
        default=1000, ge=100, description="Bootstrap draws over the sources for strength and rank."
    )
    weights: dict[str, float] = Field(
        default={}, description="Weight of a line of evidence in the overall strength; 1 if not given."
    )
    moderate_from: float = Field(default=0.33, ge=0, le=1, description="Strength from which it is called moderate.")
    strong_from: float = Field(default=0.66, ge=0, le=1, description="Strength from which it is called strong.")
    very_few_sources: int = Field(
        default=2, ge=0, description="With this many sources or fewer, confidence is lowered by two steps."
    )
    enough_sources: int = Field(
        default=6, ge=1, description="With at least this many sources there is no concern about adequacy."
    )
    enough_lines: int = Field(
        default=2, ge=1, description="With at least this many lines of evidence they count as corroborating each other."
    )
    topic_records: int = Field(
        default=3, ge=1, description="A topic counts for a factor when at least this many of its records mention it."
    )
    topic_lift: float = Field(
        default=1.5,
        ge=1,
        description="The share of its records that mention the factor is at least this many times the share of the others.",
    )
    edge_units: dict[str, list[str]] = Field(
        default={"study": ["source"], "quote": ["source", "place"], "passage": ["source", "place"]},
        description="Kinds of evidence that connect factors, and the columns that define "
        "a unit: the same study, the same turn of an interview, the same page (`place` is the first "
        "part of the locator).",
    )
    false_discoveries: float = Field(
        default=0.05,
        gt=0,
        lt=1,
        description="Share of false discoveries tolerated among the pairs of factors that are called clear.",
    )
    edges_shown: int = Field(default=12, ge=0, description="Number of pairs of factors listed in the report.")

    trace_rows: int = Field(
        default=1,
        ge=1,
        description="Pieces of evidence per factor, technique and kind printed in the supplement; the page of the "
        "evidence and the file trace.csv hold all of them.",
    )
    trace_context: int = Field(
        default=400, ge=100, description="Longest context of a piece of evidence in trace.csv, in characters."
    )
    trace_excerpt: int = Field(default=240, ge=40, description="Longest excerpt in the appendix, in characters.")

    @model_validator(mode="after")
    def fits_together(self) -> "EcosystemSettings":
        """Every technique stands in exactly one line; nothing names what is not there."""
        placed = [name for names in self.lines.values() for name in names]
        for name in self.kinds:
            if placed.count(name) != 1:
                raise ValueError(f"'{name}' must belong to exactly one of the lines of evidence")
        _check_known("lines", placed, self.kinds)
        _check_known("measured_by_value", self.measured_by_value, self.kinds)
        _check_known("weights", self.weights, self.lines)
        _check_known("edge_units", self.edge_units, KINDS)
        _check_known("kinds", [kind for kinds in self.kinds.values() for kind in kinds], KINDS)
        columns = [name for names in self.edge_units.values() for name in names]
        _check_known("edge_units", columns, ["source", "place"])
        if any(weight < 0 for weight in self.weights.values()):
            raise ValueError("weights must not be negative")
        _check_known("reading", self.reading, KINDS)
        if self.moderate_from > self.strong_from:
            raise ValueError("moderate_from must not be above strong_from")
        if self.very_few_sources >= self.enough_sources:
            raise ValueError("very_few_sources must be below enough_sources")
        return self


def _check_known(setting: str, names: Iterable[str], allowed: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(allowed))
    if unknown:
        raise ValueError(f"{setting} names '{unknown[0]}'; possible are {', '.join(allowed)}")
