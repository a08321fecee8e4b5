"""What goes back to the panel: questionnaires that survey tools take, and sheets fit to send."""

import csv
import io
import re

import pandas as pd
import pytest
from coproduction.delphi import feedback, next_round, questionnaire
from coproduction.delphi.settings import DelphiSettings


@pytest.fixture
def written(demo, tmp_path):
    closed = next_round.Closed(
        demo.statements, demo.decisions, demo.ratings, demo.summary, demo.groups, demo.panel,
        demo.rounds,
    )  # fmt: skip
    next_round.write(closed, tmp_path, demo.settings)
    return tmp_path


def test_one_sheet_for_each_invited_panellist_under_a_name_that_tells_nothing(written, demo):
    mailing = pd.read_csv(written / "mailing.csv")
    assert len(mailing) == 17  # D16 has left the panel
    assert "D16" not in set(mailing["panellist"])
    names = {path.name for path in (written / "feedback").iterdir() if path.suffix == ".html"}
    assert {name.split("/")[1] for name in mailing["sheet"]} == names
    assert all(re.fullmatch(r"[0-9a-f]{16}\.html", name) for name in names)
    other = feedback.sheet_name("D01", 3, "another salt")
    assert other not in names


def test_without_a_secret_word_names_depend_on_the_ratings_and_a_note_says_so(written, demo):
    assert "feedback_salt" in (written / "README.txt").read_text(encoding="utf-8")
    unset = feedback.salt_of(demo.ratings, DelphiSettings())
    assert feedback.salt_of(demo.ratings.iloc[::-1], DelphiSettings()) == unset
    assert feedback.salt_of(demo.ratings.iloc[1:], DelphiSettings()) != unset
    assert feedback.salt_of(demo.ratings, DelphiSettings(feedback_salt="own")) == "own"


def test_no_sheet_names_another_panellist_or_group_of_a_comment(written, demo):
    mailing = pd.read_csv(written / "mailing.csv")
    people = set(demo.panel["panellist"]) | {"TEST"}
    for row in mailing.itertuples():
        text = (written / row.sheet).read_text(encoding="utf-8")
        assert row.panellist in text
        for other in people - {row.panellist}:
            assert not re.search(rf"(?<![\w]){other}(?![\w])", text, re.IGNORECASE), other


def test_sheets_show_closed_rounds_and_the_own_rating_only(written, demo):
    mailing = pd.read_csv(written / "mailing.csv").set_index("panellist")["sheet"]
    own = demo.ratings.set_index(["round", "panellist", "statement"])["rating"]
    text = (written / mailing["D02"]).read_text(encoding="utf-8")
    article = next(a for a in text.split("<article>") if "S19 ·" in a)
    assert f"<dt>Your rating</dt><dd>{own[2, 'D02', 'S19']}</dd>" in article
    assert "Three hundred" not in text
    assert "a moderated platform is a different thing" not in text  # comment of the open round
    absent = (written / mailing["D05"]).read_text(encoding="utf-8")
    assert "you did not answer this round" in absent


def test_small_groups_are_not_shown_on_their_own(demo):
    groups = pd.DataFrame(
        dict(round=1, statement="S1", group=["a", "b", "c"], n=[8, 7, 2], median=[7.0, 6.0, 1.0])
    )
    # One hidden group could be worked out from the others and the total.
    assert feedback._groups(groups, 1, "S1", DelphiSettings()) == []
    groups.loc[1, "n"] = 3
    groups.loc[3] = [1, "S1", "d", 9, 5.0]
    shown = feedback._groups(groups, 1, "S1", DelphiSettings())
    assert [name for name, _ in shown] == ["Median, a", "Median, d"]


def test_traces_in_comments_are_taken_out():
    text = "Ask d05 or mail a.b@c.org, see https://x.org/y, call +40 721 123 456; Mrs Alder agrees"
    clean = feedback.cleaned(text, ["D05"], ["Alder"])
    for trace in ("d05", "@", "x.org", "721", "Alder"):
        assert trace not in clean
    assert "agrees" in clean


def test_comments_cannot_carry_markup(demo):
    ratings = demo.ratings.copy()
    at = (ratings["round"] == 2) & (ratings["statement"] == "S19") & (ratings["panellist"] == "D01")
    ratings.loc[at, "comment"] = "<script>alert(1)</script>"
    asked = questionnaire.next_statements(demo.statements, demo.decisions, 3)
    page = feedback.sheet("D02", asked, ratings, demo.summary, demo.groups, 3, demo.settings)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_limesurvey_structure_has_every_statement_and_answer(written):
    text = (written / "limesurvey_round3.txt").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    kinds = [row["class"] for row in rows]
    assert kinds.count("SQ") == 32
    assert [r["name"] for r in rows if r["class"] == "A"] == [*map(str, range(1, 10)), "NO"]
    assert {r["type/scale"] for r in rows if r["class"] == "Q"} == {"F", "Q"}
    assert len({len(row) for row in rows}) == 1


def test_answers_to_the_exported_questionnaire_come_back_without_a_map(demo, written, small, carry):
    """The columns that LimeSurvey and Qualtrics make of it are understood."""
    asked = pd.read_csv(written / "questionnaire.csv")["statement"].tolist()
    assert asked == sorted(asked)
    assert "S19" in asked
    assert "S07" not in asked  # settled as a stable split
    qualtrics = (written / "qualtrics_round3.txt").read_text(encoding="utf-8")
    codes = re.findall(r"\[\[ID:(\w+)\]\]", qualtrics)
    lime = [f"IMP[{s}]" for s in asked] + [f"COM[{s}]" for s in asked]
    texts = demo.statements.groupby("statement")["text"].last()
    lines = "".join(f'{s},1,"{texts[s]}",f,1,\n' for s in asked)
    head = "statement,version,text,factor,first_round,last_round\n"
    for columns in (codes, lime):
        row = ["7" if c.startswith("IMP") or c in asked else "note" for c in columns]
        table = ",".join(["token", *columns]) + "\n" + ",".join(["D1", *row]) + "\n"
        found = carry(small(statements_csv=head + lines, r1_csv=table))
        assert (found.ratings["rating"] == 7).all()
        assert (found.ratings["comment"] == "note").all()


def test_before_the_first_round_the_first_questionnaire_is_prepared(demo, tmp_path):
    nothing = demo.decisions.assign(decision="not rated yet", round=pd.NA)
    closed = next_round.Closed(
        demo.statements, nothing, demo.ratings.iloc[:0], demo.summary.iloc[:0],
        demo.groups.iloc[:0], demo.panel, {},
    )  # fmt: skip
    next_round.write(closed, tmp_path, demo.settings)
    asked = pd.read_csv(tmp_path / "questionnaire.csv")
    assert len(asked) == 31
    assert not (tmp_path / "feedback").exists()
