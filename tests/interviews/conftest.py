"""A small interview with names, the tables made of it, and what the report says of tables."""

import pytest
from coproduction.core import tables
from coproduction.core.identities import read_key
from coproduction.interviews import coded_files, facts, gioia, quote_positions, reading
from coproduction.interviews import tables as forms
from coproduction.interviews.settings import InterviewsSettings

TRANSCRIPT = """Interview P01

I: How did it begin?

P: It began in Riverton. Ms Willow said yes, and Willow stayed.

I: And then?
Really?

P: Then we were asked 🙂 personally.
We came.
"""

NAMES = ["transcripts", "segments", "structure", "quotes", "agreement", "overall", "saturation"]
NAMES += ["by_interview", "together"]


@pytest.fixture
def study(tmp_path):
    """A study folder with one transcript, a key, codings of two coders and a structure."""
    folder = tmp_path / "interviews"
    (folder / "transcripts").mkdir(parents=True)
    (folder / "coded").mkdir()
    files = {
        "transcripts/P01.txt": TRANSCRIPT,
        "participants.csv": "participant,transcript,date,consent\nP01,P01.txt,2026-03-14,yes\n",
        "identities.csv": "find,replace\nWillow,[Manager A]\nMs Willow,[Manager A]\nRiverton,[Town A]\n",
        "coded/a.csv": "transcript,start,end,text,code,coder,memo\n"
        "P01,,,we were asked 🙂 personally,Being asked,C1,\n"
        "P01.txt,,,It began in Riverton.,Mayor,C1,\n",
        "coded/b.csv": "transcript;start;end;text;code;coder\n"
        "p01;;;Then we were asked 🙂 personally.;being  ASKED;C2\n",
        "gioia.csv": "concept,theme,dimension,factors\nBeing asked,Belief,Citizens,motivation\n"
        "No hours,Work,Organisation,\n",
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def made(study):
    """All tables of the small study by name."""
    key = read_key(study / "identities.csv")
    files = sorted((study / "transcripts").iterdir())
    people = reading.read_participants(study / "participants.csv")
    read = reading.read_interviews(people, files, key, InterviewsSettings())
    handed_in, projects, _ = coded_files.read_coded(sorted((study / "coded").iterdir()))
    placed_in = quote_positions.Study(
        read["texts"], read["turns"], read["replaced"], {"P01.txt": "P01"}, key, window=400
    )
    segments = quote_positions.place_segments(handed_in, coded_files.sources_of(projects), placed_in)
    planned = reading.read_gioia(study / "gioia.csv", {"motivation"})
    structure = gioia.build(planned, segments)
    quotes = gioia.quotes(structure, segments)
    codebook = coded_files.codebook(projects, segments, quote_positions.Cleaner(placed_in))
    return read | {
        "segments": segments,
        "structure": structure,
        "quotes": quotes,
        "codebook": codebook,
        "parts": coded_files.parts(projects, [], placed_in),
    }


def empty(name):
    return tables.empty(getattr(forms, name.upper()))


@pytest.fixture
def results(prose):
    """The section of the report from tables by name; those that are not given are empty."""

    def told(**given):
        shown = [given.get(name, empty(name)) for name in NAMES]
        return prose("interviews").fill("results", facts.facts(*shown, InterviewsSettings(), 7))

    return told


@pytest.fixture
def methods(prose):
    return lambda settings, seed: prose("interviews").fill("methods", facts.facts(*map(empty, NAMES), settings, seed))
