"""Searches by API, when people ask for them and never within a run: `python study.py search`.

What a service answers is frozen in `searches/online/` of the study folder and described by a line in
searches.csv, so that it counts like any export and nothing is asked again. Three kinds:

- the queries of the settings, in OpenAlex
- snowball: what the included reports cite and what cites them (PRISMA's other methods)
- complete: abstracts and DOIs that records lack, from Crossref, as corrections (searches/corrections_crossref.csv)
"""

import csv
import datetime
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.config import Config
from coproduction.core import people_tables, study_files, tables
from coproduction.core.errors import StudyError
from coproduction.core.text import normalise
from coproduction.formats import services
from coproduction.literature.importing import read_file
from coproduction.literature.tables import PEOPLE_CORRECTIONS, SEARCHES

ONLINE = "online"
CITATION = "Citation searching (OpenAlex, {way})"
WAYS = {"backward": "works that the included reports cite", "forward": "works that cite the included reports"}
COLUMNS = list(SEARCHES.columns)


@dataclass
class Search:
    """Where a study keeps its searches, and the caller."""

    config: Config
    client: services.Client
    today: str
    say: Callable[[str], None] = print

    @property
    def folder(self) -> Path:
        return Path(self.config.study) / "searches"

    def file(self, name: str) -> Path:
        """The frozen answers of today."""
        return self.folder / ONLINE / f"{name}_{self.today}.json"

    def part(self, name: str) -> Path:
        """The pages that have come of a search that is not finished."""
        return self.folder / ONLINE / f".{name}.part.jsonl"


def search(
    config: Config,
    what: Sequence[str],
    client: services.Client | None = None,
    today: str = "",
    say: Callable[[str], None] = print,
) -> int:
    """Carry out the searches that `what` names (queries, snowball, complete; empty: queries)."""
    unknown = sorted(set(what) - {"queries", "snowball", "complete"})
    if unknown:
        raise StudyError(f"'{unknown[0]}' is not a kind of search", remedy="Use queries, snowball or complete")
    online = config.literature.online
    if not online.mail:
        raise StudyError(
            "the setting 'literature.online.mail' is empty, but the services require an address",
            remedy="Enter your e-mail address there",
        )
    client = client or services.Client(online.mail, online.pause)
    run = Search(config, client, today or datetime.date.today().isoformat(), say)
    for kind in what or ["queries"]:
        {"queries": queries, "snowball": snowball, "complete": complete}[kind](run)
    return 0


def queries(run: Search) -> None:
    """Every query of the settings that has not been searched yet, in OpenAlex."""
    online = run.config.literature.online
    if not online.queries:
        raise StudyError("the setting 'literature.online.queries' is empty", remedy="Add a query there, under a name")
    for name, query in online.queries.items():
        earlier_files = sorted((run.folder / ONLINE).glob(f"openalex_{name}_*.json"))
        if earlier_files:
            run.say(
                f"{name}: already searched ({earlier_files[-1].name}); remove the file and its line in searches.csv "
                "to search again"
            )
            continue
        params = {"search": query} | ({"filter": online.filter} if online.filter else {})
        answer = services.openalex_works(run.client, online.openalex, params, online.most, run.part(f"openalex_{name}"))
        query_text = query + (f" [filter: {online.filter}]" if online.filter else "")
        _freeze(run, f"openalex_{name}", "OpenAlex", query_text, answer)


