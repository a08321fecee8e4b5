"""What the report says of the interviews."""

import pandas as pd

from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.interviews.coding import used
from coproduction.interviews.coding_report import coding_part
from coproduction.interviews.gioia import concepts_of
from coproduction.interviews.outcomes import some
from coproduction.interviews.relations_report import relations_part
from coproduction.interviews.saturation import saturated_at
from coproduction.interviews.settings import InterviewsSettings

COMPARED = {
    "codes": "all codes in use",
    "concepts": "the codes that are first-order concepts of the data structure (all codes in use "
    "while there is none)",
}


def methods(settings: InterviewsSettings, seed: int) -> str:
    """The method note, from the settings."""
    return md.paragraphs(
        "Transcripts of participants who consented were read as plain text, and the names in the key "
        "of the study were replaced by pseudonyms before anything else was done; the key stays in "
        "the study folder, and a step stops where a name of the key is left in what it would write. "
        "Coders worked on the pseudonymised texts.",
        "Every coded segment was looked for in the transcript by its words: first at its stated "
        f"place, then within {settings.search_window:,} characters of it and in the whole "
        "transcript, where it counts if its words stand there once. Segments that were not found "
        "are listed with the reason and do not count.",
        "First-order concepts, second-order themes and aggregate dimensions follow @gioia2013. "
        "Segments of several coders that overlap in one concept are one "
        "quote, shown with its longest wording.",
        "Coders were compared over the turns of the participant in transcripts that they both "
        f"coded, on {COMPARED[settings.agreement_on]}; a code counts for a turn in which any part "
        "of its segment lies. Reported are Cohen's kappa [@cohen1960] and positive agreement "
        "[@cicchetti1990] for each code, and Krippendorff's alpha for nominal data [@hayes2007] over "
        "all pairs of turn and code, with a 95 % interval from 1,000 draws of turns with replacement "
        f"(seed {seed}). A turn has few of the codes, so that most of these pairs are agreement on "
        "absence. Positive agreement leaves it out, and a second alpha compares the sets of codes "
        "that the coders gave to each turn, where sets that overlap agree in part (MASI distance, "
        "@passonneau2006).",
        "Saturation is described by the new concepts of each interview in the order of the dates, "
        f"and by the concepts that the last {settings.saturation_run} interviews added as a share "
        f"of those of the first {settings.saturation_base} [@guest2020]; "
        f"{100 * settings.saturation_threshold:.0f} % or less is taken as saturation.",
    )


def results(
    transcripts: pd.DataFrame,
    segments: pd.DataFrame,
    structure: pd.DataFrame,
    quotes: pd.DataFrame,
    agreement: pd.DataFrame,
    overall: pd.DataFrame,
    saturation: pd.DataFrame,
    by_interview: pd.DataFrame,
    together: pd.DataFrame,
    settings: InterviewsSettings,
) -> str:
    """The results: who was interviewed, codings and agreement, structure with quotes, saturation."""
    return md.paragraphs(
        "### Participants",
        *_participants_part(transcripts, segments),
        "### Coding and agreement",
        *coding_part(segments, agreement, overall, bool((transcripts["state"] == "read").any())),
        "### Data structure",
        *_structure_part(structure, quotes, transcripts, settings),
        *relations_part(by_interview, together),
        *_saturation_part(saturation, settings),
    )


