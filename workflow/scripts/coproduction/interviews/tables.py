"""Tables of the interviews: what people keep, and what is made of it."""

import pandas as pd

from coproduction.core import tables
from coproduction.interviews.transcript_tables import (  # noqa: F401
    NAMES_NOBODY,
    NO_NAMES,
    NO_SPEAKER,
    NOT_NAMED,
    PEOPLE_SPEAKERS,
    PRIVATE_CODED_IDENTIFIERS,
    PRIVATE_IDENTIFIERS,
    PRIVATE_NAMES,
    PRIVATE_SPEAKERS,
    REPLACED,
    ROLES,
    SPEAKERS,
    STATES,
    TEXTS,
    TO_DECIDE,
    TRANSCRIPTS,
    TURNS,
)

CONSENT = ["yes", "no", ""]

PARTICIPANTS = tables.people(
    "interviews/participants.csv",
    "Who was interviewed, under a pseudonym, one row each.",
    {
        "participant": tables.text("pseudonym, for example P01", filled=True, unique=True),
        "transcript": tables.text("file in interviews/transcripts/; empty while awaited"),
        "date": tables.day("date of the interview (YYYY-MM-DD)"),
        "country": tables.text("ISO3 code", required=False),
        "role": tables.text("role, as general as anonymity requires", required=False),
        "organisation": tables.text("kind of organisation", required=False),
        "language": tables.text("language code", required=False),
        "consent": tables.choice("whether the transcript may be used", CONSENT),
    },
)

CODED = tables.people(
    "interviews/coded/*.csv",
    "Coded segments in a table, one row per segment; workbooks too.",
    {
        "transcript": tables.text("file or id of the transcript", filled=True),
        "start": tables.whole("first character of the segment (from 0)", low=0, required=False),
        "end": tables.whole("character after the segment", low=0, required=False),
        "text": tables.text("the words of the segment", required=False),
        "code": tables.text("name of the code; several are separated by ;", filled=True),
        "coder": tables.text("who coded it; without the column, the name of the file", filled=True, required=False),
        "memo": tables.text("note of the coder", required=False),
    },
)

FOR_CODING_SEGMENTS = tables.schema(
    "interviews/for_coding/segments.csv",
    "An empty table of coded segments for coders who do not use a program: fill in a copy.",
    CODED.columns,
)

GIOIA = tables.people(
    "interviews/gioia.csv",
    "The data structure: first-order concepts, themes, dimensions.",
    {
        "concept": tables.text("first-order concept; the name of a code", filled=True),
        "theme": tables.text("second-order theme", filled=True),
        "dimension": tables.text("aggregate dimension", filled=True),
        "factors": tables.text("ids of factors.csv to which it relates, separated by ;"),
    },
)

GUIDE = tables.people(
    "interviews/guide.csv",
    "The interview guide: its topics become codes for the coders.",
    {
        "topic": tables.text("topic of the guide; the name of the code", filled=True, unique=True),
        "question": tables.text("what is asked"),
    },
)

USED = ["at its stated position", "found elsewhere", "reworded"]
OUTCOMES = [*USED, "repeated", "refused"]
NO_POSITION = "no position was given"  # why a segment is found by its words alone
NO_TRANSCRIPT = "there is no such transcript with consent"  # a reason of refusal

SEGMENTS = tables.schema(
    "interviews/segments.csv",
    "Every coded segment that was submitted, its position, and its outcome.",
    {
        "segment": tables.text("id: file and running number", filled=True, unique=True),
        "file": tables.text("file in interviews/coded/", filled=True),
        "row": tables.whole("row of the CSV; running number of the segment in a project"),
        "transcript": tables.text("id of the transcript"),
        "turn": tables.whole("turn with which it overlaps most; empty outside turns"),
        "speaker": tables.text("who speaks most of it; only a participant's words count as evidence"),
        "start": tables.whole("first character in the pseudonymised text"),
        "end": tables.whole("character after the last"),
        "text": tables.text("words of the segment, taken from the transcript if it was found"),
        "code": tables.text("name of the code", filled=True),
        "coder": tables.text("who coded it"),
        "memo": tables.text("note of the coder"),
        "outcome": tables.choice("outcome", OUTCOMES),
        "reason": tables.text("why it was moved or refused"),
    },
)

CODEBOOK = tables.schema(
    "interviews/codebook.csv",
    "The codes of the coded projects, including unused ones.",
    {
        "code": tables.text("name of the code", filled=True),
        "group": tables.text("codes above it in the project"),
        "description": tables.text("definition in the project"),
        "segments": tables.whole("segments in use", low=0),
        "transcripts": tables.whole("transcripts in which it is used", low=0),
        "coders": tables.text("who used it, separated by ;"),
    },
)

