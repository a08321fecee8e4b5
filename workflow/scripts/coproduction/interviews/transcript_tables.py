"""The tables of transcripts: who speaks where, and what is replaced in them."""

from coproduction.core import tables

STATES = ["read", "transcript awaited", "file missing", "no consent", "not in participants.csv"]

TRANSCRIPTS = tables.schema(
    "interviews/transcripts.csv",
    "Each participant and each file of a transcript, and whether it could be used.",
    {
        "transcript": tables.text("id: the participant; for a file that nobody is named for, its name"),
        "participant": tables.text("pseudonym; empty for a file that nobody is named for"),
        "file": tables.text("file in interviews/transcripts/"),
        "date": tables.text("date of the interview"),
        "country": tables.text("ISO3 code"),
        "role": tables.text("role"),
        "organisation": tables.text("kind of organisation"),
        "language": tables.text("language code"),
        "state": tables.choice("what became of it", STATES),
        "turns": tables.whole("turns of all speakers"),
        "participant_turns": tables.whole("turns of the participant"),
        "words": tables.whole("words of the participant"),
        "replaced": tables.whole("names replaced by pseudonyms"),
        "layout": tables.text("how the transcript says who speaks; empty where it does not"),
        "unnamed": tables.text("speakers whose role nobody has named, as the text calls them, separated by ;"),
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
    "Who the speakers of the transcripts are: a filled copy of private/speakers.csv of the results.",
    {
        "speaker": tables.text("the speaker as the transcripts write it; empty: a text in which nobody is named"),
        "role": tables.choice("what the speaker is", [*ROLES, NO_SPEAKER, ""]),
        "transcript": tables.text("file or participant, where it does not hold for all transcripts", required=False),
    },
)

PRIVATE_SPEAKERS = tables.schema(
    "private/speakers.csv",
    "Every speaker found in the transcripts, by the name written there: complete the roles and keep "
    "the table as interviews/speakers.csv. It may hold names and never leaves the machine.",
    {
        "speaker": tables.text("the speaker as the transcripts write it"),
        "role": tables.choice("what is known of the role; empty: to be named", [*ROLES, ""]),
        "state": tables.choice("speaker, or a word that begins a few lines and may be one", ["speaker", "perhaps"]),
        "transcripts": tables.text("files in which it occurs, separated by ;"),
        "turns": tables.whole("turns of this speaker, or lines that begin so", low=0),
        "words": tables.whole("words of this speaker", low=0),
        "first_words": tables.text("the first words after it"),
    },
)

PRIVATE_IDENTIFIERS = tables.schema(
    "private/identifiers.csv",
    "Identifiers found in the transcripts by rule and their tokens; it never leaves the machine.",
    {
        "token": tables.text("what replaces it", filled=True, unique=True),
        "identifier": tables.text("the identifier as it was first written", filled=True),
        "times": tables.whole("how often it occurs", low=1),
        "transcripts": tables.text("transcripts in which it occurs, separated by ;"),
    },
)

PRIVATE_CODED_IDENTIFIERS = tables.schema(
    "private/coded_identifiers.csv",
    "Identifiers that coded projects hold beside the transcripts (in memos and names) and their tokens.",
    PRIVATE_IDENTIFIERS.columns,
)

TO_DECIDE, NAMES_NOBODY = "to be decided", "names nobody"

PRIVATE_NAMES = tables.schema(
    "private/names.csv",
    "Words left in the pseudonymised transcripts that may name somebody. Copy `find` and `replace` of "
    "those that do into interviews/identities.csv, the others into interviews/no_names.csv.",
    {
        "find": tables.text("the word as the transcripts write it", filled=True, unique=True),
        "replace": tables.text("what replaces the name that it is like; empty: to be chosen"),
        "state": tables.choice("whether people have looked at it", [TO_DECIDE, NAMES_NOBODY]),
        "alike": tables.choice("whether it is like a name of the key", ["yes", "no"]),
        "why": tables.text("a form of which name (its row, never the name), or how it is written"),
        "times": tables.whole("how often it occurs", low=1),
        "transcripts": tables.text("transcripts in which it occurs, separated by ;"),
        "context": tables.text("where it first occurs, the word behind an arrow"),
    },
)

NO_NAMES = tables.people(
    "interviews/no_names.csv",
    "Words of private/names.csv that name nobody, so that nobody is asked about them again.",
    {"find": tables.text("the word, in any case", filled=True)},
)

SPEAKERS = tables.schema(
    "interviews/speakers.csv",
    "The speakers of each transcript as the pseudonymised text calls them, and what they are.",
    {
        "transcript": tables.text("id of the transcript", filled=True),
        "speaker": tables.text("what the text calls the speaker; empty where it names nobody"),
        "role": tables.choice("what the speaker is", [*ROLES, NOT_NAMED]),
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
        "label": tables.text("what the text calls the speaker"),
        "time": tables.text("time as the transcript writes it, where it does"),
        "start": tables.whole("first character (Unicode code point, from 0)", low=0),
        "end": tables.whole("character after the last", low=0),
        "text": tables.text("what was said"),
    },
)

REPLACED = tables.schema(
    "interviews/replaced.csv",
    "Where a pseudonym replaces a name: places before and after, never the name.",
    {
        "transcript": tables.text("id of the transcript", filled=True),
        "raw_start": tables.whole("first character in the text before", low=0),
        "raw_end": tables.whole("character after the last in the text before", low=0),
        "start": tables.whole("first character in the pseudonymised text", low=0),
        "end": tables.whole("character after the last in the pseudonymised text", low=0),
        "pseudonym": tables.text("what replaces the name"),
    },
)
