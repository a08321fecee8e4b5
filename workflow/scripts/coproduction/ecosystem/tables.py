"""Tables of the ecosystem."""

from coproduction.core import accounting, tables
from coproduction.core.accounting import VERDICTS
from coproduction.methods.cognitive_map import KINDS
from coproduction.methods.ism import CYCLE, QUADRANTS

LEVELS, NONE = ("very low", "low", "moderate", "high"), "none"  # of confidence
CAUSE, EFFECT = "cause", "effect"
FAVOURS, HINDERS, MIXED, NOT_ABOUT = "favours", "hinders", "mixed", "not about it"
DIRECTIONS_OF_EVIDENCE = [FAVOURS, HINDERS, MIXED, NOT_ABOUT]
SETTLED, CODED, UNREAD, LISTED = "settled", "coded", "unread", "listed"
READ_STATES = (SETTLED, CODED)
CONTESTED, NO_MATTER, OPEN_VERDICT, SILENT = "contested", "does not matter", "undecided", "silent"
SIDES = [FAVOURS, HINDERS, CONTESTED, NO_MATTER, OPEN_VERDICT, SILENT]
BANDS = ["none", "too little evidence", "weak", "moderate", "strong"]
AGREEMENT, PARTIAL, SILENCE, DISSONANCE = "agreement", "partial agreement", "silence", "dissonance"
CODES = [DISSONANCE, PARTIAL, AGREEMENT, SILENCE]  # the first of a factor is told first
COMPONENTS = ["methodological limitations", "coherence", "adequacy", "relevance"]
CONCERNS = ["none or very minor", "minor", "moderate", "serious"]

SAID_BY = ["experts and texts", "experts", "texts", "nobody"]

EDGES = tables.schema(
    "ecosystem/edges.csv",
    "Pairs of factors that occur together, the most frequent first.",
    {
        "factor_a": tables.text("factor id, first in the alphabet", filled=True),
        "factor_b": tables.text("factor id, second in the alphabet", filled=True),
        "units": tables.whole("studies, turns of interviews and pages with evidence of both that people have read"),
        "expected": tables.number("units expected if factors were spread independently"),
        "association": tables.number("units divided by expected"),
        "p": tables.number("probability of so many units or more by chance (exact, stratified by technique)"),
        "adjusted": tables.number("p adjusted for all possible pairs (Benjamini and Hochberg)"),
        "clear": tables.choice("whether the pair is clearly more frequent than by chance", ["yes", "no"]),
        "techniques": tables.text("techniques in which the pair was found, separated by ;"),
        "unread": tables.whole("further units that depend on an unread match; they do not count", low=0),
    },
)

TOGETHER = tables.schema(
    "ecosystem/together.csv",
    "Pairs of factors that occur together, by technique: coded in one turn, in one abstract, on one page.",
    {
        "factor_a": tables.text("factor id, first in the alphabet", filled=True),
        "factor_b": tables.text("factor id, second in the alphabet", filled=True),
        "technique": tables.text("technique", filled=True),
        "units": tables.whole("its units with evidence of both that people have read", low=0),
        "units_a": tables.whole("its units with evidence of the first", low=0),
        "units_b": tables.whole("its units with evidence of the second", low=0),
        "units_all": tables.whole("its units with evidence of any factor", low=0),
        "expected": tables.number("units expected if the two were spread independently"),
        "p": tables.number("probability of so many units or more by chance (Fisher's exact test, one-sided)"),
        "adjusted": tables.number("p adjusted for all possible pairs of the technique"),
        "clear": tables.choice("whether the pair is clearly more frequent than by chance", ["yes", "no"]),
        "unread": tables.whole("further units that depend on an unread match", low=0),
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
        "value": tables.number("numerical value, where the evidence has one"),
        "note": tables.text("how it was found"),
        "unit": tables.text("unit whose direction people settle: a row of direction_form.csv"),
        "proposed": tables.choice("direction that the rule proposes", [*DIRECTIONS_OF_EVIDENCE, ""]),
        "ground": tables.text("reason for the proposal"),
        "direction": tables.choice("direction that counts; empty while unread", [*DIRECTIONS_OF_EVIDENCE, ""]),
        "state": tables.choice(
            "settled by a person, coded by people, unread, or only listed", [SETTLED, CODED, UNREAD, LISTED, ""]
        ),
        "reader": tables.text("who settled it"),
        "context": tables.text(
            "the context of the excerpt, which is between » and «; empty if the excerpt is complete"
        ),
    },
)

