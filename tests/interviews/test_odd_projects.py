"""Projects in the forms that programs and people give them: each coding is used, or refused with its reason."""

import zipfile

import pytest
from coproduction.core.identities import Key
from coproduction.interviews import coded_files, reading
from coproduction.interviews.quote_positions import Study, place_segments
from coproduction.interviews.settings import InterviewsSettings

TEXT = "I: Who came?\n\nP: We all came. Yes, often.\n\nI: And now?\n\nP: Yes. We stay 🙂 here."
FIRST = TEXT.index("We all")
LAST = FIRST + len("We all came.")
CODES = (
    '<CodeBook><Codes><Code guid="k0" name="Top" isCodable="false"><Code guid="k1" name="Came"/></Code>'
    '<Code guid="k2" name="Stay" isCodable="true"/></Codes></CodeBook>'
)
USERS = '<Users><User guid="u1" name="Ann"/><User guid="u2" name="Bob"/></Users>'
HEAD = '<?xml version="1.0" encoding="utf-8"?>'
USED, OUTSIDE = ("at its stated position", ""), "outside the project's text"


def coding(code="k1", user="u1"):
    return f'<Coding guid="c-{code}-{user}" creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding>'


def selection(start=FIRST, end=LAST, inner=None, name=""):
    held = coding() if inner is None else inner
    place = f'startPosition="{start}" endPosition="{end}"'
    return f'<PlainTextSelection guid="s{start}" name="{name}" {place} creatingUser="u1">{held}</PlainTextSelection>'


def source(inner, name="P01", key="t1", text=TEXT, where=""):
    content = f"<PlainTextContent>{text}</PlainTextContent>" if text else ""
    return f'<TextSource guid="{key}" name="{name}" {where}>{content}{inner}</TextSource>'


def project(sources, codes=CODES, users=USERS, space="urn:QDA-XML:project:1.0", more="", head=HEAD):
    named = f' xmlns="{space}"' if space else ""
    return f'{head}<Project{named} name="x" origin="any">{users}{codes}<Sources>{sources}</Sources>{more}</Project>'


