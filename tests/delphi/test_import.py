"""Layouts of survey tools, and what happens with broken files."""

from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.delphi import handover, people_files
from coproduction.delphi.settings import DelphiSettings


def wide(found):
    return found.ratings.pivot(index="panellist", columns="statement", values="rating")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("7", ("rated", 7)),
        ("7.0", ("rated", 7)),
        ("9 (essential)", ("rated", 9)),
        ("1 – not important", ("rated", 1)),
        ("Sehr wichtig", ("rated", 9)),
        ("", ("missing", None)),
        ("NO", ("no opinion", None)),
        ("No Opinion", ("no opinion", None)),
        ("N/A", ("not asked", None)),
    ],
)
def test_answers(cell, wanted):
    settings = DelphiSettings(answer_labels={"sehr wichtig": 9})
    assert settings.answer_key.parse(cell) == wanted


@pytest.mark.parametrize("cell", ["10", "0", "-3", "7.5", "important", "77"])
def test_answers_that_are_no_point_of_the_scale(cell):
    with pytest.raises(ValueError, match=r"rating"):
        DelphiSettings().answer_key.parse(cell)


LAYOUTS = {
    "limesurvey": "token,IMP[S1],IMP[S2],COM[S1]\nD1,7,2,why\nD2,8,NO,\n",
    "limesurvey semicolon": "token;IMP[S1];IMP[S2];COM[S1]\nD1;7;2;why\nD2;8;NO;\n",
    "underscores": "participant,q_S1,q_S2,q_S1_comment\nd1,7,2,why\n D2 ,8,no opinion,\n",
    "redcap": "record_id,r1_s1_imp,r1_s1_imp_no_op,r1_s2_imp,r1_s2_imp_no_op,r1_s1_comment\nD1,7,,2,,why\nD2,8,,,1,\n",
    "forms": "Timestamp,Participant ID,[Leaders support it],[There is money],"
    "Comment [Leaders support it]\n2026/1/1,D1,7,2,why\n2026/1/2,D2,8,No opinion,\n",
    "qualtrics": "RecordedDate,ExternalReference,S1,S2,S1_comment\n"
    'Date,Ref,Leaders support it,There is money,why\n"{""ImportId"":""a""}",'
    '"{""ImportId"":""b""}","{""ImportId"":""c""}","{""ImportId"":""d""}","{""ImportId"":""e""}"\n'
    "2026-01-01,D1,7,2,why\n2026-01-01,D2,8,No opinion,\n",
    "surveymonkey": "Respondent ID,Leaders support it,There is money,Leaders support it: comment\n"
    ",Response,Response,Open-Ended Response\nD1,7,2,why\nD2,8,No opinion,\n",
}


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_layouts_give_one_and_the_same_table(name, small, carry):
    found = carry(small(r1_csv=LAYOUTS[name]))
    table = wide(found)
    assert table.loc["D1"].tolist() == [7, 2]
    assert table.loc["D2", "S1"] == 8
    status = found.ratings.set_index(["panellist", "statement"])
    assert status.loc[("D2", "S2"), "status"] == "no opinion"
    assert status.loc[("D1", "S1"), "comment"] == "why"


def test_excel_and_column_map(small, carry, tmp_path):
    folder = small(
        rounds_csv="round,file,status,columns\n1,r1.xlsx,closed,map.csv\n",
        map_csv="column,role,statement\nwho,panellist,\nfirst,rating,S1\nwhy,comment,S1\n",
    )
    book = openpyxl.Workbook()
    for row in (["who", "first", "why", "other"], ["D1", 7, "x", 1], ["D3", 4, None, 2]):
        book.active.append(row)
    book.save(folder / "r1.xlsx")
    found = carry(folder)
    assert wide(found).loc[["D1", "D3"], "S1"].tolist() == [7, 4]
    assert set(found.ratings.loc[found.ratings["statement"] == "S2", "status"]) == {"not asked"}
    assert found.unmatched["column"].tolist() == ["other"]


