"""Prepared pieces of the report: tables, figures, notes, in markdown that Quarto and pandoc read.

Only plain constructs are made (pipe tables, figures with an id, callouts), so that one source
renders with either engine. pandas' `to_markdown` was left out: it sets no column widths, captions
or ids and does not escape what people write.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from coproduction.core.column_widths import column_widths
from coproduction.core.text import plural_of

MINUS = "\u2212"
FINE = 300  # dashes below the head of a table, by which widths of columns are told
LONGEST = 300  # rows that are printed of a table that is a result too: some ten pages
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$^~@])")
# signs without a shape, which no font can set; \x0e to \x10 are the marks of core/traced_facts
_SHAPELESS = re.compile("[\x00-\x08\x11-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")


def escape(value: object) -> str:
    """Text of people as literal markdown on one line, without control characters."""
    return _SPECIAL.sub(r"\\\1", " ".join(_SHAPELESS.sub("", str(value)).split()))


def number(value: float | int | None, digits: int = 2) -> str:
    """A number for reading: whole ones without decimals, missing ones as a dash."""
    if value is None or pd.isna(value):
        return "–"
    text = f"{value:z,.{digits}f}" if isinstance(value, float) and digits else f"{value:z,.0f}"
    return text.replace("-", MINUS)


def significant(value: float) -> str:
    """Three significant digits, thousands with a comma."""
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", MINUS)


def p_value(value: float | None) -> str:
    """A p of a table: three decimals, "< 0.001" below that, a dash where there is none."""
    if value is None or pd.isna(value):
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def p_in_words(value: float | None) -> str:
    """A p in a sentence, behind the letter: "= 0.034", "< 0.001", on one line."""
    text = p_value(value)
    return (text if text.startswith("<") else f"= {text}").replace(" ", "\u00a0")


def percent(part: float, whole: float) -> str:
    """`part` of `whole` in per cent without decimals; a dash where there is no whole."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def plural(n: int, one: str, many: str | None = None) -> str:
    """'1 record', '2 records'."""
    return f"{n:,} {one if n == 1 else many or plural_of(one)}"


def table(
    rows: pd.DataFrame | Sequence[Mapping[str, Any]],
    caption: str,
    label: str,
    names: Mapping[str, str] | None = None,
    widths: Sequence[int] | None = None,
    digits: int = 2,
    raw: Sequence[str] = (),
    more: bool = False,
    of_p: Sequence[str] = (),
    rest: str = "",
) -> str:
    """A pipe table with caption and id; `rows` may be a list of dicts; one of `more` goes to the supplement.

    `names` are the headings; `widths` are relative column widths to begin with: the cells decide, see
    `column_widths`; columns in `raw` are markdown already, those in `of_p` hold p values. Numbers are
    set right, text left. A column of text behind the first in which every cell is empty is left out. `rest` is the
    file in the results that has all rows: of more than LONGEST only the first are set, and the caption says so.
    """
    if not isinstance(rows, pd.DataFrame):
        rows = pd.DataFrame(list(rows), columns=None if len(rows) else list(names or {}))
    if rest and len(rows) > LONGEST:
        caption += f" The first {LONGEST} of {len(rows):,}; all are in `{rest}` in the results."
        rows = rows.head(LONGEST)
    widths = widths or [1 if pd.api.types.is_numeric_dtype(rows[name]) else 2 for name in rows]
    filled = [place for place, name in enumerate(rows) if not place or _says_something(rows[name])]
    rows, widths = rows.iloc[:, filled], [widths[place] for place in filled]
    right = [pd.api.types.is_numeric_dtype(rows[name]) for name in rows]
    whole = [pd.api.types.is_integer_dtype(rows[name]) for name in rows]
    decimals = [(0 if w else digits) if r else None for w, r in zip(whole, right, strict=True)]
    head = [(names or {}).get(name, str(name)) for name in rows]
    body = [
        [
            _cell(value, name in raw, name in of_p, places)
            for value, name, places in zip(row, rows, decimals, strict=True)
        ]
        for row in rows.itertuples(index=False)
    ]
    shares = column_widths(head, body, widths)
    rules = ["-" * max(3, round(FINE * share)) for share in shares]
    rules = [rule[:-1] + ":" if r else ":" + rule[1:] for rule, r in zip(rules, right, strict=True)]
    lines = [_line(head), "|" + "|".join(rules) + "|", *map(_line, body)]
    return "\n".join(lines) + f"\n\n: {caption} {{#tbl-{label}{' .more' if more else ''}}}\n"


def _cell(value: Any, is_markdown: bool, is_p: bool, decimals: int | None) -> str:
    """A cell as Markdown; `decimals` of a number, None for text."""
    if decimals is not None:
        return p_value(value) if is_p else number(value, decimals)
    return str(value) if is_markdown else escape(value)


def _says_something(column: pd.Series) -> bool:
    return column.empty or bool((column.astype(str).str.strip() != "").any())


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def figure(path: str, caption: str, label: str, alt: str) -> str:
    """A figure by its path without ending (each format takes its own), with alt text."""
    plain = alt.replace('"', "'")
    return f'![{caption}]({path}){{#fig-{label} fig-alt="{plain}"}}\n'


def callout(kind: str, title: str, content: str) -> str:
    """A note, tip, important or warning box."""
    return f"::: {{.callout-{kind}}}\n## {title}\n\n{content.strip()}\n:::\n"


def paragraphs(*pieces: str) -> str:
    """The pieces that are not empty, one blank line between them."""
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip()) + "\n"
