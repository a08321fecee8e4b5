"""The benchmark of deduplication: what it reads, how it counts, how it enlarges."""

import importlib.util

import pandas as pd
import pytest

TABLE = pd.DataFrame(
    {
        "ID": list("abcdef"),
        "title": ["River care", "River care", "Home help", "Home help", "Home help", "Ferry"],
        "author": ["Alder B.Birch A.", "Alder, B.", "Elm D.", "Elm D.", "Elm D.", "Fir E."],
        "volume": ["1", "1", "2", "2", "2", "3"],
    }
)
TRUTH = [["a", "b"], ["c", "d", "e"]]


@pytest.fixture(scope="module")
def sets(root):
    spec = importlib.util.spec_from_file_location("sets", root / "benchmarks" / "dedup_sets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_forms_of_a_set_say_the_same(sets, tmp_path):
    for name in ("merged", "pairs", "cluster"):
        (tmp_path / name).mkdir()
    TABLE.to_csv(tmp_path / "merged" / "records_pre_merged_part1.csv", index=False)
    merged = pd.DataFrame({"merged_ids": ["a;b", "c;d", "d;e"]})
    merged.to_csv(tmp_path / "merged" / "merged_record_ids.csv", index=False)
    TABLE.rename(columns={"author": "authors"}).to_csv(tmp_path / "pairs/records.csv", index=False)
    pairs = pd.DataFrame({"one": ["b", "e", "c"], "other": ["a", "d", "e"]})
    pairs.to_csv(tmp_path / "pairs" / "pairs.csv", index=False)
    clusters = TABLE.assign(cluster=["1", "1", "2", "2", "2", ""])
    clusters.to_csv(tmp_path / "cluster" / "records.csv", index=False)
    for folder in sets.sets_in([tmp_path]):
        records, truth = sets.load(folder)
        assert truth == TRUTH
        assert records["author"][0] == "Alder B.; Birch A."
    assert [f.name for f in sets.sets_in([tmp_path])] == ["cluster", "merged", "pairs"]


def test_truth_about_strange_records_is_refused(sets, tmp_path):
    TABLE.to_csv(tmp_path / "records.csv", index=False)
    pd.DataFrame({"merged_ids": ["a;z"]}).to_csv(tmp_path / "merged_record_ids.csv", index=False)
    with pytest.raises(SystemExit, match="'z'"):
        sets.load(tmp_path)


def test_counts_by_record_and_by_pair(sets):
    """Works: ab, cde, f. Found: ab right; c with f wrong, so that f is lost; d and e are left."""
    quality = sets.quality(list("abcdef"), [["a", "b"], ["c", "f"]], TRUTH)
    assert (quality["lost"], quality["left"]) == (1, 2)
    assert quality["FPR"] == pytest.approx(1 / 3)
    assert quality["recall"] == pytest.approx(1 / 3)
    assert (quality["false pairs"], quality["missed pairs"]) == (1, 3)
    assert quality["pair precision"] == pytest.approx(1 / 2)
    assert quality["pair recall"] == pytest.approx(1 / 4)
    perfect = sets.quality(list("abcdef"), TRUTH, TRUTH)
    assert (perfect["FPR"], perfect["recall"], perfect["false pairs"]) == (0, 1, 0)


def test_counts_by_label_of_doubles(sets):
    records = TABLE.assign(label=["Duplicate"] * 5 + [""])
    quality = sets.judged(records, [["a", "b"], ["e", "f"]], [])
    assert quality == {"FPR": 1.0, "recall": pytest.approx(3 / 5), "lost": 1, "left": 2}


def test_enlarged_set_is_the_same_every_time_and_knows_its_truth(sets, tmp_path):
    TABLE.to_csv(tmp_path / "records.csv", index=False)
    pd.DataFrame({"merged_ids": ["a;b", "c;d;e"]}).to_csv(tmp_path / "merged_record_ids.csv", index=False)
    one = sets.load(tmp_path)
    records, truth = sets.grown([one], 10)
    again, _ = sets.grown([sets.load(tmp_path)], 10)
    pd.testing.assert_frame_equal(records, again)
    assert len(records) == records["ID"].nunique() == 10
    assert [len(group) for group in truth] == [2, 3, 2, 2]  # the last is cut
    titles = records.set_index("ID")["title"]
    assert all(len(set(titles[group])) == 1 for group in truth)
    assert titles["s0_a_0"] != titles["s0_a_1"]


def test_corrections_and_replies_count_neither_way_in_the_second_count(sets):
    about = "Home help in five villages"
    titles = {
        "a": about,
        "b": about + ".[Erratum appears in J Rivers. 2010;85(11):911]",
        "c": f"Erratum to: {about}",
        "d": f"{about} - Reply",
        "e": f"{about} (vol 85, pg 553, 2010)",
        "f": f"{about} (Journal of Rivers (2009) 360 (542-544))",
        "g": f"{about} (multiple letters) [1]",
        "h": "Correction: ferries",  # labelled as one with its copy only
        "i": "Correction: ferries",
        "j": "Errata notes",  # labelled as one with a record without title
        "k": "",
        "l": "Correction of eyesight by care at home",
    }
    records = pd.DataFrame({"ID": list(titles), "title": list(titles.values())})
    truth = [list("abcdefg"), ["h", "i"], ["j", "k"]]
    assert sets.notices(records, truth) == set("cdefg")
    for found in ([["a", "b"], ["h", "i"]], [list("abcdefg"), ["h", "i"]]):
        quality = sets.judged(records, found, truth)
        assert quality["notices"] == 5
        assert (quality["FPR without"], quality["left without"]) == (0, 1)
        assert quality["missed pairs without"] == 1
    lost = sets.judged(records, [["a", "l"]], truth)
    assert lost["FPR without"] == pytest.approx(1 / 4)


def test_records_that_the_import_refuses_are_not_compared(sets, root, monkeypatch):
    monkeypatch.syspath_prepend(root / "benchmarks")
    benchmark = importlib.import_module("literature_dedup")
    nothing = {"ID": ["g", "h"], "title": ["", ""], "author": ["", ""], "volume": ["3", "3"]}
    records = pd.concat([TABLE, pd.DataFrame(nothing)]).assign(booktitle="")
    entries = benchmark.as_entries(records)
    assert entries["file"].tolist() == list("abcdef")
    assert entries["authors"][1] == "Alder, B."
