"""Included studies: what people took from them, how they appraised them, and where they differ."""

import io

import openpyxl
import pytest
from coproduction import doors
from coproduction.config import Config
from coproduction.core import tables
from coproduction.core.errors import StudyError
from coproduction.core.forms import workbook
from coproduction.screening import extraction_files, studies, study_forms
from coproduction.screening.handover import status as whole_status
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.study_facts import study_facts
from coproduction.screening.tables import CONFLICTS, INCLUDED, STATES
from screening.study_folder import records

FIELDS = {"country": "Country", "findings": "Findings"}
SETTINGS = ScreeningSettings(extraction=FIELDS)
QUESTIONS = extraction_files.read_questions([])


def included(n=3, study=None):
    rows = records(n)
    table = rows.assign(study=[(study or {}).get(r, r) for r in rows["record"]], key=rows["record"], full_text="")
    return table.reindex(columns=list(INCLUDED.columns), fill_value="")


def described(tmp_path, extraction="", appraisal="", settings=SETTINGS, questions=QUESTIONS, held=None):
    """What follows from the text of both tables."""
    given = {}
    for name, text in (("extraction", extraction), ("appraisal", appraisal)):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        given[name] = [str(path)] if text else []
    taken, odd = extraction_files.read_extraction(given["extraction"], settings.extraction)
    judged, more = extraction_files.read_appraisal(given["appraisal"], questions)
    found = studies.describe(records(), included() if held is None else held, taken, judged, questions, settings)
    return found, odd + more


def answers(who, record, design, **given):
    """A line of appraisal.csv; answers by the beginning of the questions, y, n or c each."""
    words = {"y": "yes", "n": "No", "c": "can’t tell"}
    cells = {f"{name}_{i}": words[sign] for name, signs in given.items() for i, sign in enumerate(signs, 1)}
    return ",".join([record, who, design, *(cells.get(q, "") for q in QUESTIONS["question"])]) + "\n"


HEAD = ",".join(["Record", "Appraiser", "Design", *QUESTIONS["question"]]) + "\n"
FULL = dict(screening="yy", qualitative="yyycn")


def test_the_mmat_has_two_questions_for_all_and_five_for_each_design():
    """As in Hong et al. (2018), doi:10.3233/EFI-180221."""
    counts = QUESTIONS.groupby("design", sort=False).size()
    assert counts.tolist() == [2, 5, 5, 5, 5, 5]
    assert QUESTIONS["number"].tolist()[2:] == [f"{d}.{q}" for d in range(1, 6) for q in range(1, 6)]


def test_a_study_is_done_when_every_field_is_filled(tmp_path):
    text = "record,extractor,country,findings\nr0,A,Italy,Trust counts\nr1,A,Spain,\n"
    found, _ = described(tmp_path, text)
    assert found.studies["extracted"].tolist() == ["done", "fields empty", "awaited"]
    assert found.studies.loc[0, "extracted_country"] == "Italy"


def test_extractors_who_differ_are_listed_until_they_agree(tmp_path):
    two = ScreeningSettings(extraction=FIELDS, extractors=2)
    text = "record,extractor,country,findings\nr0,A,Italy,Trust\nr0,B,ITALY,Money\n"
    found, _ = described(tmp_path, text, settings=two)
    assert found.studies.loc[0, "extracted"] == "differ"
    assert found.differences[["field", "said"]].values.tolist() == [["findings", "A: Trust; B: Money"]]
    found, _ = described(tmp_path, text + "r0,consensus,,Trust and money\n", settings=two)
    assert found.studies.loc[0, ["extracted", "extracted_findings"]].tolist() == ["done", "Trust and money"]
    assert found.differences.empty


def test_one_extractor_of_two_is_not_enough(tmp_path):
    two = ScreeningSettings(extraction=FIELDS, extractors=2)
    found, _ = described(tmp_path, "record,extractor,country,findings\nr0,A,Italy,Trust\n", settings=two)
    assert found.studies.loc[0, "extracted"] == "awaited"


def test_reports_of_one_study_go_together(tmp_path):
    text = "record,extractor,country,findings\nr0,A,Italy,\nr1,A,,Trust\n"
    found, _ = described(tmp_path, text, held=included(study={"r0": "S", "r1": "S"}))
    assert found.studies["study"].tolist() == ["S", "r2"]
    assert found.studies.loc[0, ["records", "extracted"]].tolist() == ["r0;r1", "done"]


