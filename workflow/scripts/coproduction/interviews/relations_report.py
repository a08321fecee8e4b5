"""What the report says of themes by interview and of concepts that are spoken of together."""

import pandas as pd

from coproduction.core import markdown as md
from coproduction.interviews.outcomes import some
from coproduction.interviews.relations import by_theme

PAIRS = 8


def relations_part(by_interview: pd.DataFrame, together: pd.DataFrame) -> list[str]:
    """The section; nothing while no interview has a place in the data structure."""
    if by_interview.empty:
        return []
    shown = by_theme(by_interview)
    return [
        "### Themes by interview",
        _spread(shown),
        md.figure(
            "figures/interviews/themes",
            "Quotes by second-order theme and interview. Empty: the interview has no quote for it.",
            "interviews-themes",
            f"Table of {md.plural(shown['theme'].nunique(), 'theme')} by "
            f"{md.plural(shown['transcript'].nunique(), 'interview')}, darker with more quotes.",
        ),
        *_pairs(together),
    ]


def _spread(shown: pd.DataFrame) -> str:
    """How many interviews speak of the themes, and of which the fewest."""
    spoken = shown[shown["quotes"] > 0].groupby("theme")["transcript"].nunique()
    spoken = spoken.reindex(list(dict.fromkeys(shown["theme"])), fill_value=0)
    interviews = shown["transcript"].nunique()
    everywhere = int((spoken == interviews).sum())
    fewest = [md.escape(theme) for theme, n in spoken.items() if n == spoken.min()]
    return (
        f"{everywhere} of {md.plural(len(spoken), 'theme')} "
        f"{'is' if everywhere == 1 else 'are'} spoken of in all {md.plural(interviews, 'interview')} "
        f"(@fig-interviews-themes). In the fewest interviews ({int(spoken.min())}) stands "
        f"{some([f'*{theme}*' for theme in fewest], 4)}."
    )


def _pairs(together: pd.DataFrame) -> list[str]:
    often = together[together["turns_both"] >= 2]
    if often.empty:
        return []
    shown = often.head(PAIRS)[
        ["first", "second", "turns_both", "interviews_both", "closeness"]
    ].assign(closeness=often.head(PAIRS)["closeness"].astype(float))
    names = {
        "first": "Concept",
        "second": "Concept",
        "turns_both": "Turns with both",
        "interviews_both": "Interviews",
        "closeness": "Closeness",
    }
    text = (
        f"{md.plural(len(together), 'pair')} of concepts {'has' if len(together) == 1 else 'have'} "
        f"quotes in the same turn, {len(often):,} of them in several turns. "
        "@tbl-interviews-together shows the most frequent; closeness is the number of turns with "
        "both by that with either. All are in `interviews/together.csv` of the results."
    )
    caption = "Concepts that are spoken of in the same turn."
    widths = [7, 7, 3, 3, 3]
    return [text, md.table(shown, caption, "interviews-together", names, widths=widths)]