HELD_INSIDE = 'plainTextPath="internal://t1.txt"'
TRANSCRIPT = (
    f'<VideoSource guid="v1" name="P01.mp4"><Transcript guid="t1" name="P01"><PlainTextContent>{TEXT}'
    f'</PlainTextContent><SyncPoint guid="sp" timeStamp="0" position="0"/>{selection()}</Transcript></VideoSource>'
)
PDF = (
    f'<PDFSource guid="p1" name="P01.pdf"><Representation guid="t1" name="P01"><PlainTextContent>{TEXT}'
    f"</PlainTextContent>{selection()}</Representation></PDFSource>"
)
WHOLE_CASE = '<Cases><Case guid="ca" name="P01"><CodeRef targetGUID="k2"/><SourceRef targetGUID="t1"/></Case></Cases>'
FORMS = {  # what is in the archive, then (outcome, part of the reason) of each coding
    "plain": ({"project.qde": project(source(selection()))}, [USED]),
    "two coders of one selection": (
        {"project.qde": project(source(selection(inner=coding() + coding("k2", "u2"))))},
        [USED, USED],
    ),
    "GUIDs in capitals": ({"project.qde": project(source(selection(inner=coding("K1", "U1"))))}, [USED]),
    "GUIDs in braces": ({"project.qde": project(source(selection(inner=coding("{k1}", "{u1}"))))}, [USED]),
    "nobody named": ({"project.qde": project(source(selection()), users="")}, [USED]),
    "version 1.5": ({"project.qde": project(source(selection()), space="urn:QDA-XML:project:1.5")}, [USED]),
    "version 0:4": ({"project.qde": project(source(selection()), space="urn:QDA-XML:project:0:4")}, [USED]),
    "no namespace": ({"project.qde": project(source(selection()), space="")}, [USED]),
    "UTF-16": (
        {"project.qde": project(source(selection()), head=HEAD.replace("utf-8", "utf-16")).encode("utf-16")},
        [USED],
    ),
    "a byte order mark": ({"project.qde": "\ufeff" + project(source(selection()))}, [USED]),
    "another name of the XML": ({"study/interviews.qde": project(source(selection()))}, [USED]),
    "sources in capitals": (
        {"project.qde": project(source(selection(), text="", where=HELD_INSIDE)), "SOURCES/t1.txt": TEXT},
        [USED],
    ),
    "Windows line ends": (
        {
            "project.qde": project(source(selection(FIRST + 2, LAST + 2), text="", where=HELD_INSIDE)),
            "Sources/t1.txt": "\ufeff" + TEXT.replace("\n", "\r\n"),
        },
        [USED],
    ),
    "a path as name": ({"project.qde": project(source(selection(), name=r"C:\Interviews\P01.docx"))}, [USED]),
    "a hard space": ({"project.qde": project(source(selection(), text=TEXT.replace("We all", "We\u00a0all")))}, [USED]),
    "one source twice": (
        {"project.qde": project(source(selection()) + source(selection(inner=coding("k2", "u2")), key="t2"))},
        [USED, USED],
    ),
    "an emoji counted twice": (
        {"project.qde": project(source(selection(TEXT.index("here") + 1, TEXT.index("here") + 5, name="here")))},
        [USED],
    ),
    "a heading as code": ({"project.qde": project(source(selection(inner=coding("k0"))))}, [USED]),
    "text of a PDF": ({"project.qde": project(PDF)}, [USED]),
    "transcript of a recording": ({"project.qde": project(TRANSCRIPT)}, [USED]),
    "a coded case": ({"project.qde": project(source(selection()), more=WHOLE_CASE)}, [USED]),
    "a coded source": (
        {"project.qde": project(source(selection() + coding("k2")))},
        [USED, ("refused", "the whole source")],
    ),
    "an unknown code": (
        {"project.qde": project(source(selection(inner=coding("zz"))))},
        [("refused", "not in the codebook")],
    ),
    "no codebook": ({"project.qde": project(source(selection()), codes="")}, [("refused", "not in the codebook")]),
    "places in words": ({"project.qde": project(source(selection("x") + selection()))}, [("refused", OUTSIDE), USED]),
    "before the text": ({"project.qde": project(source(selection(-3) + selection()))}, [("refused", OUTSIDE), USED]),
    "backwards": ({"project.qde": project(source(selection(LAST, FIRST) + selection()))}, [("refused", OUTSIDE), USED]),
    "nothing selected": (
        {"project.qde": project(source(selection(FIRST, FIRST) + selection(FIRST + 3)))},
        [("refused", "no words"), USED],
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_coding_is_used_or_refused_with_its_reason(tmp_path, form):
    entries, wanted = FORMS[form]
    (tmp_path / "P01.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "participants.csv").write_text("participant,transcript,date,consent\nP01,P01.txt,,yes\n")
    people = reading.read_participants(tmp_path / "participants.csv")
    read = reading.read_interviews(people, [tmp_path / "P01.txt"], Key(), InterviewsSettings())
    path = tmp_path / "ann.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    study = Study(read["texts"], read["turns"], read["replaced"], {"P01.txt": "P01"}, Key(), 400)
    rows, projects, _ = coded_files.read_coded([path])
    placed = place_segments(rows, coded_files.sources_of(projects), study)
    assert len(placed) == len(wanted)
    for row, (outcome, reason) in zip(placed.itertuples(), wanted, strict=True):
        assert (row.outcome, row.transcript) == (outcome, "P01")
        assert reason in row.reason
        if outcome != "refused":
            assert row.text in ("We all came.", "all came.", "here")
            assert row.speaker == "participant"
            assert row.coder in ("Ann", "Bob", "ann")
