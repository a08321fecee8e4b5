"""Decisions that come back as exports of ASReview, Rayyan and Covidence."""

import io
import json
import sqlite3
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.text import normalise
from coproduction.formats.references.normal import find_dois
from coproduction.formats.screening.rayyan import split_notes
from coproduction.formats.screening.reading import read_export
from coproduction.screening.intake import read_stage
from coproduction.screening.record_matching import RecordIndex, plain_title
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import settle_study
from hypothesis import given
from hypothesis import strategies as st
from screening.study_folder import Folder, records, rows

ONE = ScreeningSettings(reviewers_title_abstract=1, reviewers_full_text=1)
CRITERIA = "criterion,kind,label,text\nlang,exclude,Wrong language,x\noff,exclude,Off topic,y\n"
RAYYAN_HEAD = (
    "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,"
    "location,abstract,notes,doi,keywords,pubmed_id,pmc_id\n"
)
COVIDENCE_HEAD = (
    "Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,"
    "Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags\n"
)


@pytest.fixture
def folder(tmp_path):
    for name in ("title_abstract", "full_text", "covidence"):
        (tmp_path / name).mkdir()
    return Folder(tmp_path).write("criteria.csv", CRITERIA)


def title(i):
    return records()["title"][i]


def rayyan_row(i, notes, year="2020", name=None):
    quoted = notes.replace('"', '""')
    return f'rayyan-{i},{name or title(i)},{year}{"," * 13}abstract,"{quoted}",,,,\n'


def counted(settled):
    columns = ["record", "reviewer", "decision", "reason"]
    return sorted(map(tuple, settled.decisions[columns].itertuples(index=False)))


def test_rayyan_decisions_of_several_reviewers(folder):
    folder.write(
        "title_abstract/articles.csv",
        RAYYAN_HEAD
        + rayyan_row(0, 'kept from before | RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Maybe"}')
        + rayyan_row(
            1,
            'RAYYAN-INCLUSION: {"Ann"=>"Excluded", "Bo"=>"Included"} | RAYYAN-LABELS: later,check'
            ' | RAYYAN-EXCLUSION-REASONS: off topic,wrong language | USER-NOTES: {"Ann"=>["see p. 3"]}',
        )
        + rayyan_row(2, 'RAYYAN-INCLUSION: {"Ann"=>"Excluded", "Bo"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: Off topic')
        + rayyan_row(3, "")
        + rayyan_row(4, 'RAYYAN-INCLUSION: {"Ann"=>"Included"}', name="A title of nobody"),
    )
    settled = folder.settle()
    assert counted(settled) == [
        ("r0", "Ann", "include", ""),
        ("r0", "Bo", "maybe", ""),
        ("r1", "Ann", "exclude", "lang"),
        ("r1", "Bo", "include", ""),
        ("r2", "Ann", "exclude", "off"),
        ("r2", "Bo", "exclude", "off"),
    ]
    notes = settled.decisions.set_index(["record", "reviewer"])["note"]
    assert notes["r1", "Ann"] == "see p. 3; later,check; off topic"
    scopes = settled.decisions.set_index(["record", "reviewer"])["scope"]
    assert (scopes["r1", "Ann"], scopes["r2", "Ann"]) == ("own", "reason of the team")
    source = settled.sources.iloc[0]
    assert source["form"] == "Rayyan"
    assert source[["entries", "undecided", "by_title", "unmatched", "decisions"]].tolist() == [5, 1, 3, 1, 6]
    assert settled.findings["finding"].tolist() == ["unknown record"]
    assert settled.findings["record"].tolist() == ["A title of nobody"]


def test_rayyan_as_ris_and_as_the_zip_it_makes(folder):
    ris = (
        f"TY  - JOUR\nTI  - {title(5)}\nPY  - 2020\nN1  - record r5\n"
        'N1  - RAYYAN-INCLUSION: {"Ann"=>"Included"}\nER  - \n'
    )
    folder.write("title_abstract/articles.ris", ris)
    with zipfile.ZipFile(folder.path / "full_text" / "export.zip", "w") as archive:
        archive.writestr("articles.csv", RAYYAN_HEAD + rayyan_row(5, 'RAYYAN-INCLUSION: {"Ann"=>"Included"}'))
        archive.writestr("customizations_log.csv", "article_id,user_id,user_email,key,value\n")
    assert folder.settle(ONE).states.set_index("record")["state"]["r5"] == "included"


def test_what_rayyan_does_not_say_is_an_error_with_its_place(folder):
    folder.write("title_abstract/a.csv", RAYYAN_HEAD + rayyan_row(0, 'RAYYAN-INCLUSION: {"Ann"=>"Perhaps"}'))
    with pytest.raises(StudyError, match=r"a.csv, row 2, column 'notes': 'Perhaps'"):
        folder.settle()


def test_the_parts_of_a_note_field():
    parts = split_notes('x | y | RAYYAN-INCLUSION: {"A | B"=>"Included"} | RAYYAN-LABELS: a,b')
    assert parts == {"RAYYAN-INCLUSION": '{"A | B"=>"Included"}', "RAYYAN-LABELS": "a,b"}


