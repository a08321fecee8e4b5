"""Make the Word transcripts and the coded files of the bundled study from interviews/ beside this.

    python tests/demo_truth/make_interviews.py [study folder]

Writes transcripts/P03.docx and P10.docx, and coded/ with the codings of coder C1 as a REFI-QDA
project and those of C2 as a table, both with places in the pseudonymised texts, as coders get them.
Same input, same bytes.
"""

import csv
import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

import docx  # noqa: E402
import pandas as pd  # noqa: E402
from coproduction.core import tables  # noqa: E402
from coproduction.core.identities import read_key  # noqa: E402
from coproduction.formats.qda.project import Code, Coding  # noqa: E402
from coproduction.formats.qda.writing import project_bytes  # noqa: E402
from coproduction.formats.transcripts.files import canonical, read_transcript  # noqa: E402
from coproduction.interviews.pseudonyms import pseudonymise  # noqa: E402
from coproduction.interviews.tables import CODED  # noqa: E402

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
IN_WORD = ["P03", "P10"]


def main(study: Path) -> None:
    """Write all made files of interviews/ below `study`."""
    folder = study / "interviews"
    for name in IN_WORD:
        content = (HERE / "interviews" / f"{name}.txt").read_text(encoding="utf-8")
        write_word(canonical(content), folder / "transcripts" / f"{name}.docx")
    key = read_key(folder / "identities.csv")
    raw = {p.stem: read_transcript(p).text for p in sorted((folder / "transcripts").iterdir())}
    texts = {name: pseudonymise(text, key)[0] for name, text in raw.items()}
    codings = list(read_codings(texts, key))
    gioia = list(csv.DictReader((folder / "gioia.csv").open(encoding="utf-8", newline="")))
    write_project([c for c in codings if c.coder == "C1"], texts, gioia, folder)
    write_table([c for c in codings if c.coder == "C2"], folder / "coded" / "coder_C2.csv")


def read_codings(texts: dict[str, str], key):
    """The codings of the master file with their places; each quote stands once in its transcript."""
    with (HERE / "interviews" / "codings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            quote = pseudonymise(canonical(row["quote"]), key)[0]
            text = texts[row["transcript"]]
            if text.count(quote) != 1:
                raise SystemExit(f"{row['transcript']}: not once in the transcript: {quote}")
            start = text.index(quote)
            memo = pseudonymise(row["memo"] or "", key)[0]
            yield Coding(row["transcript"], start, start + len(quote), quote, row["code"], row["coder"], memo)


def write_project(codings, texts: dict[str, str], gioia: list[dict], folder: Path) -> None:
    """The project of coder C1: the texts, the codes below their themes, the codings."""
    codes = [Code(row["concept"], row["theme"]) for row in gioia]
    known = {code.name for code in codes}
    codes += [Code(name) for name in sorted({c.code for c in codings} - known)]
    coded = {coding.source for coding in codings}
    shown = {name: text for name, text in sorted(texts.items()) if name in coded}
    project = project_bytes("Interviews (illustrative)", shown, codes, codings)
    (folder / "coded").mkdir(parents=True, exist_ok=True)
    (folder / "coded" / "coder_C1.qdpx").write_bytes(project)


def write_table(codings, path: Path) -> None:
    """The table of coder C2."""
    rows = [vars(c) | {"transcript": c.source} for c in codings]
    order = ["transcript", "start", "end", "code"]
    tables.write_csv(pd.DataFrame(rows).sort_values(order)[list(CODED.columns)], path)


def write_word(text: str, path: Path) -> None:
    """A Word file with one paragraph per paragraph of the text, the marks of the speakers bold."""
    document = docx.Document()
    document.core_properties.author = "illustrative"
    document.core_properties.created = document.core_properties.modified = WHEN
    for block in text.split("\n\n"):
        paragraph, rest = document.add_paragraph(), block
        if block[:2] in ("I:", "P:"):
            paragraph.add_run(block[:2]).bold, rest = True, block[2:]
        paragraph.add_run(rest)
    buffer = io.BytesIO()
    document.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w") as archive:
        for name in sorted(made.namelist()):
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            archive.writestr(info, made.read(name), zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "demo")
