"""States at the edge, from files to report, and what a spreadsheet program does to a queue."""

import datetime
from dataclasses import asdict

import openpyxl
import pandas as pd
import pytest
from coproduction.core import accounting, figures, tables
from coproduction.core.errors import StudyError
from coproduction.methods.relevance_model import Model
from coproduction.screening import handover
from coproduction.screening import tables as forms
from coproduction.screening.agreement import measure_agreement
from coproduction.screening.exporting import list_included, to_bibtex
from coproduction.screening.facts import facts
from coproduction.screening.flow_figure import draw_flow
from coproduction.screening.intake import read_stage
from coproduction.screening.prisma import count_flow, counts_table
from coproduction.screening.progress import state_stop, trace_progress
from coproduction.screening.queue import build_queue
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import settle_study
from screening.study_folder import SETTINGS, Folder, records, rows

FACTORS = pd.DataFrame({"id": ["trust"], "name": ["Trust"], "terms": ["coproduce"]})


def report(folder, table, prose, settings=SETTINGS):
    """The whole way from files to the prose of the results, and the queue."""
    files = folder.files()
    settled = settle_study(table, files, settings)
    queue, basis = build_queue(table, settled.states, settled.decisions, files.criteria, settings, 1)
    _, measures = trace_progress(table, settled.states, settled.decisions, settings)
    account = accounting.account_rows("literature", "record", "a.csv", {"unique": len(table)})
    flow = count_flow(
        accounting.table(account, accounting.ACCOUNT) if account else tables.empty(accounting.ACCOUNT),
        pd.DataFrame({"database": ["Scopus"], "file": ["a.csv"]}),
        settled.states,
        files.criteria,
        settings,
    )
    with figures.style():
        draw_flow(flow)
    included = list_included(table, settled.states, FACTORS, files.full_texts)
    to_bibtex(included, table)
    told = facts(
        criteria=files.criteria,
        flow=counts_table(flow),
        agreement=measure_agreement(settled.decisions, settings),
        conflicts=settled.conflicts,
        findings=settled.findings,
        sources=settled.sources,
        basis=basis,
        stop=state_stop(settled.states, settled.decisions, settings),
        measures=measures,
        included=included,
        full_texts=files.full_texts,
        queue=queue,
        settings=settings,
        seed=1,
    )
    tables.write_json(told, folder.path / "facts.json")
    accounting.check_account(handover.account(settled.states))
    return (
        prose("screening").fill("results", told),
        queue,
        handover.status(settled.states, settled.conflicts, settled.findings),
    )


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def test_no_records_at_all(folder, prose):
    text, queue, status = report(folder, records(0), prose)
    assert "no records to screen yet" in text
    assert queue.empty
    assert status["state"].eq("not started").all()


def test_no_decisions_at_all(folder, prose):
    text, queue, _ = report(folder, records(), prose)
    assert "8 records not yet screened" in text
    assert "agreement cannot be measured" in text
    assert len(queue) == 8


@pytest.mark.parametrize(("said", "word"), [("exclude", "excluded"), ("include", "sought")])
def test_one_class_only(folder, said, word, prose):
    folder.write("title_abstract.csv", rows(*(f"r{i},{w},{said},,," for i in range(5) for w in "AB")))
    text, queue, _ = report(folder, records(), prose)
    assert f"5 were {word}" in text or f"5 {word} for retrieval" in text
    assert "kappa is not defined" in text
    assert len(queue) == 3
    assert queue["score"].notna().all()


def test_everything_decided(folder, prose):
    """Nothing waits, no stopping rule is needed, and every status is complete."""
    lines = [f"r{i},{w},{'include' if i < 2 else 'exclude'},,," for i in range(8) for w in "AB"]
    folder.write("title_abstract.csv", rows(*lines)).write(
        "full_text.csv", rows(*(f"r{i},{w},include,,," for i in range(2) for w in "AB"))
    )
    text, queue, status = report(folder, records(), prose)
    assert "No record awaits a decision" in text
    assert "no stopping rule is needed" in text
    assert "**2 are included**" in text
    assert queue.empty
    state = status.set_index("step")["state"]
    assert state[["Titles and abstracts", "Retrieval of full texts", "Full texts"]].eq("done").all()


