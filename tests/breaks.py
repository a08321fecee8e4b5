"""Ways in which a file that people keep gets broken."""

import re


def cut_in_the_header(content: bytes) -> bytes:
    """Broken off after a few letters."""
    return content[:5]


def emptied(content: bytes) -> bytes:
    """Nothing left."""
    return b""


def in_an_older_encoding(content: bytes) -> bytes:
    """Saved in an encoding of one country's Windows, with a letter that is another one elsewhere."""
    lines = content.decode("utf-8-sig").splitlines()
    return "\n".join([*lines[:2], "Wałęsa" + lines[2], *lines[3:]]).encode("cp1250", "replace")


def without_the_first_column(content: bytes) -> bytes:
    """The first column under another name."""
    return re.sub(rb"^[^,;\t]+", b"renamed", content, count=1)


BREAKS = [cut_in_the_header, emptied, in_an_older_encoding, without_the_first_column]