def covidence_row(i, notes=""):
    return f'{title(i)},"Alder, A",abc,2020,,J,,,,,,,{i + 10},Alder 2020,"{notes}",\n'


def test_the_lists_of_covidence_are_the_teams_outcomes(folder):
    lists = {"screen": [0], "irrelevant": [1], "select": [2, 3], "excluded": [4], "included": [5]}
    for name, own in lists.items():
        rows = "".join(covidence_row(i, "Exclusion reason: Off topic; seen" if i == 4 else "") for i in own)
        folder.write(f"covidence/review_77_{name}_csv_20260310101500.csv", "\ufeff" + COVIDENCE_HEAD + rows)
    settled = folder.settle()  # two reviewers are asked for: what the team settled needs none
    states = settled.states.set_index("record")[["state", "reason"]]
    assert states["state"].tolist()[:6] == [
        "not screened",
        "title and abstract: excluded",
        "full text: awaited",
        "full text: awaited",
        "full text: excluded",
        "included",
    ]
    assert states.loc["r4", "reason"] == "off"
    assert set(settled.decisions["scope"]) == {"team"}
    assert set(settled.decisions["date"]) == {"2026-03-10"}
    assert settled.findings.empty
    sums = settled.sources[["undecided", "given", "by_id", "by_doi", "by_title", "unmatched"]]
    assert sums.sum(axis=1).tolist() == settled.sources["entries"].tolist()


def test_a_list_of_covidence_needs_its_name(folder):
    folder.write("covidence/export.csv", COVIDENCE_HEAD + covidence_row(0))
    with pytest.raises(StudyError, match="which Covidence list"):
        folder.settle()


def test_ris_of_covidence_and_ris_without_decisions(folder):
    entry = f"TY  - JOUR\nTI  - {title(1)}\nPY  - 2020\nN1  - Exclusion Reason: Off topic; x\nER  - \n"
    folder.write("covidence/review_7_excluded_ris_20260310101500.ris", entry)
    row = folder.settle().states.set_index("record").loc["r1"]
    assert row[["state", "reason"]].tolist() == ["full text: excluded", "off"]
    folder.write("title_abstract/library.ris", entry)
    with pytest.raises(StudyError, match="contains no decisions of ASReview or Rayyan"):
        folder.settle()


def project(path, version, labels, given=None, changes=(), tags=None, users=(None,)):
    """A project file as ASReview writes it; `labels`: row → (label, querier)."""
    table = records()
    folder = path.parent
    store = folder / "store.db"
    result = store if version == 3 else folder / "result.db"
    with sqlite3.connect(store) as db:
        db.execute(
            "CREATE TABLE record (dataset_row INT, dataset_id, title, doi, year INT, included INT, "
            "record_id INT, duplicate_of INT" + (", group_id INT)" if version == 3 else ")")
        )
        for i, name in enumerate(table["title"]):
            row = [i, "d.csv", name, None, 2020, (given or {}).get(i), i, None]
            row += [i] if version == 3 else []
            db.execute(f"INSERT INTO record VALUES ({','.join('?' * len(row))})", row)
    with sqlite3.connect(result) as db:
        db.execute("CREATE TABLE results (record_id INT, label INT, querier, time FLOAT, note, tags, user_id INT)")
        db.execute("CREATE TABLE decision_changes (record_id INT, label INT, time FLOAT)")
        for i, (label, querier) in labels.items():
            row = [i, label, querier, 1.7e9 + i, "n" if i == 2 else None, json.dumps(tags)]
            row.append(users[i % len(users)])
            db.execute("INSERT INTO results VALUES (?,?,?,?,?,?,?)", row)
        db.executemany("INSERT INTO decision_changes VALUES (?,?,1.7e9)", changes)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.json", "{}")
        archive.writestr("data/d.csv", table[["record", "title"]].to_csv(index=False))
        if version == 3:
            archive.write(store, "results.db")
        else:
            archive.write(store, "data_store.db")
            archive.write(result, "reviews/abc/results.db")
    for made in {store, result}:
        made.unlink()


@pytest.mark.parametrize("version", [2, 3])
def test_a_project_of_asreview(folder, version):
    tags = [
        {
            "name": "Why",
            "values": [
                {"name": "Off topic", "export": "off_topic", "checked": True},
                {"name": "To read", "export": "to_read", "checked": True},
                {"name": "Wrong language", "export": "wrong_language", "checked": False},
            ],
        }
    ]
    labels = {0: (1, None), 1: (0, "max"), 2: (1, "max"), 3: (0, None), 4: (1, "max")}
    project(
        folder.path / "title_abstract" / "ann.asreview",
        version,
        labels,
        given={0: 1},  # given with the data set; 3 was chosen as prior knowledge by the reviewer
        changes=[(4, 0), (1, None)],
        tags=tags,
    )
    settled = folder.settle(ONE)
    assert {r[:3] for r in counted(settled)} == {
        (f"r{i}", "ann", d) for i, d in ((1, "exclude"), (2, "include"), (3, "exclude"), (4, "include"))
    }
    own = settled.decisions.set_index("record")
    assert own.loc["r1", "reason"] == "off"
    assert own.loc["r2", ["reason", "note"]].tolist() == ["", "n; off_topic; to_read"]
    assert own.loc["r1", "date"] == "2023-11-14"
    assert settled.findings["finding"].tolist() == ["changed mind"]
    source = settled.sources.iloc[0]
    assert source[["entries", "undecided", "given", "by_id"]].tolist() == [8, 3, 1, 4]


