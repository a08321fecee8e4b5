"""A folder for a new study: its config, a form for every table that people keep, and what goes where.

Each form has its header and one example row, whose first cell begins with "(example)"; such rows are
passed over when the table is read. Nothing that is there already is overwritten.
"""

import csv
import io
import re
import shutil
from pathlib import Path

import yaml

from coproduction.core import tables
from coproduction.core.errors import StudyError
from coproduction.core.study_files import EXAMPLE
from coproduction.reference import declared_tables

FOLDERS = {
    "desk": "documents with a register; indicators with a codebook",
    "desk/documents": "the documents themselves: PDF, Word, OpenDocument, RTF, HTML, EPUB, Markdown, text",
    "desk/downloads": "statistics as you downloaded them, whose series the codebook names",
    "qca": "sets and memberships, if you compare configurations of cases",
    "searches": "exports of databases as you downloaded them, and the list of searches",
    "screening": "criteria, and what reviewers decided",
    "screening/full_texts": "PDFs of the reports, under any name",
    "interviews": "participants, the data structure, the pseudonym key",
    "interviews/transcripts": "one file per transcript, with turns beginning `I:` and `P:`",
    "interviews/coded": "what coders submit: QDPX, Taguette, QualCoder, tables",
    "delphi": "statements, panel, rounds, and one export per round",
    "report/sections": "introduction, discussion, limitations and declarations in your own words; `writing.md` lists what belongs in each",
    "ecosystem": "your judgements of confidence and influence, on the forms in the results",
}
# What the other tables of a folder build on.
FIRST = """
    register.csv codebook.csv indicators.csv sets.csv searches.csv criteria.csv title_abstract.csv adjudications.csv
    retrieval.csv full_text.csv extraction.csv participants.csv identities.csv gioia.csv statements.csv panel.csv
    rounds.csv directions.csv judgements.csv
""".split()
LONG = 3  # words of a cell that is a name or code; longer ones are sentences about the bundled study's subject
OWN_EXAMPLES = {
    "screening/criteria.csv": {"criterion": "topic", "label": "Topic"},
    "qca/sets.csv": {"set": "outcome", "name": "The outcome"},
}
_SIDE_REMARK = re.compile(r", separated by| as in |[;:(.]")
ELSEWHERE = {"config/factors.csv", "delphi/columns.csv"}  # copied; named by rounds.csv
CONFIG = """# The settings of this study. All others keep their defaults; config/README.md explains each.
# Run it with: make STUDY={study}
study: {folder}
results: {results}
factors: {factors}  # the codebook of conditions; revise it
references: {references}  # BibTeX of its key references
title: ""                           # title of the report
# subtitle: ""
# authors: ["Given Name Family Name"]
# date: ""                          # date shown on the report
# seed: 20260401                    # for all random draws

# Begin here: the first page of the report opens with the question.
# report:
#   question: Which conditions favour ..., and how do they form an ecosystem?
# ecosystem:
#   subject: the start of ...         # the outcome, as in "favours the start of ..."
#
# literature:
#   online:                           # only for make search; a run itself never uses the network
#     mail: ""
#     queries: {{}}
# topics:
#   n_topics: 7      # instead of the number that the comparison favours
# screening:
#   reviewers_title_abstract: 1       # if one person decides; the default is 2
#   reviewers_full_text: 1
# delphi:
#   max_rounds: 3
"""
README = """# {name}

The workflow reads what you put in this folder and never changes your files. Run it whenever something has changed:

    make STUDY={study}              (or: python study.py run {study})
    make check STUDY={study}        checks all files without computing anything

Nothing is compulsory: the report says what is awaited and where to put it. Rows that begin with
"(example)" show how a table is filled in and do not count; write below them or replace them.

After a run, `results/forms/` has a workbook for what people are asked to fill in, such as decisions on titles and
abstracts. Copy it into this folder under the same name, fill in its yellow columns and run again.

| folder | what goes there |
|---|---|
{folders}

## Tables

Separated by comma, semicolon or tab, in UTF-8. Columns marked * are required. You may add
columns of your own.
{tables}
"""
GUIDE = """# Interview guide

For a semi-structured interview of about an hour. Ask open questions, follow up, and skip what has already been said.

1. Opening: purpose, consent, recording, pseudonym.
2. Tell me about the service and your part in it. How did citizens become involved?
3. What made it possible? What stood in the way? What would have to change?
4. For each condition that has not come up:
{conditions}
5. Closing: What have I not asked? Whom else should I ask?
"""
WRITING = """# What the research team writes in the report

Each file below, in plain Markdown, replaces the neutral text that the report contains until then. Headings
begin with ##; cite works of references.bib as `[@key]`.

## report/sections/introduction.qmd

1. The problem, and whom it affects.
2. What is known, what is not, and why several methods are needed.
3. The research question, and the outcome that the conditions favour.

## report/sections/discussion.qmd

1. The answer in three sentences, as you would give it to a decision-maker.
2. Each leading condition beside earlier studies: what agrees, what does not, and possible reasons.
3. Disagreements between lines of evidence: who was asked, when, and about which places?
4. What comments of the panel, negative cases and rejected conditions add.
5. What follows for practice: who can do what, under which circumstances, at which cost.
6. What follows for theory, and what the methods showed together that none showed alone.
7. What would change the answer, and what should be studied next.

## report/sections/limitations.qmd

1. Who and what is missing: countries, languages, groups, years; who did not respond.
2. Judgements that others might have made differently, and how much depends on them.
3. What you would do differently.

## report/sections/declarations.qmd

1. Ethics: which board approved the study, when, and under which number; how participants consented.
2. Funding, and the role of the funders.
3. Competing interests of the authors and of the panel.
4. Contributions of the authors.
5. Availability of the protocol, data and codebook, and the conditions of their use.
"""


