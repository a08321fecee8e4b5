"""One identity, planted in every kind of input of the running study, does not get out.

What replaces it does so on the way in; where a file of people is shown as it is, the last gate finds
it and no report is released. The gate itself is tested in tests/report/test_gate.py.
"""

import zipfile

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import read_key
from coproduction.formats.searching import texts_in
from coproduction.report import gate

pytestmark = pytest.mark.slow

NAME = "Ottoline Quill"
TARGETS = [
    "results/interviews/segments.csv",
    "results/interviews/for_coding/project.qdpx",
    "results/desk/documents.csv",
    "results/delphi/ratings.csv",
    "results/ecosystem/factors.csv",
]


def add(path, words, behind=None):
    """Words at the end of a file, or behind the first place of others."""
    text = path.read_text(encoding="utf-8")
    changed = f"{text.rstrip()}\n{words}\n" if behind is None else text.replace(behind, behind + words, 1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def plant(study):
    """The identity in a transcript, a project (name of a source, memo, definition), and the tables."""
    add(study / "interviews/identities.csv", f"{NAME},[Manager X],")
    add(study / "interviews/transcripts/P01.txt", f"\nP: As {NAME} said.")
    add(study / "interviews/participants.csv", f" with {NAME}", "professor of social policy")
    path = study / "interviews/coded/coder_C1.qdpx"
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    xml = entries["project.qde"].decode()
    for before, after in (
        ('name="P01"', f'name="{NAME}" '),
        (
            'name="Law gives explicit cover" isCodable="true"/>',
            f'name="Law gives explicit cover" isCodable="true"><Description>{NAME}</Description></Code>',
        ),
        (
            "</Sources>",
            f'</Sources><Notes><Note guid="1b" name="{NAME}"><PlainTextContent>{NAME}'
            "</PlainTextContent></Note></Notes>",
        ),
    ):
        assert before in xml
        xml = xml.replace(before, after, 1)
    entries["project.qde"] = xml.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    document = next((study / "desk/documents").glob("*.md"))
    add(document, f"\n{NAME} wrote that citizens co-produce care.")
    add(study / "delphi/round2.csv", f"As {NAME} said. ", "Clearer. ")
    talk = "\n\n".join(f"{who}   0:0{n}\nWell." for n, who in enumerate([NAME.title(), "Ann Lee", NAME], start=1))
    (study / "interviews/transcripts/P99.txt").write_text(talk, encoding="utf-8")
    add(study / "interviews/participants.csv", "P99,P99.txt,2026-03-30,POL,,,en,yes")
    add(study / "ecosystem/judgements.csv", f" as {NAME} said", "a long tradition of volunteers")


def test_a_planted_identity_does_not_get_out(again):
    study = again.path / "data" / "demo"
    plant(study)
    done = again.snakemake(*TARGETS, "--keep-going", cores=2)
    assert "Quill" not in done.stdout.split("What to fix:")[-1]
    key = read_key(study / "interviews/identities.csv")
    results = again.path / "results"
    _, hits = gate.search(results, gate.of_keys([key]), texts_in)
    found = {hit.file.split("/")[0] for hit in hits}
    assert "ecosystem" in found  # the reason of a judgement is shown as it was written
    assert not {"interviews", "logs", "benchmarks"} & found, [hit.words for hit in hits]
    shown = [path for path in results.rglob("*") if path.suffix in (".csv", ".md", ".log")]
    holding = {path.relative_to(results).parts[0] for path in shown if "Quill" in path.read_text(encoding="utf-8")}
    assert holding == found | {"private"}  # the names of speakers, for people to say who they are
    with pytest.raises(StudyError, match="the report is not released"):
        gate.refuse(hits)
