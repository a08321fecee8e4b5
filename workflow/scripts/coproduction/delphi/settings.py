"""Settings of the Delphi: the scale, the rule of consensus, stability and when to stop."""

import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from coproduction.core.settings import Section
from coproduction.delphi.texts import TEXTS, problems

if TYPE_CHECKING:
    from coproduction.formats.surveys.answers import AnswerKey

MOST_POINTS = 1000
Quantiles = Literal["linear", "weibull", "hazen", "median_unbiased", "averaged_inverted_cdf"]


def _short(value: float) -> float:
    """A whole number as such, so that messages and protocols say 9, not 9.0."""
    return int(value) if value == int(value) else value


Number = Annotated[float, AfterValidator(_short)]


class ScaleSettings(Section):
    """The rating scale and both of its ends as they are used in the verdict."""

    lowest: Number = Field(1, description="Lowest point of the scale.")
    highest: Number = Field(9, description="Highest point of the scale.")
    step: Number = Field(
        1,
        gt=0,
        description="Distance between two points: 1 for whole numbers and visual analogue scales from "
        "0 to 100, 0.01 for shares from 0 to 1 or ratings with two decimals.",
    )
    unfavourable_to: Number = Field(3, description="Ratings up to this point are unfavourable to a statement.")
    favourable_from: Number = Field(7, description="Ratings from this point on are favourable to a statement.")
    lowest_label: str = Field("not important", description="What the lowest point means.")
    highest_label: str = Field("essential", description="What the highest point means.")

    @model_validator(mode="after")
    def ordered(self) -> "ScaleSettings":
        ends = (self.lowest, self.unfavourable_to, self.favourable_from, self.highest)
        if not ends[0] <= ends[1] < ends[2] <= ends[3]:
            raise ValueError(
                "lowest ≤ unfavourable_to < favourable_from ≤ highest must hold, not " + " / ".join(map(str, ends))
            )
        steps = [(end - self.lowest) / self.step for end in ends]
        if any(abs(count - round(count)) > 1e-6 for count in steps) or steps[-1] > MOST_POINTS:
            raise ValueError(
                f"lowest, highest and both limits must lie on points of the scale, whole steps of "
                f"{self.step} apart, and no more than {MOST_POINTS} of them"
            )
        return self

    @property
    def points(self) -> list[float]:
        """The points of the scale, lowest first."""
        count = round((self.highest - self.lowest) / self.step) + 1
        return [_short(round(self.lowest + self.step * k, 9)) for k in range(count)]


class ConsensusSettings(Section):
    """The deciding rule of consensus. Fix it before the first round; its digest is reported."""

    rule: Literal["agreement", "iqr", "rand", "classic", "comet"] = Field(
        "agreement",
        description="Which rule decides; the others are reported alongside. agreement: a share of "
        "ratings at one end of the scale. iqr: narrow interquartile range and median at one end. "
        "rand: RAND/UCLA, median at one end and no disagreement (IPR ≤ IPRAS). classic: RAND/UCLA "
        "by the table of panel sizes, 8 to 16 ratings. comet: at least 70 % at one end and less "
        "than 15 % at the other.",
    )
    agreement: float = Field(0.75, gt=0.5, le=1, description="Rule agreement: share that must be reached.")
    denominator: Literal["rated", "responded"] = Field(
        "rated",
        description="Rule agreement: share of those who rated the statement, or of all who "
        "responded to the round and were asked (no opinion and empty cells then count against).",
    )
    min_ratings: int = Field(
        5,
        ge=1,
        description="Minimum number of ratings of a statement for a verdict; with fewer the verdict "
        "is 'too few ratings' and the statement is not settled.",
    )
    min_share: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Smallest share of those who responded and were asked that must have rated a "
        "statement for a verdict.",
    )
    iqr: float | None = Field(
        None,
        ge=0,
        description="Rule iqr: widest interquartile range. Empty: the usual 1 on scales of 4 or 5 "
        "points and 2 on scales of 9 to 11; on other scales the rule cannot then be used.",
    )
    quartiles: Quantiles = Field(
        "linear",
        description="Quantile type of the quartiles: linear (Hyndman and Fan's type 7, as R, NumPy "
        "and Excel), weibull (6, as SPSS), hazen (5), median_unbiased (8), averaged_inverted_cdf "
        "(2, as SAS).",
    )
    percentiles: Quantiles = Field("linear", description="Quantile type of the 30th and 70th percentile of RAND/UCLA.")
    rescale: bool = Field(
        False,
        description="Rescale ratings on other scales to 1 to 9 for RAND/UCLA and COMET. Otherwise "
        "these two rules cannot be used on other scales.",
    )
    split: float = Field(
        0.3,
        gt=0,
        le=0.5,
        description="A statement without consensus is split when at least this share of ratings "
        "lies at each end of the scale.",
    )


