"""Tables of the screening: what people keep and what the workflow makes."""

from coproduction.core import tables
from coproduction.screening import mmat

STAGES = ("title_abstract", "full_text")
ANSWERS = ("include", "exclude", "maybe")
# Outcomes of a stage.
INCLUDED_AT, EXCLUDED = "included", "excluded"
UNSCREENED, PARTIAL, CONFLICT = "not screened", "partly screened", "conflict"
ALL_STATES = (  # final states in the order of the flow
    "not screened",
    "title and abstract: partly screened",
    "title and abstract: conflict",
    "title and abstract: excluded",
    "full text: awaited",
    "full text: not retrieved",
    "full text: not screened",
    "full text: partly screened",
    "full text: conflict",
    "full text: excluded",
    "included",
)

PEOPLE_CRITERIA = tables.people(
    "screening/criteria.csv",
    "The eligibility criteria; the order matters where reviewers exclude the same record for "
    "different reasons (the first criterion counts).",
    {
        "criterion": tables.text("short code, used as reason in decisions", filled=True, unique=True),
        "kind": tables.choice("whether meeting it includes or excludes", ["include", "exclude"]),
        "label": tables.text("label in the flow diagram and the report", filled=True),
        "text": tables.text("the criterion in full"),
    },
)

TITLE_ABSTRACT = tables.people(
    "screening/title_abstract*.csv (and full_text*.csv)",
    "Decisions of the reviewers, also as .xlsx, or under any name in the folders "
    "screening/title_abstract/ and screening/full_text/: one row per decision. A queue "
    "completed by a reviewer can be used as it is: rows without a decision are skipped.",
    {
        "record": tables.text("record id, or the id of any of its entries", filled=True),
        "reviewer": tables.text("code or initials of the reviewer"),
        "decision": tables.text("include, exclude or maybe"),
        "reason": tables.text("code of criteria.csv", required=False),
        "date": tables.text("day of the decision, YYYY-MM-DD", required=False),
        "note": tables.text("anything else; 'random' marks records of a random sample", required=False),
    },
)

ADJUDICATIONS = tables.people(
    "screening/adjudications.csv",
    "How conflicts were settled.",
    {
        "stage": tables.choice("stage", STAGES),
        "record": tables.text("record id, or the id of any of its entries", filled=True),
        "decision": tables.text("include or exclude; rows without a decision are skipped"),
        "reason": tables.text("code of criteria.csv", required=False),
        "adjudicator": tables.text("who settled it", required=False),
        "note": tables.text("anything else", required=False),
    },
)

RETRIEVAL = tables.people(
    "screening/retrieval.csv",
    "Which reports were obtained.",
    {
        "record": tables.text("record id, or the id of any of its entries", filled=True),
        "status": tables.choice(
            "whether the full text was obtained; empty while it is awaited", ["", "retrieved", "not_retrieved"]
        ),
        "note": tables.text("anything else", required=False),
        "study": tables.text("name of the study, where it has several reports", required=False),
    },
)

QUESTION_COLUMNS = {
    "question": tables.text("short name of the question, a column of appraisal.csv", filled=True, unique=True),
    "design": tables.text("design of the studies it is asked about; empty: every study", required=False),
    "number": tables.text("number in the tool", required=False),
    "text": tables.text("the question or criterion in full", filled=True),
    "answers": tables.text("possible answers, the best first, separated by ; (yes;no;can't tell)", required=False),
}

PEOPLE_EXTRACTION = tables.people(
    "screening/extraction.csv",
    "Data extracted from the included reports: a row per report and extractor, in one file or several "
    "(`extraction_ann.xlsx`). The fields are those of the setting `screening.extraction`; the columns from `country` "
    "on are its default. A row with `consensus` as its extractor settles disagreements.",
    {
        "record": tables.text("record id, or the id of any of its entries", filled=True),
        "extractor": tables.text("code or initials of the extractor", required=False),
        "country": tables.text("country or countries of the study", required=False),
        "service": tables.text("service or practice that is studied", required=False),
        "design": tables.text("design of the study", required=False),
        "participants": tables.text("source of the data", required=False),
        "coproducers": tables.text("participants in the service other than its staff", required=False),
        "phase": tables.text("what they take part in: designing, managing, delivering, evaluating", required=False),
        "findings": tables.text("what the study finds on conditions", required=False),
        "note": tables.text("anything else", required=False),
    },
    own_columns=True,
)

