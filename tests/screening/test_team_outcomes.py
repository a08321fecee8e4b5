"""What teams came to in Colandr and EPPI-Reviewer."""

import json

import pytest
from coproduction.core.errors import StudyError
from coproduction.screening import facts, team_outcomes
from screening.study_folder import Folder, records

CRITERIA = "criterion,kind,label,text\noff,exclude,Off topic,y\npop,exclude,Wrong population,z\n"
COLANDR = (
    "study_id,study_tags,citation_screening_status,fulltext_screening_status,citation_title,citation_pub_year,"
    "citation_exclude_reasons,fulltext_exclude_reasons\n"
)
TITLES = (
    "Screen on Title & Abstract",
    {
        1: ("INCLUDE", "Include"),
        2: ("Off topic", "Exclude"),
        3: ("EXCLUDE on title & abstract", "Exclude"),
        4: ("Background", "Selectable (show checkbox)"),
    },
)
TEXTS = ("Screen on Full Report", {11: ("INCLUDE", "Include"), 12: ("Wrong population", "Exclude")})


def title(i):
    return records()["title"][i]


def report(tools, items):
    """A JSON report of EPPI-Reviewer; `items` are the codes of each record."""
    sets = [
        {
            "SetName": name,
            "SetType": {"SetTypeName": "Screening"},
            "Attributes": {
                "AttributesList": [
                    {"AttributeId": number, "AttributeName": code, "AttributeType": kind}
                    for number, (code, kind) in codes.items()
                ]
            },
        }
        for name, codes in tools
    ]
    references = [
        {
            "ItemId": 900 + i,
            "Title": title(i),
            "Year": "2020",
            "DOI": "",
            "Codes": [{"AttributeId": code} for code in codes],
        }
        for i, codes in enumerate(items)
    ]
    return json.dumps({"CodeSets": sets, "References": references})


def settled(tmp_path, **files):
    folder = Folder(tmp_path).write("criteria.csv", CRITERIA)
    (tmp_path / "covidence").mkdir()
    for name, text in files.items():
        folder.write(name.replace("__", "/").replace("_JSON", ".json").replace("_CSV", ".csv"), text)
    return folder.settle()


def rows(found):
    names = ["stage", "record", "reviewer", "decision", "reason", "note"]
    return [tuple(row) for row in found.decisions[names].itertuples(index=False)]


def test_both_stages_of_colandr(tmp_path):
    text = COLANDR + (
        f"1,care,included,excluded,{title(0)},2020,,\"['Wrong population']\"\n"
        f"2,,excluded,not_screened,{title(1)},2020,\"['Off topic']\",\n"
        f"3,,screened_once,not_screened,{title(2)},2020,,\n"
        f"4,,conflict,not_screened,{title(3)},2020,,\n"
    )
    found = settled(tmp_path, covidence__colandr_CSV=text)
    assert rows(found) == [
        ("title_abstract", "r0", "Colandr", "include", "", "care"),
        ("title_abstract", "r1", "Colandr", "exclude", "off", ""),
        ("full_text", "r0", "Colandr", "exclude", "pop", "care"),
    ]
    assert found.sources[["form", "entries", "undecided"]].to_numpy().tolist() == [["Colandr", 4, 2], ["Colandr", 4, 3]]
    assert "title and abstract: excluded" in set(found.states["state"])


def test_a_status_that_colandr_does_not_have_is_refused(tmp_path):
    with pytest.raises(StudyError, match="row 2, column 'citation_screening_status': 'done' is no status of Colandr"):
        settled(tmp_path, title_abstract_CSV=COLANDR + f"1,,done,,{title(0)},2020,,\n")


def test_both_stages_of_eppi_reviewer(tmp_path):
    text = report([TITLES, TEXTS], [[1, 11], [2], [1, 12, 4], [3], []])
    found = settled(tmp_path, title_abstract_JSON=text, full_text_JSON=text)
    team = "EPPI-Reviewer"
    assert rows(found) == [
        ("title_abstract", "r0", team, "include", "", ""),
        ("title_abstract", "r1", team, "exclude", "off", ""),
        ("title_abstract", "r2", team, "include", "", "Background"),
        ("title_abstract", "r3", team, "exclude", "", ""),
        ("full_text", "r0", team, "include", "", ""),
        ("full_text", "r2", team, "exclude", "pop", ""),
    ]
    assert found.sources["undecided"].tolist() == [1, 3]


def test_the_only_tool_may_have_any_name(tmp_path):
    assert (
        rows(settled(tmp_path, title_abstract_JSON="\ufeff" + report([("Screening", TITLES[1])], [[2]])))[0][3]
        == "exclude"
    )


@pytest.mark.parametrize(
    ("tools", "items", "problem"),
    [
        ([TITLES], [[1, 2]], "item 900 is included and excluded in 'Screen on Title & Abstract'"),
        ([TEXTS], [[11]], "no screening tool is of this stage: 'Screen on Full Report'"),
        (
            [TITLES, ("Abstracts again", TITLES[1])],
            [[1]],
            "'Screen on Title & Abstract' and 'Abstracts again' are of this stage",
        ),
        (
            [("Topics", {4: TITLES[1][4]})],
            [[4]],
            "no screening tool, of which codes are of the type Include or Exclude",
        ),
    ],
)
def test_what_eppi_reviewer_leaves_open_is_asked_about(tmp_path, tools, items, problem):
    with pytest.raises(StudyError, match=problem):
        settled(tmp_path, title_abstract_JSON=report(tools, items))


@pytest.mark.parametrize("text", ['{"CodeSets":', "[]", '{"results": []}'])
def test_other_json_is_no_report(tmp_path, text):
    with pytest.raises(StudyError, match="JSON"):
        settled(tmp_path, title_abstract_JSON=text)


def test_the_report_knows_whose_exports_are_a_teams():
    assert set(team_outcomes.TEAMS) == facts.OF_TEAMS
