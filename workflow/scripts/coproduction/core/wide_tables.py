"""Tables that people lay out wide, a row for each case and a column for each set, brought to their long form.

So keep their data the programs of QCA, and so come matrices of influences from workshops: what the long form says in a
column of names stands in the headings.
"""

from collections.abc import Sequence
from pathlib import Path

from coproduction.core.table_shape import as_in_schema, check_cells, check_doubled
from coproduction.core.tables import Table
from coproduction.core.workbooks import TITLE_ROWS

NOTHING = frozenset(["", "0", "0.0", "-", "–", "—", "x", "X", "."])  # what stands where a row meets its own column


def long_form(
    rows: list[list[str]], lines: list[int], form: Table, path: str | Path
) -> tuple[list[list[str]], list[int]]:
    """The rows and their numbers with one row for each cell of a wide table; as they are for every other table.

    A table is wide where its form says by which columns it may be (`Table.wide`), the first of them is there (or stands
    under no heading in the first place, as R writes the names of rows) and the two others are not. Raises StudyError where
    a heading appears twice or cells go with none.
    """
    if form.wide is None:
        return rows, lines
    key, name, value = form.wide
    for top, row in enumerate(rows[:TITLE_ROWS]):
        header = _header(row, form)
        if {name, value} & set(header):
            return rows, lines
        if key in header and len(_named(header, form)) > 1:
            check_doubled(header, path, lines[top])
            check_cells(rows[top + 1 :], lines[top + 1 :], header, form, path)
            return _long(rows[top + 1 :], lines[top:], header, form)
    return rows, lines


def _header(row: Sequence[str], form: Table) -> list[str]:
    """The headings as the schema spells them; the first is that of the key where it is empty or says more (from \\ to)."""
    header = as_in_schema(list(row), form)
    key, name = form.wide[:2] if form.wide else ("", "")
    first = header[0].casefold() if header else name
    both = first.startswith(key) and first.endswith(name) and first not in (key, name)
    if key not in header and header and (both or (not first and not form.directed)):
        header[0] = key
    return header


def _named(header: Sequence[str], form: Table) -> list[tuple[int, str]]:
    """The columns that stand for names, by their places."""
    return [(at, heading) for at, heading in enumerate(header) if heading and heading not in form.columns]


def _long(rows: list[list[str]], lines: list[int], header: list[str], form: Table) -> tuple[list[list[str]], list[int]]:
    """The long form of the rows below a header, whose number is the first of `lines`."""
    key, name, value = form.wide or ("", "", "")
    kept = [(at, heading) for at, heading in enumerate(header) if heading in form.columns]
    long_rows, long_lines = [[*(heading for _, heading in kept), name, value]], [lines[0]]
    key_at = header.index(key)
    for row, line in zip(rows, lines[1:], strict=True):
        filled = [*row, *[""] * (len(header) - len(row))]
        for at, heading in _named(header, form):
            if form.directed and heading.casefold() == filled[key_at].casefold() and filled[at] in NOTHING:
                continue  # what something is to itself
            long_rows.append([*(filled[place] for place, _ in kept), heading, filled[at]])
            long_lines.append(line)
    return long_rows, long_lines