def make(folder: Path, house: Path) -> list[str]:
    """Make the folder of a new study from the workflow at `house`; the files made, by name.

    Raises StudyError where one of them is there already.
    """
    files = contents(folder, house)
    existing = sorted(name for name in files if (folder / name).exists())
    if existing:
        raise StudyError(
            f"{', '.join(existing[:3])}{' and others' if existing[3:] else ''} already exists",
            file=folder,
            remedy="Choose a new folder; nothing was changed",
        )
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, folder / name)
        else:
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return sorted(files)


def contents(folder: Path, house: Path) -> dict[str, str | Path]:
    """Every file of a new study by name, with its text or the file that it is a copy of."""
    forms = kept_tables()
    study = folder.as_posix()
    rows = [f"| `{name}/` | {what} |" for name, what in FOLDERS.items()]
    described = "\n".join(_described(name, form) for name, form in forms.items())
    files: dict[str, str | Path] = {
        "study.yaml": CONFIG.format(
            study=study,
            folder=_in_yaml(study),
            results=_in_yaml(f"{study}/results"),
            factors=_in_yaml(f"{study}/factors.csv"),
            references=_in_yaml(f"{study}/references.bib"),
        ),
        "README.md": README.format(name=folder.name, study=study, folders="\n".join(rows), tables=described),
        "factors.csv": house / "config" / "factors.csv",
        "references.bib": house / "config" / "references.bib",
        "writing.md": WRITING,
        "interviews/guide.md": GUIDE.format(conditions=_conditions(house)),
    }
    return files | {name: form_of(name, form, house) for name, form in forms.items()}


def _in_yaml(path: str) -> str:
    """A path as YAML takes it for a text, whatever the folder is called.

    >>> _in_yaml("my-study/factors.csv"), _in_yaml("Study #1"), _in_yaml("2026"), _in_yaml("it's: a")
    ('my-study/factors.csv', "'Study #1'", "'2026'", "'it''s: a'")
    """
    plain = re.fullmatch(r"[\w./][\w./ -]*", path) and yaml.safe_load(path) == path
    return path if plain else "'" + path.replace("'", "''") + "'"


def kept_tables() -> dict[str, tables.Table]:
    """The tables that people keep in a study folder under one name, by file."""
    forms = {form.file: form for form in declared_tables() if form.people}
    forms["interviews/identities.csv"] = forms["*/identities.csv"]
    chosen = [name for name in forms if "*" not in name and " " not in name and name not in ELSEWHERE]
    return {name: forms[name] for name in sorted(chosen, key=_place)}


def _place(name: str) -> tuple[int, int, str]:
    """The order of the work: folders as FOLDERS has them, in each first what the others build on."""
    folder, _, file = name.rpartition("/")
    folders = ["", *(name.split("/")[0] for name in FOLDERS)]
    return (folders.index(folder), FIRST.index(file) if file in FIRST else len(FIRST), file)


def form_of(name: str, form: tables.Table, house: Path) -> str:
    """An empty table: its header and one row that shows how it is filled in.

    The row has ids, codes and dates as the bundled study has them, and says of words what they are, for
    the study may be on any subject.
    """
    example = _first_row(house / "data" / "demo" / name) | OWN_EXAMPLES.get(name, {})
    row = [_example(example.get(column, ""), kind) for column, kind in form.columns.items()]
    row[0] = f"{EXAMPLE} {row[0]}"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([list(form.columns), row])
    return out.getvalue()


def _first_row(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(iter(csv.DictReader(file)), {})


def _example(cell: str, column: tables.Column) -> str:
    """A cell of the example row: short ones as they are, sentences as what the column asks for."""
    if not cell:
        return _allowed(column)
    prose = column.kind == "text" and (len(cell.split()) > LONG or "illustrative" in cell)
    return _SIDE_REMARK.split(column.description)[0] if prose else cell


def _allowed(column: tables.Column) -> str:
    if column.allowed:
        return next((word for word in column.allowed if word), "")
    if column.kind == "text":
        return "" if not (column.required or column.filled) else "…"
    return str(int(column.low or 1)) if column.kind == "whole" else "0.5"


def _described(name: str, form: tables.Table) -> str:
    lines = [f"\n### {name}\n\n{form.description}\n", "| column | meaning | allowed |", "|---|---|---|"]
    for column, kind in form.columns.items():
        words = ", ".join(word for word in kind.allowed or () if word)
        allowed = words or {"whole": "whole number", "number": "number"}.get(kind.kind, "text")
        lines.append(f"| `{column}`{'*' if kind.required else ''} | {kind.description} | {allowed} |")
    return "\n".join(lines)


def _conditions(house: Path) -> str:
    with (house / "config" / "factors.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    return "\n".join(f"   - {name}: did it matter here, and how?" for name in names)
