"""Settings of the structural analysis: which conditions drive others."""

from typing import Literal

from pydantic import Field

from coproduction.core.settings import Section


class StructureSettings(Section):
    """How the experts' judgements of influence become a structure."""

    structure_factors: list[str] = Field(
        default=[],
        description="Ids of the factors whose influences on each other are judged; empty: the "
        "strongest of the model. Name them once the form has gone out, so that later evidence "
        "does not change the question.",
    )
    structure_strongest: int = Field(
        default=10,
        ge=2,
        le=30,
        description="Number of strongest factors on the form for the experts; n factors make "
        "n·(n − 1) questions.",
    )
    influence_rule: Literal["mean", "share"] = Field(
        default="mean",
        description="When one factor is taken to influence another in the ISM: the mean of those "
        "who judged is at least `influence_from`, or a share of at least `influence_share` of them "
        "says at least `influence_from`. Judgements of only 0 and 1 always go by the share.",
    )
    influence_from: float = Field(
        default=2, gt=0, le=4, description="Influence (0 to 4) from which a factor drives another."
    )
    influence_share: float = Field(
        default=0.5, gt=0, le=1, description="Share of the experts that suffices for the rule."
    )
    dematel_threshold: float | None = Field(
        default=None,
        gt=0,
        description="Smallest total influence that is shown as a relation (DEMATEL's alpha); "
        "empty: the mean of the total relation matrix.",
    )
    micmac_cut: Literal["half", "mean"] = Field(
        default="half",
        description="Where driving power and dependence are called high: above half the number of "
        "factors, or above their mean.",
    )
    structure_draws: int = Field(
        default=500, ge=50, description="Bootstrap draws over the experts for the stability."
    )
    few_raters: int = Field(
        default=5,
        ge=3,
        description="With fewer experts each is left out once instead of drawing samples.",
    )
