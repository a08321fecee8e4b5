"""Round trips of the coders' files through QualCoder's and Taguette's own code.

    python benchmarks/interviews_roundtrip.py PEERS_PYTHON QUALCODER_SRC [RESULTS]

PEERS_PYTHON is the Python of an environment with `taguette` and `PyQt6`, QUALCODER_SRC the folder `src` of a checkout
of QualCoder, RESULTS the finished `results/interviews` (with `for_coding/` and `all_codings.qdpx`).

QualCoder: its classes RefiImport and RefiExport run without a screen (dialogs answer by themselves) in a database that
its own statements make. `all_codings.qdpx` goes in, and both its database and its REFI-QDA export are read again.
Taguette: each text goes through its import of documents, each segment becomes a highlight in a database of its own
models, and that is read again. Calibre, which Taguette calls for texts, is replaced by a stand-in that guesses the
encoding as Calibre does (the mark at the beginning, otherwise chardet on the first 4,096 bytes) and makes paragraphs.
Once as handed out, once without the mark.
"""

import ast
import asyncio
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[1] / "workflow" / "scripts"
CALIBRE = """#!{python}
import sys, pathlib, html, chardet
raw = pathlib.Path(sys.argv[1]).read_bytes()
bom = raw.startswith(bytes([239, 187, 191]))
text = raw.decode("utf-8-sig" if bom else chardet.detect(raw[:4096])["encoding"] or "utf-8", "replace")
out = pathlib.Path(sys.argv[2]); out.mkdir()
body = "".join("<p>" + html.escape(" ".join(p.split()), quote=False) + "</p>" + chr(10) for p in text.split(chr(10) * 2))
(out / "index.html").write_text('<html><head><meta charset="utf-8"/></head><body>' + body + "</body></html>", encoding="utf-8")
(out / "content.opf").write_text('<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="index.html" '
    'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>', encoding="utf-8")
"""


def through_qualcoder(source: Path, project: Path, made: Path) -> None:
    """Import a project into QualCoder's database below `made` and export it again as made/again.qdpx."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["HOME"] = str(made)
    (made / ".qualcoder").mkdir()
    sys.path.insert(0, str(source))
    import builtins
    import sqlite3
    from types import SimpleNamespace

    builtins._ = lambda words: words  # type: ignore[attr-defined]
    from PyQt6 import QtWidgets

    application = QtWidgets.QApplication([])
    from qualcoder import refi  # type: ignore[import-not-found]

    folder = made / "study.qda"
    for name in ("images", "audio", "video", "documents"):
        (folder / name).mkdir(parents=True)
    database = sqlite3.connect(folder / "data.qda")
    tree = ast.parse((source / "qualcoder" / "__main__.py").read_text(encoding="utf-8"))
    new = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "new_project")
    for call in (n for n in ast.walk(new) if isinstance(n, ast.Call) and n.args):
        words = call.args[0]
        if isinstance(words, ast.Constant) and str(words.value).upper().startswith("CREATE TABLE"):
            database.execute(words.value)
    database.execute("INSERT INTO project (databaseversion, date, memo) VALUES ('v14', '2026-01-01 00:00:00', '')")
    quiet = SimpleNamespace(exec=lambda: None)
    settings = {"directory": str(made), "codername": "default", "ai_enable": "False"}
    app = SimpleNamespace(
        conn=database,
        settings=settings,
        ai_models=[],
        project_path=str(folder),
        project_name="study.qda",
        version="benchmark",
        write_config_ini=lambda *_: None,
        get_annotations=lambda: [],
    )
    refi.Message = lambda *_: quiet
    refi.QtWidgets.QFileDialog.getOpenFileName = lambda *_, **__: (str(project), True)
    refi.QtWidgets.QFileDialog.getExistingDirectory = lambda *_, **__: str(made)
    chosen = SimpleNamespace(radioButton_maxqda=SimpleNamespace(isChecked=lambda: False))
    refi.RefiLineEndings = lambda *_: SimpleNamespace(exec=lambda: None, ui=chosen)
    said = SimpleNamespace(append=lambda *_: None)
    refi.RefiImport(app, said, "qdpx")
    database.commit()
    refi.RefiExport(app, said, "project")
    shutil.move(made / "study.qdpx", made / "again.qdpx")
    counts = {
        table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("source", "code_name", "code_cat", "code_text", "cases", "attribute")
    }
    (made / "counts.json").write_text(json.dumps(counts), encoding="utf-8")
    database.close()
    del application


def through_taguette(texts: Path, segments: Path, made: Path) -> None:
    """Import texts and tags into Taguette's database, highlight each segment, say how many could be."""
    from taguette import convert  # type: ignore[import-not-found]
    from taguette.database import connect, models  # type: ignore[import-not-found]
    from taguette.import_codebook import list_tags  # type: ignore[import-not-found]

    calibre = made / "calibre"
    calibre.mkdir()
    (calibre / "ebook-convert").write_text(CALIBRE.format(python=sys.executable), encoding="utf-8")
    (calibre / "ebook-convert").chmod(0o755)
    os.environ["CALIBRE"] = str(calibre)
    config = {"CONVERT_TO_HTML_TIMEOUT": 60, "OPF_OUT_SIZE_LIMIT": 10**7, "HTML_OUT_SIZE_LIMIT": 10**8}
    session = connect(f"sqlite:///{made / 'taguette.sqlite3'}")()
    project = models.Project(name="study", description="")
    session.add(project)
    with (texts.parent / "codebook.csv").open("rb") as file:
        tags = {
            tag["path"]: models.Tag(project=project, path=tag["path"], description=tag["description"])
            for tag in list_tags(file)
        }
    with segments.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["start"]]
    garbled = lost = 0
    for path in sorted(texts.glob("*.txt")):
        html = asyncio.run(convert.to_html_chunks(path.read_bytes(), "text/plain", path.name, config))
        document = models.Document(
            name=path.stem,
            description="",
            filename=path.name,
            project=project,
            contents=html,
            text_direction=models.TextDirection.LEFT_TO_RIGHT,
        )
        session.add(document)
        shown = _text(html)
        text = path.read_text(encoding="utf-8-sig")
        ours, theirs = _letters(text), _letters(shown)
        same = [text[n] for n in ours] == [shown[n] for n in theirs]
        garbled += not same
        for row in rows:
            if row["transcript"] != path.stem:
                continue
            own = [k for k, n in enumerate(ours) if int(row["start"]) <= n < int(row["end"])]
            if not same:
                lost += 1
                continue
            first, last = theirs[own[0]], theirs[own[-1]] + 1
            if row["code"] not in tags:
                tags[row["code"]] = models.Tag(project=project, path=row["code"], description="")
            highlight = models.Highlight(
                document=document,
                start_offset=len(shown[:first].encode()),
                end_offset=len(shown[:last].encode()),
                snippet=shown[first:last],
                tags=[tags[row["code"]]],
            )
            session.add(highlight)
    session.commit()
    counts = {"texts garbled": garbled, "segments in these": lost, "tags": len(tags)}
    (made / "counts.json").write_text(json.dumps(counts), encoding="utf-8")


