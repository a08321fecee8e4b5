"""The bundled interviews are what their maker makes, and every coding of the truth is found."""

import csv
import importlib.util
import shutil
from collections import Counter

import pytest
from coproduction.core.identities import read_key
from coproduction.formats.transcripts.files import canonical, read_transcript
from coproduction.interviews import coded_files, quote_positions, reading
from coproduction.interviews.settings import InterviewsSettings

MADE = ["transcripts/P03.docx", "transcripts/P10.docx", "coded/coder_C1.qdpx", "coded/coder_C2.csv"]


@pytest.fixture(scope="module")
def demo(root):
    return root / "data" / "demo" / "interviews"


@pytest.fixture(scope="module")
def truth(root):
    path = root / "tests" / "demo_truth" / "interviews" / "codings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_made_files_come_out_as_bundled(root, demo, tmp_path):
    path = root / "tests" / "demo_truth" / "make_interviews.py"
    spec = importlib.util.spec_from_file_location("make_interviews", path)
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    ignored = shutil.ignore_patterns("*.docx", "coded")
    shutil.copytree(demo, tmp_path / "interviews", ignore=ignored)
    maker.main(tmp_path)
    for name in MADE:
        assert (tmp_path / "interviews" / name).read_bytes() == (demo / name).read_bytes(), name


@pytest.mark.parametrize("name", ["P03", "P10"])
def test_word_transcripts_read_as_their_texts(root, demo, name):
    text = (root / "tests" / "demo_truth" / "interviews" / f"{name}.txt").read_text("utf-8")
    assert read_transcript(demo / "transcripts" / f"{name}.docx").text == canonical(text)


def test_every_transcript_says_that_it_is_illustrative(demo):
    for path in sorted((demo / "transcripts").iterdir()):
        assert "ILLUSTRATIVE TRANSCRIPT" in read_transcript(path).text, path.name


def test_every_coding_is_found_at_its_place(demo, truth):
    key = read_key(demo / "identities.csv")
    people = reading.read_participants(demo / "participants.csv")
    files = sorted((demo / "transcripts").iterdir())
    read = reading.read_interviews(people, files, key, InterviewsSettings())
    rows, projects, _ = coded_files.read_coded(sorted((demo / "coded").iterdir()))
    study = quote_positions.Study(read["texts"], read["turns"], read["replaced"], {}, key, 0)
    segments = quote_positions.place_segments(rows, coded_files.sources_of(projects), study)
    assert set(segments["outcome"]) == {"at its stated position"}
    found = Counter(zip(segments["transcript"], segments["coder"], segments["code"], strict=True))
    assert found == Counter((r["transcript"], r["coder"], r["code"]) for r in truth)
    speakers = read["turns"].set_index(["transcript", "turn"])["speaker"]
    said_by = {speakers[(s.transcript, s.turn)] for s in segments.itertuples(index=False)}
    assert said_by == {"participant"}