def test_last_finished_submission_counts(small, carry):
    rows = (
        "token,submitdate,S1,S2\nD1,2026-01-02,7,7\nD1,2026-01-01,1,1\n"
        "D1,,5,5\nD2,2026-01-01,3,3\nGHOST,2026-01-01,9,9\nD3,2026-01-01,,\n"
    )
    found = carry(small(r1_csv=rows))
    assert wide(found).loc["D1"].tolist() == [7, 7]
    outcomes = found.submissions["outcome"].tolist()
    assert outcomes == ["counts", "double submission", "double submission", "counts", "not in the panel", "empty"]
    first = carry(small(r1_csv=rows), DelphiSettings(double_submissions="first"))
    assert wide(first).loc["D1"].tolist() == [1, 1]


BROKEN = {
    "no panellist": ({"r1_csv": "x,item,rating\n1,S1,3\n"}, ["r1.csv", "row 1", "one row per answer", "panellist"]),
    "no rating": ({"r1_csv": "token,a\nD1,3\n"}, ["r1.csv", "rating", "column map"]),
    "twice": ({"r1_csv": "token,a_S1,b_S1\nD1,3,3\n"}, ["a_S1", "b_S1", "column map"]),
    "off scale": ({"r1_csv": "token,S1,S2\nD1,3,12\n"}, ["r1.csv", "row 2", "'S2'", "12"]),
    "words": ({"r1_csv": "token,S1,S2\nD1,3,4\nD2,good,3\n"}, ["row 3", "'S1'", "good"]),
    "empty": ({"r1_csv": ""}, ["r1.csv", "empty"]),
    "encoding": ({"r1_csv": b"token,S1\nD1,\x81\n"}, ["r1.csv", "row 2", "UTF-8"]),
    "truncated": ({"r1_csv": 'token,S1,COM[S1]\nD1,7,"because\n'}, ["r1.csv", "quotation"]),
    "ragged": ({"r1_csv": "token,S1\nD1,7,8,9\n"}, ["r1.csv", "row 2", "4 cells"]),
    "scale": ({"rounds_csv": "round,file,status,scale\n1,r1.csv,closed,1-5\n"}, ["rounds.csv", "1-5", "1-9"]),
    "status": ({"rounds_csv": "round,file,status\n1,r1.csv,ended\n"}, ["rounds.csv", "ended"]),
    "doubled panellist": ({"panel_csv": "panellist,group\nD1,x\nD1,y\n"}, ["panel.csv", "D1"]),
    "two wordings": (
        {"statements_csv": "statement,version,text,factor,first_round,last_round\nS1,1,a,f,1,\nS1,2,b,f,1,\n"},
        ["statements.csv", "row 3", "S1"],
    ),
    "backwards": (
        {"statements_csv": "statement,version,text,factor,first_round,last_round\nS1,1,a,f,3,2\n"},
        ["statements.csv", "row 2", "last_round"],
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_broken_files_are_named(name, small, carry):
    changed, words = BROKEN[name]
    with pytest.raises(StudyError) as failed:
        carry(small(**changed))
    for word in words:
        assert word in str(failed.value)


def test_real_rounds_of_unisante_give_the_published_summary(shared_data, small, carry, words):
    """Two real rounds in REDCap layout, French; the published medians and quartiles per item."""
    source = shared_data / "delphi" / "unisante_demo"
    wanted = pd.read_csv(source / "expected_exec_summary.csv")
    wanted = wanted[wanted["type"] == "type1"]
    rounds, statements, changed = [], [], {}
    for number in (2, 3):
        data = pd.read_csv(source / f"dft{number}_data_clean.csv", dtype=str)
        own = [c for c in data if c.endswith("_type1")]
        lines = ["column,role,statement", "record_id,panellist,"]
        for column in own:
            statement = column.removesuffix("_type1")
            statements.append(f"{statement},1,{statement},f,{number},{number}")
            lines.append(f"{column},rating,{statement}")
            lines.append(f"{column}_no_op,no opinion,{statement}")
            lines.append(f"{statement}_comment,comment,{statement}")
        changed[f"round{number}.csv"] = data.to_csv(index=False)
        changed[f"map{number}.csv"] = "\n".join(lines) + "\n"
        rounds.append(f"{number},round{number}.csv,closed,map{number}.csv")
    people = sorted({i for k, v in changed.items() if k.startswith("round") for i in ids(v)})
    folder = small(
        panel_csv="panellist,group\n" + "\n".join(f"{i},all" for i in people),
        statements_csv="statement,version,text,factor,first_round,last_round\n" + "\n".join(statements),
        rounds_csv="round,file,status,columns\n" + "\n".join(rounds),
        **changed,
    )
    whole = carry(folder)
    assert "23 of 26 panellists" in words("results", whole)
    assert whole.flow.set_index("round").loc[3, "stayed"] == 18  # linkable by their id
    found = whole.summary.set_index("statement")
    assert len(wanted) >= 24
    for item in wanted.to_dict("records"):
        row = found.loc[item["variable"].removesuffix("_type1")]
        assert row["n"] == item["reponses_count"]
        assert [row["median"], row["q1"], row["q3"], row["iqr"]] == [
            item["median"],
            item["q1"],
            item["q3"],
            item["iqr_range"],
        ]


def test_the_real_rounds_need_no_column_map(shared_data, small, carry):
    """The REDCap exports as they are, with the variable names without their ending as ids."""
    source = shared_data / "delphi" / "unisante_demo"
    wanted = pd.read_csv(source / "expected_exec_summary.csv").set_index("variable")
    statements, people, files = ["statement,text,first_round,last_round"], set(), {}
    for number in (2, 3):
        raw = (source / f"dft{number}_data_clean.csv").read_bytes()
        files[f"round{number}.csv"] = raw
        head = raw.decode().splitlines()[0].split(",")
        own = [c.removesuffix("_type1") for c in head if c.endswith("_type1")]
        statements += [f"{s},{s},{number},{number}" for s in own]
        people |= set(pd.read_csv(source / f"dft{number}_data_clean.csv", dtype=str)["record_id"])
    found = carry(
        small(
            panel_csv="panellist,group\n" + "".join(f"{who},all\n" for who in sorted(people)),
            statements_csv="\n".join(statements) + "\n",
            rounds_csv="round,file,status\n2,round2.csv,closed\n3,round3.csv,closed\n",
            **files,
        )
    )
    summary = found.summary.set_index("statement")
    for variable, item in wanted[wanted["type"] == "type1"].iterrows():
        row = summary.loc[variable.removesuffix("_type1")]
        assert [row["n"], row["median"], row["q1"], row["q3"]] == [
            item["reponses_count"],
            item["median"],
            item["q1"],
            item["q3"],
        ]
    assert not found.unmatched["column"].str.contains("type1").any()
    assert (found.ratings["status"] == "no opinion").sum() == 7


def ids(text):
    return [line.split(",")[0] for line in text.splitlines()[1:] if line.split(",")[0].isdigit()]


def test_without_files_everything_is_awaited(judge, words):
    none = people_files.read(SimpleNamespace(statements=[], rounds=[], panel=[]), set())
    found = judge(none, DelphiSettings())
    text = words("results", found)
    assert "No round of the Delphi is closed yet" in text
    assert "#fig" not in text
    parts = (found.statements, found.flow, found.rounds_table, found.decisions, found.withheld)
    assert set(handover.status(*parts)["state"]) <= {"awaited", "not started"}
    assert handover.evidence(found.decisions).empty
    assert handover.account(found.cells, found.decisions).empty


def test_ratings_without_statements_are_a_contradiction(small):
    from types import SimpleNamespace

    from coproduction.delphi import people_files

    folder = small()
    files = SimpleNamespace(statements=[], rounds=[str(folder / "rounds.csv")], panel=[])
    with pytest.raises(StudyError, match="no statements"):
        people_files.read(files, set())


def test_ids_with_punctuation_come_back_from_limesurvey_without_it(small, carry):
    head = "statement,version,text,factor,first_round,last_round\n"
    found = carry(
        small(statements_csv=head + "z_s1,1,Leaders support it,f,1,\n", r1_csv="token,IMP[zs1],COM[zs1]\nD1,7,why\n")
    )
    row = found.ratings.iloc[0]
    assert (row["statement"], row["rating"], row["comment"]) == ("z_s1", 7, "why")