PEOPLE_DIRECTIONS = tables.people(
    "ecosystem/directions.csv",
    "The direction of a unit of evidence, as settled by people; rows of direction_form.csv.",
    {
        "unit": tables.text("unit of direction_form.csv", filled=True),
        "direction": tables.choice(
            "favours, hinders, mixed or not about it; empty to leave it", [*DIRECTIONS_OF_EVIDENCE, ""]
        ),
        "reader": tables.text("initials of who read it"),
        "remark": tables.text("reason, if not obvious", required=False),
    },
)

DIRECTIONS = tables.schema(
    "ecosystem/directions.csv",
    "Each row of the file in which people settle directions, and its outcome.",
    {
        "row": tables.whole("row in the file", low=1),
        "unit": tables.text("unit of direction_form.csv", filled=True),
        "direction": tables.text("direction that was settled"),
        "reader": tables.text("who read it"),
        "outcome": tables.choice(
            "outcome of the row",
            [
                "used",
                "left empty",
                "not part of the evidence",
                "passage rejected in desk/judgements.csv",
                "passage confirmed in one file and rejected in the other",
            ],
        ),
        "perhaps": tables.text("unit that may be meant, if none has this id"),
    },
)

DIRECTION_FORM = tables.schema(
    "ecosystem/direction_form.csv",
    "The units whose direction people settle, with their context; unread units of the strongest factors first.",
    {
        "unit": tables.text("id of the unit", filled=True, unique=True),
        "factor": tables.text("factor id", filled=True),
        "name": tables.text("name of the factor"),
        "kind": tables.text("kind of evidence"),
        "source": tables.text("document, study, statement or concept"),
        "locator": tables.text("place of the first piece"),
        "pieces": tables.whole("pieces of evidence that it holds", low=1),
        "excerpt": tables.text("words of the first piece"),
        "state": tables.text("settled, coded or unread"),
        "proposed": tables.text("direction that the rule proposes"),
        "ground": tables.text("reason for the proposal"),
        "direction": tables.text("for people: favours, hinders, mixed or not about it"),
        "reader": tables.text("for people: initials"),
        "remark": tables.text("for people: why"),
    },
)

CONFIDENCE_FORM = tables.schema(
    "ecosystem/confidence_form.csv",
    "The confidence that the rule proposes for each factor, for the team to judge.",
    {
        "factor": tables.text("factor id", filled=True),
        "name": tables.text("name of the factor"),
        "proposed": tables.text("confidence that the rule proposes"),
        "concerns": tables.text("why it is not higher"),
        "confidence": tables.text("for the team: very low, low, moderate or high"),
        "reason": tables.text("for the team: reason"),
        "judges": tables.text("for the team: initials"),
        "date": tables.text("for the team: day"),
    },
)