def test_a_project_that_several_users_screened(folder):
    """ASReview gives users numbers; one alone is whoever the file is named after."""
    path = folder.path / "title_abstract" / "team.asreview"
    labels = {i: (1, "max") for i in range(4)}
    project(path, 3, labels, users=(7,))
    assert {row[1] for row in counted(folder.settle(ONE))} == {"team"}
    project(path, 3, labels, users=(7, 9))
    assert {row[1] for row in counted(folder.settle(ONE))} == {"team 7", "team 9"}


def test_files_of_one_name_in_two_folders_are_counted_apart(folder):
    line = RAYYAN_HEAD + rayyan_row(0, 'RAYYAN-INCLUSION: {"Ann"=>"Included"}')
    folder.write("title_abstract/articles.csv", line)
    folder.write("title_abstract_articles.csv", line.replace("Ann", "Bo"))
    sources = folder.settle().sources
    assert sources["file"].tolist() == ["title_abstract/articles.csv", "title_abstract_articles.csv"]
    assert sources["by_title"].tolist() == [1, 1]


def test_what_is_not_a_project_of_asreview(folder):
    path = folder.path / "title_abstract" / "ann.asreview"
    path.write_bytes(b"PK nothing")
    with pytest.raises(StudyError, match="not a readable ASReview project"):
        read_export(path, "title_abstract")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("reviews/x/results.sql", "")
    with pytest.raises(StudyError, match="before version 2"):
        read_export(path, "title_abstract")


def test_a_table_of_asreview(folder):
    head = "record,title,year,included,asreview_label,asreview_time,asreview_note,asreview_tag_w_off\n"
    content = head + (
        f"r0,{title(0)},2020,,1,2026-03-10 10:15:00,,0\n"
        f"r1,{title(1)},2020,,0.0,2026-03-10 10:16:00,why,1\n"
        f"r2,{title(2)},2020,1,1,2026-03-10 10:17:00,,0\n"
        f"r3,{title(3)},2020,,,,,\n"
    )
    folder.write("title_abstract_ann.csv", content.replace(",1,2026-03-10 10:15", ",WAHR,2026-03-10 10:15"))
    settled = folder.settle(ONE)
    assert counted(settled) == [("r0", "ann", "include", ""), ("r1", "ann", "exclude", "off")]
    assert settled.sources.iloc[0][["undecided", "given", "by_id"]].tolist() == [1, 1, 2]
    folder.write("title_abstract/asreview_relevant_study.csv", content)
    with pytest.raises(StudyError, match="the file does not say who made these decisions"):
        folder.settle(ONE)


def test_ris_of_asreview(folder):
    folder.write(
        "title_abstract/bo.ris",
        f"TY  - JOUR\nTI  - {title(0)}\nPY  - 2020\nN1  - ASReview_relevant\n"
        'N1  - asreview_time: "2026-03-10 10:15:00"\nN1  - asreview_note: "see"\nER  - \n\n'
        f"TY  - JOUR\nTI  - {title(1)}\nPY  - 2020\nN1  - ASReview_not_seen\nER  - \n",
    )
    settled = folder.settle(ONE)
    assert counted(settled) == [("r0", "bo", "include", "")]
    assert settled.decisions[["date", "note"]].iloc[0].tolist() == ["2026-03-10", "see"]


def test_a_table_with_a_column_per_reviewer(folder):
    folder.write(
        "title_abstract_team.csv",
        "Title;Year;decision Ann;decision Bo;reason Bo\n"
        f"{title(0)};2020;INCLUDE;exclude;off topic\n{title(1)};2020;maybe;;\n;;;;\n",
    )
    settled = folder.settle()
    assert counted(settled) == [
        ("r0", "Ann", "include", ""),
        ("r0", "Bo", "exclude", "off"),
        ("r1", "Ann", "maybe", ""),
    ]


def test_a_title_without_its_year_or_of_two_records_is_not_guessed(folder):
    twice = records()
    twice.loc[1, "title"] = twice.loc[0, "title"]
    twice.loc[2, "doi"] = "10.1000/xyz"
    folder.write(
        "title_abstract_team.csv",
        "doi;title;year;decision Ann\n"
        f";{title(0)};2020;include\n;{title(3)};;include\nhttps://doi.org/10.1000/XYZ;;;include\n",
    )
    settled = settle_study(twice, folder.files(), ONE)
    assert counted(settled) == [("r2", "Ann", "include", "")]
    assert settled.findings["detail"].tolist() == [
        "not counted: several records have its title and year",
        "not counted: a record has its title, but the row has no year to confirm it",
    ]