def test_rows_on_other_records_do_not_count_and_are_named(tmp_path):
    text = "record,extractor,country,findings\nr7,A,Italy,x\nzz,A,Italy,x\n"
    found, _ = described(tmp_path, text)
    assert found.findings["finding"].tolist() == ["unknown record", "not an included report"]
    state = whole_status(tables.empty(STATES), tables.empty(CONFLICTS), found.findings)
    said = state["awaited"].iloc[-1]
    assert "1 in extraction.csv, from row 2 on (not an included report" in said
    assert "1 in extraction.csv, from row 3 on (unknown record" in said


def test_a_misspelt_column_is_named_with_the_nearest_field(tmp_path):
    _, odd = described(tmp_path, "record,extractor,contry,findings,title\nr0,A,Italy,x,T\n")
    assert [row["detail"] for row in odd] == ["the column 'contry' is not read. Did you mean 'country'?"]


def test_two_appraisers_settle_what_they_answer_alike(tmp_path):
    text = HEAD + answers("A", "r0", "qualitative", **FULL) + answers("B", "r0", "Qualitative", **FULL)
    found, _ = described(tmp_path, appraisal=text)
    assert found.studies.loc[0, ["design", "appraised"]].tolist() == ["qualitative", "done"]
    assert found.studies.loc[0, "appraisal"] == "yes: S1, S2, 1.1, 1.2, 1.3; can't tell: 1.4; no: 1.5"
    assert found.agreement.loc[0, ["studies", "records", "agreement"]].tolist() == [1, 7, 1.0]


def test_appraisers_who_differ_are_listed_until_they_agree(tmp_path):
    other = answers("B", "r0", "qualitative", screening="yy", qualitative="yyycy")
    text = HEAD + answers("A", "r0", "qualitative", **FULL) + other
    found, _ = described(tmp_path, appraisal=text)
    assert found.studies.loc[0, "appraised"] == "differ"
    assert found.differences[["field", "said"]].values.tolist() == [["qualitative_5", "A: no; B: yes"]]
    final = HEAD.splitlines()[0].split(",")
    row = dict.fromkeys(final, "") | {"Record": "r0", "Appraiser": "Consensus", "qualitative_5": "yes"}
    found, _ = described(tmp_path, appraisal=text + ",".join(row.values()) + "\n")
    assert found.studies.loc[0, "appraised"] == "done"
    assert found.agreement.loc[0, "records"] == 7  # what was agreed on later is no agreement of two


@pytest.mark.parametrize(
    ("design", "given", "state"),
    [
        ("qualitative", dict(screening="yy", qualitative="yyyy"), "answers missing"),
        ("", dict(screening="yy"), "answers missing"),  # no design named, nothing else answered
        ("", FULL, "done"),  # the design follows from what was answered
        ("qualitative", dict(screening="yn"), "done"),  # not appraised further
        ("mixed methods", dict(screening="yy", mixed="yyyyy"), "answers missing"),  # its parts are appraised too
        ("mixed methods", dict(screening="yy", mixed="yyyyy", qualitative="yyyyy", descriptive="yyyyy"), "done"),
    ],
)
def test_what_a_finished_appraisal_has(tmp_path, design, given, state):
    text = HEAD + answers("A", "r0", design, **given) + answers("B", "r0", design, **given)
    found, _ = described(tmp_path, appraisal=text)
    assert found.studies.loc[0, "appraised"] == state


def test_one_person_with_two_answers_is_a_difference(tmp_path):
    other = answers("A", "r0", "qualitative", screening="yy", qualitative="yyycy")
    text = HEAD + answers("A", "r0", "qualitative", **FULL) + other
    found, _ = described(tmp_path, appraisal=text, settings=ScreeningSettings(extraction=FIELDS, appraisers=1))
    assert found.studies.loc[0, "appraised"] == "differ"


def test_other_words_are_refused_with_file_row_and_what_is_allowed(tmp_path):
    text = HEAD + answers("A", "r0", "qualitativ", **FULL).replace("yes", "jes", 1)
    with pytest.raises(StudyError) as error:
        described(tmp_path, appraisal=text)
    said = str(error.value)
    assert (
        "row 2, column 'screening_1': 'jes' is not one of the words. Did you mean 'yes'? Allowed: yes, no, can't tell"
        in said
    )
    assert "column 'design': 'qualitativ' is not one of the words. Did you mean 'qualitative'?" in said


def test_a_row_without_a_name_is_refused(tmp_path):
    with pytest.raises(StudyError, match="row 2, column 'extractor': the row has no extractor"):
        described(tmp_path, "record,extractor,country,findings\nr0,,Italy,x\n")


