"""What the report says of the codings and of the agreement of the coders."""

import pandas as pd

from coproduction.core import markdown as md
from coproduction.core.text import normalise

ROWS_OF_AGREEMENT = 40  # as many as stand on a page; the others are in the table


def coding_part(segments: pd.DataFrame, agreement, overall, read: bool) -> list[str]:
    """The section; what is awaited where nothing is coded yet. read: whether there are transcripts."""
    if segments.empty and not read:
        return ["Coding begins when there are transcripts."]
    if segments.empty:
        return [
            "No codings have been handed in yet. The pseudonymised transcripts are ready for the "
            "coders in `interviews/for_coding/` of the results; the coded projects are awaited in "
            "`interviews/coded/`."
        ]
    text = (
        f"{md.plural(segments['coder'].nunique(), 'coder')} handed in "
        f"{md.plural(len(segments), 'segment')} with "
        f"{md.plural(segments['code'].map(normalise).nunique(), 'code')}: {_places(segments)}."
    )
    return [text, _refused_text(segments), *_agreement_part(agreement, overall)]


def _places(segments: pd.DataFrame) -> str:
    n = segments["outcome"].value_counts()
    if n.get("at its place", 0) == len(segments):
        return "all stand at their stated place in the transcript"
    named = {
        "at its place": "at their stated place in the transcript",
        "found elsewhere": "found at another place",
        "repeated": "handed in before",
        "refused": "refused",
    }
    return "; ".join(f"{n[name]:,} {words}" for name, words in named.items() if n.get(name, 0))


def _refused_text(segments: pd.DataFrame) -> str:
    refused = segments[segments["outcome"] == "refused"]
    if refused.empty:
        return ""
    reasons = refused["reason"].str.replace(r"\d+ times", "several times", regex=True)
    listed = "; ".join(f"{reason} ({n})" for reason, n in reasons.value_counts().items())
    return f"Reasons for refusal: {listed}."


def _agreement_part(agreement: pd.DataFrame, overall: pd.DataFrame) -> list[str]:
    if agreement.empty or overall.empty:
        return [
            "Agreement cannot be stated yet: codings of the same transcripts by a second coder are "
            "awaited in `interviews/coded/`."
        ]
    by_code, by_set = overall.iloc[0], overall.iloc[1]
    defined = agreement.dropna(subset=["kappa"])
    number = int(by_code["transcripts"])
    text = (
        f"{md.plural(number, 'transcript')} {'was' if number == 1 else 'were'} coded by at least "
        f"two coders. Krippendorff's alpha over {int(by_code['units']):,} pairs of turn and code "
        f"{_alpha_words(by_code)}; over the sets of codes of "
        f"{md.plural(int(by_set['units']), 'turn')} it {_alpha_words(by_set)}. The first counts "
        "every code that neither coder gave as agreement; the second asks "
        "whether the coders chose the same codes for a turn."
    )
    if len(defined):
        low = int((defined["kappa"] < 0.6).sum())
        text += (
            f" Cohen's kappa of single codes has the median {defined['kappa'].median():.2f}; "
            f"it is below 0.60 for {low} of {len(defined)} {_compared(agreement)} "
            "(@tbl-interviews-agreement)."
        )
    return [text, _agreement_table(agreement)]


def _compared(agreement: pd.DataFrame) -> str:
    """What a kappa stands for: a code, or a code with one of several pairs of coders."""
    pairs = agreement[["first", "second"]].drop_duplicates()
    return "codes" if len(pairs) == 1 else "comparisons of two coders on one code"


def _alpha_words(alpha) -> str:
    if pd.isna(alpha["value"]):
        return "is not defined"
    words = f"is {alpha['value']:.2f}"
    if pd.isna(alpha["low"]):
        return words
    return f"{words} (95 % interval {alpha['low']:.2f} to {alpha['high']:.2f})"


def _agreement_table(agreement: pd.DataFrame) -> str:
    names = {
        "code": "Code",
        "both": "Both",
        "only_first": "First only",
        "only_second": "Second only",
        "neither": "Neither",
        "positive": "Positive agreement",
        "kappa": "Cohen's kappa",
    }
    given = agreement[agreement["neither"] < agreement["turns"]]
    if given.empty:
        return ""
    shown = given.sort_values(["kappa", "code"], na_position="last", kind="stable")
    pairs = shown[["first", "second"]].drop_duplicates()
    if len(pairs) > 1:
        shown = shown.assign(
            code=shown["code"] + " (" + shown["first"] + ", " + shown["second"] + ")"
        )
    caption = "Agreement of the coders by code, in turns of the participants."
    if len(pairs) == 1:
        caption += f" First coder: {pairs.iloc[0, 0]}, second: {pairs.iloc[0, 1]}."
    if len(shown) > ROWS_OF_AGREEMENT:
        caption += f" The {ROWS_OF_AGREEMENT} lowest of {len(shown)}; all are in `interviews/agreement.csv`."
        shown = shown.head(ROWS_OF_AGREEMENT)
    widths = [10, 2, 3, 3, 3, 4, 4]
    return md.table(shown[list(names)], caption, "interviews-agreement", names, widths=widths)