def test_a_file_sorted_by_one_column_only_is_noticed(folder):
    folder.write(
        "title_abstract.csv",
        f"record,title,year,reviewer,decision\nr0,{title(1)},2020,A,include\n"
        f"r1,{title(0)},2020,A,exclude\nr2,{title(2)},2020,A,include\n",
    )
    settled = folder.settle(ONE)
    assert settled.decisions["record"].tolist() == ["r2"]
    assert settled.findings["finding"].tolist() == ["id and title disagree"] * 2
    assert "its title to r1" in settled.findings["detail"][0]


def test_dois_are_found_whatever_stands_around_them():
    text = "doi:10.1000/ABC.(1)2, see https://doi.org/10.1016/s0140%2D6736(05)1. (10.1/no)"
    assert find_dois(text) == ["10.1000/abc.(1)2", "10.1016/s0140-6736(05)1"]


@given(st.text())
def test_the_quick_way_to_a_plain_title_is_the_same(text):
    assert plain_title(text) == normalise(text)


def test_files_without_decisions_are_fine(tmp_path):
    rows, sources = read_stage([], "title_abstract")
    assert rows.empty
    assert sources.empty


def test_a_record_id_in_capitals_is_that_record():
    records = pd.DataFrame([{"record": "r72f71f04d1", "title": "A", "year": "2020", "doi": "", "members": "e1;E2"}])
    index = RecordIndex(records)
    assert index.find("R72F71F04D1 ").record == "r72f71f04d1"
    assert index.find("E2").record == "r72f71f04d1"
    assert index.find("R99").problem == "no record has this id"


LOG = "article_id,user_email,created_at,key,value\n"


def logged(*events):
    return LOG + "".join(f"{','.join(event)}\n" for event in events)


def rayyan_articles(*said):
    """Articles 0, 1, … under Rayyan's own keys."""
    lines = [rayyan_row(i, f"RAYYAN-INCLUSION: {what}") for i, what in enumerate(said)]
    return RAYYAN_HEAD + "".join(lines)


EVENTS = logged(
    ("0", "a@x.org", "2026-01-28 10:05:00", "included", "1"),
    ("1", "a@x.org", "2026-01-28 10:01:00", "included", "1"),
    ("1", "a@x.org", "2026-01-28 10:02:00", "included", "-1"),
    ("1", "a@x.org", "2026-01-28 10:02:01", '"__EXR__off topic"', "1"),
    ("0", "b@x.org", "2026-01-28 11:00:00", "included", "-1"),
    ("1", "b@x.org", "2026-01-28 11:01:00", "included", "-1"),
    ("1", "b@x.org", "2026-01-28 11:01:01", '"__EXR__wrong language"', "1"),
)
ARTICLES = (
    '{"Ann"=>"Included", "Bo"=>"Excluded"}',
    '{"Ann"=>"Excluded", "Bo"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: off topic,wrong language',
)


@pytest.mark.parametrize("place", ["beside", "zip", "zip with a folder", "zip in parts"])
def test_the_log_of_rayyan_has_the_times_and_the_reasons_of_each(folder, place):
    articles = rayyan_articles(*ARTICLES)
    if place == "beside":
        folder.write("title_abstract/articles.csv", articles)
        folder.write("title_abstract/customizations_log.csv", EVENTS)
    else:
        inside = "export/" if place == "zip with a folder" else ""
        with zipfile.ZipFile(folder.path / "title_abstract" / "export.zip", "w") as archive:
            if place == "zip in parts":
                head, first, second = articles.splitlines(keepends=True)
                archive.writestr("articles_1.csv", head + first)
                archive.writestr("articles_2.csv", head + second)
            else:
                archive.writestr(f"{inside}articles.csv", articles)
            archive.writestr(f"{inside}customizations_log.csv", EVENTS)
    settled = folder.settle()
    own = settled.decisions.set_index(["record", "reviewer"])
    assert own["time"].to_dict() == {
        ("r0", "Ann"): "10:05:00",
        ("r0", "Bo"): "11:00:00",
        ("r1", "Ann"): "10:02:00",
        ("r1", "Bo"): "11:01:00",
    }
    assert own.loc[("r1", "Ann"), ["reason", "scope"]].tolist() == ["off", "own"]
    assert own.loc[("r1", "Bo"), ["reason", "scope"]].tolist() == ["lang", "own"]
    source = settled.sources.iloc[0]
    assert source[["form", "entries", "by_title"]].tolist() == ["Rayyan with its log", 2, 2]
    assert len(settled.sources) == 1


