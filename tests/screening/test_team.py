"""Teams: a real spreadsheet as a user's file, three and more reviewers, shared work, calibration."""

import openpyxl
import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.screening.agreement import measure_agreement
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import settle_study
from screening.study_folder import Folder, records, rows
from sklearn.metrics import cohen_kappa_score

WHO = ["Students", "MBP", "KC"]


@pytest.fixture(scope="module")
def spreadsheet(shared_data):
    """The rows of a real team's spreadsheet with the heads that our format asks for."""
    path = shared_data / "screening" / "gptscreenr_solastalgia_team_spreadsheet.xlsx"
    cells = [list(row) for row in openpyxl.load_workbook(path).worksheets[0].values][1:]
    cells[0][:3] = [f"decision {name}" for name in WHO]
    return cells


def save(cells, path):
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    book.save(path)


def unique_records(cells):
    """Records with the titles of the spreadsheet, as a search would have given them."""
    at = {name: i for i, name in enumerate(cells[0])}
    made = [
        {"record": f"r{i}", "title": str(row[at["Title"]]), "year": str(row[at["Year"]])}
        for i, row in enumerate(cells[1:])
        if row[at["Title"]]
    ]
    blank = dict.fromkeys(records(0).columns, "")
    return pd.DataFrame([blank | row for row in made])


def test_a_cell_that_is_no_decision_is_named(spreadsheet, tmp_path):
    folder = Folder(tmp_path)
    save(spreadsheet, tmp_path / "title_abstract_team.xlsx")
    with pytest.raises(StudyError, match=r"row \d+, column 'MBP': 'I think so\?'"):
        folder.files()


def test_agreement_of_a_real_team(spreadsheet, tmp_path):
    """With the one unclear cell mended the file is read whole, remarks and all."""
    cells = [["unsure" if v == "I think so?" else v for v in row] for row in spreadsheet]
    save(cells, tmp_path / "title_abstract_team.xlsx")
    settled = settle_study(unique_records(cells), Folder(tmp_path).files(), ScreeningSettings())
    given = sum(bool(row[i]) for row in cells[1:] for i in range(3))
    source = settled.sources.iloc[0]
    lost = settled.findings[settled.findings["finding"] == "unknown record"]
    assert source["decisions"] + len(lost) == given
    own = settled.decisions
    assert own[own["note"].str.contains("good intro info")]["decision"].eq("exclude").all()
    agreement = measure_agreement(own, ScreeningSettings()).set_index(["first", "second"])
    read = pd.DataFrame([[passes(v) for v in row[:3]] for row in cells[1:]], columns=WHO)
    for first, second in (("KC", "MBP"), ("KC", "Students"), ("MBP", "Students")):
        both = read[[first, second]].dropna()
        row = agreement.loc[(first, second)]
        assert row["records"] == len(both)
        assert row["kappa"] == pytest.approx(cohen_kappa_score(both[first], both[second]))
    assert agreement.loc[("all", "all"), "records"] == len(cells) - 1


def passes(cell):
    """1, 0 or None as one reads the cell: what is unsure is read in full, so it passes."""
    return None if cell is None else float(not cell.strip().upper().startswith("EXCLUDE"))


def test_the_kappa_of_the_team_when_unsure_counts_as_no(spreadsheet, tmp_path):
    """0.849 for the two who read everything, as measured apart from this code."""
    cells = [spreadsheet[0]] + [
        [*("EXCLUDE" if (v and "unsure" in v.lower()) or v == "I think so?" else v for v in row[:3]), *row[3:]]
        for row in spreadsheet[1:]
    ]
    save(cells, tmp_path / "title_abstract_team.xlsx")
    settled = settle_study(unique_records(cells), Folder(tmp_path).files(), ScreeningSettings())
    agreement = measure_agreement(settled.decisions, ScreeningSettings())
    agreement = agreement.set_index(["first", "second"])
    assert agreement.loc[("KC", "MBP"), "kappa"] == pytest.approx(0.849, abs=5e-4)


def test_work_shared_by_four_reviewers_two_on_each_record(tmp_path):
    pairs = [("A", "B"), ("B", "C"), ("C", "D"), ("A", "D")]
    lines = [
        f"r{i},{who},{'include' if i % 3 == 0 else 'exclude'},,2025-01-0{i + 1},"
        for i in range(8)
        for who in pairs[i % 4]
    ]
    lines[1] = lines[1].replace("include", "maybe")
    study = Folder(tmp_path).write("title_abstract.csv", rows(*lines))
    settled = study.settle()
    assert set(settled.states["title_abstract"]) == {"included", "excluded"}
    agreement = measure_agreement(settled.decisions, ScreeningSettings(calibration=3))
    decided = agreement[agreement["measured"] == "decisions"].set_index(["first", "second"])
    assert set(decided.index) == {("A", "B"), ("B", "C"), ("C", "D"), ("A", "D"), ("all", "all")}
    everyone = decided.loc[("all", "all")]
    assert everyone[["records", "agreement", "kappa", "ac1", "pabak"]].tolist() == [8, 1, 1, 1, 1]
    calibration = agreement[agreement["measured"] == "calibration"]
    assert calibration.set_index(["first", "second"]).loc[("all", "all"), "records"] == 3


def test_three_reviewers_all_asked_for(tmp_path):
    settings = ScreeningSettings(reviewers_title_abstract=3)
    study = Folder(tmp_path).write(
        "title_abstract.csv",
        rows(
            *(f"r0,{w},include,,," for w in "AB"),
            *(f"r1,{w},exclude,,," for w in "ABC"),
            *(f"r2,{w},include,,," for w in "AB"),
            "r2,C,exclude,,,",
        ),
    )
    outcome = study.settle(settings).states.set_index("record")["title_abstract"]
    assert outcome[["r0", "r1", "r2", "r3"]].tolist() == ["partly screened", "excluded", "conflict", "not screened"]


def test_agreement_on_each_reason(tmp_path):
    reasons = [("lang", "lang"), ("off", "off"), ("off", "lang"), ("off", "off")]
    lines = [
        f"r{i},{who},exclude,{reason},,"
        for i, pair in enumerate(reasons)
        for who, reason in zip("AB", pair, strict=True)
    ]
    settled = Folder(tmp_path).write("title_abstract.csv", rows(*lines)).settle()
    agreement = measure_agreement(settled.decisions, ScreeningSettings()).set_index("measured")
    assert agreement.loc["reason off", ["records", "agreement"]].tolist() == [4, 0.75]
    assert agreement.loc["reason off", "kappa"] == pytest.approx(0.5)
    assert agreement.loc["reason lang", "kappa"] == pytest.approx(0.5)