FACTORS = tables.schema(
    "ecosystem/factors.csv",
    "The factors with the strength of their evidence and the confidence in it, strongest first.",
    {
        "rank": tables.whole("place by strength; ties share a place", low=1),
        "id": tables.text("factor id", filled=True, unique=True),
        "name": tables.text("name of the factor", filled=True),
        "level": tables.text("citizens, organisation or environment"),
        "dimension": tables.text("dimension of the factor"),
        "strength": tables.number("strength of the evidence, 0 to 1"),
        "band": tables.choice("label of the strength; none below the minimum number of lines and sources", BANDS),
        "low": tables.number("lowest strength when one line of evidence is left out"),
        "high": tables.number("highest strength when one line of evidence is left out"),
        "side": tables.choice("direction of the evidence", SIDES),
        "hindrance": tables.number("strength of the evidence that it hinders, 0 to 1"),
        "confidence": tables.choice("confidence in the evidence", [*LEVELS, NONE]),
        "proposed": tables.choice("confidence that the rule proposes", [*LEVELS, NONE]),
        "reasons": tables.text("concerns that lower the proposed confidence"),
        "judgement": tables.text("the team's reason; empty while the proposal stands"),
        "lines": tables.whole("lines of evidence that say it favours (or hinders, if that is its direction)", low=0),
        "sources": tables.whole("independent sources on either side: the largest number per line, summed", low=0),
        "verdict": tables.choice("verdict of the panel; empty while there is none", VERDICTS),
        "indicators": tables.whole("indicators of the country comparison", low=0),
        "unread": tables.whole("sources matched automatically and not yet read", low=0),
        "sources_*": tables.whole("sources in each technique that say it favours", low=0),
        "hindering_*": tables.whole("sources in each technique that say it hinders", low=0),
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
        "reason": tables.text("reason, especially if it differs from the proposal"),
        "judges": tables.text("initials of those who judged"),
        "date": tables.day("day of the judgement", exact=False),
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
    wide=("from", "to", "influence"),
    directed=True,
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
        "group": tables.choice("cause if more influence is given than received", [CAUSE, EFFECT, ""]),
        "level": tables.whole("ISM level; 1 drives nothing further", low=1),
        "driving": tables.whole("factors reached, itself included", low=1),
        "dependence": tables.whole("factors that reach it, itself included", low=1),
        "quadrant": tables.choice("MICMAC quadrant", QUADRANTS),
        "direct_driving": tables.whole("place by direct influence given, 1 the largest", low=1),
        "indirect_driving": tables.whole(
            "place by influence given over chains (MICMAC, stable power); empty where no order is stable", low=1
        ),
        "direct_dependence": tables.whole("place by direct influence received", low=1),
        "indirect_dependence": tables.whole("place by influence received over chains; empty as above", low=1),
        "same_quadrant": tables.number("share of draws in the same quadrant; empty with one expert"),
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

COMPARED = tables.schema(
    "ecosystem/compared.csv",
    "Pairs of the factors that experts judged: their judgements beside how often the two occur together.",
    {
        "factor_a": tables.text("factor id, first in the alphabet", filled=True),
        "factor_b": tables.text("factor id, second in the alphabet", filled=True),
        "a_on_b": tables.number("mean influence of the first on the second; empty when nobody judged"),
        "b_on_a": tables.number("mean influence of the second on the first"),
        "experts": tables.choice("which influence the experts see", ["a on b", "b on a", "both", "none", "not judged"]),
        "units": tables.whole("units in which both have evidence that was read", low=0),
        "association": tables.number("units divided by those expected by chance; empty without units"),
        "clear": tables.choice("whether they occur together clearly more often than by chance", ["yes", "no"]),
        "said_by": tables.choice("who connects the two", SAID_BY),
    },
)

WEIGHTS = tables.people(
    "ecosystem/weights.csv",
    "Signed weights of influences for the fuzzy cognitive map, from −1 to 1; several files may begin with this name.",
    {
        "from": tables.text("id of the factor that influences", filled=True),
        "to": tables.text("id of the factor that is influenced", filled=True),
        "rater": tables.text("pseudonym of the expert", required=False),
        "weight": tables.number(
            "from −1 (lowers it fully) through 0 to 1 (raises it fully); empty: not judged", shares=True
        ),
    },
    wide=("from", "to", "weight"),
    directed=True,
)

COGNITIVE_MAP = tables.schema(
    "ecosystem/cognitive_map.csv",
    "The fuzzy cognitive map: each factor with its indices and its value once the map has settled.",
    {
        "factor": tables.text("factor id", filled=True, unique=True),
        "name": tables.text("name of the factor"),
        "outdegree": tables.number("sum of the absolute weights that it gives"),
        "indegree": tables.number("sum of the absolute weights that it receives"),
        "centrality": tables.number("outdegree + indegree"),
        "kind": tables.choice("transmitter, receiver, ordinary or isolated", KINDS),
        "settled": tables.number("value in the steady state; empty if there is none"),
        "effect": tables.number(
            "mean change of the other factors when this one is held at 1; empty where none settles"
        ),
    },
)

SCENARIOS = tables.schema(
    "ecosystem/scenarios.csv",
    "What holding one factor at 1 changes in each other factor, against the steady state of the map.",
    {
        "held": tables.text("factor id that is held at 1", filled=True),
        "factor": tables.text("factor id", filled=True),
        "settled": tables.number("its value once the map has settled; empty if it does not"),
        "change": tables.number("that minus its value in the steady state"),
    },
)

INFLUENCE_ACCOUNT = tables.schema(
    "ecosystem/influence_account.csv",
    "The outcome of every judgement of an influence and of every pair of conditions.",
    accounting.ACCOUNT.columns,
)

JOINT_DISPLAY = tables.schema(
    "ecosystem/joint_display.csv",
    "What each available line of evidence says about each factor, the strongest factor first.",
    {
        "factor": tables.text("factor id", filled=True),
        "name": tables.text("name of the factor"),
        "line": tables.text("line of evidence", filled=True),
        "side": tables.choice("direction of its sources", SIDES),
        "favouring": tables.whole("its sources that say it favours (mixed ones on both sides)", low=0),
        "hindering": tables.whole("its sources that say it hinders", low=0),
        "prominent": tables.choice("whether the factor is prominent in the line", ["yes", "no"]),
    },
)

CONVERGENCE = tables.schema(
    "ecosystem/convergence.csv",
    "Convergence coding of each factor and pair of lines of evidence, dissonance first.",
    {
        "factor": tables.text("factor id", filled=True),
        "name": tables.text("name of the factor"),
        "line_a": tables.text("line of evidence", filled=True),
        "line_b": tables.text("line of evidence", filled=True),
        "code": tables.choice("dissonance, partial agreement, agreement or silence", CODES),
        "grounds": tables.text("what the two lines say"),
    },
)

CERQUAL = tables.schema(
    "ecosystem/cerqual.csv",
    "The components of GRADE-CERQual for each factor: what the rule proposes and what counts.",
    {
        "factor": tables.text("factor id", filled=True),
        "name": tables.text("name of the factor"),
        "component": tables.choice("component of GRADE-CERQual", COMPONENTS),
        "proposed": tables.choice("concern that the rule proposes", CONCERNS),
        "grounds": tables.text("basis of the proposal"),
        "concern": tables.choice("concern that counts", CONCERNS),
        "reason": tables.text("the team's reason; empty while the proposal stands"),
        "judges": tables.text("who judged"),
    },
)

PEOPLE_CERQUAL = tables.people(
    "ecosystem/cerqual.csv",
    "Concerns by component as judged by the team, which override the proposals of the rule.",
    {
        "factor": tables.text("factor id", filled=True),
        "component": tables.choice("component of GRADE-CERQual", COMPONENTS),
        "concern": tables.choice("judged concern; empty to keep the proposal", [*CONCERNS, ""]),
        "reason": tables.text("why"),
        "judges": tables.text("initials of those who judged"),
    },
)

ROBUSTNESS = tables.schema(
    "ecosystem/robustness.csv",
    "Robustness of the strength and rank of each factor when sources are resampled and parts left out.",
    {
        "factor": tables.text("factor id", filled=True, unique=True),
        "name": tables.text("name of the factor"),
        "strength": tables.number("strength of the evidence"),
        "low": tables.number("2.5th percentile of the strength over the draws"),
        "high": tables.number("97.5th percentile"),
        "rank": tables.whole("place by strength", low=1),
        "rank_low": tables.whole("2.5th percentile of the rank over the draws", low=1),
        "rank_high": tables.whole("97.5th percentile", low=1),
        "leads": tables.number("share of the draws in which it is among the leading ones"),
        "left_out_low": tables.whole("best rank with one technique, country or group left out", low=1),
        "left_out_high": tables.whole("worst rank with one technique, country or group left out", low=1),
    },
)

LEFT_OUT = tables.schema(
    "ecosystem/left_out.csv",
    "Strength and rank of each factor with one technique, country or group of the panel left out.",
    {
        "kind": tables.text("technique, country or panel group", filled=True),
        "left_out": tables.text("which", filled=True),
        "factor": tables.text("factor id", filled=True),
        "strength": tables.number("strength without it"),
        "rank": tables.whole("rank without it", low=1),
    },
)

SMALLEST_CHANGE = tables.schema(
    "ecosystem/smallest_change.csv",
    "The fewest sources of one technique whose loss takes a leading factor from the lead.",
    {
        "factor": tables.text("leading factor", filled=True),
        "name": tables.text("its name"),
        "technique": tables.text("technique that loses sources", filled=True),
        "sources": tables.whole("sources in it that say the factor favours", low=1),
        "removed": tables.whole("number of these that are lost", low=1),
        "rises": tables.text("factor that takes its place; empty if none does"),
        "rises_name": tables.text("its name"),
    },
)

TOPIC_CONDITIONS = tables.schema(
    "ecosystem/topic_conditions.csv",
    "Every topic of the literature with every condition: how many of its included records mention it.",
    {
        "topic": tables.text("topic id", filled=True),
        "factor": tables.text("factor id", filled=True),
        "records": tables.whole("included records that count for the topic and mention the condition", low=0),
        "of": tables.whole("included records that count for the topic", low=0),
        "expected": tables.number("records expected if mentions were spread over the topics by chance"),
        "p": tables.number("probability of so many or more by chance (Fisher's exact test, one-sided)"),
        "p_adjusted": tables.number("the same, corrected for all pairs (false discoveries)"),
        "examples": tables.text("first studies of these, separated by ;"),
    },
)

LITERATURE_GAPS = tables.schema(
    "ecosystem/literature_gaps.csv",
    "How many included studies mention each condition, those with the fewest first, and which other techniques have "
    "evidence for it.",
    {
        "factor": tables.text("factor id", filled=True, unique=True),
        "name": tables.text("name of the condition"),
        "level": tables.text("level of the condition"),
        "studies": tables.whole("included studies that mention it", low=0),
        "gap": tables.choice("what that means", ["silent", "one study", "several studies"]),
        "elsewhere": tables.text("techniques other than the literature that have evidence for it, separated by ;"),
    },
)