def test_a_log_whose_users_cannot_be_told_apart_is_not_used(folder):
    """Ann and Bo decided alike, so nobody can tell whose times these are."""
    alike = ('{"Ann"=>"Included", "Bo"=>"Included"}',)
    events = logged(("0", "a@x.org", "2026-01-28 10:00:00", "included", "1"))
    folder.write("title_abstract/articles.csv", rayyan_articles(*alike))
    folder.write("title_abstract/customizations_log.csv", events)
    assert set(folder.settle().decisions["time"]) == {""}


@pytest.mark.parametrize(
    "said",
    [
        '{"Ann"=>true, "Bo"=>false}',
        '{"Ann":"Included","Bo":"Excluded"}',
        "{“Ann”=>“Included”, “Bo”=>“Excluded”}",
        '{"Ann"=>"included", "Bo"=>"EXCLUDED"}',
    ],
)
def test_other_ways_in_which_rayyan_writes_its_decisions(folder, said):
    folder.write("title_abstract/articles.csv", rayyan_articles(said))
    assert [row[1:3] for row in counted(folder.settle())] == [("Ann", "include"), ("Bo", "exclude")]


def test_a_decision_of_rayyan_that_cannot_be_read_is_no_empty_one(folder):
    folder.write("title_abstract/articles.csv", rayyan_articles("{Ann=Included}"))
    with pytest.raises(StudyError, match=r"row 2, column 'notes'.*does not show who decided what"):
        folder.settle()


def test_the_younger_decision_counts_in_a_table_that_a_table_program_has_saved(folder):
    head = "record,title,year,asreview_label,asreview_time\n"
    lines = f"r0,{title(0)},2020,1,28.01.2026 10:00\nr0,{title(0)},2020,0,2.02.2026 9:00\n"
    folder.write("title_abstract_ann.csv", head + lines)
    settled = folder.settle(ONE)
    assert counted(settled) == [("r0", "ann", "exclude", "")]
    assert settled.findings["detail"][0].endswith("the decision of 2026-02-02 09:00:00 counts")


def test_a_time_that_a_table_program_has_spoilt_is_named(folder):
    head = "record,title,year,asreview_label,asreview_time\n"
    folder.write("title_abstract_ann.csv", f"{head}r0,{title(0)},2020,1,46050.42\n")
    with pytest.raises(StudyError, match=r"row 2, column 'asreview_time': '46050.42' is not a readable time"):
        folder.settle(ONE)


def test_of_two_decisions_on_one_day_none_is_later_without_times(folder):
    folder.write("title_abstract.csv", rows("r0,A,include,,2026-01-28 10:00,", "r0,A,exclude,,2026-01-28,"))
    settled = folder.settle(ONE)
    assert settled.decisions.empty
    assert settled.findings["finding"].tolist() == ["contradiction"]


def labelled_throughout(times):
    head = "record,title,year,included,asreview_label,asreview_time\n"
    return head + "".join(f"r{i},{title(i)},2020,{i % 2},{i % 2},{time}\n" for i, time in enumerate(times))


def test_labels_that_equal_those_of_the_data_set_are_decisions_where_a_person_took_the_time(folder):
    """ASReview takes no labels from a data set that is labelled throughout."""
    own = labelled_throughout([f"2026-01-28 10:{minute}:00" for minute in (10, 11, 13, 14)])
    folder.write("title_abstract_ann.csv", own)
    assert len(counted(folder.settle(ONE))) == 4
    folder.write("title_abstract_ann.csv", labelled_throughout(["2026-01-28 10:10:00"] * 4))
    assert counted(folder.settle(ONE)) == []


def test_a_project_on_a_data_set_that_is_labelled_throughout(folder):
    path = folder.path / "title_abstract" / "ann.asreview"
    project(path, 3, {0: (1, None), 1: (0, None)}, given=dict.fromkeys(range(8), 1) | {1: 0})
    assert len(counted(folder.settle(ONE))) == 2


def test_a_sheet_headed_by_names_with_the_decision_of_the_team(folder):
    folder.write(
        "title_abstract_team.csv",
        f"Title;Year;Ann;Bo;Final decision\n{title(0)};2020;yes;no;include\n{title(1)};2020;no;no;\n",
    )
    settled = folder.settle()
    assert [row[:3] for row in counted(settled)] == [
        ("r0", "Ann", "include"),
        ("r0", "Bo", "exclude"),
        ("r0", "team", "include"),
        ("r1", "Ann", "exclude"),
        ("r1", "Bo", "exclude"),
    ]
    states = settled.states.set_index("record")["title_abstract"]
    assert states[["r0", "r1"]].tolist() == ["included", "excluded"]


def log_of(*events):
    head = "article_id,user_email,created_at,key,value\n"
    return head + "".join(f"{article},ann@example.org,{time},included,{value}\n" for article, time, value in events)


def pack(path, **files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)


def numbered(i, word):
    notes = f'RAYYAN-INCLUSION: {{""Ann""=>""{word}""}}'
    return f'rayyan-{100 + i},{title(i)},2020{"," * 13}abstract,"{notes}",,,,\n'


