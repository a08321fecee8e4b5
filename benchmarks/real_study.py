"""Put together a study folder from real files that nobody here made, and run the chain on it.

    python benchmarks/real_study.py DATA TARGET [--only desk,qca]

DATA is the folder of real files (it is not part of the project), TARGET a new folder, which gets the
study, its config and its results. Prints what went in and what came out. The parts belong to
different studies, so that the report is a test of the machinery, not a finding.
"""

import argparse
import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

SEARCHES = [  # database, file, hits stated by the source (None: unknown)
    ("Web of Science (CiteSource)", "citesource_stage_wos_278.ris", 278),
    ("Lens (CiteSource)", "citesource_stage_lens_343.ris", 343),
    ("Medline (CiteSource)", "citesource_stage_medline_84.ris", 84),
    ("Dimensions (CiteSource)", "citesource_stage_Dimensions_246.ris", 246),
    ("EconLit (CiteSource)", "citesource_stage_econlit_3.ris", 3),
    ("ACM Digital Library", "icegov_proceedings_acm.csv", 903),
    ("Web of Science BibTeX", "wos_bibtex_imaginaries_1.bib", None),
    ("Web of Science tab-delimited", "wos_tab_utf8bom_imaginaries.txt", None),
    ("Web of Science plain text", "tethne_wos2.txt", None),
    ("Scopus CSV", "litstudy_scopus.csv", None),
    ("Scopus RIS", "revtools_restoration_scopus.ris", None),
    ("PubMed", "revtools_restoration_pubmed.nbib", None),
    ("EndNote library", "dedupesweep_endnote_copper.xml", None),
    ("Zotero library", "tethne_zotero.rdf", None),
    ("Zoological Record", "litsearchr_zoorec.txt", None),
]
DIMENSIONS = {"E": "economic", "P": "political", "S": "social", "T": "technological"}
LOWER_IS_BETTER = {"E_gini", "E_public_debt_gdp", "S_neet_pct"}


def desk(data: Path, study: Path) -> None:
    """Six real documents and 25 indicators of 32 European countries."""
    documents = study / "desk" / "documents"
    documents.mkdir(parents=True)
    rows = []
    for number, path in enumerate(sorted((data / "desk").iterdir()), start=1):
        shutil.copy(path, documents / path.name)
        rows.append([f"D{number:02}", f"documents/{path.name}", path.stem, "", "EUU", 2023, ""])
    columns = ["document", "file", "title", "issuer", "country", "year", "type"]
    pd.DataFrame(rows, columns=columns).to_csv(study / "desk" / "register.csv", index=False)
    long = pd.read_csv(data / "pest" / "pest_europe_long.csv")
    values = long.rename(columns={"country": "name", "iso3": "country"})
    values[["country", "indicator", "year", "value"]].to_csv(study / "desk" / "indicators.csv", index=False)
    pd.DataFrame(
        {
            "indicator": name,
            "name": name[2:].replace("_", " "),
            "dimension": DIMENSIONS[name[0]],
            "direction": "lower_better" if name in LOWER_IS_BETTER else "higher_better",
            "unit": "",
            "source": "public series",
            "licence": "",
            "url": "",
            "retrieved": "",
            "factors": "",
        }
        for name in sorted(long["indicator"].unique())
    ).to_csv(study / "desk" / "codebook.csv", index=False)


OUTCOME = "S_life_satisfaction"
CONDITIONS = [
    "E_gdp_pc_usd",
    "P_functioning_gov",
    "P_political_participation",
    "S_tertiary_graduates_pct",
    "T_rd_expenditure_gdp",
]


def qca(data: Path, study: Path) -> None:
    """Sets of five real indicators and an outcome, their anchors by the quantiles 0.1, 0.5 and 0.9."""
    long = pd.read_csv(data / "pest" / "pest_europe_long.csv")
    latest = long.sort_values("year").drop_duplicates(["country", "indicator"], keep="last")
    rows = []
    for name in [OUTCOME, *CONDITIONS]:
        anchors = latest.loc[latest["indicator"] == name, "value"].quantile([0.1, 0.5, 0.9]).round(4)
        role, expected = ("outcome", "") if name == OUTCOME else ("condition", "present")
        rows.append([name.split("_", 1)[1], name[2:].replace("_", " "), role, name, *anchors, expected])
    (study / "qca").mkdir()
    columns = ["set", "name", "role", "indicator", "exclusion", "crossover", "inclusion", "expected"]
    write(study / "qca" / "sets.csv", columns, rows)


def searches(data: Path, study: Path) -> None:
    """Fifteen exports of nine forms."""
    folder = study / "searches"
    folder.mkdir()
    rows = []
    for database, name, hits in SEARCHES:
        shutil.copy(data / "bib" / name, folder / name)
        rows.append([database, "", "", "", name, "" if hits is None else hits])
    columns = ["database", "platform", "date", "query", "file", "hits"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "searches.csv", index=False)