PEOPLE_APPRAISAL = tables.people(
    "screening/appraisal.csv",
    "Appraisal of the included studies: a row per report and appraiser, in one file or several "
    "(`appraisal_ann.xlsx`), with a column per question: those of the Mixed Methods Appraisal Tool (2018), or your own "
    "(quality_questions.csv). Answers are yes, no or can't tell. A row with `consensus` as its appraiser "
    "settles disagreements.",
    {
        "record": tables.text("record id, or the id of any of its entries", filled=True),
        "appraiser": tables.text("code or initials of the appraiser"),
        "design": tables.text(
            "design of the study as the questions name it (qualitative, randomised trial, non-randomised, descriptive, "
            "mixed methods); of mixed methods those of the parts too, separated by ;",
            required=False,
        ),
        **{row["question"]: tables.text(f"{row['number']} {row['text']}", required=False) for row in mmat.QUESTIONS},
        "note": tables.text("anything else", required=False),
    },
    own_columns=True,
)

QUALITY_QUESTIONS = tables.people(
    "screening/quality_questions.csv",
    "The questions of an appraisal tool of your own, in place of the Mixed Methods Appraisal Tool.",
    QUESTION_COLUMNS,
)

CRITERIA = tables.schema(PEOPLE_CRITERIA.file, "The eligibility criteria as read.", PEOPLE_CRITERIA.columns)

DECISIONS = tables.schema(
    "screening/decisions.csv",
    "One decision per record, reviewer and stage, as counted.",
    {
        "stage": tables.choice("stage", STAGES),
        "record": tables.text("record id", filled=True),
        "reviewer": tables.text("reviewer", filled=True),
        "decision": tables.choice("decision", ANSWERS),
        "reason": tables.text("reason of exclusion"),
        "date": tables.text("day; of a list of Covidence that of the export"),
        "time": tables.text("time of day, if stated in the file"),
        "note": tables.text("note"),
        "order": tables.whole(
            "position in the reviewer's own sequence: by date and time, then by order in the file", low=1
        ),
        "scope": tables.choice(
            "own; reason of the team (the export does not say whose it is); team (an outcome that "
            "the team settled in its tool)",
            ["own", "reason of the team", "team"],
        ),
        "file": tables.text("the file in screening/ that contains it"),
        "row": tables.whole("row in the file", low=1),
    },
)

SOURCES = tables.schema(
    "screening/sources.csv",
    "Outcome of the entries of each file of decisions; entries = undecided + given + found by "
    "id, DOI or title and year + unmatched.",
    {
        "stage": tables.choice("stage", STAGES),
        "file": tables.text("file", filled=True),
        "form": tables.text("form of this study, or whose export it is", filled=True),
        "entries": tables.whole("entries (rows) in the file", low=0),
        "undecided": tables.whole("entries without a decision", low=0),
        "given": tables.whole("entries whose label was already in the data set given to the tool", low=0),
        "by_id": tables.whole("entries found by record id", low=0),
        "by_doi": tables.whole("entries found by DOI", low=0),
        "by_title": tables.whole("entries found by title and year", low=0),
        "unmatched": tables.whole("entries that name no record and are not counted", low=0),
        "decisions": tables.whole("decisions in the entries that were found", low=0),
    },
)

FULL_TEXTS = tables.schema(
    "screening/full_texts.csv",
    "The PDFs in screening/full_texts/ and the record that each belongs to.",
    {
        "file": tables.text("file, below screening/full_texts/", filled=True, unique=True),
        "record": tables.text("record id; empty where it could not be determined"),
        "evidence": tables.text("evidence for the record, separated by ;"),
        "problem": tables.text("why it could not be matched"),
    },
)

FINDINGS = tables.schema(
    "screening/findings.csv",
    "Irregularities in the reviewers' files and how they were handled.",
    {
        "stage": tables.text("stage"),
        "finding": tables.text("what was found", filled=True),
        "record": tables.text("id as written"),
        "reviewer": tables.text("reviewer"),
        "file": tables.text("file"),
        "row": tables.whole("row in the file"),
        "detail": tables.text("consequence for the counts"),
    },
)

CONFLICTS = tables.schema(
    "screening/conflicts.csv",
    "Records to adjudicate: fill in decision, reason and adjudicator and add the rows to screening/adjudications.csv.",
    {
        "stage": tables.choice("stage", STAGES),
        "record": tables.text("record id", filled=True),
        "title": tables.text("title"),
        "decisions": tables.text("what each reviewer decided"),
        "decision": tables.text("to fill in: include or exclude"),
        "reason": tables.text("to fill in: code of criteria.csv"),
        "adjudicator": tables.text("to fill in"),
        "note": tables.text("to fill in if you wish"),
    },
)