@pytest.mark.parametrize("where", ["beside the zip", "in the other part", "in this part"])
def test_the_log_of_rayyan_is_read_wherever_it_lies(folder, where):
    """The log is downloaded with the articles or by itself; large exports come as several zips."""
    log = log_of((100, "28.01.2026 10:00", 1), (101, "28.01.2026 10:07", -1))
    own = {"customizations_log_csv": log} if where == "in this part" else {}
    other = {"customizations_log_csv": log} if where == "in the other part" else {}
    pack(folder.path / "title_abstract/1.zip", Export__articles_csv=RAYYAN_HEAD + numbered(0, "Included"), **own)
    pack(folder.path / "title_abstract/2.zip", Export__articles_csv=RAYYAN_HEAD + numbered(1, "Excluded"), **other)
    if where == "beside the zip":
        folder.write("title_abstract/customizations_log.csv", log)
    decisions = folder.settle().decisions.set_index("record")
    assert decisions["time"].to_dict() == {"r0": "10:00:00", "r1": "10:07:00"}


def test_articles_of_rayyan_under_another_name_in_a_zip(folder):
    pack(folder.path / "title_abstract/ann.zip", my_list_csv=RAYYAN_HEAD + numbered(0, "Included"), other_csv="a,b\n")
    assert folder.settle().decisions["record"].tolist() == ["r0"]


@pytest.mark.parametrize("inclusion", ["{'Ann'=>'Included'}", "{'Ann': 'Included'}", '{"Ann"=>"Included"};'])
def test_marks_that_other_programs_write_around_names(folder, inclusion):
    folder.write("title_abstract/articles.csv", RAYYAN_HEAD + rayyan_row(0, f"RAYYAN-INCLUSION: {inclusion}"))
    assert counted(folder.settle()) == [("r0", "Ann", "include", "")]


def sheet(folder, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder.path / "title_abstract.xlsx")


def test_a_sheet_headed_by_names_below_a_title(folder):
    head = ["record", "Title", "Ann", "Bo", "Final decision", "Comments"]
    sheet(folder, ["Screening of our team"], [], head, ["r0", title(0), "Include", "exclude", "Include", "talked over"])
    assert [(who, said) for _, who, said, _ in counted(folder.settle())] == [
        ("Ann", "include"),
        ("Bo", "exclude"),
        ("team", "include"),
    ]


def test_a_cell_that_is_no_decision_is_asked_about_not_passed_over_with_its_column(folder):
    head = ["record", "Ann", "Bo"]
    sheet(folder, head, ["r0", "include", "include"], ["r1", "exclude", "exclude"], ["r2", "later", "exclude"])
    with pytest.raises(StudyError, match="row 4, column 'Ann': 'later' is not a decision"):
        folder.settle()


def test_columns_of_dates_beside_columns_headed_by_names(folder):
    head = ["record", "Ann", "Date Ann", "Bo", "Date Bo"]
    sheet(folder, head, ["r0", "include", "28.01.2026 10:00", "exclude", datetime(2026, 1, 29, 9, 5)])
    decisions = folder.settle().decisions.set_index("reviewer")
    assert (decisions["date"] + " " + decisions["time"]).to_dict() == {
        "Ann": "2026-01-28 10:00:00",
        "Bo": "2026-01-29 09:05:00",
    }


def test_an_id_under_another_heading(tmp_path):
    table = records().assign(record="r0123456789")[:1]
    folder = Folder(tmp_path).write("title_abstract.csv", "Nr,Ann,Endgültige Entscheidung\nr0123456789,1,1\n")
    settled = settle_study(table, folder.files(), ONE)
    assert sorted(settled.decisions["reviewer"]) == ["Ann", "team"]
    assert settled.findings.empty


def test_times_of_asreview_in_seconds_and_labels_throughout_without_times(folder):
    """Of a data set that is labelled throughout ASReview takes no labels, so that all are a person's."""
    head = "title,year,record,included,asreview_label,asreview_time\n"
    folder.write("title_abstract/ann.csv", head + f"{title(0)},2020,r0,,1,1769594400.12\n")
    folder.write(
        "title_abstract/bo.csv", head + "".join(f"{title(i)},2020,r{i},{v},{v},\n" for i, v in ((0, 1), (1, 0)))
    )
    decisions = folder.settle().decisions.set_index(["reviewer", "record"])
    assert decisions.loc[("ann", "r0"), ["date", "time"]].tolist() == ["2026-01-28", "10:00:00"]
    assert decisions.loc["bo", "decision"].to_dict() == {"r0": "include", "r1": "exclude"}