def test_the_report_on_many_studies_stays_readable(folder, prose):
    lines = [f"r{i},A,include,,," for i in range(2600)]
    folder.write("title_abstract.csv", rows(*lines)).write(
        "full_text.csv", rows(*(line.replace("include,", "exclude,off") for line in lines[:2200]), *lines[2200:])
    )
    (folder.path / "full_texts").mkdir()
    for n in range(12):
        folder.write(f"full_texts/scan{n:02}.pdf", "no PDF")
    alone = ScreeningSettings(reviewers_title_abstract=1, reviewers_full_text=1)
    text, _, _ = report(folder, records(2600), prose, alone)
    assert "The first 300 of 400; all are in `screening/included.csv` in the results." in text
    assert text.count("\n| Alder & Birch |") == 300
    assert "scan08.pdf, scan09.pdf and 2 more." in text
    assert "Of 2,600 reports assessed for eligibility, 2,200 were excluded" in text
    assert "off (2,200)" in text
    assert "2,600 records identified, 2,600 screened, 2,600 reports sought, 2,600 assessed, 400 included." in text


def test_no_abstracts(folder, prose):
    table = records().assign(abstract="", keywords="")
    folder.write("title_abstract.csv", rows("r0,A,include,,,", "r1,A,exclude,,,"))
    _, queue, _ = report(folder, table, prose, ScreeningSettings(reviewers_title_abstract=1))
    assert set(queue["record"].head(3)) == {"r2", "r4", "r6"}  # the titles tell


def workbook(path, cells, merged=()):
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return str(path)


def test_what_excel_makes_of_a_queue(tmp_path):
    """Real dates, numbers, capitals in the head, another order, blank rows and columns."""
    day = datetime.datetime(2025, 4, 1, 12, 30)
    path = workbook(
        tmp_path / "title_abstract.xlsx",
        [
            ["Decision", None, "Record", "DATE", "reviewer", "rank"],
            [1, None, "r1", day, 7, 1.0],
            [None] * 6,
            [0, None, "r2", day.date(), 7, 2.5],
            [None, None, "r3", None, None, 3],
            ["", " ", None, None, None, None],
            ["Include", None, "r4", "1.4.2025", 7, 4],
        ],
    )
    read, sources = read_stage([path], "title_abstract")
    assert read[["record", "reviewer", "decision", "date", "row"]].to_numpy().tolist() == [
        ["r1", "7", "include", "2025-04-01", 2],
        ["r2", "7", "exclude", "2025-04-01", 4],
        ["r4", "7", "include", "2025-04-01", 7],
    ]
    assert sources.iloc[0][["entries", "undecided"]].tolist() == [4, 1]


def test_merged_cells_leave_rows_without_their_record(tmp_path):
    path = workbook(
        tmp_path / "title_abstract.xlsx",
        [["record", "reviewer", "decision"], ["r1", "A", "include"], ["r2", "A", "exclude"]],
        merged=["A2:A3"],
    )
    with pytest.raises(StudyError, match=r"row 3, column 'record'.*must not be empty"):
        read_stage([path], "title_abstract")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            [["record", "reviewer", "Votum"], ["r1", "A", "include"]],
            "the column 'Votum' seems to contain decisions under another heading. Head it 'decision'.",
        ),
        ([["record", "decision"], ["r1", "include"]], "there is no column 'reviewer'"),
        ([["record", "reviewer", "decision", "Record"], ["r1", "A", "include", "r2"]], "'record' appears twice"),
        ([["record", "reviewer", "decision"], ["r1", "A", "#NAME?"]], "row 2.*'#NAME\\?'"),
        ([["record", "reviewer", "decision"], ["r1", "A", "include or exclude"]], "not a decision"),
        ([["record", "reviewer", "decision"], ["r1", "A", "include?"]], "not a decision"),
        (
            [["record", "reviewer", "decision", "date"], ["r1", "A", "include", 45748]],
            "row 2, column 'date': '45748' is an Excel serial number of a day",
        ),
        (
            [["record", "reviewer", "decision", "date"], ["r1", "A", "include", "2025-02-30"]],
            "'2025-02-30' is not a date",
        ),
    ],
)
def test_what_excel_lost_is_named_with_its_place(tmp_path, cells, message):
    path = workbook(tmp_path / "title_abstract.xlsx", cells)
    with pytest.raises(StudyError, match=message) as caught:
        read_stage([path], "title_abstract")
    assert caught.value.remedy