STATES = tables.schema(
    "screening/states.csv",
    "The state of each unique record; every record is in exactly one.",
    {
        "record": tables.text("record id", filled=True, unique=True),
        "state": tables.choice("state in the flow", ALL_STATES),
        "reason": tables.text("reason of the exclusion that counts"),
        "title_abstract": tables.text("outcome on title and abstract"),
        "title_abstract_decisions": tables.whole("decisions on title and abstract", low=0),
        "retrieval": tables.text("retrieved, not_retrieved or nothing yet"),
        "full_text": tables.text("outcome in full text"),
        "full_text_decisions": tables.whole("decisions in full text", low=0),
        "adjudicated": tables.text("stages that were adjudicated, separated by ;"),
        "study": tables.text("study that the report belongs to"),
        "databases": tables.text("databases that hold the record, separated by ;"),
    },
)

AGREEMENT = tables.schema(
    "screening/agreement.csv",
    "Agreement between reviewers by stage, for each pair and for all together.",
    {
        "stage": tables.choice("stage", STAGES),
        "measured": tables.text(
            "decisions; calibration (decisions of that round); reasons; reason CODE (given or not)"
        ),
        "first": tables.text("reviewer, or all"),
        "second": tables.text("reviewer, or all"),
        "records": tables.whole("records with decisions of both (all: of two or more)"),
        "agreement": tables.number("share of records on which they agree"),
        "kappa": tables.number("Cohen's kappa (all: Fleiss' kappa)"),
        "kappa_low": tables.number("lower limit"),
        "kappa_high": tables.number("upper limit"),
        "pabak": tables.number("prevalence- and bias-adjusted kappa"),
        "pabak_low": tables.number("lower limit"),
        "pabak_high": tables.number("upper limit"),
        "ac1": tables.number("Gwet's AC1"),
        "ac1_low": tables.number("lower limit"),
        "ac1_high": tables.number("upper limit"),
        "alpha": tables.number("Krippendorff's alpha, nominal"),
    },
)

CITING = ("cites ", "cited by ")  # how the words on citations begin, among the terms of the queue
QUEUE = tables.schema(
    "screening/queue.csv",
    "Records awaiting decisions on title and abstract, most likely relevant first. Fill in "
    "reviewer, decision, reason and date, and save the table as screening/title_abstract_….csv.",
    {
        "rank": tables.whole("place in the queue", low=1),
        "record": tables.text("record id", filled=True),
        "score": tables.number("score of the model: the higher, the more likely to be relevant"),
        "title": tables.text("title"),
        "abstract": tables.text("abstract"),
        "authors": tables.text("authors"),
        "year": tables.text("year"),
        "source": tables.text("journal or book"),
        "terms_for": tables.text(
            "what raises the score most (citation links with included records, then terms), separated by ;"
        ),
        "terms_against": tables.text("terms that lower the score most, separated by ;"),
        "decided_by": tables.text("reviewers who have decided already, separated by ;"),
        "random": tables.whole("place in a random order, for a random sample", low=1),
        "reviewer": tables.text("to fill in"),
        "decision": tables.text("to fill in: include, exclude or maybe"),
        "reason": tables.text("to fill in: code of criteria.csv"),
        "date": tables.text("to fill in: YYYY-MM-DD"),
        "note": tables.text("to fill in if you wish"),
    },
)

BASIS = tables.schema(
    "screening/basis.csv",
    "The data from which the ranking was learned.",
    {
        "start": tables.choice(
            "how the ranking began",
            ["decisions", "relevant decisions only", "irrelevant decisions only", "key records", "criteria", "nothing"],
        ),
        "relevant": tables.whole("records that count as relevant"),
        "irrelevant": tables.whole("records that count as irrelevant"),
        "queued": tables.whole("records in the queue"),
        "terms": tables.whole("terms that the model knows"),
        "wording": tables.choice(
            "whether the wording of the criteria counts as an additional relevant record", ["yes", "no"]
        ),
        "citing": tables.whole("records linked with others by their cited references (see literature/references.csv)"),
    },
)

STOP = tables.schema(
    "screening/stop.csv",
    "Criteria for ending the screening of titles and abstracts, one per row.",
    {
        "statement": tables.text("name", filled=True),
        "value": tables.number("number"),
        "low": tables.number("lower limit"),
        "high": tables.number("upper limit"),
        "wanted": tables.text("requirement"),
        "there": tables.text("current value"),
        "met": tables.choice("whether it is met", ["yes", "no", "unknown", ""]),
        "worth": tables.text("what it means if it is met"),
    },
)

