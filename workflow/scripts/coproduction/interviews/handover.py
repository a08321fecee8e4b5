"""What the interviews hand over to the study: evidence, the state of the work, the accounts."""

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.core.prose import some
from coproduction.core.text import normalise, split_list
from coproduction.interviews.tables import NO_TRANSCRIPT, TO_DECIDE, used

TECHNIQUE = "interviews"
SHOWN = 8  # names in what is awaited


def evidence(quotes: pd.DataFrame) -> pd.DataFrame:
    """EVIDENCE: one row per quote and factor of its concept."""
    rows = [
        {
            "factor": factor,
            "technique": TECHNIQUE,
            "kind": "quote",
            "source": quote.transcript,
            "locator": _locator(quote),
            "excerpt": quote.text,
            "note": f"{quote.concept}; coded by {', '.join(split_list(quote.coders))}",
        }
        for quote in quotes.itertuples(index=False)
        for factor in split_list(quote.factors)
    ]
    rows.sort(key=lambda row: (row["factor"], row["source"], row["locator"], row["note"]))
    return accounting.table(rows, accounting.EVIDENCE)


def _locator(quote) -> str:
    turn = "" if pd.isna(quote.turn) else f"turn {quote.turn}, "
    return f"{turn}characters {quote.start}–{quote.end}"


