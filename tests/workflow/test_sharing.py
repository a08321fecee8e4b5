"""Two studies that share a search: the second takes the results of costly steps from the first."""

import shutil

import pytest

from .conftest import DEMO, contents

pytestmark = pytest.mark.slow
TARGETS = ["<results>/topics/choice_of_number.csv", "<results>/literature/clusters.csv"]
COSTLY = {"import_exports", "find_duplicates", "identify_languages", "compare_topic_numbers"}


def test_the_second_study_of_a_search_runs_no_costly_step(fresh, tmp_path):
    environment = {"SNAKEMAKE_OUTPUT_CACHE": str(tmp_path / "shared")}
    for name in ("one", "far/two"):
        study = fresh.path / name
        shutil.copytree(fresh.path / DEMO / "searches", study / "searches")
        (study / "study.yaml").write_text(f"study: {name}\nresults: {name}/results\ntitle: {name}\n")

    def run(name):
        targets = [target.replace("<results>", f"{name}/results") for target in TARGETS]
        done = fresh.snakemake("--configfile", f"{name}/study.yaml", "--", *targets, environment=environment)
        assert done.returncode == 0, done.stdout[-3000:]
        return done.stdout

    run("one")
    first, second = fresh.path / "one" / "results", fresh.path / "far" / "two" / "results"
    alone = {path.stem for path in first.rglob("*.log") if "taken from" in path.read_text()}
    run("far/two")
    taken = {path.stem for path in second.rglob("*.log") if "taken from" in path.read_text()}
    assert (alone, taken) == (set(), COSTLY)
    assert contents(first) == contents(second)
    assert not [path for path in second.rglob("*") if path.is_symlink()]
    assert "Nothing to be done" in run("far/two")