PROGRESS = tables.schema(
    "screening/progress.csv",
    "Relevant records found in the course of screening, and as the ranking would have found them.",
    {
        "curve": tables.choice("whose order", ["as screened", "ranking replayed", "chance", "p"]),
        "screened": tables.whole("records screened", low=0),
        "found": tables.number("relevant records found (curve p: the p of the stopping rule)"),
    },
)

MEASURES = tables.schema(
    "screening/measures.csv",
    "The ranking replayed on the study's own decisions.",
    {
        "measure": tables.text("measure", filled=True),
        "value": tables.number("mean over the starts"),
        "low": tables.number("smallest"),
        "high": tables.number("largest"),
        "starts": tables.whole("replays with different starting records"),
    },
)

LABELLED = tables.people(
    "screening/labelled*.csv",
    "A finished screening to replay (also as .xlsx), one row per record. A "
    "column included, label_included, label, final_included, abstract_included, asreview_label or "
    "human_recommendation holds the label (1/0, yes/no, include/exclude); rows that name a "
    "duplicate_record_id are left out.",
    {
        "title": tables.text("title"),
        "abstract": tables.text("abstract"),
        "keywords": tables.text("keywords", required=False),
    },
)

SIMULATION_MEASURES = tables.schema(
    "screening/simulation/measures.csv",
    "Labelled sets replayed: how soon the ranking would have found all relevant records, for each set of "
    "starting records. Defined as ASReview and ASReview Insights define them; the starting records are left out.",
    {
        "set": tables.text("file of the labelled set", filled=True),
        "records": tables.whole("records of the set", low=1),
        "relevant": tables.whole("relevant ones among them", low=1),
        "start": tables.whole("which start", low=1),
        "first_relevant": tables.whole("row of the relevant record known at the start", low=1),
        "first_irrelevant": tables.whole("row of the irrelevant record known at the start", low=1),
        "loss": tables.number("area lost against the perfect order, 0 to 1"),
        "ndcg": tables.number("normalised discounted cumulative gain over the whole order"),
        "wss95": tables.number("work saved over sampling at 95 % recall"),
        "rrf10": tables.number("share of relevant records found after reading 10 %"),
        "atd": tables.number("mean number of records read until a relevant one is found"),
    },
)

SIMULATION_CURVES = tables.schema(
    "screening/simulation/curves.csv",
    "Relevant records found as the replay went on, from each start.",
    {
        "set": tables.text("file of the labelled set", filled=True),
        "start": tables.whole("which start", low=1),
        "screened": tables.number("share of the records read"),
        "found": tables.number("share of the relevant records found"),
    },
)

PRISMA = tables.schema(
    "screening/figures/prisma.csv",
    "Every number of the flow diagram.",
    {
        "arm": tables.text("databases (and registers), others, previous, new, total"),
        "box": tables.text("box of the diagram"),
        "item": tables.text("line in the box"),
        "n": tables.whole("number", low=0),
    },
)

INCLUDED = tables.schema(
    "screening/included.csv",
    "Reports that passed both stages.",
    {
        "record": tables.text("record id", filled=True),
        "key": tables.text("citation key in included.bib", filled=True, unique=True),
        "study": tables.text("study that the report belongs to"),
        "authors": tables.text("authors, separated by ;"),
        "year": tables.text("year"),
        "title": tables.text("title"),
        "abstract": tables.text("abstract; empty when the export had none"),
        "keywords": tables.text("keywords, separated by ;"),
        "source": tables.text("journal or book"),
        "doi": tables.text("DOI"),
        "databases": tables.text("databases that hold it, separated by ;"),
        "factors": tables.text("factors named in the title, abstract or keywords, separated by ;"),
        "factor_names": tables.text("their names, separated by ;"),
        "full_text": tables.text("PDF in screening/full_texts/, several separated by ;"),
    },
)

PRISMA2020 = tables.schema(
    "screening/prisma2020.csv",
    "The same numbers in the format of the R package PRISMA2020 and its web tool.",
    {
        "data": tables.text("name of the number"),
        "node": tables.text("node of the tool's graph"),
        "box": tables.text("box of the diagram"),
        "description": tables.text("what is counted"),
        "boxtext": tables.text("text in the box"),
        "tooltips": tables.text("text shown on hover"),
        "url": tables.text("link of the box"),
        "n": tables.text("number, or name and number of each item"),
    },
)

