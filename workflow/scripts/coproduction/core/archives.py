"""Zip archives and identifiers that depend on nothing but what is in them, not on the hour or the machine."""

import io
import uuid
import zipfile
import zlib
from collections.abc import Mapping

# what reading an archive raises that was cut off, damaged, locked with a password or packed in an odd way
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
BROKEN = (*DAMAGED, OSError)  # where nothing is unpacked, for which a disk may have no room
WHEN = (2020, 1, 1, 0, 0, 0)
_ROOT = uuid.UUID("6f3b6c1e-52f5-5a0b-9a43-0d7b7a3c51d2")


def guid(*parts: object) -> str:
    """A GUID that depends on the parts alone, so that the same content gives the same bytes."""
    return str(uuid.uuid5(_ROOT, "\x1f".join(map(str, parts))))


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """An archive of the named entries, in their order, all of one fixed day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def repacked(raw: bytes) -> bytes:
    """The same entries as in the archive `raw`, which a library has dated with the time of writing."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
