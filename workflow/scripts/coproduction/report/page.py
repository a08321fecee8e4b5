"""What a finished page needs so that it works alone: in one file, on any screen, without scripts.

Both engines write tables and figures as plain HTML. Here tables get a box of their own that scrolls
where the screen is too narrow, and style, scripts and figures go into the page itself (pandoc does the
latter too, but takes a second of computing time for a page with twenty figures).
"""

import base64
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coproduction.core import tables
from coproduction.core.errors import StudyError

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_HEAD_CELL = re.compile(r"<th(?![\w-])(?![^>]*\bscope=)")
_STYLE = re.compile(r'<link rel="stylesheet" href="([^":]+)"\s*/?>')
_SCRIPT = re.compile(r'<script src="([^":]+)"></script>')
_KINDS = {"svg": "svg+xml", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}
_IMAGE = re.compile(rf'(<img\b[^>]*?\bsrc=")([^":]+\.({"|".join(_KINDS)}))"', re.IGNORECASE)


def whole(page: str, folder: Path) -> str:
    """The page with the styles, scripts, figures and pictures of `folder` in it.

    Raises StudyError where one of them is not there.
    """
    page = _STYLE.sub(lambda m: f"<style>\n{_text(folder, m.group(1))}</style>", page)
    page = _SCRIPT.sub(lambda m: f"<script>\n{_text(folder, m.group(1))}</script>", page)
    return _IMAGE.sub(lambda m: f'{m.group(1)}{_data(folder, m.group(2))}"', page)


def furnished(page: str) -> str:
    """The page with each table in a box that scrolls, its heads marked as those of columns.

    >>> furnished('<table><caption>Table 1: Words</caption><th>a</th></table>')[:66]
    '<div class="table-scroll" role="region" tabindex="0" aria-label="Ta'
    """
    return _TABLE.sub(_boxed, page)


def _boxed(match: re.Match[str]) -> str:
    table = _HEAD_CELL.sub('<th scope="col"', match.group(0))
    caption = _CAPTION.search(table)
    words = " ".join(html.unescape(_TAGS.sub("", caption.group(1))).split()) if caption else "Table"
    label = html.escape(words, quote=True)
    return f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">{table}</div>'


def _text(folder: Path, name: str) -> str:
    return _bytes(folder, name).decode("utf-8")


def _data(folder: Path, name: str) -> str:
    kind = _KINDS[name.rsplit(".", 1)[-1].lower()]
    return f"data:image/{kind};base64,{base64.b64encode(_bytes(folder, name)).decode('ascii')}"


def _bytes(folder: Path, name: str) -> bytes:
    path = folder / name
    if not path.is_file():
        raise StudyError(
            f"the report shows {name}, which does not exist",
            remedy="Correct the name in the text, or remove the figure",
        )
    return path.read_bytes()


def finish(path: Path, about: Mapping[str, Any]) -> None:
    """Furnish a finished page in its place."""
    tables.write_text(furnished(path.read_text(encoding="utf-8")), path)
