"""Archives: the same entries give the same bytes, whenever they are written."""

import io
import zipfile

from coproduction.core.archives import WHEN, repacked, zipped

ENTRIES = {"b.txt": b"second", "a/ä.txt": b"first" * 100}


def test_entries_keep_their_order_and_content_and_have_one_day():
    with zipfile.ZipFile(io.BytesIO(zipped(ENTRIES))) as archive:
        assert archive.namelist() == list(ENTRIES)
        assert {name: archive.read(name) for name in ENTRIES} == ENTRIES
        assert {entry.date_time for entry in archive.infolist()} == {WHEN}


def test_an_archive_of_another_day_becomes_the_same():
    dated = io.BytesIO()
    with zipfile.ZipFile(dated, "w") as archive:
        for name, content in ENTRIES.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 12, 0, 0)), content)
    assert repacked(dated.getvalue()) == zipped(ENTRIES)