ASREVIEW = tables.schema(
    "screening/to_screen/asreview.csv",
    "All records for ASReview; `included` contains the settled decisions of both reviewers, which ASReview uses as "
    "prior knowledge.",
    {
        "record": tables.text("record id", filled=True, unique=True),
        "title": tables.text("title"),
        "abstract": tables.text("abstract"),
        "authors": tables.text("authors, separated by ;"),
        "keywords": tables.text("keywords, separated by ;"),
        "year": tables.text("year"),
        "doi": tables.text("DOI"),
        "url": tables.text("link"),
        "included": tables.choice("1 passed on, 0 excluded, empty not settled", ["1", "0", ""]),
    },
)

EXCLUDED_FULL_TEXTS = tables.schema(
    "screening/excluded_full_texts.csv",
    "Every report that was excluded in full text, with the reason (PRISMA 2020, item 16b).",
    {
        "record": tables.text("record id", filled=True, unique=True),
        "authors": tables.text("authors, separated by ;"),
        "year": tables.text("year"),
        "title": tables.text("title"),
        "source": tables.text("journal or book"),
        "doi": tables.text("DOI"),
        "reason": tables.text("code of criteria.csv, or a note that no reason was given"),
        "label": tables.text("label of the reason"),
    },
)

STUDIES = tables.schema(
    "screening/studies.csv",
    "The included studies: the data extracted from each, and how it was appraised.",
    {
        "study": tables.text("name of the study, or the record id of its only report", filled=True, unique=True),
        "records": tables.text("record ids of its reports, separated by ;", filled=True),
        "authors": tables.text("authors of its first report, separated by ;"),
        "year": tables.text("year of the first report"),
        "title": tables.text("title of the first report"),
        "extracted": tables.choice("state of its data extraction", ["done", "fields empty", "differ", "awaited"]),
        "extractors": tables.text("extractors, separated by ;"),
        "extracted_*": tables.text("extracted data, by field; if extractors disagree, what each wrote", required=False),
        "design": tables.text("design or designs by which it is appraised, separated by ;"),
        "appraised": tables.choice("progress of the appraisal", ["done", "answers missing", "differ", "awaited"]),
        "appraisers": tables.text("appraisers, separated by ;"),
        "appraisal": tables.text("the numbers of the questions by answer"),
    },
)

ANSWERS_BY_QUESTION = tables.schema(
    "screening/answers_by_question.csv",
    "The appraisal of each study question by question; questions of other designs are left out.",
    {
        "study": tables.text("study", filled=True),
        "question": tables.text("name of the question", filled=True),
        "number": tables.text("number in the tool"),
        "text": tables.text("the question in full"),
        "answer": tables.text("the answer that counts; empty if appraisers disagree or nobody has answered"),
        "said": tables.text("what each appraiser answered, separated by ;"),
    },
)

DIFFERENCES = tables.schema(
    "screening/differences.csv",
    "Disagreements between the extractors or appraisers of a study; a row by `consensus` in extraction.csv or "
    "appraisal.csv settles each.",
    {
        "study": tables.text("study", filled=True),
        "record": tables.text("record id of its first report", filled=True),
        "table": tables.choice("table with the disagreement", ["extraction", "appraisal"]),
        "field": tables.text("field or question", filled=True),
        "said": tables.text("what each wrote, separated by ;"),
    },
)

APPRAISAL_AGREEMENT = tables.schema(
    "screening/appraisal_agreement.csv",
    "Agreement of the appraisers over all answers that two of them gave; without intervals, since the answers on "
    "one study are not independent.",
    {
        "first": tables.text("appraiser, or all"),
        "second": tables.text("appraiser, or all"),
        "studies": tables.whole("studies that both appraised", low=0),
        "records": tables.whole("answers of both (all: of two or more)", low=0),
        "agreement": tables.number("share of the answers on which they agree"),
        "kappa": tables.number("Cohen's kappa (all: Fleiss' kappa)"),
        "pabak": tables.number("prevalence- and bias-adjusted kappa"),
        "ac1": tables.number("Gwet's AC1"),
    },
)

FINDINGS_OF_STUDIES = tables.schema(
    "screening/findings_of_studies.csv",
    "Irregularities in the tables of extraction and appraisal and how they were handled.",
    FINDINGS.columns,
)

QUESTIONS = tables.schema("screening/questions.csv", "The questions of the appraisal as read.", QUESTION_COLUMNS)
