"""What changed since the last run: a file of its own, and a few words at the end of the run."""

import csv

import pytest
from coproduction import since_last_run


@pytest.fixture
def results(tmp_path):
    """Write tables of a run: `results(factors=[("Trust", 1, "high")], decisions=[("S1", "in")])`."""

    def write(factors=(), decisions=()):
        for folder in ("ecosystem", "delphi"):
            (tmp_path / folder).mkdir(exist_ok=True)
        rows = "".join(f"{rank},{name},{sure},favours\n" for name, rank, sure in factors)
        (tmp_path / "ecosystem" / "factors.csv").write_text("rank,name,confidence,side\n" + rows)
        rows = "".join(f"{name},{verdict},settled\n" for name, verdict in decisions)
        (tmp_path / "delphi" / "decisions.csv").write_text("statement,verdict,decision\n" + rows)
        return tmp_path

    return write


def listed(folder):
    with (folder / "logs" / "changes.csv").open(encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def test_the_first_run_has_nothing_to_be_compared_with(results):
    folder = results([("Trust", 1, "high")])
    assert since_last_run.since_last_run(folder) == ""
    assert not (folder / "logs" / "changes.csv").exists()


def test_nothing_changed(results):
    folder = results([("Trust", 1, "high")])
    since_last_run.since_last_run(folder)
    assert "No decision, verdict or rank has changed" in since_last_run.since_last_run(folder)
    assert listed(folder) == []


def test_ranks_and_verdicts_that_changed_are_listed_and_counted(results):
    since_last_run.since_last_run(results([("Trust", 1, "high"), ("Law", 2, "low")], [("S1", "none")]))
    folder = results([("Trust", 2, "high"), ("Law", 1, "low")], [("S1", "in"), ("S2", "out")])
    said = since_last_run.since_last_run(folder)
    assert listed(folder) == [
        ["verdict", "S1", "none", "in"],
        ["verdict", "S2", "", "out"],
        ["decision on a statement", "S2", "", "settled"],
        ["rank of a condition", "Trust", "1", "2"],
        ["rank of a condition", "Law", "2", "1"],
    ]
    assert "Since the last run: 2 verdicts, 1 decision on a statement, 2 ranks of conditions" in said
    assert "-  verdict, S1: none → in, and 1 more" in said
    assert "-  rank of a condition, Trust: 1 → 2, and 1 more" in said
    assert "-  decision on a statement, S2: new → settled\n" in f"{said}\n"
    folder = results([("Trust", 2, "high")], [("S1", "in")])
    since_last_run.since_last_run(folder)
    assert ["verdict", "S2", "out", ""] in listed(folder)


def test_the_columns_that_are_compared_are_in_the_tables():
    from coproduction import reference

    declared = {form.file: form.columns for form in reference.declared_tables() if not form.people}
    for name, keys, column, _ in since_last_run.COMPARED:
        assert {*keys, column} <= set(declared[name]), name


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("verdict", "verdicts"),
        ("rank of a condition", "ranks of conditions"),
        ("state of a record", "states of records"),
        ("decision on a statement", "decisions on statements"),
    ],
)
def test_plurals(one, many):
    assert since_last_run._many(one) == many