def screening(data: Path, study: Path) -> None:
    """Decisions on the CiteSource records: what its files of screened and final records hold.

    Record ids are those of the records of their own searches, matched by title.
    """
    from coproduction.core.tables import empty
    from coproduction.core.text import normalise
    from coproduction.literature.importing import import_files
    from coproduction.literature.tables import SEARCHES as FORM

    def entries(names):
        files = [(name, (data / "bib" / name).read_bytes()) for name in names]
        return import_files(files, empty(FORM))[0].assign(key=lambda t: t["title"].map(normalise))

    found = entries([name for _, name, _ in SEARCHES[:5]]).drop_duplicates("key")
    passed = set(entries(["citesource_stage_screened_128.ris"])["key"])
    final = set(entries(["citesource_stage_final_24.ris"])["key"])
    folder = study / "screening"
    folder.mkdir()
    columns = ["record", "reviewer", "decision", "reason", "date", "note"]
    for name, rows, kept in (
        ("title_abstract.csv", found, passed),
        ("full_text.csv", found[found["key"].isin(passed)], final),
    ):
        decided = [
            [own, "R1", "include" if key in kept else "exclude", "", "", ""]
            for own, key in zip(rows["own"], rows["key"], strict=True)
        ]
        pd.DataFrame(decided, columns=columns).to_csv(folder / name, index=False)


def interviews(data: Path, study: Path, most: int = 12) -> None:
    """Real interviews of which each paragraph bears the codes of two coders and a moderator."""
    folder = study / "interviews"
    (folder / "transcripts").mkdir(parents=True)
    (folder / "coded").mkdir()
    table = pd.read_csv(data / "qual" / "mlss_coded_paragraphs.csv", keep_default_na=False)
    names = sorted(table["interview"].unique())[:most]
    segments, people = [], []
    for name in names:
        rows = table[table["interview"] == name]
        coders = sorted(rows["coder"].unique())
        whole = rows[rows["coder"] == coders[0]].sort_values("para_no")
        who = f"P{int(name):02}"
        marks = {"interviewer": "I:", "interviewee": "P:"}
        lines = [
            f"{marks.get(speaker, 'P:')} {' '.join(text.split())}"
            for speaker, text in zip(whole["speaker"], whole["text"], strict=True)
        ]
        (folder / "transcripts" / f"{who}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        people.append([who, f"{who}.txt", "", "", "", "", "en", "yes"])
        body = "\n".join(lines)
        for coder in coders:
            for text, codes in rows.loc[rows["coder"] == coder, ["text", "codes"]].to_numpy():
                quote = " ".join(text.split())
                start = body.find(quote) if quote else -1
                for code in re.split(r"[;|]", codes) if start >= 0 else []:
                    if code.strip():
                        segments.append([f"{who}.txt", start, start + len(quote), quote, code.strip(), coder, ""])
    columns = ["participant", "transcript", "date", "country", "role", "organisation"]
    write(folder / "participants.csv", [*columns, "language", "consent"], people)
    write(folder / "coded" / "delve.csv", ["transcript", "start", "end", "text", "code", "coder", "memo"], segments)


def delphi(data: Path, study: Path) -> None:
    """Two real rounds as REDCap exported them, with French statements that name no factor."""
    source, folder = data / "delphi" / "unisante_demo", study / "delphi"
    folder.mkdir()
    statements, rounds, people = [], [], set()
    for number in (2, 3):
        shutil.copy(source / f"dft{number}_data_clean.csv", folder / f"round{number}.csv")
        table = pd.read_csv(folder / f"round{number}.csv", dtype=str)
        words = pd.read_csv(source / f"dft{number}_lookup_final.csv").set_index("variable")
        for rated in [name for name in table if name.endswith("_type1")]:
            text = " ".join(str(words["variable_label"].get(rated, rated)).split())
            statements.append([rated.removesuffix("_type1"), text, number, number])
        rounds.append([number, f"round{number}.csv", "closed"])
        people |= set(table["record_id"])
    write(folder / "panel.csv", ["panellist"], [[who] for who in sorted(people)])
    form = ["statement", "text", "first_round", "last_round"]
    write(folder / "statements.csv", form, statements)
    write(folder / "rounds.csv", ["round", "file", "status"], rounds)


def write(path: Path, header: list[str], rows: list[list]) -> None:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def configure(target: Path) -> Path:
    """The config of the study; CiteSource's files hold one decision a record."""
    config = target / "config.yaml"
    values = {
        "study": str(target / "study"),
        "results": str(target / "results"),
        "title": "A run on real files",
        "illustrative": False,
        "screening": {"reviewers_title_abstract": 1, "reviewers_full_text": 1},
    }
    config.write_text(yaml.safe_dump(values), encoding="utf-8")
    return config


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--only", default="desk,qca,searches,screening,interviews,delphi")
    arguments = parser.parse_args()
    target = arguments.target.resolve()
    study = target / "study"
    study.mkdir(parents=True)
    for part in (desk, qca, searches, screening, interviews, delphi):
        if part.__name__ in arguments.only.split(","):
            part(arguments.data, study)
    command = [sys.executable, "-m", "snakemake", "--cores", "2"]
    done = subprocess.run([*command, "--configfile", configure(target)], cwd=ROOT, check=False)
    accounts = target / "results" / "status" / "accounts.csv"
    if accounts.is_file():
        print(pd.read_csv(accounts).to_string(index=False))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
