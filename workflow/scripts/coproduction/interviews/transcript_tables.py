"""The tables of transcripts: who speaks where, and what is replaced in them."""

from coproduction.core import tables

STATES = ["read", "transcript awaited", "file missing", "no consent", "not in participants.csv"]

TRANSCRIPTS = tables.schema(
    "interviews/transcripts.csv",
    "Each participant and each transcript file, and whether it could be used.",
    {
        "transcript": tables.text("id: the participant; for a file without a participant, its name"),
        "participant": tables.text("pseudonym; empty for a file without a participant"),
        "file": tables.text("file in interviews/transcripts/"),
        "date": tables.text("date of the interview"),
        "country": tables.text("ISO3 code"),
        "role": tables.text("role"),
        "organisation": tables.text("kind of organisation"),
        "language": tables.text("language code"),
        "state": tables.choice("outcome", STATES),
        "turns": tables.whole("turns of all speakers"),
        "participant_turns": tables.whole("turns of the participant"),
        "words": tables.whole("words of the participant"),
        "replaced": tables.whole("names replaced by pseudonyms"),
        "layout": tables.text("how the transcript marks speakers; empty if it does not"),
        "unnamed": tables.text("speakers without a role, as named in the text, separated by ;"),
    },
)

TEXTS = tables.schema(
    "interviews/texts.csv",
    "The pseudonymised text of each transcript; all positions refer to it.",
    {
        "transcript": tables.text("id of the transcript", filled=True, unique=True),
        "text": tables.text("pseudonymised text"),
    },
)

NOT_NAMED, NO_SPEAKER = "not named", "not a speaker"
ROLES = ["interviewer", "participant", "other"]

PEOPLE_SPEAKERS = tables.people(
    "interviews/speakers.csv",
    "The roles of the speakers in the transcripts: a completed copy of results/private/speakers.csv.",
    {
        "speaker": tables.text("the speaker as written in the transcripts; empty: a text without named speakers"),
        "role": tables.choice("role of the speaker", [*ROLES, NO_SPEAKER, ""]),
        "transcript": tables.text("file or participant, if the row does not apply to all transcripts", required=False),
    },
)

PRIVATE_SPEAKERS = tables.schema(
    "private/speakers.csv",
    "Every speaker found in the transcripts, by the name written there: complete the roles and save "
    "the table as interviews/speakers.csv. It may contain names and never leaves this computer.",
    {
        "speaker": tables.text("the speaker as the transcripts write it"),
        "role": tables.choice("role, as far as known; empty: to be filled in", [*ROLES, ""]),
        "state": tables.choice("speaker, or a word that begins a few lines and may be one", ["speaker", "perhaps"]),
        "transcripts": tables.text("files in which it occurs, separated by ;"),
        "turns": tables.whole("turns of this speaker, or lines that begin so", low=0),
        "words": tables.whole("words of this speaker", low=0),
        "first_words": tables.text("the first words after it"),
    },
)

PRIVATE_IDENTIFIERS = tables.schema(
    "private/identifiers.csv",
    "Identifiers found by rule in the transcripts, and their tokens; the table never leaves this computer.",
    {
        "token": tables.text("what replaces it", filled=True, unique=True),
        "identifier": tables.text("the identifier as it was first written", filled=True),
        "times": tables.whole("how often it occurs", low=1),
        "transcripts": tables.text("transcripts in which it occurs, separated by ;"),
    },
)

PRIVATE_CODED_IDENTIFIERS = tables.schema(
    "private/coded_identifiers.csv",
    "Identifiers in coded projects outside the transcripts (in memos and names), and their tokens.",
    PRIVATE_IDENTIFIERS.columns,
)

TO_DECIDE, NAMES_NOBODY = "to be decided", "names nobody"

PRIVATE_NAMES = tables.schema(
    "private/names.csv",
    "Words in the pseudonymised transcripts that may still name somebody. Copy `find` and `replace` "
    "of names into interviews/identities.csv, and other words into interviews/no_names.csv.",
    {
        "find": tables.text("the word as written in the transcripts", filled=True, unique=True),
        "replace": tables.text("what replaces the similar name; empty: to be chosen"),
        "state": tables.choice("whether it has been checked", [TO_DECIDE, NAMES_NOBODY]),
        "alike": tables.choice("whether it resembles a name in the key", ["yes", "no"]),
        "why": tables.text(
            "the row of the name of which it may be a form (never the name itself), or how it is written"
        ),
        "times": tables.whole("how often it occurs", low=1),
        "transcripts": tables.text("transcripts in which it occurs, separated by ;"),
        "context": tables.text("context of the first occurrence; an arrow precedes the word"),
    },
)

NO_NAMES = tables.people(
    "interviews/no_names.csv",
    "Words of results/private/names.csv that are not names, so that you are not asked about them again.",
    {"find": tables.text("the word, in upper or lower case", filled=True)},
)

SPEAKERS = tables.schema(
    "interviews/speakers.csv",
    "The speakers of each transcript as named in the pseudonymised text, and their roles.",
    {
        "transcript": tables.text("id of the transcript", filled=True),
        "speaker": tables.text("name of the speaker in the text; empty if there is none"),
        "role": tables.choice("role of the speaker", [*ROLES, NOT_NAMED]),
        "turns": tables.whole("turns", low=0),
        "words": tables.whole("words, without time stamps", low=0),
    },
)

TURNS = tables.schema(
    "interviews/turns.csv",
    "The turns of the speakers, with their place in the pseudonymised text.",
    {
        "transcript": tables.text("id of the transcript", filled=True),
        "turn": tables.whole("number of the turn, from 1", low=1),
        "speaker": tables.choice("who speaks", [*ROLES, NOT_NAMED]),
        "label": tables.text("name of the speaker in the text"),
        "time": tables.text("time as stated in the transcript, if at all"),
        "start": tables.whole("first character (Unicode code point, from 0)", low=0),
        "end": tables.whole("character after the last", low=0),
        "text": tables.text("what was said"),
    },
)

REPLACED = tables.schema(
    "interviews/replaced.csv",
    "Positions at which a pseudonym replaces a name, before and after; never the name itself.",
    {
        "transcript": tables.text("id of the transcript", filled=True),
        "raw_start": tables.whole("first character in the text before", low=0),
        "raw_end": tables.whole("character after the last in the text before", low=0),
        "start": tables.whole("first character in the pseudonymised text", low=0),
        "end": tables.whole("character after the last in the pseudonymised text", low=0),
        "pseudonym": tables.text("what replaces the name"),
    },
)