def snowball(run: Search) -> None:
    """The works that the included reports cite and those that cite them; each way is a search of its own."""
    online = run.config.literature.online
    included = Path(run.config.results) / "screening" / "included.csv"
    reports = pd.read_csv(included, dtype=str, keep_default_na=False) if included.is_file() else pd.DataFrame()
    if reports.empty:
        raise StudyError("no report is included yet", file=included, remedy="Run the workflow after screening first")
    dois = [doi for doi in reports["doi"] if doi and not set(doi) & set(",|")]  # these part filters of OpenAlex
    without = len(reports) - len(dois)
    starts: list[dict[str, Any]] = []
    for number, batch in enumerate(services.batches(dois)):
        params = {"filter": "doi:" + "|".join(batch)}
        starts += services.openalex_works(
            run.client, online.openalex, params, services.PAGE, run.part(f"snowball_start_{number}")
        ).works
    numbers = [_number(work["id"]) for work in starts]
    run.say(
        f"{len(starts)} of {len(reports)} included reports were found in OpenAlex"
        + (f" ({without} have no DOI to search by)" if without else "")
    )
    cited = [_number(work) for start in starts for work in start.get("referenced_works") or []]
    for way, filters in (
        ("backward", [f"openalex:{'|'.join(batch)}" for batch in services.batches(cited)]),
        ("forward", [f"cites:{'|'.join(batch)}" for batch in services.batches(numbers)]),
    ):
        name = f"openalex_{way}"
        if run.file(name).exists():
            run.say(f"{way}: already searched today ({run.file(name).name})")
            continue
        works: dict[str, dict[str, Any]] = {}
        stated, ended, parts = 0, [], []
        for number, filter_ in enumerate(filters):
            parts.append(run.part(f"{name}_{number}"))
            answer = services.openalex_works(run.client, online.openalex, {"filter": filter_}, online.most, parts[-1])
            works |= {work["id"]: work for work in answer.works if _number(work["id"]) not in numbers}
            stated += answer.stated
            ended += [answer.ended] if answer.ended != "complete" else []
        query_text = f"{WAYS[way]}: {', '.join(sorted(dois))}"
        outcome = services.FoundWorks(
            list(works.values()), len(works) if not ended else stated, "; ".join(ended) or "complete"
        )
        _freeze(run, name, CITATION.format(way=way), query_text, outcome, parts)
    for part in (run.folder / ONLINE).glob(".snowball_start_*.part.jsonl"):
        part.unlink()