FOR_CODING_CODEBOOK = tables.schema(
    "interviews/for_coding/codebook.csv",
    "The codes for the coders as a table (which Taguette can import).",
    {
        "name": tables.text("name of the code", filled=True),
        "group": tables.text("dimension and theme above it"),
        "description": tables.text("definition, from the coded projects"),
    },
)

MEMOS = tables.schema(
    "interviews/memos.csv",
    "Memos of the coders in their projects, under pseudonyms.",
    {
        "file": tables.text("file in interviews/coded/", filled=True),
        "about": tables.text("what it refers to: project, code, source, segment, case, set or link", filled=True),
        "name": tables.text("name of that; empty for segments and the project"),
        "title": tables.text("title of the memo"),
        "text": tables.text("the memo"),
        "author": tables.text("author, if the project states one"),
        "place": tables.text("of words without a code: where they are in the project's text"),
        "words": tables.text("of words without a code: the words"),
    },
)

PARTS = tables.schema(
    "interviews/parts.csv",
    "What each coded project contains besides its segments, and its outcome.",
    {
        "file": tables.text("file in interviews/coded/", filled=True),
        "part": tables.text("text, code, memo, case, set, link, graph or variable", filled=True),
        "outcome": tables.text("outcome", filled=True),
        "n": tables.whole("how many", low=0),
    },
)

STRUCTURE_STATES = ["in use", "concept without code", "code without concept"]

STRUCTURE = tables.schema(
    "interviews/structure.csv",
    "Concepts, themes and dimensions with their segments, and which of them are not yet connected.",
    {
        "concept": tables.text("first-order concept, or code outside the structure", filled=True),
        "theme": tables.text("second-order theme"),
        "dimension": tables.text("aggregate dimension"),
        "factors": tables.text("factor ids, separated by ;"),
        "segments": tables.whole("segments in use", low=0),
        "transcripts": tables.whole("transcripts in which it is used", low=0),
        "state": tables.choice("whether concept and code are connected", STRUCTURE_STATES),
    },
)

AGREEMENT = tables.schema(
    "interviews/agreement.csv",
    "Agreement of two coders on a code, over the participant's turns (or the units set as `agreement_unit`) that "
    "both have coded.",
    {
        "code": tables.text("name of the code", filled=True),
        "first": tables.text("coder", filled=True),
        "second": tables.text("coder", filled=True),
        "turns": tables.whole("units compared", low=0),
        "both": tables.whole("units coded by both", low=0),
        "only_first": tables.whole("units coded by the first alone", low=0),
        "only_second": tables.whole("units coded by the second alone", low=0),
        "neither": tables.whole("units coded by neither", low=0),
        "agreement": tables.number("share of units on which they agree"),
        "positive": tables.number("positive agreement: 2 both / (2 both + only one)"),
        "kappa": tables.number("Cohen's kappa; empty if undefined"),
        "kappa_low": tables.number("lower end of its 95 % interval"),
        "kappa_high": tables.number("upper end of its 95 % interval"),
        "ac1": tables.number("Gwet's AC1; empty if undefined"),
        "ac1_low": tables.number("lower end of its 95 % interval"),
        "ac1_high": tables.number("upper end of its 95 % interval"),
        "unitizing": tables.number(
            "Krippendorff's unitizing alpha: agreement on where the passages of the code begin and end"
        ),
    },
)

DISAGREEMENTS = tables.schema(
    "interviews/disagreements.csv",
    "Units to which only one of two coders gave a code, side by side: resolve them in a copy "
    "saved as interviews/disagreements.csv in the study folder.",
    {
        "transcript": tables.text("id of the transcript", filled=True),
        "unit": tables.whole("first character of the unit in the pseudonymised text", low=0),
        "code": tables.text("name of the code", filled=True),
        "first": tables.text("coder who gave the code", filled=True),
        "second": tables.text("coder who did not", filled=True),
        "quote_first": tables.text("words marked by the first"),
        "codes_second": tables.text("codes that the second gave to the unit, separated by ;"),
        "quotes_second": tables.text("words marked by the second with these codes"),
        "decision": tables.choice("what the team decided", ["keep", "drop", "change", ""]),
        "note": tables.text("why"),
    },
)

