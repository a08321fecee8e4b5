"""Tables of the ecosystem."""

from coproduction.core import tables
from coproduction.core.accounting import VERDICTS
from coproduction.ecosystem.confidence import LEVELS, NONE
from coproduction.ecosystem.settings import EcosystemSettings

STUDIES = tables.schema(
    "included studies",
    "What the ecosystem reads of each included study.",
    {
        "record": tables.text("record id", filled=True),
        "study": tables.text(
            "study that the record reports; the record where absent", required=False
        ),
        "key": tables.text("citation key", required=False),
        "title": tables.text("title"),
        "abstract": tables.text("abstract; empty when the export had none"),
        "keywords": tables.text("keywords, separated by ;"),
    },
)

UNITS = tables.schema(
    "units",
    "Which factors have evidence in which unit (study, turn, page).",
    {
        "technique": tables.text("technique", filled=True),
        "unit": tables.text("the unit", filled=True),
        "factor": tables.text("factor id", filled=True),
        "piece": tables.text("piece of evidence within the unit"),
    },
)

EDGES = tables.schema(
    "edges",
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
    "trace",
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


FORM = tables.schema(
    "confidence form",
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


def weighed(settings: EcosystemSettings):
    """Schema of the weighed factors, with columns for each technique of the settings."""
    per_technique = {}
    for name in settings.kinds:
        per_technique[f"sources_{name}"] = tables.whole(f"independent sources in {name}", low=0)
    for name in settings.kinds:
        per_technique[f"standing_{name}"] = tables.number(
            f"share of factors outranked in {name}, ties half; empty when awaited or not asked"
        )
    for name in settings.measured_by_value:
        per_technique[f"value_{name}"] = tables.number(f"mean value in {name}")
    return tables.schema(
        "weighed factors",
        "The factors with the strength of their evidence and the confidence in it.",
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
            **per_technique,
        },
    )