def test_an_empty_file_is_told_what_it_needs(tmp_path):
    path = tmp_path / "title_abstract.csv"
    path.write_text("")
    with pytest.raises(StudyError, match=r"is empty.*columns record, reviewer, decision"):
        read_stage([str(path)], "title_abstract")


def test_a_german_excel_saves_semicolons_byte_order_and_points_in_dates(tmp_path):
    path = tmp_path / "title_abstract.csv"
    path.write_bytes(
        "\ufeffrecord;title;reviewer;decision;date;score\r\n"
        'r1;"Care; and more";A;include;01.04.2025;0,91\r\n;;;;;\r\n'
        "r2;Two;A;exclude - but good background;2.4.2025 00:00;0,5\r\n".encode()
    )
    read, _ = read_stage([str(path)], "title_abstract")
    assert read[["record", "decision", "date", "tags"]].to_numpy().tolist() == [
        ["r1", "include", "2025-04-01", ""],
        ["r2", "exclude", "2025-04-02", "but good background"],
    ]


def test_a_table_that_lost_the_ids_is_matched_by_title_and_year(folder):
    titles = records()["title"]
    folder.write(
        "title_abstract.csv",
        f"title,year,reviewer,decision\n{titles[3].upper()},2020,A,include\n{titles[4]},1999,A,include\n",
    )
    settled = folder.settle(ScreeningSettings(reviewers_title_abstract=1))
    assert settled.decisions["record"].tolist() == ["r3"]
    assert settled.sources.iloc[0][["form", "by_title", "unmatched"]].tolist() == ["table without record ids", 1, 1]


def test_reviewers_that_lost_their_leading_zeros_are_noticed(folder):
    folder.write("title_abstract.csv", rows("r0,01,include,,,", "r1,02,include,,,"))
    folder.write("title_abstract_2.csv", rows("r1,1,include,,,", "r2,ann,include,,,"))
    folder.write("full_text.csv", rows())
    found = folder.settle().findings
    assert found["finding"].tolist() == ["reviewers spelt similarly"]
    assert found["reviewer"].tolist() == ["01, 1"]


def test_every_finding_has_its_form(folder):
    folder.write("title_abstract.csv", rows("rX,A,include,,,"))
    tables.write_csv(folder.settle().findings, folder.path / "out.csv", forms.FINDINGS)
    assert "rX" in (folder.path / "out.csv").read_text()


def methods(prose, settings, citing=0, decided=9, assessed=9, still=()):
    told = {"settings": settings.model_dump(mode="json"), "model": asdict(Model()), "seed": 1, "studies": None}
    told |= {"basis": {"citing": citing}, "flow": {"decided": decided, "assessed": assessed, "open": list(still)}}
    return prose("screening").fill("methods", told | {"criteria": tables.empty(forms.CRITERIA)})


def test_one_reviewer_alone_is_not_said_to_be_independent(prose):
    one = ScreeningSettings(reviewers_title_abstract=1, reviewers_full_text=1)
    assert "independently" not in methods(prose, one)
    assert "without recorded criteria" in methods(prose, one)
    assert "independently of each other" in methods(prose, ScreeningSettings())


@pytest.mark.parametrize(
    ("decided", "assessed", "says"),
    [
        (0, 0, "abstracts will be screened by 2 reviewers per record and full texts by 2"),
        (3, 0, "abstracts were screened by 2 reviewers per record and full texts will be screened by 2"),
        (3, 1, "abstracts were screened by 2 reviewers per record and full texts by 2"),
    ],
)
def test_screening_is_told_as_a_plan_until_it_has_begun(prose, decided, assessed, says):
    assert says in " ".join(methods(prose, ScreeningSettings(), 0, decided, assessed).split())


def test_screening_that_is_under_way_is_not_told_as_done(prose):
    still = [{"n": 4, "state": "not yet screened"}]
    assert "abstracts are being screened by 2 reviewers" in methods(prose, ScreeningSettings(), still=still)


