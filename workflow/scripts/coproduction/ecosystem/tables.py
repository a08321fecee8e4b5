"""Tables of the ecosystem."""

from coproduction.core import accounting, tables
from coproduction.core.accounting import VERDICTS
from coproduction.methods.ism import CYCLE, QUADRANTS

LEVELS, NONE = ("very low", "low", "moderate", "high"), "none"  # of confidence
CAUSE, EFFECT = "cause", "effect"

EDGES = tables.schema(
    "ecosystem/edges.csv",
    "Pairs of factors that come up together, the most frequent first.",
    {
        "factor_a": tables.text("factor id, first in the alphabet", filled=True),
        "factor_b": tables.text("factor id, second in the alphabet", filled=True),
        "units": tables.whole("studies, turns of interviews and pages in which both have evidence"),
        "expected": tables.number("units expected if factors were spread independently"),
        "association": tables.number("units divided by expected"),
        "p": tables.number("chance of so many units or more, Poisson"),
        "clear": tables.choice("whether it is clearly more than chance", ["yes", "no"]),
        "techniques": tables.text("techniques in which the pair was found, separated by ;"),
    },
)

TRACE = tables.schema(
    "ecosystem/trace.csv",
    "Every piece of evidence of every factor, from the model back to its source.",
    {
        "factor": tables.text("factor id", filled=True),
        "name": tables.text("name of the factor"),
        "technique": tables.text("technique that found it; empty for a factor without evidence"),
        "kind": tables.text("kind of evidence"),
        "counts": tables.choice("whether it counts towards strength", ["yes", "no", ""]),
        "source": tables.text("document, record, topic, transcript or statement"),
        "locator": tables.text("page, position or round within the source"),
        "excerpt": tables.text("the words or the finding itself"),
        "value": tables.number("number where the evidence has one"),
        "note": tables.text("how it was found"),
    },
)

CONFIDENCE_FORM = tables.schema(
    "ecosystem/confidence_form.csv",
    "What the rule proposes for each factor, for the team to judge.",
    {
        "factor": tables.text("factor id", filled=True),
        "name": tables.text("name of the factor"),
        "proposed": tables.text("confidence that the rule proposes"),
        "concerns": tables.text("why it is not higher"),
        "confidence": tables.text("for the team: very low, low, moderate or high"),
        "reason": tables.text("for the team: why"),
        "judges": tables.text("for the team: initials"),
        "date": tables.text("for the team: day"),
    },
)


FACTORS = tables.schema(
    "ecosystem/factors.csv",
    "The factors with the strength of their evidence and the confidence in it, strongest first.",
    {
        "rank": tables.whole("place by strength; equals share a place", low=1),
        "id": tables.text("factor id", filled=True, unique=True),
        "name": tables.text("name of the factor", filled=True),
        "level": tables.text("citizens, organisation or environment"),
        "dimension": tables.text("dimension of the factor"),
        "strength": tables.number("strength of the evidence, 0 to 1"),
        "band": tables.choice("the strength in a word", ["none", "weak", "moderate", "strong"]),
        "low": tables.number("lowest strength when one line of evidence is left out"),
        "high": tables.number("highest strength when one line of evidence is left out"),
        "confidence": tables.choice("confidence in the evidence", [*LEVELS, NONE]),
        "proposed": tables.choice("confidence that the rule proposes", [*LEVELS, NONE]),
        "reasons": tables.text("concerns that lower the proposed confidence"),
        "judgement": tables.text("the team's reason; empty while the proposal stands"),
        "lines": tables.whole("lines of evidence that support the factor", low=0),
        "sources": tables.whole(
            "independent sources: per line the largest number, added up", low=0
        ),
        "verdict": tables.choice("verdict of the panel; empty while there is none", VERDICTS),
        "indicators": tables.whole("indicators of the country comparison", low=0),
        "sources_*": tables.whole("independent sources in each technique of the settings", low=0),
        "standing_*": tables.number(
            "share of factors outranked in the technique, ties half; empty when awaited or not asked"
        ),
        "value_*": tables.number("mean value in each technique that measures factors itself"),
    },
)

JUDGEMENTS = tables.people(
    "ecosystem/judgements.csv",
    "Confidence as the research team judges it, a row per factor.",
    {
        "factor": tables.text("factor id", filled=True),
        "confidence": tables.choice("judged confidence; empty to keep the proposal", [*LEVELS, ""]),
        "reason": tables.text("why, above all where it differs from the proposal"),
        "judges": tables.text("initials of those who judged"),
        "date": tables.text("day of the judgement"),
    },
)

INFLUENCES = tables.people(
    "ecosystem/influences.csv",
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
    "ecosystem/influence_form.csv",
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
    "ecosystem/structure.csv",
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
    "ecosystem/relations.csv",
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

INFLUENCE_ACCOUNT = tables.schema(
    "ecosystem/influence_account.csv",
    "Where every judgement of an influence and every pair of factors went.",
    accounting.ACCOUNT.columns,
)