class StabilitySettings(Section):
    """When a rating counts as stable between two rounds, on panellists who rated in both."""

    rule: Literal["individual", "net_change", "variation", "kappa"] = Field(
        "individual",
        description="individual: share of panellists who moved by at most `within` points. "
        "net_change: Scheibe's change of the distribution. variation: change of the coefficient "
        "of variation. kappa: weighted kappa.",
    )
    within: Number | None = Field(
        None,
        ge=0,
        description="Rule individual: points of the scale that count as no change. Empty: a tenth of "
        "the width of the scale in whole steps (1 on scales of 7 to 15 points, 10 from 0 to 100, none on "
        "6 points or fewer). A number as large as the distance between the two ends is refused, as it "
        "would be meaningless.",
    )
    individual: float = Field(0.85, gt=0, le=1, description="Rule individual: share to reach.")
    net_change: float = Field(0.15, ge=0, description="Rule net_change: largest net change.")
    variation: float = Field(0.2, ge=0, description="Rule variation: largest absolute change.")
    kappa: float = Field(0.6, ge=0, le=1, description="Rule kappa: smallest value.")
    weights: Literal["linear", "quadratic"] = Field(
        "linear",
        description="Rule kappa: weights of the kappa that decides. Both are reported, since studies "
        "use either; quadratic weights give higher values.",
    )


class RankingSettings(Section):
    """Ranking-type Delphi: an order of the statements instead of (or beside) verdicts."""

    use: bool = Field(False, description="Report mean ranks, Kendall's W and shared tops.")
    top: int = Field(5, ge=1, description="Number of statements that form the top of the list.")
    answers: Literal["ratings", "ranks"] = Field(
        "ratings",
        description="What panellists gave. ratings: ranks follow from them, high first. ranks: 1 "
        "is first; everything else uses points, the highest of the scale for the first rank, so "
        "set the scale from 1 to the number of statements.",
    )

    @property
    def given(self) -> bool:
        """Do panellists give the ranks themselves?"""
        return self.use and self.answers == "ranks"


class FuzzySettings(Section):
    """Fuzzy Delphi: ratings as triangular fuzzy numbers."""

    use: bool = Field(False, description="Report fuzzy consensus and scores alongside the verdicts.")
    method: Literal["distance", "max-min"] = Field(
        "distance",
        description="Which method accepts a statement; the numbers of both are reported. distance: "
        "mean distance from the mean number, share within the threshold and score. max-min: "
        "Ishikawa's crossing of the quartiles of low and high values, with a grey zone narrower than "
        "the distance of both medians.",
    )
    threshold: float = Field(0.2, gt=0, description="Method distance: largest distance d from the mean number.")
    agreement: float = Field(
        0.75, gt=0, le=1, description="Method distance: share of the panel that must lie within the threshold."
    )
    score: float = Field(
        0.5, ge=0, le=1, description="Smallest defuzzified score (alpha-cut), or value at the crossing, to be accepted."
    )
    numbers: dict[Number, tuple[float, float, float]] = Field(
        default_factory=dict,
        description="Fuzzy number of each point of the scale; empty: the usual ones for five and "
        "seven points, evenly spread ones else.",
    )

    @property
    def score_column(self) -> str:
        """The column of FUZZY by which statements are put in order and accepted."""
        return "value" if self.method == "max-min" else "score"