def _letters(text: str) -> list[int]:
    return [n for n, letter in enumerate(text) if not letter.isspace()]


def _text(html: str) -> str:
    """The text of Taguette's HTML, in which its places count bytes."""
    from bs4 import BeautifulSoup, NavigableString

    soup = BeautifulSoup(html, "html5lib")
    return "".join(str(node) for node in soup.body.descendants if isinstance(node, NavigableString))


def read_again(results: Path, files: list[Path], coders: bool) -> dict[str, int]:
    """What our import makes of coded files, beside the segments that were handed out."""
    import pandas as pd

    sys.path.insert(0, str(LIBRARY))
    from coproduction.core.identities import Key
    from coproduction.core.tables import read_result
    from coproduction.interviews import coded_files, tables
    from coproduction.interviews.quote_positions import Study, place_segments

    texts, turns = (read_result(results / f"{t.path.name}", t) for t in (_Form(tables.TEXTS), _Form(tables.TURNS)))
    nothing = read_result(results / "replaced.csv", tables.REPLACED).iloc[:0]
    study = Study(texts, turns, nothing, {}, Key(), 400)
    rows, projects, unread = coded_files.read_coded(files)
    placed = place_segments(rows, coded_files.sources_of(projects), study)
    own = pd.read_csv(results / "segments.csv", keep_default_na=False)
    own = own[own["outcome"].isin(tables.USED)]

    def places(table: pd.DataFrame) -> set[tuple]:
        names = ["transcript", "start", "end", "code", *(["coder"] if coders else [])]
        found = table[table["start"].notna() & (table["start"].astype(str) != "")]
        return {(t, int(a), int(b), *rest) for t, a, b, *rest in found[names].itertuples(index=False)}

    handed_out, back = places(own), places(tables.used(placed))
    return {
        "handed out": len(handed_out),
        "back": len(placed),
        "at the same place": len(handed_out & back),
        "elsewhere": len(back - handed_out),
        "refused": int((placed["outcome"] == "refused").sum()),
        "unread": len(unread),
    }


class _Form:
    """A declared table with the name of its file."""

    def __init__(self, form) -> None:
        self._form = form
        self.path = Path(form.file)

    def __getattr__(self, name: str):
        return getattr(self._form, name)


def main() -> None:
    """Both round trips, printed."""
    if sys.argv[1] == "--qualcoder":
        return through_qualcoder(*map(Path, sys.argv[2:]))
    if sys.argv[1] == "--taguette":
        return through_taguette(*map(Path, sys.argv[2:]))
    peers, qualcoder = sys.argv[1], sys.argv[2]
    results = Path(sys.argv[3] if len(sys.argv) > 3 else "results/interviews").resolve()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        made = work / "qualcoder"
        made.mkdir()
        own = [peers, __file__, "--qualcoder", qualcoder, str(results / "all_codings.qdpx"), str(made)]
        subprocess.run(own, check=True)
        print("QualCoder holds", json.loads((made / "counts.json").read_text(encoding="utf-8")))
        for place in (made / "study.qda" / "data.qda", made / "again.qdpx"):
            print(f"QualCoder, {place.name}:", read_again(results, [place], coders=True))
        for kind in ("as handed out", "without the mark"):
            made = work / f"taguette {kind}"
            shutil.copytree(results / "for_coding", made / "for_coding")
            for path in (made / "for_coding" / "texts").glob("*.txt"):
                text = path.read_text(encoding="utf-8-sig")
                path.write_text(text, encoding="utf-8-sig" if kind == "as handed out" else "utf-8")
            places = [made / "for_coding" / "texts", results / "segments.csv", made]
            subprocess.run([peers, __file__, "--taguette", *map(str, places)], check=True)
            print(f"Taguette, {kind}:", json.loads((made / "counts.json").read_text(encoding="utf-8")))
            print(f"Taguette, {kind}:", read_again(results, [made / "taguette.sqlite3"], coders=False))


if __name__ == "__main__":
    main()
