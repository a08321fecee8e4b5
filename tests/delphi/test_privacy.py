"""Identities do not enter, and comments that tell who somebody is get nowhere."""

from types import SimpleNamespace

import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import Key
from coproduction.delphi import feedback, handover, people_files, privacy, questionnaire
from delphi.test_next_round import sheet

NAMES = Key(("Willow Birch", "Ash"), ("[A]", "[B]"), (2, 3), "identities.csv")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("panellist,group,Name\nD1,x,Somebody\n", "Name"),
        ("panellist,group,E-mail\nD1,x,\n", "E-mail"),
        ("panellist,group\na.b@c.org,x\n", "panellist"),
        ("panellist,group,note\nD1,x,call +40 721 123 456\n", "note"),
        ("panellist,group\nWillow Birch,x\nAsh Elm,x\nOak Tree,y\n", "panellist"),
    ],
)
def test_a_panel_that_seems_to_hold_identities_is_refused_without_repeating_them(content, word, tmp_path):
    path = tmp_path / "panel.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StudyError) as failed:
        people_files._panel(str(path))
    assert f"column '{word}'" in str(failed.value)
    assert "only pseudonyms" in str(failed.value)
    for secret in ("a.b@c.org", "721", "Willow"):
        assert secret not in str(failed.value)


@pytest.mark.parametrize(
    "content",
    [
        "panellist,group,country\nD1,researchers,ITA\nD2,public managers,NLD\n",
        "panellist,group\nExpert One,x\nExpert Two,x\nExpert Three,y\n",
        "panellist,group\n10,\n11,\n",
        "panellist\nRed Fox 1\nBlue Owl 2\n",
    ],
)
def test_pseudonyms_pass(content, tmp_path):
    path = tmp_path / "panel.csv"
    path.write_text(content, encoding="utf-8")
    panel = people_files._panel(str(path))
    assert (panel["group"] != "").all()


ROWS = (
    "token,IMP[S1],IMP[S2],COM[S1],COM[S2]\n"
    "D1,7,2,As willow  birch told me,fine\nD2,8,3,write to x.y@z.org,\nD3,9,4,harmless since 2019,\n"
)


def test_comments_with_traces_are_withheld_listed_and_counted(small, carry, words):
    found = carry(small(r1_csv=ROWS), comments=privacy.Comments([NAMES]))
    said = found.ratings.set_index(["panellist", "statement"])["comment"]
    assert said["D1", "S1"] == said["D2", "S1"] == ""
    assert said["D1", "S2"] == "fine"
    assert said["D3", "S1"] == "harmless since 2019"
    listed = found.withheld.set_index("panellist")
    assert listed["found"].to_dict() == {"D1": "the name in row 2 of identities.csv", "D2": "an e-mail address"}
    assert listed.loc["D1", ["row", "column"]].tolist() == [2, "COM[S1]"]
    for table in (found.ratings, found.unmatched, found.withheld):
        text = table.to_csv().casefold()
        assert "birch" not in text
        assert "z.org" not in text
    assert found.ratings["rating"].notna().sum() == 6  # the ratings count all the same
    assert "2 comments were withheld" in words("results", found)
    parts = (found.statements, found.flow, found.rounds_table, found.decisions, found.withheld)
    row = handover.status(*parts).iloc[-1]
    assert (row["state"], row["put_in"]) == ("awaited", "delphi/comments.csv")


def test_people_may_reword_a_comment_which_is_checked_again(small, carry):
    folder = small(r1_csv=ROWS)
    (folder / "comments.csv").write_text(
        "round,panellist,statement,comment\n1,D1,S1,As a colleague told me\n1,D2,S1,write to Ash\n1,D3,S1,\n"
    )
    given = privacy.read_comments([], str(folder / "comments.csv"))
    given.keys.append(NAMES)
    found = carry(folder, comments=given)
    said = found.ratings.set_index(["panellist", "statement"])["comment"]
    assert (said["D1", "S1"], said["D2", "S1"], said["D3", "S1"]) == ("As a colleague told me", "", "")
    states = found.withheld.set_index("panellist")["state"].to_dict()
    assert states == {"D1": "replaced by people", "D2": "withheld", "D3": "removed by the researchers"}


def test_no_sheet_has_a_withheld_comment(small, carry, pages):
    found = carry(small(r1_csv=ROWS), comments=privacy.Comments([NAMES]))
    asked = questionnaire.next_statements(found.statements, found.decisions, 2)
    parts = (asked, found.ratings, found.summary, found.groups, found.settings)
    told = feedback.prepare(*parts)
    for who in ("D1", "D2", "D3"):
        seen = feedback.items(who, told, found.settings)
        page = sheet(pages, who, seen, 2, found.settings)
        assert "harmless since 2019" in page
        assert "birch" not in page.casefold()
        assert "z.org" not in page


def test_ids_of_people_outside_the_panel_are_not_repeated(small, carry):
    found = carry(small(r1_csv="token,S1,S2\nD1,7,2\nwillow@birch.org,8,3\n"))
    assert found.submissions["outcome"].tolist() == ["counts", "not in the panel"]
    for table in (found.submissions, found.unmatched):
        assert "birch" not in table.to_csv()


def test_without_a_panel_ids_that_are_addresses_are_refused():
    sent = pd.DataFrame([dict(round=1, panellist="a@b.org", outcome="counts")])
    people = people_files.panel_or_responders(None, sent)
    with pytest.raises(StudyError, match="e-mail"):
        privacy.refuse_identities(people, "the round files")


def test_a_study_without_names_and_comments_has_an_empty_check(small):
    folder = small()
    files = SimpleNamespace(
        statements=[str(folder / "statements.csv")],
        rounds=[str(folder / "rounds.csv")],
        panel=[str(folder / "panel.csv")],
    )
    found = people_files.read(files, {"a", "b"})
    assert found.comments.keys == []
    assert found.ids is None
    assert isinstance(found.panel, pd.DataFrame)
