"""What the report is told of the interviews."""

from typing import Any

import pandas as pd

from coproduction.core import markdown as md
from coproduction.core import tables
from coproduction.core.excerpts import marked, shorten
from coproduction.core.text import normalise, one_line
from coproduction.core.traced_facts import SCHEME
from coproduction.interviews import chosen_quotes
from coproduction.interviews.gioia import concepts_of
from coproduction.interviews.relations import by_theme, saturated_at
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.tables import CHOSEN_QUOTES, NO_POSITION, OUTCOMES, used
from coproduction.interviews.transcript_tables import TURNS

ROWS_OF_AGREEMENT = 40  # as many as a page holds; the others are in the table
PAIRS = 8  # of concepts in the same turn
CONTEXT, BEFORE = 700, 200  # characters shown of the turn of a quote, and of the end of the turn before it


def facts(
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
    seed: int,
    decided: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    process: pd.DataFrame | None = None,
    richness: pd.DataFrame | None = None,
    turns: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Numbers, names and rows for the templates of the interviews, by the names they use there.

    decided: QUOTE_CHOICE, without it what is proposed; changes: CHANGES; process: PROCESS;
    richness: RICHNESS; turns: `transcript`, `turn`, `speaker` and `text` of TURNS, without which no quote leads
    to its context
    """
    contexts = _Contexts(turns)
    if decided is None:
        nothing = tables.empty(CHOSEN_QUOTES)
        n_quotes, length = settings.quotes_per_theme, settings.quote_length
        decided = chosen_quotes.choice(quotes, nothing, n_quotes, length)
    listed = transcripts[transcripts["state"] != "not in participants.csv"]
    return {
        "settings": settings.model_dump(mode="json"),
        "seed": seed,
        "unlisted": len(transcripts) - len(listed),
        "participants": _participants(listed, segments) if len(listed) else None,
        "any_read": bool((transcripts["state"] == "read").any()),
        "coding": _coding(segments) if len(segments) else None,
        "agreement": _agreement(agreement, overall),
        "structure": _structure(structure, quotes, decided, settings, contexts),
        "against": _against(decided, settings, contexts),
        "context": contexts.rows,
        "process": None if process is None else _process(process),
        "changes": None if changes is None or changes.empty else _changes(changes),
        "themes": _themes(by_interview) if len(by_interview) else None,
        "told_dimensions": _dimensions(by_interview, decided, settings, contexts) if len(by_interview) else [],
        "together": _together(together),
        "richness": _richness(richness),
        "saturation": _saturation(saturation, settings) if len(saturation) else None,
    }


def _participants(listed: pd.DataFrame, segments: pd.DataFrame) -> dict[str, Any]:
    transcripts_read = listed[listed["state"] == "read"]
    others = listed["state"].value_counts().drop("read", errors="ignore").sort_index()
    return {
        "listed": len(listed),
        "read": len(transcripts_read),
        "turns": int(transcripts_read["participant_turns"].sum()),
        "words": int(transcripts_read["words"].sum()),
        "not_used": [f"{n} {state}" for state, n in others.items()],
        "unnamed": list(transcripts_read.loc[transcripts_read["unnamed"] != "", "transcript"]),
        "table": _participants_table(listed, segments),
    }


def _participants_table(listed: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    counted = used(segments).groupby("transcript")
    coders = {name: ", ".join(sorted(set(segments_of_transcript["coder"]))) for name, segments_of_transcript in counted}
    columns = listed[["participant", "date", "country", "role", "participant_turns", "words"]]
    return columns.assign(
        segments=listed["transcript"].map(counted.size()).fillna(0).astype("Int64"),
        coders=[coders.get(name, "–") for name in listed["transcript"]],
    )


def _coding(segments: pd.DataFrame) -> dict[str, Any]:
    refused = segments[segments["outcome"] == "refused"]
    reasons = refused["reason"].str.replace(r"\d+ times", "several times", regex=True)
    outcomes = {name: int((segments["outcome"] == name).sum()) for name in OUTCOMES}
    outcomes["unplaced"] = int(((segments["outcome"] == "found elsewhere") & (segments["reason"] == NO_POSITION)).sum())
    outcomes["found elsewhere"] -= outcomes["unplaced"]
    return {
        "coders": int(segments["coder"].nunique()),
        "segments": len(segments),
        "codes": int(segments["code"].map(normalise).nunique()),
        "of_others": int((used(segments)["speaker"] != "participant").sum()),
        "outcomes": outcomes,
        "refusals": [{"reason": why, "n": int(n)} for why, n in reasons.value_counts().items()],
    }


def _agreement(agreement: pd.DataFrame, overall: pd.DataFrame) -> dict[str, Any] | None:
    """Alphas, kappas and the table of codes; None while no two coders can be compared."""
    if agreement.empty or overall.empty:
        return None
    by_code, by_set = (_plain(row) for row in overall.head(2).to_dict("records"))
    kappas = agreement["kappa"].dropna()
    pairs = agreement[["first", "second"]].drop_duplicates()
    return {
        "by_code": by_code,
        "by_set": by_set,
        "kappas": len(kappas),
        "median_kappa": float(kappas.median()) if len(kappas) else None,
        "low_kappas": int((kappas < 0.6).sum()),
        "pairs": len(pairs),
        "table": _agreement_table(agreement),
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def _agreement_table(agreement: pd.DataFrame) -> dict[str, Any] | None:
    """The codes that somebody gave, the lowest kappa first, as many as a page holds."""
    codes_given = agreement[agreement["neither"] < agreement["turns"]]
    if codes_given.empty:
        return None
    sorted_codes = codes_given.sort_values(["kappa", "code"], na_position="last", kind="stable")
    pairs = sorted_codes[["first", "second"]].drop_duplicates()
    if len(pairs) > 1:
        coders = " (" + sorted_codes["first"] + ", " + sorted_codes["second"] + ")"
        sorted_codes = sorted_codes.assign(code=sorted_codes["code"] + coders)
    columns = ["code", "both", "only_first", "only_second", "neither", "positive", "kappa"]
    return {
        "coders": list(pairs.iloc[0]) if len(pairs) == 1 else None,
        "all": len(sorted_codes),
        "rows": sorted_codes[columns].head(ROWS_OF_AGREEMENT),
    }


def _changes(changes: pd.DataFrame) -> dict[str, Any]:
    """How many changes of each kind, and the trail itself."""
    columns = ["date", "author", "change", "before", "after", "reason"]
    kinds = changes["change"].value_counts().sort_index()
    return {"n": len(changes), "kinds": [f"{n} {kind}" for kind, n in kinds.items()], "table": changes[columns]}


class _Contexts:
    """The turns in which quotes were said, each a fact to which the place of its quote leads."""

    def __init__(self, turns: pd.DataFrame | None) -> None:
        turn_rows = tables.empty(TURNS) if turns is None else turns
        self._turns = {
            (row.transcript, int(row.turn)): (row.speaker, row.text) for row in turn_rows.itertuples(index=False)
        }
        self.rows: list[dict[str, str]] = []
        self._places: dict[tuple[Any, ...], str] = {}

    def place(self, quote: Any) -> str:
        """The turn of a quote in Markdown, with a link where its words are found in the turn; one context a quote."""
        key = (quote.transcript, quote.turn, quote.text)
        if key not in self._places:
            self._places[key] = self._placed(quote)
        return self._places[key]

    def _placed(self, quote: Any) -> str:
        turn = f"turn {md.number(quote.turn)}"
        if pd.isna(quote.turn) or (quote.transcript, int(quote.turn)) not in self._turns:
            return turn
        _, words = self._turns[quote.transcript, int(quote.turn)]
        is_whole_turn = one_line(words) == one_line(quote.text)
        passage = f"»{one_line(words)}«" if is_whole_turn else marked(words, quote.text, CONTEXT)
        if not passage:
            return turn
        speaker, before = self._turns.get((quote.transcript, int(quote.turn) - 1), ("", ""))
        question = (
            f"{speaker.capitalize()}, turn {int(quote.turn) - 1}: {shorten(before, len(before), BEFORE)} — "
            if before
            else ""
        )
        self.rows.append({"quote": f"{quote.transcript}, {turn}", "said": question + passage})
        return f"[{turn}]({SCHEME}interviews/context.{len(self.rows) - 1}.said)"


def _structure(
    structure: pd.DataFrame, quotes: pd.DataFrame, decided: pd.DataFrame, settings: InterviewsSettings, heard: _Contexts
) -> dict[str, Any] | None:
    """The data structure with its quotes; None while no concept has a place in it."""
    placed = concepts_of(structure)
    if placed.empty:
        return None
    in_use = placed[placed["state"] == "in use"]
    often = in_use.sort_values(["transcripts", "segments"], ascending=False, kind="stable")
    dimensions = placed.drop_duplicates("theme").groupby("dimension", sort=False)["theme"].agg(list)
    return {
        "concepts": len(placed),
        "themes": int(placed["theme"].nunique()),
        "dimensions": dimensions.to_dict(),
        "quotes": len(quotes),
        "interviews": int(quotes["transcript"].nunique()),
        "most": _most(often) if len(often) else None,
        "without_code": _concepts_in(structure, "concept without code"),
        "without_place": _concepts_in(structure, "code without concept"),
        "table": _quotes_table(placed, decided, settings, heard) if len(quotes) else None,
    }


def _most(often: pd.DataFrame) -> dict[str, Any]:
    """The concepts that are spoken of in the most interviews; several where they are level."""
    most = often["transcripts"].max()
    return {"transcripts": int(most), "concepts": often.loc[often["transcripts"] == most, "concept"].tolist()}


def _concepts_in(structure: pd.DataFrame, state: str) -> list[str]:
    return list(structure.loc[structure["state"] == state, "concept"])


def _quotes_table(
    placed: pd.DataFrame, decided: pd.DataFrame, settings: InterviewsSettings, contexts: _Contexts
) -> pd.DataFrame:
    """The quotes to show of each theme; the quote is Markdown."""
    quotes_to_show = chosen_quotes.to_show(decided)
    rows: list[dict[str, str]] = []
    for theme in dict.fromkeys(placed["theme"]):
        for quote in quotes_to_show[quotes_to_show["theme"] == theme].itertuples(index=False):
            rows.append({"theme": theme, "concept": quote.concept, "quote": _quoted(quote, settings, contexts)})
    return pd.DataFrame(rows, columns=["theme", "concept", "quote"])


def _quoted(quote: Any, settings: InterviewsSettings, heard: _Contexts) -> str:
    words = md.escape(shortened(quote.text, settings.quote_length))
    return f"“{words}” ({md.escape(quote.transcript)}, {heard.place(quote)})"


def _against(decided: pd.DataFrame, settings: InterviewsSettings, contexts: _Contexts) -> pd.DataFrame | None:
    """The quotes that people marked as negative cases; None where there are none."""
    negative_cases = decided[(decided["use"] == chosen_quotes.AGAINST) & (decided["state"] == chosen_quotes.FOUND)]
    if negative_cases.empty:
        return None
    rows = [
        {"concept": quote.concept, "quote": _quoted(quote, settings, contexts), "note": quote.note}
        for quote in negative_cases.itertuples(index=False)
    ]
    return pd.DataFrame(rows)


def _process(process: pd.DataFrame) -> dict[str, Any] | None:
    if process.empty:
        return None
    against = process[process["begins_only"] > 0]
    return {
        "propositions": len(process),
        "supported": int((process["both"] > 0).sum()),
        "against": [
            f"P{row.number} ({row.negative_cases.replace(';', ', ')})" for row in against.itertuples(index=False)
        ],
    }


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words and marked."""
    if len(text) <= length:
        return text
    return text[: length - 4].rsplit(" ", 1)[0].rstrip(" ,;:") + " […]"


def _themes(by_interview: pd.DataFrame) -> dict[str, Any]:
    """In how many interviews the themes are spoken of, and the themes with the fewest."""
    theme_rows = by_theme(by_interview)
    spoken = theme_rows[theme_rows["quotes"] > 0].groupby("theme")["transcript"].nunique()
    spoken = spoken.reindex(list(dict.fromkeys(theme_rows["theme"])), fill_value=0)
    interviews = int(theme_rows["transcript"].nunique())
    return {
        "themes": len(spoken),
        "interviews": interviews,
        "everywhere": int((spoken == interviews).sum()),
        "least": int(spoken.min()),
        "rarest": [theme for theme, n in spoken.items() if n == spoken.min()],
    }


def _dimensions(
    by_interview: pd.DataFrame, decided: pd.DataFrame, settings: InterviewsSettings, contexts: _Contexts
) -> list[dict[str, Any]]:
    """Each aggregate dimension: its themes with the interviews that speak of them, and one quote for the first of them."""
    theme_rows = by_theme(by_interview)
    quotes = chosen_quotes.to_show(decided)
    quotes = quotes.assign(length=quotes["text"].str.len()).sort_values("length", kind="stable")
    dimensions = []
    for dimension, themes_of_dimension in theme_rows[theme_rows["quotes"] > 0].groupby("dimension", sort=False):
        spoken = (
            themes_of_dimension.groupby("theme", sort=False)["transcript"]
            .nunique()
            .sort_values(ascending=False, kind="stable")
        )
        first_quote = quotes[quotes["theme"] == spoken.index[0]].head(1)
        dimensions.append(
            {
                "dimension": dimension,
                "themes": [{"theme": theme, "interviews": int(n)} for theme, n in spoken.items()],
                "quote": "".join(_quoted(quote, settings, contexts) for quote in first_quote.itertuples(index=False)),
            }
        )
    return dimensions


def _together(together: pd.DataFrame) -> dict[str, Any] | None:
    """The concepts that are most often spoken of in one turn; None where no pair is repeated."""
    often = together[together["turns_both"] >= 2]
    if often.empty:
        return None
    columns = ["first", "second", "turns_both", "interviews_both", "closeness"]
    return {"pairs": len(together), "repeated": len(often), "table": often[columns].head(PAIRS)}


def _richness(table: pd.DataFrame | None) -> dict[str, Any] | None:
    """What Chao2 says, where there are interviews enough to say it."""
    if table is None or table.empty or pd.isna(table["estimate"].iloc[0]):
        return None
    return _plain({str(name): value for name, value in table.iloc[0].items()})


def _saturation(table: pd.DataFrame, settings: InterviewsSettings) -> dict[str, Any]:
    last = table.iloc[-1]
    return {
        "interviews": len(table),
        "concepts": int(last["cumulative"]),
        "new": int(last["new"]),
        "ratio": None if pd.isna(last["ratio"]) else float(last["ratio"]),
        "reached_at": saturated_at(table, settings.saturation_threshold),
    }
