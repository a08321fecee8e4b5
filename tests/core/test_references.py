"""The reference lists of the house can be read: every entry is closed and has a key of its own."""

import re

import pytest


@pytest.mark.parametrize("name", ["report/methods.bib", "config/references.bib"])
def test_every_entry_is_closed_and_has_its_own_key(root, name):
    text = (root / name).read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=@)", text)[1:]
    torn = [entry.split(",")[0] for entry in entries if entry.count("{") != entry.count("}")]
    assert torn == []
    keys = [entry.split("{", 1)[1].split(",")[0] for entry in entries]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []
