"""Real exports that nobody here made: entries by an independent count are all accounted for."""

import csv
import json
import re
from collections import defaultdict

import bibtexparser
import pytest
import rispy
from coproduction.formats.references.missing import is_missing
from coproduction.literature.importing import read_file, recognise

# Not exports: R data, and the taxonomies beside OGRX's papers.
LEFT_OUT = re.compile(r"\.rda$|ogrx_(?!papers)")


BY_ENDING = {".rdf": r"<z:itemType>", ".xml": r"<record>|<article ", ".bib": r"(?m)^@", ".nbib": r"(?m)^PMID-"}
BY_START = {"FN ": r"(?m)^PT ", "PT\t": r"(?m)^[JBSC]\t"}


def count(name: str, data: bytes) -> int:
    """Entries by the plainest means for the format, independent of the code under test."""
    text = re.sub(r"\r\n?", "\n", data.decode("utf-8-sig"))
    pattern = BY_ENDING.get("." + name.rsplit(".", maxsplit=1)[-1]) or BY_START.get(text[:3])
    pattern = pattern or (r"(?m)^TY  -" if re.search(r"(?m)^TY  -", text) else "")
    if pattern:
        return len(re.findall(pattern, text))
    if name.endswith(".json"):
        return len(json.loads(text)["data"])
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter(text)))
    return len([row for row in rows if any(row)]) - 1


def delimiter(text: str) -> str:
    return max(",;\t", key=text.splitlines()[0].count)


def exports(folder):
    return [p for p in sorted((folder / "bib").iterdir()) if not LEFT_OUT.search(p.name)]


def test_every_entry_of_every_real_export_is_accounted_for(shared_data):
    files = exports(shared_data)
    assert len(files) > 45
    for path in files:
        data = path.read_bytes()
        one = read_file(path.name, data)
        assert one.found == count(path.name, data), path.name
        for entry in one.refused:
            assert "neither title" in entry["reason"]


def test_nothing_of_any_real_entry_is_lost(shared_data):
    for path in exports(shared_data):
        data = path.read_bytes()
        one, (form, content, _) = read_file(path.name, data), recognise(path.name, data)
        kept = defaultdict(list)
        for number, values in (
            *((e["number"], map(str, e.values())) for e in one.entries),
            *((c["number"], [c["raw"]]) for c in one.changes),
            *((o["number"], [o["value"]]) for o in one.other),
        ):
            kept[number] += values
        entries = (raw for raw in form.read(content) if not raw.outside)
        for number, raw in enumerate(entries, 1):
            if number in kept:
                text = "\n".join(kept[number])
                lost = [
                    tag
                    for tag, value in raw.fields
                    if not is_missing(value) and value not in text and not all(word in text for word in value.split())
                ]
                assert not lost, (path.name, number)


def test_same_values_as_rispy_on_clean_files(shared_data):
    for name in ("citesource_stage_wos_278.ris", "revtools_restoration_scopus.ris"):
        path = shared_data / "bib" / name
        theirs = rispy.loads(path.read_text(encoding="utf-8-sig"))
        ours = read_file(name, path.read_bytes()).entries
        assert len(ours) == len(theirs)
        for mine, other in zip(ours, theirs, strict=True):
            assert mine["year"] == other["year"][:4]
            names = [*other.get("authors", []), *other.get("first_authors", [])]
            assert len(mine["authors"].split("; ")) == len(set(names or [""]))
            assert mine["doi"] == other.get("doi", "").lower()


def test_same_values_as_bibtexparser_on_clean_files(shared_data):
    for number in (1, 2, 4, 5):
        path = shared_data / "bib" / f"wos_bibtex_imaginaries_{number}.bib"
        theirs = bibtexparser.parse_string(path.read_text()).entries
        ours = read_file(path.name, path.read_bytes()).entries
        assert len(ours) == len(theirs)
        for mine, other in zip(ours, theirs, strict=True):
            field = {k.lower(): str(f.value).strip("{}") for k, f in other.fields_dict.items()}
            assert mine["accession"] == field["unique-id"]
            assert mine["year"] == field["year"]
            assert mine["volume"] == field.get("volume", "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("asreview_embase.csv", {"year": "2014", "volume": "3", "issue": "3", "pages": "152-160"}),
        ("litstudy_springer_full.csv", {"authors": "Pallipuram, Vivek K.; Bhuiyan, Mohammad; Smith, Melissa C."}),
        ("tethne_wos2.txt", {"authors": "Veerasingam, S.; Vethamony, P.; Murali, Mani R.; Babu, M. T."}),
        ("tethne_zotero.rdf", {"doi": "10.2307/2441258", "source": "American Journal of Botany"}),
        ("ogrx_papers.json", {"authors": "Capra, Carlo Francesco", "year": "2016"}),
    ],
)
def test_first_entry_of_difficult_files(shared_data, name, expected):
    first = read_file(name, (shared_data / "bib" / name).read_bytes()).entries[0]
    assert {k: first[k] for k in expected} == expected
