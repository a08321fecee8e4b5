"""The last gate: no name of anybody in anything that is shown."""

import zipfile

import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import read_key
from coproduction.formats.searching import texts_in
from coproduction.report import gate
from coproduction.report.gate import Identity


@pytest.fixture
def results(tmp_path):
    """A results folder with files of these contents."""

    def of(**files):
        for name, content in files.items():
            path = tmp_path / "results" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            raw = content.encode() if isinstance(content, str) else content
            path.write_bytes(raw)
        return tmp_path / "results"

    return lambda files: of(**files)


WILLOW = Identity("Ms Willow", "the name in row 2 of interviews/identities.csv")
MAIL = Identity("rowan.birch@town.example", "an identity in row 3 of delphi/panellist_ids.csv")
ASH = Identity("Ashworth", "the name in row 4 of interviews/identities.csv")


def found(folder, *identities):
    return [(hit.file, hit.part, *hit.lines) for hit in gate.search(folder, identities, texts_in)[1]]


PLANTED = {
    "logs/interviews/import_codings.log": "INFO a\nINFO positions in 'Ms Willow.docx' count so\n",
    "ecosystem/judgements.csv": 'factor,reason\nmotivation,"as ms  willow said"\n',
    "interviews/memos.csv": "text\nMS WILLOW smiled\n",
    "report/report/results.md": "She, Ms\nWillow, came.\n",
    "report/ecosystem.html": "<p>Ms&nbsp;<b>Willow</b></p>",
    "ecosystem/model.graphml": "<data>Ms &#87;illow</data>",
    "delphi/form.json": '{"a": "Ms W\\u0069llow"}',
    "delphi/link.csv": "url\nhttps://x.example/?n=Ms%20Willow\n",
    "interviews/figures/a.svg": "<svg><title>Ms Wíllow</title></svg>",
    "house/config.yaml": "title: Talks with Ms Willow\n",
    "status/names/Ms Willow.txt": "nothing",
}


@pytest.mark.parametrize("file", PLANTED)
def test_a_planted_name_is_found_wherever_it_is(results, file):
    folder = results({file: PLANTED[file], "a/clean.csv": "willow tree\n"})
    hits = found(folder, WILLOW)
    assert {hit[0] for hit in hits} == {file}
    with pytest.raises(StudyError) as caught:
        gate.refuse(gate.search(folder, [WILLOW], texts_in)[1])
    said = str(caught.value).replace(file, "")
    assert "row 2 of interviews/identities.csv" in said
    assert "illow" not in said


def test_a_name_within_archives_and_their_entries_is_found(results, tmp_path):
    with zipfile.ZipFile(tmp_path / "inner.qdpx", "w") as archive:
        archive.writestr("project.qde", "<User name='x'/><T>Ms <i>Willow</i></T>")
        archive.writestr("Sources/Ms Willow.txt", "")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(tmp_path / "inner.qdpx", "inner.qdpx")
    folder = results({"interviews/a.zip": (tmp_path / "outer.zip").read_bytes()})
    parts = {hit[1] for hit in found(folder, WILLOW)}
    assert parts == {"inner.qdpx project.qde", "inner.qdpx Sources/Ms Willow.txt"}


def test_a_name_in_a_pdf_is_found_by_its_page(results, tmp_path):
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with rc_context({"pdf.fonttype": 42}), PdfPages(tmp_path / "a.pdf") as pages:
        for words in ("Nobody", "as Ms Willow said"):
            page = Figure(figsize=(4, 3))
            page.text(0.1, 0.5, words)
            pages.savefig(page)
    folder = results({"report/ecosystem.pdf": (tmp_path / "a.pdf").read_bytes()})
    assert found(folder, WILLOW) == [("report/ecosystem.pdf", "page 2", 1)]


def test_addresses_are_found_in_any_case_and_short_names_as_words(results):
    folder = results({"a.csv": "x\nRowan.Birch@Town.example\nAlso Al came\n"})
    assert found(folder, MAIL) == [("a.csv", "", 2)]
    assert found(folder, Identity("Al", "")) == [("a.csv", "", 3)]


def test_the_private_folder_is_not_searched(results):
    assert found(results({"private/speakers.csv": "Ms Willow"}), WILLOW) == []


def test_a_public_name_is_let_through_where_people_say_so(results):
    files = (
        "literature/records.csv",
        "report/a.html",
        "interviews/turns.csv",
        "forms/searches/duplicate_decisions.csv",
    )
    folder = results({name: f"Ashworth, A. in {name}\n" for name in files})
    public = Identity(ASH.name, ASH.called, frozenset({"literature"}))
    assert {hit[0] for hit in found(folder, ASH)} == set(files)
    assert found(folder, public) == [("interviews/turns.csv", "", 1)]
    again = Identity("ashworth", "the speaker in row 2 of private/speakers.csv")
    assert found(folder, again, public) == [("interviews/turns.csv", "", 1)]


def test_copies_are_searched_once_but_not_where_less_is_let_through(results):
    public = Identity(ASH.name, ASH.called, frozenset({"literature"}))
    copies = ("interviews/b.csv", "interviews/c.csv", "literature/a.csv")
    folder = results(dict.fromkeys(copies, "Ashworth\n"))
    assert found(folder, public) == [("interviews/b.csv", "", 1)]


def test_all_hits_are_told_at_once(results):
    folder = results({f"a/{n:02d}.csv": f"Ms Willow {n}\nAshworth\n" for n in range(30)})
    count, hits = gate.search(folder, [WILLOW, ASH], texts_in)
    assert (count, len(hits)) == (30, 60)
    with pytest.raises(StudyError, match=r"(?s)a/00\.csv \(line 1\).*and 20 more.*also_in"):
        gate.refuse(hits)
    gate.refuse([])


def test_identities_come_from_keys_panellists_and_speakers(tmp_path):
    key = tmp_path / "interviews" / "identities.csv"
    key.parent.mkdir()
    key.write_text("find,replace,also_in\nMs Willow,[A],\nLarch,[B],literature;desk\n")
    names = gate.of_keys([read_key(key)])
    assert [(one.name, sorted(one.let_through)) for one in names] == [
        ("Ms Willow", []),
        ("Larch", ["desk", "literature"]),
    ]
    ids = tmp_path / "panellist_ids.csv"
    ids.write_text("panellist,id\nE01,17\nE02,a@b.example\nE03,Rowan Birch\nE04,R_1x\n")
    assert [one.name for one in gate.of_panellists([str(ids)])] == ["a@b.example", "Rowan Birch"]
    speakers = pd.DataFrame(
        {
            "speaker": ["Rowan Birch", "Speaker 1", "Note that", "P"],
            "state": ["speaker", "speaker", "perhaps", "speaker"],
        }
    )
    assert [one.name for one in gate.of_speakers(speakers)] == ["Rowan Birch"]


def test_letters_of_an_embedded_picture_are_no_name(results):
    picture = "iVBOR" + "Ashworth" + "0" * 300
    page = f'<p><img src="data:image/png;base64,{picture}" alt="a map"></p>'
    assert found(results({"report/page.html": page}), ASH) == []
    assert found(results({"report/page.html": f"{page}\n<p>Ashworth</p>"}), ASH) == [("report/page.html", "", 2)]


def test_the_files_are_counted_also_where_nobody_is_to_be_found(results):
    assert gate.search(results({"a.csv": "a\n", "b/c.txt": "c"}), [], texts_in) == (2, [])