def _number(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def _freeze(
    run: Search, name: str, database: str, query: str, answer: services.FoundWorks, parts: Sequence[Path] = ()
) -> None:
    """Keep the answers as one file and add the line on the search; then forget the pages."""
    path = run.file(name)
    about = {"service": run.config.literature.online.openalex, "query": query, "date": run.today}
    content = about | {"stated": answer.stated, "ended": answer.ended, "results": answer.works}
    if answer.works:
        tables.write_text(json.dumps(content, ensure_ascii=False, indent=1), path)
        file = f"{ONLINE}/{path.name}"
        row = dict(zip(COLUMNS, (database, "OpenAlex API", run.today, query, file, str(answer.stated)), strict=True))
        add_lines(run.config, SEARCHES.file, COLUMNS, [row], run.say)
    for part in parts or [run.part(name)]:
        part.unlink(missing_ok=True)
    remark = "" if answer.ended == "complete" else f"; {answer.ended}"
    where = f" in {path}" if answer.works else ""
    run.say(f"{database}: {len(answer.works)} of {answer.stated} works{where}{remark}")


def add_lines(
    config: Config, file: str, columns: list[str], rows: list[dict[str, str]], say: Callable[[str], None]
) -> None:
    """Add rows to a CSV of the study under the names and with the separator that it has, or begin it."""
    path = Path(config.study) / file
    existing = study_files.present(Path(config.study), file)
    if existing and Path(existing[0]).suffix != ".csv":
        lines = "\n".join("; ".join(f"{k}: {v}" for k, v in row.items() if v) for row in rows)
        say(f"Add the following to {existing[0]}, which is not a CSV file:\n{lines}")
        return
    header, mark, before, encoding = columns, ",", "", "utf-8"
    if path.is_file():
        before = people_tables.read_text(path)
        raw = path.read_bytes()
        encoding = "utf-8" if raw == before.encode() else "utf-8-sig"  # other programs shall see it, too
        head = next((line for line in before.splitlines() if line.strip()), "")
        mark = max(",;\t", key=lambda sign: (head.count(sign), sign == ","))
        headings = next(csv.reader([head], delimiter=mark))
        spelled = {"_".join(name.casefold().split()): name for name in columns}
        header = [spelled.get("_".join(name.casefold().split()), name) for name in headings]
        before += "" if not before or before.endswith("\n") else "\n"
        missing = [name for name in columns if name not in header and any(row.get(name) for row in rows)]
        if missing:
            raise StudyError(f"there is no column '{missing[0]}' for the new rows", file=path, remedy="Add the column")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    if not before:
        writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    tables.write_bytes((before + out.getvalue()).encode(encoding), path)


def complete(run: Search) -> None:
    """Abstracts and DOIs that records lack, as Crossref has them: lines of corrections, with the raw answers beside."""
    online = run.config.literature.online
    path = Path(run.config.results) / "literature" / "records.csv"
    if not path.is_file():
        raise StudyError("there are no records yet", file=path, remedy="Run the workflow first")
    records = pd.read_csv(path, dtype=str, keep_default_na=False)
    answers_file = Path(run.config.study) / "searches" / "corrections_crossref.json"
    answers: dict[str, Any] = json.loads(answers_file.read_text(encoding="utf-8")) if answers_file.is_file() else {}
    lacking = records[(records["abstract"] == "") | (records["doi"] == "")]
    rows = []
    for n_asked, record in enumerate(lacking.head(online.most).to_dict("records"), start=1):
        if record["record"] in answers:
            continue  # asked before: what it gave is in the corrections
        work = _of_crossref(run.client, online.crossref, record)
        answers[record["record"]] = {"date": run.today, "answer": work}
        rows += _completing(record, work, run.today) if work else []
        if n_asked % 20 == 0:
            _keep_completed(run, answers_file, answers, rows)
            rows = []
    _keep_completed(run, answers_file, answers, rows)
    n_answered = sum(1 for answer in answers.values() if answer["answer"])
    run.say(
        f"Crossref knows {n_answered} of {len(answers)} records that lack an abstract or a DOI; see {answers_file.parent}/corrections_crossref.csv"
    )


def _keep_completed(run: Search, answers_file: Path, answers: dict[str, Any], rows: list[dict[str, str]]) -> None:
    if rows:
        add_lines(run.config, "searches/corrections_crossref.csv", list(PEOPLE_CORRECTIONS.columns), rows, run.say)
    tables.write_text(json.dumps(answers, ensure_ascii=False, indent=1), answers_file)


def _of_crossref(client: services.Client, base: str, record: dict[str, str]) -> dict[str, Any] | None:
    """Crossref's work of a record: by DOI, else by its whole title and year."""
    if record["doi"]:
        return services.crossref_work(client, base, record["doi"])
    title, first = normalise(record["title"]), record["authors"].split(";")[0]
    for work in services.crossref_search(client, base, f"{record['title']} {first}") if title else ():
        entry = _read(work)
        years = {entry.get("year", ""), record["year"]}
        if normalise(entry.get("title", "")) == title and len(years - {""}) == 1 and record["year"]:
            return work
    return None


def _completing(record: dict[str, str], work: dict[str, Any], today: str) -> list[dict[str, str]]:
    entry = _read(work)
    common = {
        "record": record["record"],
        "who": "Crossref",
        "date": today,
        "note": f"https://doi.org/{entry.get('doi', '')}",
    }
    return [
        common | {"field": name, "value": entry[name]}
        for name in ("abstract", "doi")
        if entry.get(name) and not record[name]
    ]


def _read(work: dict[str, Any]) -> dict[str, str]:
    """A work of Crossref as the import reads it; nothing where it cannot."""
    try:
        entries = read_file("crossref.json", json.dumps({"items": [work]}).encode()).entries
    except StudyError:
        return {}
    return entries[0] if entries else {}
