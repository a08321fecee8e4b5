"""A broken file gets one sentence, no traceback, and leaves earlier results as they were."""

import re

import pytest

from .conftest import contents

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("broken-input")]

TABLES = [
    "desk/register.csv",
    "desk/indicators.csv",
    "desk/codebook.csv",
    "searches/searches.csv",
    "screening/title_abstract.csv",
    "screening/full_text.csv",
    "screening/adjudications.csv",
    "screening/retrieval.csv",
    "interviews/participants.csv",
    "interviews/identities.csv",
    "interviews/gioia.csv",
    "delphi/statements.csv",
    "delphi/panel.csv",
    "delphi/rounds.csv",
]


def cut_in_the_header(content: bytes) -> bytes:
    return content[:5]


def emptied(content: bytes) -> bytes:
    return b""


def in_latin_1(content: bytes) -> bytes:
    lines = content.decode("utf-8-sig").splitlines()
    return "\n".join([*lines[:2], "Müller" + lines[2], *lines[3:]]).encode("latin-1", "replace")


def without_the_first_column(content: bytes) -> bytes:
    return re.sub(rb"^[^,;\t]+", b"renamed", content, count=1)


BREAKS = [cut_in_the_header, emptied, in_latin_1, without_the_first_column]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_broken_in_every_way_is_named(again, table):
    """All four ways in one copy of the study, one after the other."""
    path = again.path / "data" / "demo" / table
    good, before = path.read_bytes(), contents(again.path / "results")
    for broken in BREAKS:
        path.write_bytes(broken(good))
        done = again.snakemake()
        label = f"{table} {broken.__name__}"
        assert done.returncode != 0, label
        closing = done.stdout.split("What to mend:")[-1]
        assert f"data/demo/{table}" in closing, f"{label}: {done.stdout[-2000:]}"
        assert "Traceback" not in done.stdout, label
        assert contents(again.path / "results") == before, label
        if broken is emptied:  # what is not mended is not passed over
            assert again.snakemake().returncode != 0, label
    path.write_bytes(good)
    assert again.snakemake().returncode == 0
    assert contents(again.path / "results") == before