def _participants_part(transcripts: pd.DataFrame, segments: pd.DataFrame) -> list[str]:
    listed = transcripts[transcripts["state"] != "not in participants.csv"]
    unknown = len(transcripts) - len(listed)
    extra = (
        f"{md.plural(unknown, 'file')} in `interviews/transcripts/` "
        f"{'belongs' if unknown == 1 else 'belong'} to nobody in `participants.csv` and "
        f"{'was' if unknown == 1 else 'were'} not opened."
        if unknown
        else ""
    )
    if listed.empty:
        return [
            "There are no interviews yet. The list of participants is awaited in "
            "`interviews/participants.csv`, their transcripts in `interviews/transcripts/`.",
            extra,
        ]
    read = listed[listed["state"] == "read"]
    words = int(read["words"].sum())
    text = (
        f"{'All' if len(read) == len(listed) else f'{len(read)} of'} "
        f"{md.plural(len(listed), 'participant')} gave an interview that could be used "
        f"(@tbl-interviews-participants): {int(read['participant_turns'].sum()):,} turns and "
        f"{words:,} words of the participants."
    )
    others = listed["state"].value_counts().drop("read", errors="ignore").sort_index()
    if len(others):
        text += f" Not used: {'; '.join(f'{n} {state}' for state, n in others.items())}."
    return [text, _speakers_text(read), extra, _participants_table(listed, segments)]


def _speakers_text(read: pd.DataFrame) -> str:
    """Which transcripts have speakers that nobody has named; not their marks, which may be names."""
    unknown = read[read["unknown_marks"] != ""]
    if unknown.empty:
        return ""
    return (
        f"In {some(list(map(md.escape, unknown['transcript'])))}, lines begin like those of a speaker "
        "whose mark is not among the settings; their words count to the turn before, or to the "
        "participant where no mark is known, so that turns and words may be wrong."
    )


def _participants_table(listed: pd.DataFrame, segments: pd.DataFrame) -> str:
    counted = used(segments).groupby("transcript")
    coders = {name: ", ".join(sorted(set(own["coder"]))) for name, own in counted}
    shown = pd.DataFrame(
        {
            "Participant": listed["participant"],
            "Date": listed["date"],
            "Country": listed["country"],
            "Role": listed["role"],
            "Turns": listed["participant_turns"],
            "Words": listed["words"],
            "Segments": listed["transcript"].map(counted.size()).fillna(0).astype("Int64"),
            "Coders": [coders.get(name, "–") for name in listed["transcript"]],
        }
    )
    return md.table(
        shown,
        "Participants, what they said (turns and words of theirs) and coded segments.",
        "interviews-participants",
        widths=[4, 4, 3, 9, 3, 3, 4, 4],
    )


def _structure_part(structure, quotes, transcripts, settings) -> list[str]:
    placed = concepts_of(structure)
    if placed.empty:
        return [
            "The data structure is awaited: concepts, themes and dimensions in "
            "`interviews/gioia.csv`."
        ]
    in_use = placed[placed["state"] == "in use"]
    text = (
        f"The data structure joins {md.plural(len(placed), 'first-order concept')} in "
        f"{md.plural(placed['theme'].nunique(), 'second-order theme')} and "
        f"{md.plural(placed['dimension'].nunique(), 'aggregate dimension')} "
        f"(@fig-interviews-data-structure). It rests on {md.plural(len(quotes), 'quote')} from "
        f"{md.plural(quotes['transcript'].nunique(), 'interview')}."
    )
    if len(in_use):
        most = in_use.sort_values(["transcripts", "segments"], ascending=False, kind="stable").iloc[
            0
        ]
        n = most["transcripts"]
        text += f" Most interviews ({n}) speak of *{md.escape(most['concept'])}*."
    if len(quotes):
        text += " Quotes for each theme stand in @tbl-interviews-quotes."
    return [
        text,
        _loose_text(structure),
        md.figure(
            "figures/interviews/data_structure",
            "Data structure: from first-order concepts to aggregate dimensions. The number is that "
            "of the interviews in which the concept was coded.",
            "interviews-data-structure",
            _structure_alt(placed),
        ),
        _quotes_table(placed, quotes, settings),
    ]


def _loose_text(structure: pd.DataFrame) -> str:
    pieces = []
    for state, words in (
        ("concept without code", "Concepts without a coded segment"),
        ("code without concept", "Codes that have no place in the structure yet"),
    ):
        own = structure[structure["state"] == state]
        if len(own):
            pieces.append(f"{words}: {some(list(map(md.escape, own['concept'])), 20)}.")
    return " ".join(pieces)


