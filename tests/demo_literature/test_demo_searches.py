"""The bundled searches and screening are what their makers make, and agree with the truth."""

import csv
import io
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "demo_truth"))

import make_decisions  # noqa: E402
import make_searches  # noqa: E402

SEARCHES = ROOT / "data" / "demo" / "searches"
TRUTH = ROOT / "tests" / "demo_truth"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with header."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


@pytest.fixture(scope="module")
def records():
    return make_searches.read_records()


@pytest.mark.parametrize("maker", [make_searches, make_decisions], ids=lambda m: m.__name__)
def test_makers_reproduce_the_committed_files(maker):
    for path, content in maker.make().items():
        assert path.read_bytes() == content, f"{path.name}: run tests/demo_truth/{maker.__name__}.py"


def test_records_are_complete_and_openly_artificial(records):
    factors = {row["id"] for row in rows(ROOT / "config" / "factors.csv")}
    assert [r["id"] for r in records] == [f"T{i:03d}" for i in range(1, 151)]
    by_id = {r["id"]: r for r in records}
    for record in records:
        words = len(record["abstract"].split())
        assert words == 0 or 90 <= words <= 170, record["id"]
        assert 2004 <= record["year"] <= 2025
        assert set(record["factors"]) <= factors, record["id"]
        assert record.get("lookalike", "T001") in by_id
        assert record["databases"]
        assert set(record["databases"]) <= set(make_searches.FILES)
        doi = make_searches.bibliographic(record)["doi"]
        assert doi.startswith("10.5555/") or record["nodoi"] is True
        verdict = {record["title_abstract"], record.get("full_text", "include")}
        assert verdict <= {"include", "not_retrieved", *make_decisions.REASONS}, record["id"]
        assert ("full_text" in record) == (record["title_abstract"] == "include"), record["id"]
    assert sum(not r["abstract"] for r in records) == 5


def test_abstracts_do_not_share_sentences(records):
    sentences = Counter(s.strip() for r in records for s in r["abstract"].split(".") if len(s.split()) > 6)
    assert [s for s, n in sentences.items() if n > 1] == []


def test_relevant_works_touch_every_factor(records):
    """No factor of the codebook is without a study in the truth."""
    touched = {f for r in records if r["title_abstract"] == "include" for f in r["factors"]}
    assert touched == {row["id"] for row in rows(ROOT / "config" / "factors.csv")}


def test_every_entry_is_accounted_for():
    entries = Counter(row["file"] for row in rows(TRUTH / "duplicates.csv"))
    counted = {
        "scopus.csv": len(rows(SEARCHES / "scopus.csv")),
        "wos.txt": (SEARCHES / "wos.txt").read_text("utf-8-sig").splitlines().count("ER"),
        "assia.ris": (SEARCHES / "assia.ris").read_text("utf-8").splitlines().count("ER  - "),
        **{
            name: (SEARCHES / name).read_text("utf-8").count("\n}\n")
            for name in ("library.bib", "registry.bib", "references.bib")
        },
    }
    assert (
        entries
        == counted
        == {"scopus.csv": 126, "wos.txt": 114, "assia.ris": 48, "library.bib": 7}
        | {"registry.bib": 3, "references.bib": 5}
    )


def test_every_work_is_present_once_as_first():
    table = rows(TRUTH / "duplicates.csv")
    first = [row["truth"] for row in table if row["relation"] == "first"]
    assert sorted(first) == [f"T{i:03d}" for i in range(1, 151)]
    assert Counter(row["relation"] for row in table) == {"first": 150, "duplicate": 153}
    within = Counter((row["file"], row["truth"]) for row in table)
    assert sum(n - 1 for n in within.values()) == 5


def test_each_fault_occurs_in_the_exports():
    done = {f for row in rows(TRUTH / "duplicates.csv") for f in row["faults"].split(";")}
    planned = {fault.__name__ for faults in make_searches.DIRT.values() for fault, _, _ in faults}
    assert planned <= done


def test_look_alikes_point_at_each_other():
    pairs = {(r["truth"], r["looks_like"]) for r in rows(TRUTH / "duplicates.csv") if r["looks_like"]}
    assert pairs
    assert {(b, a) for a, b in pairs} == pairs


def test_register_counts_differ_for_the_hand_search_only():
    entries = Counter(row["file"] for row in rows(TRUTH / "duplicates.csv"))
    beyond = {r["file"]: int(r["hits"]) - entries[r["file"]] for r in rows(SEARCHES / "searches.csv")}
    assert {file for file, n in beyond.items() if n} == {"library.bib"}
    assert beyond["library.bib"] == 3


def test_screening_is_in_progress_with_realistic_agreement(records):
    decided = rows(TRUTH / "decisions.csv")
    given: dict[str, dict[str, str]] = {}
    for row in decided:
        if row["stage"] == "title_abstract":
            given.setdefault(row["truth"], {})[row["reviewer"]] = row["decision"]
    both = [tuple(v[r] for r in ("R1", "R2")) for v in given.values() if len(v) == 2]
    assert len(records) - len(both) == 25
    agreed = sum(a == b for a, b in both) / len(both)
    share = [Counter(pair[i] for pair in both) for i in (0, 1)]
    chance = sum(share[0][k] * share[1][k] for k in share[0]) / len(both) ** 2
    assert 0.65 <= (agreed - chance) / (1 - chance) <= 0.8
    settled = Counter(row["stage"] for row in rows(TRUTH / "adjudications.csv"))
    conflicts = sum(a != b for a, b in both)
    assert conflicts - settled["title_abstract"] == 2
    assert Counter(row["status"] for row in rows(TRUTH / "retrieval.csv"))["not_retrieved"] == 2


def test_reasons_are_the_codes_of_the_study():
    for row in rows(TRUTH / "decisions.csv"):
        assert row["decision"] in ("include", "exclude", "maybe")
        assert (row["reason"] in make_decisions.REASONS) == (row["decision"] == "exclude")
