"""A talk of four turns, as files of transcripts hold it, and who says what in it as it is read."""

from coproduction.formats.transcripts.files import read_transcript
from coproduction.formats.transcripts.speakers import find_turns

TALK = [("I", "How did it begin?"), ("P", "With a garden."), ("I", "And then?"), ("P", "With the mayor.")]
LETTERS = [("(set apart)" if who == "I" else "(plain)", words) for who, words in TALK]


def read_turns(path):
    """The transcript, and the label and the words of each turn."""
    transcript = read_transcript(path)
    turns = find_turns(transcript, ["I", "P"]).turns
    return transcript, [(turn.label, transcript.text[turn.start : turn.end]) for turn in turns]


def read(tmp_path, name, content):
    """The same of a file with this content."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    return read_turns(tmp_path / name)


def talk(shape, between="\n\n"):
    """The talk, each turn in a shape with `{n}`, `{who}` and `{words}`."""
    return between.join(shape.format(n=n, who=who, words=words) for n, (who, words) in enumerate(TALK))


def letters(asked, said, between="\n\n"):
    """The talk without names, questions and answers each in their shape."""
    return between.join((asked if who == "I" else said).format(words) for who, words in TALK)
