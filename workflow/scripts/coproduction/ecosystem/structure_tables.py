"""Tables of the structural analysis."""

from coproduction.core import tables
from coproduction.ecosystem.ism import CYCLE, QUADRANTS

CAUSE, EFFECT = "cause", "effect"

INFLUENCES = tables.schema(
    "influences",
    "How strongly one factor influences another, as experts judge it: a row per pair and expert.",
    {
        "from": tables.text("id of the factor that influences", filled=True),
        "to": tables.text("id of the factor that is influenced", filled=True),
        "rater": tables.text("pseudonym of the expert"),
        "influence": tables.whole(
            "0 none, 1 low, 2 medium, 3 high, 4 very high; or throughout 0 no, 1 yes; empty: not judged"
        ),
    },
)

INFLUENCE_FORM = tables.schema(
    "influence form",
    "The pairs of factors for the experts to judge, a copy for each.",
    {
        "from": tables.text("factor id", filled=True),
        "from_name": tables.text("the factor that influences"),
        "to": tables.text("factor id", filled=True),
        "to_name": tables.text("the factor that is influenced"),
        "rater": tables.text("for the expert: pseudonym"),
        "influence": tables.text("for the expert: 0 none, 1 low, 2 medium, 3 high, 4 very high"),
    },
)

STRUCTURE = tables.schema(
    "structure",
    "What each factor drives and what drives it; the highest level first.",
    {
        "factor": tables.text("factor id", filled=True, unique=True),
        "name": tables.text("name of the factor"),
        "given": tables.number("D: total influence given (DEMATEL); empty when not computed"),
        "received": tables.number("R: total influence received"),
        "prominence": tables.number("D + R"),
        "relation": tables.number("D − R"),
        "group": tables.choice("cause where more is given than received", [CAUSE, EFFECT, ""]),
        "level": tables.whole("ISM level; 1 drives nothing further", low=1),
        "driving": tables.whole("factors reached, itself included", low=1),
        "dependence": tables.whole("factors that reach it, itself included", low=1),
        "quadrant": tables.choice("MICMAC quadrant", QUADRANTS),
        "same_quadrant": tables.number(
            "share of draws in the same quadrant; empty with one expert"
        ),
        "same_level": tables.number("share of draws on the same level"),
        "same_group": tables.number("share of the draws with DEMATEL in the same group"),
        "draws": tables.whole("draws over the experts, or experts left out one by one", low=0),
    },
)

RELATIONS = tables.schema(
    "relations",
    "Directed pairs of factors above a threshold of ISM or DEMATEL, the strongest first.",
    {
        "from": tables.text("factor id that influences", filled=True),
        "to": tables.text("factor id that is influenced", filled=True),
        "mean": tables.number("mean influence of those who judged; empty when nobody did"),
        "share": tables.number("share of them at or above the influence of the settings"),
        "raters": tables.whole("experts who judged the pair", low=0),
        "not_judged": tables.whole("experts who did not", low=0),
        "total": tables.number("total influence (DEMATEL); empty when not computed"),
        "over_alpha": tables.choice("whether total reaches DEMATEL's threshold", ["yes", "no"]),
        "direct": tables.choice("whether it counts as an influence in the ISM", ["yes", "no"]),
        "skeleton": tables.choice(
            "yes: an arrow of the drawing; feedback: within a group that drives itself; no: follows "
            "from others; empty: no influence in the ISM",
            ["yes", "no", CYCLE, ""],
        ),
    },
)