class DelphiSettings(Section):
    """Everything that is decided about the Delphi before the data are seen."""

    scale: ScaleSettings = Field(default_factory=ScaleSettings, description="The rating scale.")
    consensus: ConsensusSettings = Field(
        default_factory=ConsensusSettings, description="The deciding rule of consensus."
    )
    stability: StabilitySettings = Field(default_factory=StabilitySettings, description="Stability between rounds.")
    ranking: RankingSettings = Field(default_factory=RankingSettings, description="Ranking-type Delphi.")
    fuzzy: FuzzySettings = Field(default_factory=FuzzySettings, description="Fuzzy Delphi.")
    max_rounds: int = Field(4, ge=1, description="Maximum number of rounds in which a statement is asked.")
    min_response: float = Field(
        0.5,
        ge=0,
        le=1,
        description="The Delphi ends with a closed round in which a smaller share of the panel responded.",
    )
    double_submissions: Literal["last", "first"] = Field(
        "last", description="Which submission of one panellist counts in a round."
    )
    real_time: bool = Field(
        False,
        description="Real-time Delphi: panellists come back within a round, and of several answers "
        "on a statement the last counts; how answers converged over time is shown.",
    )
    panellist_column: str = Field(
        "", description="Column of the panellist in the round files; empty: found by its name."
    )
    answer_codes: Literal["", "lowest first", "highest first", "as numbered"] = Field(
        "",
        description="Which point LimeSurvey's answer code A1 means: the lowest, the highest, or the "
        "point of that number (A0 is 0, A10 is 10). Empty: A7 is 7 on a scale of whole points from 1 "
        "on, and that is noted; on other scales it is asked about.",
    )
    answer_labels: dict[str, Number] = Field(
        default_factory=dict, description="Labels of scale points that carry no number, such as 'very important': 9."
    )
    no_opinion: list[str] = Field(
        default=[
            "NO",
            "no opinion",
            "don't know",
            "do not know",
            "unable to score",
            "unable to rate",
            "cannot judge",
            "not my expertise",
            "not sure",
            "unsure",
            "sans avis",
            "ne sait pas",
            "je ne sais pas",
            "weiß nicht",
            "keine Angabe",
            "no sé",
            "non so",
            "nu știu",
            "99",
            "999",
        ],
        description="Answers that mean 'no opinion' (upper or lower case), beside common phrases in several "
        "languages; phrases of several words may be part of a longer answer. Codes are possible where they are no point of the "
        "scale, such as 10 for 'unable to score' on a scale to 9.",
    )
    not_asked: list[str] = Field(
        default=["N/A", "{question_not_shown}", "{question not shown}", "not asked"],
        description="Cell contents that mean the question was not shown.",
    )
    missing: list[str] = Field(
        default=[
            "NA",
            "NaN",
            "-99",
            "-999",
            "-",
            ".",
            "no answer",
            "prefer not to answer",
            "keine Antwort",
            "sans réponse",
            "sin respuesta",
            "nessuna risposta",
            "fără răspuns",
            "ASKU",
            "NASK",
            "NI",
            "UNK",
        ],
        description="Cell contents that mean the question was shown and left empty, among them "
        "missing-data codes of REDCap as your project names them.",
    )
    dates: Literal["auto", "day", "month"] = Field(
        "auto",
        description="Whether day or month comes first in time stamps such as 3/4/2026; auto: as the column shows.",
    )
    late: Literal["count", "leave out"] = Field(
        "count",
        description="Submissions after the last day of a round (rounds.csv, closed) count or are "
        "left out; either way they are marked.",
    )
    small_group: int = Field(
        4, ge=2, description="Groups with fewer ratings are not shown on their own in feedback and figures."
    )
    feedback_salt: str = Field(
        "",
        description="Secret word used in the file names of the feedback sheets. Empty: the "
        "names depend on the ratings, which only the organisers know until they are published.",
    )
    comments_in_feedback: bool = Field(True, description="Show the other panellists' comments, without name or group.")
    withhold_words: list[str] = Field(
        default_factory=list, description="Names and places that must not appear in comments; they are replaced by […]."
    )
    language: str = Field(
        "en",
        pattern=r"^[a-z]{2,3}(-[A-Za-z]+)?$",
        description="Language of what panellists read, as in es, it or nb; it marks the pages and the "
        "LimeSurvey questionnaire and translates nothing.",
    )
    texts: dict[str, str] = Field(
        default_factory=dict,
        description="Replacements for fixed texts of questionnaires and feedback sheets, by key; "
        "docs/delphi_texts.md lists all keys with their English texts.",
    )
    bootstrap: int = Field(2000, ge=100, description="Bootstrap draws for the certainty of a verdict.")
    seed: int = Field(1, ge=0, description="Seed of the draws.")

    @property
    def iqr_limit(self) -> float | None:
        """The widest interquartile range that counts as consensus, None where none is usual.

        Von der Gracht (2012, doi:10.1016/j.techfore.2012.04.013): 1 on scales of 4 or 5 units, 2 on
        10 units.
        """
        if self.consensus.iqr is not None:
            return self.consensus.iqr
        points = len(self.scale.points)
        return {4: 1.0, 5: 1.0, 9: 2.0, 10: 2.0, 11: 2.0}.get(points)

    @property
    def last_counts(self) -> bool:
        """Does the last of several answers count, or the first?"""
        return self.real_time or self.double_submissions == "last"

    @property
    def answer_key(self) -> "AnswerKey":
        """What the cells of the round files may hold."""
        from coproduction.formats.surveys.answers import AnswerKey  # not needed at each start
        from coproduction.formats.surveys.no_opinion import common_no_opinion

        return AnswerKey(
            lowest=self.scale.lowest,
            highest=self.scale.highest,
            step=self.scale.step,
            codes=self.answer_codes,
            labels=self.answer_labels,
            no_opinion=(*self.no_opinion, self.say("no_opinion"), *common_no_opinion()),
            missing=tuple(self.missing),
            not_asked=tuple(self.not_asked),
            ranks=self.ranking.given,
            ends=(self.scale.lowest_label, self.scale.highest_label),
        )

    @property
    def deciding(self) -> dict[str, str]:
        """What decides, as setting → value: scale, consensus, stability and limits."""
        all_of_it = self.model_dump()
        decisive = {}
        for name in ("scale", "consensus", "stability", "max_rounds", "min_response"):
            part = all_of_it[name]
            nested = part if isinstance(part, dict) else None
            for key, value in nested.items() if nested is not None else [("", part)]:
                setting = f"{name}.{key}" if key else name
                if key.endswith("_label"):  # words for the reader decide nothing
                    continue
                decisive[setting] = "" if value is None else str(value)
        return decisive | {"stability.within": str(self.within)}

    @property
    def within(self) -> float:
        """Points that count as no change between two rounds: as set, else a tenth of the width."""
        if self.stability.within is not None:
            return self.stability.within
        scale = self.scale
        steps = round((scale.highest - scale.lowest) / 10 / scale.step)
        return _short(round(steps * scale.step, 9))

    @field_validator("texts")
    @classmethod
    def known_texts(cls, texts: dict[str, str]) -> dict[str, str]:
        errors = problems(texts)
        if errors:
            raise ValueError("; ".join(errors))
        return texts

    def say(self, key: str, **values: object) -> str:
        """A fixed text for panellists, in the study's own words where it has any."""
        return self.texts.get(key, TEXTS[key]).format(**values)

    @model_validator(mode="after")
    def numbers_of_all_points(self) -> "DelphiSettings":
        points = set(self.scale.points)
        numbers = self.fuzzy.numbers
        if numbers and set(numbers) != points:
            raise ValueError("fuzzy.numbers must name each point of the scale once")
        if any(not 0 <= a <= b <= c <= 1 for a, b, c in numbers.values()):
            raise ValueError("fuzzy.numbers must be 0 ≤ low ≤ middle ≤ high ≤ 1")
        return self

    @model_validator(mode="after")
    def codes_are_no_points(self) -> "DelphiSettings":
        """A code for 'no opinion' or an empty answer cannot be a point of the scale too; the usual ones give way to it."""
        points = set(self.scale.points)
        for name in ("no_opinion", "missing", "not_asked"):
            usual = type(self).model_fields[name].default
            for code in getattr(self, name):
                if (
                    code not in usual
                    and code.strip().lstrip("+-").replace(".", "", 1).isdigit()
                    and float(code) in points
                ):
                    raise ValueError(
                        f"{name} has {code}, which is a point of the scale from {self.scale.lowest} to {self.scale.highest}: "
                        "an answer cannot be both"
                    )
        return self

    @model_validator(mode="after")
    def tolerances_say_something(self) -> "DelphiSettings":
        scale, within, iqr = self.scale, self.stability.within, self.consensus.iqr
        between = scale.favourable_from - scale.unfavourable_to
        if within is not None and within >= between:
            raise ValueError(
                f"stability.within of {within} counts a move from one end of the scale to the other as "
                f"no change; it must be below {between}, the distance of the ends"
            )
        if iqr is not None and iqr >= scale.highest - scale.lowest:
            raise ValueError(f"consensus.iqr of {iqr} is as wide as the scale, so that every statement would meet it")
        return self

    @property
    def fixed_rules(self) -> str:
        """Digest of what decides."""
        return hashlib.sha256(json.dumps(self.deciding, sort_keys=True).encode()).hexdigest()[:12]
