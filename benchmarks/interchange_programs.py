"""Zotero and Rayyan themselves, asked what they read; see literature_interchange.py.

Nothing of this project takes part: the programs read a file, and what they made of it is named as in
records.csv.
"""

import collections
import html
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
PORT = 1977
Rows = list[dict[str, str]]


class Zotero:
    """A translation-server of a checkout, answering on 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> "Zotero":
        settings = {"host": "127.0.0.1", "port": PORT}
        self.server = subprocess.Popen(
            ["node", "src/server.js"],
            cwd=self.folder,
            env=os.environ | {"NODE_CONFIG": json.dumps(settings)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(120):
            time.sleep(0.5)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/")
            except urllib.error.HTTPError:
                return self
            except OSError:
                continue
        raise SystemExit("the translation-server does not answer")

    def __exit__(self, *_: object) -> None:
        self.server.terminate()
        self.server.wait()

    def _ask(self, path: str, body: bytes, kind: str) -> bytes:
        asked = urllib.request.Request(f"http://127.0.0.1:{PORT}/{path}", data=body, headers={"Content-Type": kind})
        with urllib.request.urlopen(asked, timeout=600) as answer:
            return answer.read()

    def read(self, content: str) -> list[dict]:
        """The items that Zotero reads; notes and attachments stand beside them."""
        return json.loads(self._ask("import", content.encode(), "text/plain"))

    def write(self, items: list[dict], form: str) -> bytes:
        return self._ask(f"export?format={form}", json.dumps(items).encode(), "application/json")


TYPES = {
    "journalArticle": "article",
    "conferencePaper": "conference paper",
    "bookSection": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "preprint",
    "webpage": "web page",
    "dataset": "dataset",
    "document": "other",
    "manuscript": "preprint",
}
AUTHORS = ("author", "artist", "programmer", "inventor", "director", "podcaster", "contributor")


def of_zotero(found: list[dict]) -> Rows:
    """Zotero's items under the names of records.csv."""
    notes = collections.defaultdict(list)
    for item in found:
        if item["itemType"] == "note":
            text = html.unescape(re.sub(r"<[^>]+>", " ", item["note"]))
            notes[item.get("parentItem")].append(" ".join(text.split()))
    return [_of_item(i, notes[i["key"]]) for i in found if i["itemType"] not in ("note", "attachment")]


def _of_item(item: dict, notes: list[str]) -> dict[str, str]:
    extra = dict(re.findall(r"(?m)^(PMID|DOI|ISSN|Type|Series|Publisher|Place): *(.+)$", item.get("extra", "")))
    more = re.sub(r"(?m)^(PMID|DOI|ISSN|ISBN|[a-z-]+|Citation Key): .*$", "", item.get("extra", ""))
    any_of = lambda *names: next((item[n] for n in names if item.get(n)), "")  # noqa: E731
    return {
        "title": any_of("title", "caseName", "nameOfAct"),
        "abstract": any_of("abstractNote"),
        "authors": "; ".join(_name(c) for c in item["creators"] if c["creatorType"] in AUTHORS),
        "editors": "; ".join(_name(c) for c in item["creators"] if c["creatorType"] == "editor"),
        "year": item.get("date", "")[:4],
        "source": any_of("publicationTitle", "proceedingsTitle", "bookTitle", "websiteTitle", "blogTitle"),
        "volume": any_of("volume"),
        "issue": any_of("issue"),
        "pages": any_of("pages"),
        "doi": any_of("DOI") or extra.get("DOI", ""),
        "pmid": any_of("PMID") or extra.get("PMID", ""),
        "keywords": "; ".join(tag["tag"] for tag in item["tags"]),
        "type": TYPES.get(item["itemType"], item["itemType"]),
        "language": any_of("language"),
        "url": any_of("url"),
        "publisher": any_of("publisher", "institution", "university", "repository"),
        "place": any_of("place", "repositoryLocation"),
        "issn": any_of("ISSN") or extra.get("ISSN", ""),
        "isbn": any_of("ISBN"),
        "series": any_of("series", "seriesTitle"),
        "edition": any_of("edition"),
        "affiliations": "",
        "notes": "; ".join([*notes, *more.split("\n")]).strip("; "),
    }


def _name(creator: dict) -> str:
    if "name" in creator:
        return creator["name"]
    return f"{creator.get('lastName', '')}, {creator.get('firstName', '')}".strip(", ")


# the types that Rayyan names itself, and those of RIS that it hands on
RAYYAN_TYPES = {
    "Journal Article": "article",
    "Thesis": "thesis",
    "Conference Article": "conference paper",
    "Book": "book",
    "CPAPER": "conference paper",
    "CHAP": "chapter",
    "BOOK": "book",
    "RPRT": "report",
    "DATA": "dataset",
    "UNPB": "preprint",
    "GEN": "other",
}


def of_rayyan(content: str, ending: str, folders: list[Path]) -> Rows | str:
    """Rayyan's targets under the names of records.csv, or why Rayyan refuses the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"records.{ending}"
        path.write_text(content, encoding="utf-8", newline="")
        command = ["ruby", str(HERE / "literature_interchange.rb"), str(path), *map(str, folders)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr.strip().split("\n")[0]
    return [_of_target(json.loads(line)) for line in done.stdout.splitlines()]


def _of_target(target: dict) -> dict[str, str]:
    text = lambda name: _joined(target.get(name))  # noqa: E731
    ids = {i["idtype"]: i["value"] for i in target.get("article_ids") or []}
    return {
        "title": text("title"),
        "abstract": text("abstracts"),
        "authors": text("authors"),
        "editors": "",
        "year": str((target.get("date_array") or [""])[0] or ""),
        "source": text("journal_title"),
        "volume": text("jvolume"),
        "issue": text("jissue"),
        "pages": text("pagination"),
        "doi": "",
        "pmid": ids.get("pubmed_id", ""),
        "keywords": text("keywords"),
        "type": RAYYAN_TYPES.get(text("publication_types"), ""),
        "language": text("language"),
        "url": text("url"),
        "publisher": text("publisher_name"),
        "place": text("publisher_location"),
        "issn": text("journal_issn"),
        "isbn": "",
        "series": text("collection"),
        "edition": "",
        "affiliations": text("affiliation"),
        "notes": text("notes"),
    }


def _joined(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(v) for v in value)
    return "" if value in (None, 0) else str(value)