PEOPLE_DISAGREEMENTS = tables.people(
    "interviews/disagreements.csv",
    "The team's decisions on disagreements: rows of results/interviews/disagreements.csv with `decision` filled in.",
    {
        "transcript": tables.text("id of the transcript", filled=True),
        "unit": tables.whole("as in results/interviews/disagreements.csv", low=0),
        "code": tables.text("name of the code", filled=True),
        "decision": tables.choice("what was decided", ["keep", "drop", "change", ""]),
        "note": tables.text("why", required=False),
    },
)

OVERALL = tables.schema(
    "interviews/overall.csv",
    "Agreement of all coders over all codes.",
    {
        "measure": tables.text("name of the measure", filled=True),
        "coders": tables.text("coders compared, separated by ;"),
        "transcripts": tables.whole("transcripts with at least two coders", low=0),
        "units": tables.whole(
            "units compared: pairs of unit and code (nominal), units (MASI), of interview and code (ratio), codes (unitizing)",
            low=0,
        ),
        "value": tables.number("the value; empty if undefined"),
        "low": tables.number("lower end of the 95 % interval"),
        "high": tables.number("upper end of the 95 % interval"),
    },
)

SATURATION = tables.schema(
    "interviews/saturation.csv",
    "New concepts by interview in the order of their dates.",
    {
        "order": tables.whole("place of the interview", low=1),
        "transcript": tables.text("id of the transcript", filled=True),
        "concepts": tables.whole("concepts that it has", low=0),
        "new": tables.whole("those that are in no earlier interview", low=0),
        "cumulative": tables.whole("cumulative number of concepts", low=0),
        "ratio": tables.number("new concepts of the run that ends here, as share of the base"),
    },
)

RICHNESS = tables.schema(
    "interviews/richness.csv",
    "Estimated total number of concepts, coverage by the interviews, and the last run in random orders.",
    {
        "interviews": tables.whole("coded interviews", low=0),
        "observed": tables.whole("concepts found", low=0),
        "estimate": tables.number("Chao2: a lower bound of the total number; empty for one interview"),
        "low": tables.number("lower end of its 95 % interval"),
        "high": tables.number("upper end of its 95 % interval"),
        "coverage": tables.number(
            "estimated coverage: share of mentions that belong to concepts already found, 0 to 1"
        ),
        "ratio": tables.number("new concepts of the last run, median over random orders"),
        "ratio_low": tables.number("2.5th percentile over random orders"),
        "ratio_high": tables.number("97.5th percentile over random orders"),
    },
)

BY_INTERVIEW = tables.schema(
    "interviews/by_interview.csv",
    "Number of quotes of each concept in each coded interview, including zeros.",
    {
        "dimension": tables.text("aggregate dimension", filled=True),
        "theme": tables.text("second-order theme", filled=True),
        "concept": tables.text("first-order concept", filled=True),
        "transcript": tables.text("id of the transcript", filled=True),
        "quotes": tables.whole("quotes", low=0),
    },
)

TOGETHER = tables.schema(
    "interviews/together.csv",
    "Pairs of concepts with quotes in the same turn, the most frequent first.",
    {
        "first": tables.text("first-order concept", filled=True),
        "second": tables.text("first-order concept", filled=True),
        "turns_first": tables.whole("turns with the first", low=1),
        "turns_second": tables.whole("turns with the second", low=1),
        "turns_both": tables.whole("turns with both", low=1),
        "interviews_both": tables.whole("interviews with such a turn", low=1),
        "closeness": tables.number("turns with both by turns with either, 0 to 1"),
    },
)

QUOTES = tables.schema(
    "interviews/quotes.csv",
    "The quotes behind the data structure: overlapping segments of one concept are one quote.",
    {
        "concept": tables.text("first-order concept", filled=True),
        "theme": tables.text("second-order theme", filled=True),
        "dimension": tables.text("aggregate dimension", filled=True),
        "factors": tables.text("factor ids, separated by ;"),
        "transcript": tables.text("id of the transcript", filled=True),
        "turn": tables.whole("turn that contains it; empty outside turns"),
        "start": tables.whole("first character in the pseudonymised text", low=0),
        "end": tables.whole("character after the last", low=0),
        "text": tables.text("the words", filled=True),
        "coders": tables.text("who coded it, separated by ;"),
    },
)


PROPOSITIONS = tables.people(
    "interviews/propositions.csv",
    "The process model: propositions that connect themes or dimensions of the data structure.",
    {
        "from": tables.text("theme or dimension where it begins", filled=True),
        "to": tables.text("theme or dimension where it ends", filled=True),
        "relation": tables.text("the relation, such as enables", required=False),
        "proposition": tables.text("the proposition as a sentence", required=False),
    },
)

