"""A broken file gets one sentence, no traceback, and leaves earlier results as they were.

That every table broken in every way is named is tested on the reading functions
(tests/core/test_broken_tables.py); here each file is broken once in the running workflow. Files
that different steps read are broken together, as one run goes on with the steps that can.
"""

import pytest
from breaks import cut_in_the_header, emptied, in_an_older_encoding, without_the_first_column

from .conftest import contents

pytestmark = pytest.mark.slow

READ = [
    "desk/documents.csv",
    "desk/values.csv",
    "qca/calibrated.csv",
    "literature/entries.csv",
    "screening/states.csv",
    "interviews/structure.csv",
    "delphi/ratings.csv",
]
JUDGED = {"ecosystem/judgements.csv": in_an_older_encoding}
INFLUENCES = {"ecosystem/influences.csv": in_an_older_encoding}
ROUNDS = [
    {
        "desk/register.csv": cut_in_the_header,
        "desk/codebook.csv": emptied,
        "screening/criteria.csv": without_the_first_column,
        "interviews/participants.csv": emptied,
        "delphi/statements.csv": in_an_older_encoding,
    },
    {
        "desk/register.csv": emptied,
        "desk/indicators.csv": without_the_first_column,
        "screening/title_abstract.csv": cut_in_the_header,
        "interviews/coded/coder_C1.qdpx": cut_in_the_header,
        "delphi/panel.csv": emptied,
    },
    {
        "screening/full_text.csv": in_an_older_encoding,
        "interviews/coded/coder_C2.csv": without_the_first_column,
        "delphi/rounds.csv": cut_in_the_header,
    },
    {
        "screening/adjudications.csv": emptied,
        "interviews/identities.csv": in_an_older_encoding,
        "qca/memberships.csv": without_the_first_column,
    },
    {
        "screening/retrieval.csv": without_the_first_column,
        "qca/sets.csv": in_an_older_encoding,
        "interviews/gioia.csv": cut_in_the_header,
        "delphi/round2.csv": emptied,
    },
    {"searches/searches.csv": emptied},
]


class Study:
    """The study folder of a checkout, in which files are broken and put back."""

    def __init__(self, checkout):
        self.checkout, self.folder = checkout, checkout.path / "data" / "demo"
        self.before = contents(checkout.path / "results")
        self.good = {}

    def break_files(self, breaks):
        self.good = {self.folder / name: (self.folder / name).read_bytes() for name in breaks}
        for name, broken in breaks.items():
            path = self.folder / name
            path.write_bytes(broken(self.good[path]))

    def fix(self):
        for path, content in self.good.items():
            path.write_bytes(content)

    def refuses(self, breaks, *targets):
        """A run names every broken file, without a traceback, and keeps all results."""
        done = self.checkout.snakemake(*targets)
        assert done.returncode != 0
        closing = done.stdout.split("What to fix:")[-1]
        unnamed = [name for name in breaks if f"data/demo/{name}" not in closing]
        assert unnamed == [], done.stdout[-4000:]
        assert "Traceback" not in done.stdout
        assert contents(self.checkout.path / "results") == self.before


@pytest.mark.parametrize("number", range(len(ROUNDS)))
def test_every_broken_file_is_named_and_nothing_is_lost(again, number):
    study, breaks = Study(again), ROUNDS[number]
    targets = [f"results/{name}" for name in READ]
    study.break_files(breaks)
    study.refuses(breaks, *(targets if number else []))
    if number == 0:  # what is not fixed is not passed over, and what is fixed is as it was
        study.refuses(breaks)
        study.fix()
        assert again.snakemake(*targets).returncode == 0
        assert contents(again.path / "results") == study.before


def test_a_broken_file_of_the_ecosystem_is_named(again):
    """Its steps follow those of all other parts, so that nothing else may be broken with it."""
    study = Study(again)
    study.break_files(JUDGED)
    study.refuses(JUDGED)
    study.fix()
    study.break_files(INFLUENCES)
    study.refuses(INFLUENCES, "results/ecosystem/structure.csv")


def test_a_broken_codebook_of_conditions_is_named(again):
    path, before = again.path / "config" / "factors.csv", contents(again.path / "results")
    path.write_bytes(without_the_first_column(path.read_bytes()))
    done = again.snakemake("results/ecosystem/model.json")
    assert done.returncode != 0
    assert "config/factors.csv" in done.stdout.split("What to fix:")[-1]
    assert "Traceback" not in done.stdout
    assert contents(again.path / "results") == before


def test_a_killed_step_has_a_last_sentence_and_starts_anew(again):
    script, results = again.path / "workflow/scripts/summarise_topics.py", again.path / "results"
    good, before = script.read_text(encoding="utf-8"), contents(results)
    script.write_text("import os\nimport signal\n\nos.kill(os.getpid(), signal.SIGKILL)\n")
    done = again.snakemake("results/topics/status.csv")
    assert done.returncode != 0
    closing = done.stdout.split("What to fix:")[-1]
    assert "The step summarise_topics was stopped from outside" in closing
    assert "Traceback" not in done.stdout
    assert set(contents(results).items()) <= set(before.items())
    script.write_text(good, encoding="utf-8")
    assert "summarise_topics" in again.planned()
    assert again.snakemake("results/topics/status.csv").returncode == 0
    assert contents(results) == before
    assert list(results.rglob("*.part")) == []