def test_a_tool_of_ones_own_takes_its_place(tmp_path):
    path = tmp_path / "quality_questions.csv"
    path.write_text("question,text,answers\nbias,Is bias low?,low;some;high\n")
    own = extraction_files.read_questions([str(path)])
    text = "record,appraiser,bias\nr0,A,Low\nr0,B,high\n"
    found, _ = described(tmp_path, appraisal=text, questions=own)
    assert found.studies.loc[0, "appraised"] == "differ"
    assert found.answers.loc[0, "said"] == "A: low; B: high"
    with pytest.raises(StudyError, match="Allowed: low, some, high"):
        described(tmp_path, appraisal=text.replace("high", "yes"), questions=own)


def test_the_form_of_a_new_study_is_no_tool_of_ones_own(tmp_path):
    path = tmp_path / "quality_questions.csv"
    path.write_text("question,design,number,text,answers\n(example) …,,,…,\n")
    assert extraction_files.read_questions([str(path)]).equals(QUESTIONS)
    for name in ("quality_questions_a.csv", "quality_questions_b.csv"):
        (tmp_path / name).write_text("question,text\nbias,Is bias low?\n")
    paths = [str(path), str(tmp_path / "quality_questions_a.csv")]
    assert extraction_files.read_questions(paths)["question"].tolist() == ["bias"]
    with pytest.raises(StudyError, match="lists questions as well"):
        extraction_files.read_questions([*paths, str(tmp_path / "quality_questions_b.csv")])


def test_status_says_how_far(tmp_path):
    text = HEAD + answers("A", "r0", "qualitative", **FULL)
    found, _ = described(tmp_path, appraisal=text)
    rows = {row["step"]: row for row in studies.status(found.studies, SETTINGS)}
    assert (rows["Quality appraisal"]["done"], rows["Quality appraisal"]["total"]) == (0, 3)
    assert rows["Quality appraisal"]["awaited"] == "appraisals of 3 studies (1 begun), from the reviewers"
    assert rows["Data extraction"]["put_in"] == "screening/extraction.csv"
    assert studies.status(found.studies, ScreeningSettings(extraction={}, appraisal=False)) == []
    assert studies.status(found.studies.head(0), SETTINGS) == []


def test_forms_go_out_and_come_back(tmp_path):
    other = answers("B", "r0", "qualitative", screening="yy", qualitative="yyycy")
    found, _ = described(tmp_path, appraisal=HEAD + answers("A", "r0", "qualitative", **FULL) + other)
    made = study_forms.study_forms(included(), found.studies, QUESTIONS, found.differences, FIELDS, True)
    forms = {form.file: form for form in made}
    assert forms["screening/extraction.xlsx"].rows["record"].tolist() == ["r0", "r1", "r2"]
    assert forms["screening/appraisal.xlsx"].rows["record"].tolist() == ["r1", "r2"]
    agreed = forms["screening/appraisal_consensus.xlsx"]
    assert agreed.rows[["record", "appraiser", "differences"]].values.tolist() == [
        ["r0", "consensus", "qualitative_5: A: no; B: yes"]
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(agreed)))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("qualitative_5") + 1).value = "no"
    book.save(tmp_path / "appraisal_consensus.xlsx")
    back, odd = extraction_files.read_appraisal([str(tmp_path / "appraisal_consensus.xlsx")], QUESTIONS)
    assert back.loc[0, ["record", "appraiser", "qualitative_5"]].tolist() == ["r0", "consensus", "no"]
    assert odd == []


def test_the_report_shows_the_table_of_studies(tmp_path, prose):
    text = "record,extractor,country,findings\nr0,A,Italy,Trust counts\n"
    found, _ = described(tmp_path, text, HEAD + answers("A", "r0", "qualitative", **FULL))
    parts = (found.studies, QUESTIONS, found.answers, found.differences, found.agreement, found.findings)
    told = {"studies": study_facts(*parts, SETTINGS)}
    words = prose("screening").fill("studies", told)
    assert "Data have been extracted from 1 of 3 studies." in words
    assert "0 of 3 studies have been appraised and 1 more in part." in words
    assert "| Alder & Birch 2020 | Italy | Trust counts | yes: S1, S2" in words
    assert study_facts(found.studies.head(0), *parts[1:], SETTINGS) is None


def test_check_looks_through_both_tables(tmp_path):
    (tmp_path / "screening").mkdir()
    (tmp_path / "screening" / "appraisal_b.csv").write_text("record,appraiser,design\nr1,B,nonsense\n")
    (tmp_path / "screening" / "extraction.csv").write_text("record,extractor,lnd\nr1,B,x\n")
    said, _ = doors.refused(Config(study=str(tmp_path)))
    assert any("appraisal_b.csv, row 2, column 'design': 'nonsense'" in sentence for sentence in said)
    assert any("the column 'lnd' is not read" in sentence for sentence in said)


def test_nothing_included_is_no_study(tmp_path):
    found, _ = described(tmp_path, held=included(3).head(0))
    assert found.studies.empty
    assert found.answers.empty