def archive(files):
    """The bytes of a zip."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return memory.getvalue()


@pytest.mark.parametrize("depth", [1, 3])
def test_a_zip_in_a_zip_of_rayyan(folder, depth):
    """A folder of downloads that somebody packed once more, the parts and their log in it."""
    log = log_of((100, "28.01.2026 10:00", 1), (101, "28.01.2026 10:07", -1))
    first = archive({"articles.csv": RAYYAN_HEAD + numbered(0, "Included"), "customizations_log.csv": log})
    second = archive({"Export/ARTICLES_2.csv": RAYYAN_HEAD + numbered(1, "Excluded")})
    inner = {"a.zip": first, "b.zip": second, "__MACOSX/._a.zip": b"nothing"}
    for _ in range(depth - 1):
        inner = {"more.zip": archive(inner)}
    (folder.path / "title_abstract/rayyan.zip").write_bytes(archive(inner | {"readme.txt": "of the team"}))
    decisions = folder.settle().decisions.set_index("record")
    assert decisions["decision"].to_dict() == {"r0": "include", "r1": "exclude"}
    assert decisions["time"].to_dict() == {"r0": "10:00:00", "r1": "10:07:00"}


def test_ris_of_rayyan_with_its_ending_in_capitals(folder):
    entry = f"TY  - JOUR\nID  - rayyan-1\nTI  - {title(0)}\nPY  - 2020\n"
    entry += 'N1  - RAYYAN-INCLUSION: {"Ann"=>"Included"}\nER  - \n'
    (folder.path / "title_abstract/a.zip").write_bytes(archive({"ARTICLES.RIS": entry}))
    assert counted(folder.settle()) == [("r0", "Ann", "include", "")]


def test_lists_of_covidence_in_a_zip(folder):
    lists = {
        "review_1_irrelevant_csv_20260310101500.csv": COVIDENCE_HEAD + covidence_row(0),
        "review_1_select_csv_20260310101500.csv": COVIDENCE_HEAD + covidence_row(1),
    }
    (folder.path / "title_abstract/lists.zip").write_bytes(archive(lists))
    decided = folder.settle().decisions.set_index("record")["decision"]
    assert decided.to_dict() == {"r0": "exclude", "r1": "include"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"table.csv": "a,b\n1,2\n"}, "table.csv in the zip is not an export of Rayyan or Covidence"),
        ({"readme.txt": "x"}, "contains no articles.csv of Rayyan"),
        ({"inner.zip": b"PK\x03\x04 broken"}, "not a readable zip file"),
    ],
)
def test_what_is_no_export_in_a_zip_is_named(folder, content, problem):
    (folder.path / "title_abstract/a.zip").write_bytes(archive(content))
    with pytest.raises(StudyError, match=problem):
        folder.settle()


@pytest.mark.parametrize("head", [COVIDENCE_HEAD, COVIDENCE_HEAD.lower(), COVIDENCE_HEAD.replace("#", "Number")])
def test_heads_of_covidence_in_its_versions(folder, head):
    folder.write(
        "covidence/review_1_excluded_csv_20260310101500.csv", head + covidence_row(0, "Exclusion reason: lang")
    )
    assert ("r0", "Covidence", "exclude", "lang") in counted(folder.settle())


def test_a_reason_of_covidence_in_a_column_of_its_own(folder):
    head = COVIDENCE_HEAD.replace("Tags", "Exclusion reason")
    row = covidence_row(0).rstrip().removesuffix(",") + ",Wrong language\n"
    folder.write("covidence/review_1_excluded_csv_20260310101500.csv", head + row)
    assert ("r0", "Covidence", "exclude", "lang") in counted(folder.settle())


def test_numbers_of_asreview_with_a_decimal_comma(folder):
    """As a table program in German, French or Spanish saves them."""
    head = "title;year;record;asreview_label;asreview_time\n"
    folder.write(
        "title_abstract/ann.csv", head + f"{title(0)};2020;r0;1,0;1769594400,12\n{title(1)};2020;r1;0,0;1769594410,5\n"
    )
    decisions = folder.settle().decisions.set_index("record")
    assert decisions["decision"].to_dict() == {"r0": "include", "r1": "exclude"}
    assert decisions["time"].tolist() == ["10:00:00", "10:00:10"]


def test_days_with_the_name_of_the_month(folder):
    head = "record,reviewer,decision,date\n"
    days = ["28-Jan-2026 10:00", '"March 2, 2026"', "3. März 2026"]
    folder.write("title_abstract.csv", head + "".join(f"r{i},Ann,exclude,{day}\n" for i, day in enumerate(days)))
    assert folder.settle().decisions["date"].tolist() == ["2026-01-28", "2026-03-02", "2026-03-03"]


def test_zips_within_zips_without_end_are_refused(folder):
    inner = archive({"articles.csv": RAYYAN_HEAD + numbered(0, "Included")})
    for _ in range(8):
        inner = archive({"more.zip": inner})
    (folder.path / "title_abstract/rayyan.zip").write_bytes(inner)
    with pytest.raises(StudyError, match="zip files nested"):
        folder.settle()


def test_a_row_of_two_reviewers_is_asked_about(tmp_path):
    folder = Folder(tmp_path).write("title_abstract.csv", rows("r0,Ann; Bo,include,,,"))
    with pytest.raises(StudyError, match="'Ann; Bo' names several reviewers"):
        folder.settle()


def test_the_time_of_a_column_of_its_own_counts(tmp_path):
    text = "record,reviewer,decision,date,time\nr0,Ann,include,2026-01-28,10:00\nr0,Ann,exclude,2026-01-28,11:00\n"
    settled = Folder(tmp_path).write("title_abstract.csv", text).settle()
    assert settled.decisions["decision"].tolist() == ["exclude"]
    assert settled.decisions["time"].tolist() == ["11:00:00"]


ABSTRACKR = (
    "(internal) id,(source) id,pubmed id,keywords,abstract,title,journal,authors,tags,consensus,labeled_at,ann,labeled_at,"
    "bo,labeled_at,general notes (ann),outcome notes (bo)\n"
)


def test_labels_of_abstrackr(folder):
    """1, 0 and -1 are include, borderline and exclude; the consensus counts where the labels differ."""
    folder.write(
        "title_abstract/labels_12.csv",
        ABSTRACKR
        + '1,r0,none,"","","Doors","J","A","",x,,1,2026-01-28 10:00:00,-1,2026-01-28 11:00:00,"hm",\n'
        + '2,r1,none,"","","Keys","J","A","",1,2026-02-01 10:00:00,1,2026-01-28 10:01:00,0,2026-01-28 11:01:00,,"oh"\n'
        + '3,r2,none,"","","Locks","J","A","",-1,,-1,2026-01-28 10:02:00,-1,2026-01-28 11:02:00,,\n'
        + '4,r3,none,"","","Bolts","J","A","",o,,o,,0,2026-01-28 11:03:00,,\n'
        + 'citations that are not yet labeled by anyone\n5,r4,none,"","","More","J","A"\n',
    )
    table, sources = read_stage([str(folder.path / "title_abstract/labels_12.csv")], "title_abstract")
    assert sources[["form", "entries", "undecided"]].to_numpy().tolist() == [["Abstrackr", 5, 1]]
    assert ["/".join(row) for row in table[["reviewer", "decision", "time", "note"]].itertuples(index=False)] == [
        "ann/include/10:00:00/hm",
        "bo/exclude/11:00:00/",
        "team/include/10:00:00/",
        "ann/include/10:01:00/",
        "bo/maybe/11:01:00/oh",
        "ann/exclude/10:02:00/",
        "bo/exclude/11:02:00/",
        "bo/maybe/11:03:00/",
    ]


def test_a_cell_that_is_no_label_of_abstrackr(folder):
    folder.write("title_abstract/labels.csv", ABSTRACKR + "1,r0,,,,Doors,,,,x,,2,,o,,,\n")
    with pytest.raises(StudyError, match="row 2, column 'ann': '2' is not a label of Abstrackr"):
        folder.settle()


def test_two_criteria_of_one_name_are_asked_about(folder):
    folder.write("criteria.csv", "criterion,kind,label,text\na,exclude,Wrong place,x\nb,exclude,wrong place,y\n")
    with pytest.raises(StudyError, match="two criteria have the label 'wrong place'"):
        folder.settle()


def test_reasons_of_rayyan_with_the_mark_of_its_log(folder):
    said = 'RAYYAN-INCLUSION: {"Ann"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: __EXR__off topic'
    folder.write("title_abstract/articles.csv", RAYYAN_HEAD + rayyan_row(0, said))
    assert counted(folder.settle()) == [("r0", "Ann", "exclude", "off")]


def test_a_title_with_its_year_under_the_heading_of_a_database(folder):
    folder.write(
        "title_abstract.csv", f"Article title,Publication Year,reviewer,decision\n{title(0)},2020,Ann,include\n"
    )
    assert counted(folder.settle()) == [("r0", "Ann", "include", "")]


def test_votes_beside_the_judgement_of_the_team(folder):
    text = f"Study Id,Title,Year,Reviewer A,Reviewer B,Judgement\n1,{title(0)},2020,Yes,No,Yes\n"
    folder.write("title_abstract.csv", text)
    assert [row[:3] for row in counted(folder.settle())] == [
        ("r0", "Reviewer A", "include"),
        ("r0", "Reviewer B", "exclude"),
        ("r0", "team", "include"),
    ]


def test_a_day_that_is_years_away_from_the_other_makes_nothing_later(tmp_path):
    text = "record,reviewer,decision,date\nr0,Ann,include,2062-03-01\nr0,Ann,exclude,2026-03-02\n"
    settled = Folder(tmp_path).write("title_abstract.csv", text).settle()
    assert settled.decisions.empty
    assert settled.findings[["finding", "detail"]].to_numpy().tolist() == [
        [
            "contradiction",
            "exclude on 2026-03-02, include on 2062-03-01: a date that is years away from the others may be wrong; none counts",
        ]
    ]


def test_a_list_of_covidence_of_which_the_name_says_what_it_is_not(folder):
    (folder.path / "covidence").mkdir(exist_ok=True)
    folder.write("covidence/not_included.csv", f"Covidence #,Title,Published Year\n#1,{title(0)},2020\n")
    with pytest.raises(StudyError, match="does not show which Covidence list it is"):
        folder.settle(ONE)