def _structure_alt(placed: pd.DataFrame) -> str:
    themes = placed.drop_duplicates("theme").groupby("dimension", sort=False)["theme"].agg(list)
    parts = [f"{dimension} ({', '.join(own)})" for dimension, own in themes.items()]
    return (
        f"Tree of {len(placed)} concepts in {placed['theme'].nunique()} themes and "
        f"{len(parts)} dimensions: {'; '.join(parts)}."
    )


def _quotes_table(placed, quotes, settings: InterviewsSettings) -> str:
    if quotes.empty:
        return ""
    rows, shown = [], []
    for theme in dict.fromkeys(placed["theme"]):
        own = quotes[quotes["theme"] == theme]
        chosen = chosen_quotes(own, settings.quotes_per_theme, shown)
        shown += chosen
        for quote in chosen:
            words = md.escape(shortened(quote.text, settings.quote_length))
            rows.append(
                {
                    "Theme": theme,
                    "Concept": quote.concept,
                    "Quote": f"“{words}” ({md.escape(quote.transcript)}, turn {md.number(quote.turn)})",
                }
            )
    table = pd.DataFrame(rows)
    table["Theme"] = table["Theme"].mask(table["Theme"].duplicated(), "")
    caption = (
        "Quotes for each second-order theme; all are in `interviews/quotes.csv` of the results."
    )
    return md.table(table, caption, "interviews-quotes", widths=[4, 4, 14], raw=["Quote"])


def chosen_quotes(quotes: pd.DataFrame, n: int, shown: list) -> list:
    """Up to `n` quotes: of different concepts first, then of participants who were quoted least.

    `shown` are the quotes chosen for other themes.
    """
    left, picked = list(quotes.itertuples(index=False)), []
    while left and len(picked) < n:
        ranks = [
            (
                sum(p.concept == quote.concept for p in picked),
                sum(p.transcript == quote.transcript for p in [*shown, *picked]),
                -len(split_list(quote.coders)),
                quote.transcript,
                quote.start,
            )
            for quote in left
        ]
        picked.append(left.pop(ranks.index(min(ranks))))
    return picked


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words and marked."""
    if len(text) <= length:
        return text
    return text[: length - 4].rsplit(" ", 1)[0].rstrip(" ,;:") + " […]"


def _saturation_part(saturation: pd.DataFrame, settings: InterviewsSettings) -> list[str]:
    if saturation.empty:
        return []
    last = saturation.iloc[-1]
    text = (
        f"{md.plural(len(saturation), 'coded interview')} brought "
        f"{md.plural(int(last['cumulative']), 'concept')}; {int(last['new']) or 'none'} of them "
        f"{'was' if last['new'] == 1 else 'were'} new in the last one (@fig-interviews-saturation)."
    )
    at = saturated_at(saturation, settings.saturation_threshold)
    run, share = settings.saturation_run, f"{100 * settings.saturation_threshold:.0f} %"
    if pd.isna(last["ratio"]):
        text += " They are too few to state whether new concepts have become rare."
    else:
        text += (
            f" The last {run} interviews added {100 * last['ratio']:.0f} % of the concepts of the "
            f"first {settings.saturation_base}"
        )
        text += f"; {share} or less was first reached with interview {at}." if at else (
            f", so that the threshold of {share} has not been reached."
        )  # fmt: skip
    return [
        "### Saturation",
        text,
        md.figure(
            "figures/interviews/saturation",
            "New first-order concepts by interview, in the order of the dates.",
            "interviews-saturation",
            f"Line of all concepts rising to {int(last['cumulative'])}, with bars of the new ones "
            f"in each of {md.plural(len(saturation), 'interview')}.",
        ),
    ]