def test_one_reviewer_does_not_wait_for_a_second(folder, prose):
    folder.write("title_abstract.csv", rows("r0,A,include,,,"))
    alone = ScreeningSettings(reviewers_title_abstract=1, reviewers_full_text=1)
    assert "One reviewer decides on each record" in report(folder, records(), prose, alone)[0]


def test_records_of_which_all_wait_for_a_second_reviewer_are_not_counted_as_screened(folder, prose):
    folder.write("title_abstract.csv", rows("r0,A,include,,,"))
    text = " ".join(report(folder, records(), prose)[0].split())
    assert "none has been screened by all its reviewers on title and abstract yet" in text
    assert "0 were excluded" not in text


def test_citations_are_told_of_where_there_are_any(prose):
    assert "linked to others in this way" not in methods(prose, ScreeningSettings())
    assert (
        "(share 0.3 of the similarity up to 500 records, decreasing with their number to 0.1): 17 records are linked"
        in methods(prose, ScreeningSettings(), 17)
    )


def test_decisions_on_unknown_records_are_in_the_status(folder, prose):
    """An id column that moved by some rows used to show only as so many decisions too few."""
    wrong = [f"x{i},A,exclude,,," for i in range(3)]
    folder.write("title_abstract.csv", rows("r0,A,include,,,", *wrong, "r1,A,exclude,,,"))
    _, _, status = report(folder, records(), prose)
    row = status.set_index("step").loc[handover.NOT_COUNTED_STEP]
    assert (row["done"], row["total"], row["state"]) == (0, 3, "awaited")
    assert "3 in title_abstract.csv, from row 3 on (unknown record" in row["awaited"]
    assert row["put_in"] == "screening/title_abstract.csv"


def test_a_contradiction_is_in_the_status_and_a_clean_table_is_not(folder, prose):
    folder.write("title_abstract.csv", rows("r0,A,include,,,", "r0,A,exclude,,,"))
    _, _, status = report(folder, records(), prose)
    assert (
        "1 in title_abstract.csv, from row 3 on (contradiction"
        in status.set_index("step")["awaited"][handover.NOT_COUNTED_STEP]
    )
    folder.write("title_abstract.csv", rows("r0,A,include,,,"))
    assert handover.NOT_COUNTED_STEP not in set(report(folder, records(), prose)[2]["step"])


def test_rulings_and_retrievals_count_from_all_their_files(folder):
    folder.write("adjudications.csv", "stage,record,decision,reason,adjudicator,note\ntitle_abstract,r1,include,,C,\n")
    folder.write(
        "adjudications_2.csv", "stage,record,decision,reason,adjudicator,note\ntitle_abstract,r2,exclude,,C,\n"
    )
    folder.write("retrieval.csv", "record,status,note\nr1,retrieved,\n")
    folder.write("retrieval_2.csv", "record,status,note\nr1,not_retrieved,\n")
    files = folder.files()
    assert files.adjudications[["record", "file"]].values.tolist() == [
        ["r1", "adjudications.csv"],
        ["r2", "adjudications_2.csv"],
    ]
    with pytest.raises(StudyError, match=r"retrieval_2\.csv, row 2.*'retrieved' in row 2 of retrieval\.csv"):
        settle_study(records(), files, SETTINGS)


def test_criteria_in_two_files_are_asked_about(folder):
    for name in ("criteria.csv", "criteria_2.csv"):
        folder.write(name, "criterion,kind,label,text\ne1,exclude,No,\n")
    with pytest.raises(StudyError, match=r"criteria_2\.csv lists criteria as well.*one file"):
        folder.files()


def test_a_first_decision_begins_the_screening_though_nothing_is_settled(folder, prose):
    folder.write("title_abstract.csv", rows("r0,A,include,,,", "r1,A,exclude,,,"))
    _, _, status = report(folder, records(), prose)
    row = status.set_index("step").loc["Titles and abstracts"]
    assert (row["done"], row["state"]) == (0, "partial")
    assert row["awaited"] == "decisions on 8 records (2 of them needing one more reviewer), from the reviewers"