PROCESS = tables.schema(
    "interviews/process.csv",
    "The propositions with the interviews that have quotes for both ends, for one, for neither.",
    {
        "number": tables.whole("number of the proposition", low=1),
        "begins": tables.text("theme or dimension where it begins", filled=True),
        "ends": tables.text("theme or dimension where it ends", filled=True),
        "relation": tables.text("the relation"),
        "proposition": tables.text("the proposition"),
        "both": tables.whole("interviews that address both", low=0),
        "begins_only": tables.whole("interviews that address the beginning alone", low=0),
        "ends_only": tables.whole("interviews that address the end alone", low=0),
        "neither": tables.whole("coded interviews that address neither", low=0),
        "negative_cases": tables.text("the interviews of begins_only, separated by ;"),
    },
)

USES = ["show", "negative case", "hide", ""]

CHOSEN_QUOTES = tables.people(
    "interviews/chosen_quotes.csv",
    "Decisions on quotes: rows of results/interviews/quote_choice.csv with `use` filled in.",
    {
        "concept": tables.text("first-order concept", filled=True),
        "transcript": tables.text("id of the transcript", filled=True),
        "start": tables.whole("a character within the quote, as in quote_choice.csv", low=0),
        "use": tables.choice("show it in the report, a negative case, or hide it", USES),
        "note": tables.text("why", required=False),
    },
)

QUOTE_CHOICE = tables.schema(
    "interviews/quote_choice.csv",
    "Every quote, whether it is proposed for the report, and what was decided: copy rows into "
    "interviews/chosen_quotes.csv and fill in `use`.",
    {
        "concept": tables.text("first-order concept", filled=True),
        "theme": tables.text("second-order theme"),
        "transcript": tables.text("id of the transcript", filled=True),
        "turn": tables.whole("turn that contains it; empty outside turns"),
        "start": tables.whole("first character in the pseudonymised text", low=0),
        "end": tables.whole("character after the last", low=0),
        "text": tables.text("the words"),
        "proposed": tables.choice("by coverage of concepts and participants, then brevity", ["yes", "no"]),
        "use": tables.choice("what was decided", USES),
        "note": tables.text("why"),
        "state": tables.text("empty, or a note that the quote of the decision no longer exists"),
    },
)

BY_GROUP = tables.schema(
    "interviews/by_group.csv",
    "The number of interviews of each country, role and kind of organisation in which a theme occurs.",
    {
        "theme": tables.text("second-order theme", filled=True),
        "by": tables.choice("grouping of the interviews", ["country", "role", "organisation"]),
        "group": tables.text("country, role or kind of organisation", filled=True),
        "interviews": tables.whole("interviews of the group with quotes of the theme", low=0),
        "of": tables.whole("coded interviews of the group", low=0),
        "quotes": tables.whole("quotes of the theme in them", low=0),
    },
)

CODE_CHANGES = tables.people(
    "interviews/code_changes.csv",
    "The audit trail of codes and concepts: what was merged, split or renamed, by whom and why.",
    {
        "date": tables.day("day of the change", exact=False, filled=True),
        "author": tables.text("who decided", filled=True),
        "change": tables.choice("kind of change", ["merged", "split", "renamed", "moved", "added", "removed"]),
        "before": tables.text("names before, separated by ;"),
        "after": tables.text("names after, separated by ;"),
        "reason": tables.text("why", filled=True),
    },
)

PROPOSED_CHANGES = tables.schema(
    "interviews/proposed_changes.csv",
    "Changes of the data structure since the previous run (merged, split, renamed, moved, added, removed), as shown by "
    "the quotes, that are not yet in code_changes.csv: copy the rows there and add day, author and reason.",
    {
        "change": CODE_CHANGES.columns["change"],
        "before": CODE_CHANGES.columns["before"],
        "after": CODE_CHANGES.columns["after"],
        "basis": tables.text("evidence of the change"),
    },
)

CHANGES = tables.schema(
    "interviews/changes.csv",
    "The audit trail, and whether the data structure shows each change.",
    {**CODE_CHANGES.columns, "state": tables.text("whether the data structure shows it", filled=True)},
)


def evidence_in(segments: pd.DataFrame) -> pd.DataFrame:
    """The segments that count and are a participant's words."""
    return used(segments)[lambda rows: rows["speaker"] == "participant"]


def used(segments: pd.DataFrame) -> pd.DataFrame:
    """The segments that count: found in a transcript, and not handed in twice."""
    return segments[segments["outcome"].isin(USED)]
