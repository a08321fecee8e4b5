"""Make data/demo/desk/documents from the illustrative texts in tests/demo_truth/documents.

    python tests/demo_truth/make_documents.py [OUT]

Each text becomes a file of another kind: PDF (set by Typst, hyphenated, with running heads; one
in two columns), DOCX with a table, HTML with the navigation and script of a real page, Markdown,
plain text with hard line ends, and one scanned page without a text layer. The same bytes come
out each time: fixed time stamps, Typst's own fonts.
"""

import datetime
import io
import re
import sys
import zipfile
from pathlib import Path

import typst
from docx import Document

HERE = Path(__file__).resolve().parent
WHEN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
TABLE_ROW = re.compile(r"^\|(.+)\|$")


def blocks(text):
    """(kind, content) for each block: h1, h2, h3, p, item, table (rows of cells)."""
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        while lines and lines[0].startswith("#"):
            marks, _, title = lines.pop(0).partition(" ")
            yield f"h{len(marks)}", title
        if not lines:
            continue
        if TABLE_ROW.match(lines[0]):
            rows = [[c.strip() for c in TABLE_ROW.match(line)[1].split("|")] for line in lines]
            yield "table", [rows[0], *rows[2:]]
        elif all(re.match(r"(- |\d+\. )", line) for line in lines):
            yield from (("item", re.sub(r"^(- |\d+\. )", "", line)) for line in lines)
        else:
            yield "p", " ".join(lines)


def escaped(text):
    return re.sub(r"([#*_$@\\\[\]<>`~])", r"\\\1", text)


def typst_source(text, columns):
    found = list(blocks(text))
    title = next(content for kind, content in found if kind == "h1")
    lines = [
        '#set document(title: "{}")'.format(title.replace('"', "'")),
        f'#set page(paper: "a4", margin: 2.4cm, columns: {columns}, numbering: "1 / 1",'
        f" header: text(8pt)[{escaped(title)} #h(1fr) ILLUSTRATIVE])",
        '#set text(lang: "en", size: 10.5pt, hyphenate: true, font: "Libertinus Serif")',
        "#set par(justify: true)",
    ]
    for kind, content in found:
        if kind == "h1":
            lines.append(f"#heading(level: 1)[{escaped(content)}]")
        elif kind in ("h2", "h3"):
            lines.append(f"#heading(level: {kind[1]})[{escaped(content)}]")
        elif kind == "item":
            lines.append(f"- {escaped(content)}")
        elif kind == "p":
            lines.append(f"{escaped(content)}")
        lines.append("")
    return "\n".join(lines)


def pdf(text, columns=1):
    source = typst_source(text, columns).encode()
    return typst.compile(source, timestamp=WHEN, ignore_system_fonts=True)


def scan(lines):
    """A PDF that holds a picture of text and no text."""
    page = '#set page(paper: "a5", margin: 1.5cm)\n#set text(11pt)\n' + "\n\n".join(lines)
    picture = typst.compile(page.encode(), format="png", ppi=60.0, ignore_system_fonts=True)
    folder = HERE / "scan.tmp"
    folder.mkdir(exist_ok=True)
    (folder / "page.png").write_bytes(picture)
    source = folder / "scan.typ"
    source.write_text('#set page(width: 148mm, height: 210mm, margin: 0pt)\n#image("page.png", width: 100%)\n')
    try:
        return typst.compile(str(source), timestamp=WHEN, ignore_system_fonts=True)
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def docx(text):
    document = Document()
    for kind, content in blocks(text):
        if kind in ("h1", "h2", "h3"):
            document.add_heading(content, level=int(kind[1]))
        elif kind == "item":
            document.add_paragraph(content, style="List Bullet")
        elif kind == "p":
            document.add_paragraph(content)
        else:
            table = document.add_table(rows=len(content), cols=len(content[0]))
            for cells, row in zip(content, table.rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
    about = document.core_properties
    about.author, about.created, about.modified = "illustrative", WHEN, WHEN
    made = io.BytesIO()
    document.save(made)
    return with_fixed_times(made)


def with_fixed_times(archive):
    """The same zip file with one date for all members."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


HTML_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>body {{ font-family: serif; max-width: 40em; margin: auto; }}</style>
<script>var page = {{"kind": "illustrative"}};</script>
</head>
<body>
<header><nav><ul><li><a href="#">Home</a></li><li><a href="#">Open data portal</a></li>
<li><a href="#">Contact</a></li></ul></nav></header>
<div hidden>Cookie notice: this page sets no cookies.</div>
<main>
"""
HTML_FOOT = """</main>
<footer><p>Imprint &middot; Data protection &middot; Digital platform help</p></footer>
</body>
</html>
"""


def safe(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&rsquo;")


def html(text):
    found = list(blocks(text))
    title = next(content for kind, content in found if kind == "h1")
    lines = [HTML_HEAD.format(title=safe(title))]
    for kind, content in found:
        if kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{safe(c)}</td>" for c in row) + "</tr>\n" for row in content)
            lines.append(f"<table>\n{rows}</table>\n")
        else:
            tag = {"item": "li"}.get(kind, kind)
            lines.append(f"<{tag}>{safe(content)}</{tag}>\n")
    return ("".join(lines) + HTML_FOOT).encode()


SCANNED = [
    "CIRCULAR 7/1998 (ILLUSTRATIVE DOCUMENT, scanned)",
    "To all heads of branch libraries of the district of Ashbourne Vale.",
    "Volunteers may be entrusted with the lending desk on Saturdays. The hours are to be entered "
    "in the green book. Keys remain with the staff.",
    "This page is a picture. A text layer has to be added before the workflow can read it.",
]


def make(out):
    """Write all documents into the folder `out`."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    source = {path.stem: path.read_text("utf-8") for path in (HERE / "documents").glob("*.md")}
    made = {
        "D01_policy_brief.pdf": pdf(source["D01_policy_brief"], columns=2),
        "D02_municipal_strategy.pdf": pdf(source["D02_municipal_strategy"]),
        "D03_evaluation_summary.docx": docx(source["D03_evaluation_summary"]),
        "D04_legal_note.docx": docx(source["D04_legal_note"]),
        "D05_platform_page.html": html(source["D05_platform_page"]),
        "D06_participatory_budget.md": source["D06_participatory_budget"].encode(),
        "D07_council_statement.txt": source["D07_council_statement"].encode(),
        "D08_action_plan.html": html(source["D08_action_plan"]),
        "D09_circular_scan.pdf": scan(SCANNED),
    }
    for name, data in made.items():
        (out / name).write_bytes(data)


if __name__ == "__main__":
    default = HERE.parents[1] / "data" / "demo" / "desk" / "documents"
    make(sys.argv[1] if len(sys.argv) > 1 else default)