def status(
    transcripts: pd.DataFrame,
    segments: pd.DataFrame,
    structure: pd.DataFrame,
    names: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    proposed: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """STATUS of transcripts, names left in them, coding, second coding, corrections, data structure, audit trail.

    names: PRIVATE_NAMES; changes: CHANGES; proposed: PROPOSED_CHANGES
    """
    counted = used(segments)
    transcripts_read = set(transcripts.loc[transcripts["state"] == "read", "transcript"])
    coders = counted.groupby("transcript")["coder"].nunique()
    n_twice = int((coders >= 2).sum())
    rows = [
        _transcripts_row(transcripts, len(transcripts_read)),
        _coding_row(transcripts_read, set(coders.index)),
        accounting.status_row(
            TECHNIQUE,
            "Coding by a second coder",
            n_twice,
            max(n_twice, 1) if transcripts_read else 0,
            "transcript",
            "" if n_twice or not transcripts_read else "codings by a second coder",
            "" if n_twice or not transcripts_read else "interviews/coded/",
        ),
        _structure_row(structure),
    ]
    if proposed is not None and len(proposed):
        rows.append(_trail_row(0 if changes is None else len(changes), len(proposed)))
    unknown = transcripts.loc[transcripts["unnamed"] != "", "transcript"]
    if len(unknown):
        rows.insert(1, _speakers_row(list(unknown), len(transcripts_read)))
    if names is not None and len(names):
        rows.insert(1, _names_row(names))
    return accounting.table(rows + _refused_rows(segments), accounting.STATUS)


def _trail_row(n_recorded: int, n_proposed: int) -> dict:
    changes = md.plural(n_proposed, "change")
    awaited = f"the author and reason of {changes} (listed in results/interviews/proposed_changes.csv)"
    place = "interviews/code_changes.csv"
    return accounting.status_row(
        TECHNIQUE, "Audit trail of codes", n_recorded, n_recorded + n_proposed, "change", awaited, place
    )


def _names_row(names: pd.DataFrame) -> dict:
    """The words themselves are not shown."""
    undecided = names[names["state"] == TO_DECIDE]
    n_alike = int((undecided["alike"] == "yes").sum())
    n_others = len(undecided) - n_alike
    capitalised = "other capitalised word" if n_alike else "capitalised word"
    parts = [
        f"{md.plural(n_alike, 'word')} resembling names in the key" if n_alike else "",
        md.plural(n_others, capitalised) if n_others else "",
    ]
    words_left = " and ".join(filter(None, parts))
    awaited = (
        f"a check of {words_left} that may name somebody (listed in results/private/names.csv; enter names in "
        "interviews/identities.csv and other words in interviews/no_names.csv)"
    )
    return accounting.status_row(
        TECHNIQUE,
        "Possible names checked",
        len(names) - len(undecided),
        len(names),
        "word",
        awaited if words_left else "",
        "interviews/no_names.csv" if words_left else "",
    )


def _refused_rows(segments: pd.DataFrame) -> list[dict]:
    """Refused segments: those without a transcript wait for the researchers, others for the coders."""
    refused = segments[segments["outcome"] == "refused"]
    homeless = refused[refused["reason"] == NO_TRANSCRIPT]
    listed = "(listed in results/interviews/segments.csv)"
    waiting = [
        (
            len(homeless),
            "Transcripts of coded segments",
            "participants, consent and transcripts for "
            f"{md.plural(len(homeless), 'refused segment')} {listed}, from the researchers",
            "interviews/participants.csv",
        ),
        (
            len(refused) - len(homeless),
            "Segments found in the transcripts",
            f"corrections of {md.plural(len(refused) - len(homeless), 'refused segment')} {listed}, from their coders",
            "interviews/coded/",
        ),
    ]
    return [
        accounting.status_row(TECHNIQUE, step, len(segments) - n, len(segments), "segment", awaited, put_in)
        for n, step, awaited, put_in in waiting
        if n
    ]


def _transcripts_row(transcripts: pd.DataFrame, n_read: int) -> dict:
    put_in = "interviews/transcripts/"
    if transcripts.empty:
        awaited, put_in = "the list of participants", "interviews/participants.csv"
        return accounting.status_row(TECHNIQUE, "Transcripts", 0, None, "transcript", awaited, put_in)
    waiting = transcripts[transcripts["state"].isin(["transcript awaited", "file missing"])]
    unknown = transcripts[transcripts["state"] == "not in participants.csv"]
    asks = {}
    if len(waiting):
        asks[put_in] = f"the transcript{'s' * (len(waiting) > 1)} of {some(list(waiting['transcript']))}"
    if len(unknown):
        asks["interviews/participants.csv"] = f"the participant and consent for {some(list(unknown['file']))}"
    total = n_read + len(waiting) + len(unknown)
    return accounting.status_row(
        TECHNIQUE, "Transcripts", n_read, total, "transcript", "; ".join(asks.values()), "; ".join(asks)
    )


def _speakers_row(unknown: list[str], n_read: int) -> dict:
    """The names themselves are not shown."""
    return accounting.status_row(
        TECHNIQUE,
        "Speakers identified",
        n_read - len(unknown),
        n_read,
        "transcript",
        f"the roles of the speakers in {some(unknown, SHOWN)} (interviewer, participant or other), in a completed "
        "copy of results/private/speakers.csv; until then no words there count as a participant's",
        "interviews/speakers.csv",
    )


def _coding_row(transcripts_read: set[str], coded: set[str]) -> dict:
    missing = sorted(transcripts_read - coded)
    awaited = f"codings of {some(missing, SHOWN)}, from the coders" if missing else ""
    return accounting.status_row(
        TECHNIQUE,
        "Coding",
        len(transcripts_read & coded),
        len(transcripts_read),
        "transcript",
        awaited,
        "interviews/coded/" if awaited else "",
    )


def _structure_row(structure: pd.DataFrame) -> dict:
    coded = structure[structure["segments"].astype(int) > 0]
    placed = structure["theme"] != ""
    loose = list(structure.loc[~placed, "concept"])
    awaited = ""
    if loose and placed.any():
        awaited = (
            f"a decision on codes outside the data structure, to place them or leave them out ({some(loose, SHOWN)})"
        )
    elif len(coded) and not placed.any():
        awaited = "concepts, themes and dimensions, from the coders"
    n_placed = int((coded["theme"] != "").sum())
    return accounting.status_row(
        TECHNIQUE,
        "Codes in the data structure",
        n_placed,
        len(coded),
        "code",
        awaited,
        "interviews/gioia.csv" if awaited else "",
    )


def account(
    transcripts: pd.DataFrame, segments: pd.DataFrame, structure: pd.DataFrame, parts: pd.DataFrame
) -> pd.DataFrame:
    """ACCOUNT of every transcript, and by file of every coded segment and part of a project."""
    rows = []
    unlisted = transcripts["state"] == "not in participants.csv"
    for source, part_rows in (
        ("interviews/participants.csv", transcripts[~unlisted]),
        ("interviews/transcripts/", transcripts[unlisted]),
    ):
        states = accounting.counts(part_rows["state"])
        rows += accounting.account_rows(TECHNIQUE, "transcript", source, states)
    placed = set(structure.loc[structure["theme"] != "", "concept"].map(normalise))
    for file, part_rows in segments.groupby("file", sort=True):
        outcomes: dict[str, int] = {}
        for segment in part_rows.itertuples(index=False):
            name = _outcome(segment, placed)
            outcomes[name] = outcomes.get(name, 0) + 1
        source = f"interviews/coded/{file}"
        rows += accounting.account_rows(TECHNIQUE, "segment", source, dict(sorted(outcomes.items())))
    for (file, part), part_rows in parts.groupby(["file", "part"], sort=True):
        counted = {row.outcome: int(row.n) for row in part_rows.itertuples(index=False)}
        source = f"interviews/coded/{file}"
        rows += accounting.account_rows(TECHNIQUE, part, source, counted)
    return accounting.table(rows, accounting.ACCOUNT)


def _outcome(segment, placed: set[str]) -> str:
    if segment.outcome == "refused":
        return "refused"
    if segment.outcome == "repeated":
        return "submitted before"
    if segment.speaker != "participant":
        return "not a participant's words"
    if normalise(segment.code) in placed:
        return "in the data structure"
    return "code without concept"
