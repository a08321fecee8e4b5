"""Processor time of the interviews, from import to figures, in checkouts of this project side by side.

    python benchmarks/interviews_speed.py CHECKOUT [CHECKOUT …] [--interviews 60 --words 10000 --segments 15000]

Makes one study of words drawn at random (nobody speaks in it), with a coded project and a table by two
coders, and runs Snakemake up to the figure of the data structure in a copy of each checkout. Each
checkout needs `.venv`. Prints seconds of processor time, of Snakemake and all steps together: up to the
figure, and with the agreement of the coders, which a second start of Snakemake adds.
"""

import argparse
import csv
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

PARTS = ["Snakefile", "config", "envs", "profiles", "report", "workflow", "CITATION.cff"]
WANTED = ["interviews/data_structure.svg", "interviews/figures/data_structure.svg"]
TARGETS = [f"results/{place}" for place in WANTED]
MORE = ["results/interviews/segments.csv", "results/interviews/agreement.csv"]
CODES = 60


def words(draw: random.Random, number: int) -> str:
    """Sentences of invented words."""
    pool = [
        "".join(draw.choice("bdfgklmnprst") + draw.choice("aeiou") for _ in range(draw.randint(1, 4)))
        for _ in range(2000)
    ]
    said, left = [], number
    while left > 0:
        n = min(left, draw.randint(5, 20))
        said.append(" ".join(draw.choice(pool) for _ in range(n)).capitalize() + ".")
        left -= n
    return " ".join(said)


def transcript(draw: random.Random, number: int) -> str:
    """Turns of interviewer and participant."""
    turns, left = [], number
    while left > 0:
        turns.append("I: " + words(draw, 10))
        n = min(left, draw.randint(60, 200))
        turns.append("P: " + words(draw, n))
        left -= n + 10
    return "\n\n".join(turns) + "\n"


def spans(draw: random.Random, text: str, number: int) -> list[tuple[int, int]]:
    """Passages of whole words in the participant's turns."""
    starts = [n + 1 for n, c in enumerate(text[:-400]) if c == " "]
    found = []
    while len(found) < number:
        start = draw.choice(starts)
        end = text.find(" ", start + draw.randint(40, 250))
        if end > 0 and "\n" not in text[start:end]:
            found.append((start, end))
    return found


def study(folder: Path, interviews: int, length: int, segments: int) -> None:
    """A study folder with transcripts, two coders and a data structure."""
    draw = random.Random(1)
    place = folder / "interviews"
    (place / "transcripts").mkdir(parents=True)
    (place / "coded").mkdir()
    codes = [f"Concept {n} in so many words" for n in range(CODES)]
    people, rows, sources = [], [], []
    for number in range(1, interviews + 1):
        name = f"P{number:02d}"
        text = transcript(draw, length)
        (place / "transcripts" / f"{name}.txt").write_text(text, encoding="utf-8")
        people.append([name, f"{name}.txt", f"2026-03-{1 + number % 28:02d}", "yes"])
        found = spans(draw, text, segments // interviews)
        half = len(found) // 2
        marked = "".join(
            f'<PlainTextSelection guid="s{number}-{k}" startPosition="{a}" endPosition="{b}" '
            f'creatingUser="u1"><Coding guid="c{number}-{k}" creatingUser="u1">'
            f'<CodeRef targetGUID="k{k % CODES}"/></Coding></PlainTextSelection>'
            for k, (a, b) in enumerate(found[:half])
        )
        sources.append(
            f'<TextSource guid="t{number}" name="{name}"><PlainTextContent>{escape(text)}'
            f"</PlainTextContent>{marked}</TextSource>"
        )
        rows += [[name, a, b, text[a:b], codes[k % CODES], "C2"] for k, (a, b) in enumerate(found[half:])]
    table(place / "participants.csv", ["participant", "transcript", "date", "consent"], people)
    table(place / "coded" / "b.csv", ["transcript", "start", "end", "text", "code", "coder"], rows)
    table(place / "identities.csv", ["find", "replace"], [["Riverton", "[Town A]"]])
    table(
        place / "gioia.csv",
        ["concept", "theme", "dimension", "factors"],
        [[c, f"Theme {n // 4}", f"Dimension {n // 12}", ""] for n, c in enumerate(codes)],
    )
    book = "".join(f'<Code guid="k{n}" name="{c}" isCodable="true"/>' for n, c in enumerate(codes))
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="x">'
        f'<Users><User guid="u1" name="C1"/></Users><CodeBook><Codes>{book}</Codes></CodeBook>'
        f"<Sources>{''.join(sources)}</Sources></Project>"
    )
    with zipfile.ZipFile(place / "coded" / "a.qdpx", "w") as archive:
        archive.writestr("project.qde", xml)


def table(path: Path, head: list[str], rows: list[list]) -> None:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def measure(checkout: Path, folder: Path, work: Path, agreement: bool) -> None:
    """Print seconds of processor time in a copy of the checkout: to the figure, and with the agreement."""
    copy = work / checkout.name
    copy.mkdir()
    for part in PARTS:
        source = checkout / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, copy / part)
    rules = (checkout / "workflow" / "rules" / "interviews.smk").read_text(encoding="utf-8")
    target = TARGETS["<results>/interviews/figures/" in rules]
    more = [name for name in MORE if name.replace("results", "<results>") in rules]
    figure = _seconds(checkout, copy, folder, [target])
    segments = (copy / "results/interviews/segments.csv").read_text(encoding="utf-8").splitlines()
    print(f"{checkout}: {len(segments) - 1} segments, {figure:.1f} s to the figure", flush=True)
    if agreement:
        both = figure + _seconds(checkout, copy, folder, more)
        print(f"{checkout}: {both:.1f} s with the agreement", flush=True)


def _seconds(checkout: Path, copy: Path, folder: Path, targets: list[str]) -> float:
    """Seconds of processor time of one start of Snakemake."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    snakemake = str(checkout / ".venv" / "bin" / "snakemake")
    command = [snakemake, "--cores", "1", "--quiet", "all", "--config", f"study={folder}", "--", *targets]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Make the study and measure each checkout."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("checkouts", nargs="+", type=Path)
    for name, value in (("interviews", 60), ("words", 10_000), ("segments", 15_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--figure", action="store_true", help="stop at the figure, before the agreement")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        study(work / "study", asked.interviews, asked.words, asked.segments)
        for checkout in asked.checkouts:
            measure(checkout.resolve(), work / "study", work, not asked.figure)


if __name__ == "__main__":
    main()
