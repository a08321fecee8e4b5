"""What the codes of a sheet mean, where the sheet says it: in a heading (`Ann (1 = exclude, 0 = include)`), in a line
above or below the table, or on another sheet of the workbook.

A legend names at least two of include, exclude and maybe. Where there is none, 1 is include and 0 exclude, and other
codes are asked about; where there is one, it counts, and so a code that it does not name is asked about too.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, workbooks
from coproduction.core.errors import StudyError
from coproduction.screening.decision_words import decision_in, plain_word, says_nothing, says_so
from coproduction.screening.sheet_headings import is_something_else
from coproduction.screening.tables import ANSWERS, TITLE_ABSTRACT

Legend = dict[str, str]  # code, as it is compared, and the word that it stands for

_WORD = r"[\"'“]?(?P<word>[^\W\d_][^\d=:;,/|()\[\]\n\"'”]*)[\"'”]?"
_CODE = r"(?P<code>(?<![\w.])-?\d{1,2}(?![\w.]\d)|(?<!\w)[A-Za-z](?!\w))"
_FORWARD = re.compile(rf"{_CODE}\s*(?:=|:|\s[-–—→]\s|\)\s)\s*{_WORD}")
_BACKWARD = re.compile(rf"{_WORD}\s*(?:=|:)\s*{_CODE}")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_IS_CODE = re.compile(r"-?\d{1,2}\Z|[a-z]\Z")
_LARGEST = 100  # rows of a sheet that explains codes
_NOT_CODED = {*TITLE_ABSTRACT.columns, "title", "year", "doi"} - {"decision"}


def legend_in(text: str, allowed: Callable[[str], bool] = bool) -> Legend:
    """The codes that a text explains; none where it does not name two decisions.

    >>> legend_in("1 = exclude, 0 = include"), legend_in("yes=1; no=2; unclear=3")
    ({'1': 'exclude', '0': 'include'}, {'1': 'yes', '2': 'no', '3': 'unclear'})
    >>> legend_in("1 = English, 2 = other")
    {}
    """
    for pattern in (_FORWARD, _BACKWARD):
        pairs = [(plain_word(match["code"]), match["word"].strip()) for match in pattern.finditer(text)]
        meanings = {
            code: word for code, word in pairs if (allowed(word) or _decision(word) == "maybe") and _decision(word)
        }
        if len({_decision(word) for word in meanings.values() if allowed(word)}) > 1:
            return meanings
    return {}


def _decision(word: str) -> str:
    return decision_in(word, ANSWERS)[0]


def in_words(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The sheet with decisions in the place of codes where it says what they mean, and plain headings.

    Raises StudyError where two legends contradict each other.
    """
    _refuse_halves(list(table), path)
    legends = {name: legend for name in table if (legend := legend_in(name))}
    coded = [name for name in table if name not in legends and _may_be_coded(name, table[name])]
    common: Legend = {}
    if coded:
        common = _agreed(legends.values(), path) if legends else _around(table, path)
    for name in table:
        legend = legends.get(name) or (common if name in coded else {})
        if legend:
            table = table.assign(**{name: [_in_word(cell, legend) for cell in table[name]]})
    plain = {name: _without(name) for name in table if name in legends or _pairs(name)}
    once = {name for name in plain.values() if name and name not in table and [*plain.values()].count(name) == 1}
    return table.rename(columns={name: without for name, without in plain.items() if without in once})


def _may_be_coded(name: str, cells: pd.Series) -> bool:
    """Whether a column may hold decisions as codes: numbers, at least some of them, and nothing but codes and decisions."""
    if name.lower() in _NOT_CODED or is_something_else(name):
        return False
    filled = {plain_word(cell) for cell in cells.unique() if not says_nothing(cell)}
    return any(map(_IS_CODE.match, filled - {"x"})) and all(_IS_CODE.match(c) or _decision(c) for c in filled)


def _in_word(cell: str, legend: Legend) -> str:
    code = plain_word(cell)
    if code in legend:
        return legend[code]
    return f"{cell} (not in the legend)" if _IS_CODE.match(code) else cell


def _without(name: str) -> str:
    """The heading without its legend."""
    plain = _BRACKETS.sub(
        lambda match: "" if legend_in(match.group()) or _pairs(match.group()) else match.group(), name
    )
    if legend_in(plain):
        plain = plain[: min(match.start() for p in (_FORWARD, _BACKWARD) for match in p.finditer(plain))]
    return plain.strip(" :,;-–—?")


def _agreed(legends: Iterable[Legend], path: Path) -> Legend:
    """What all legends say together."""
    common: Legend = {}
    for legend in legends:
        for code, word in legend.items():
            if _decision(common.setdefault(code, word)) != _decision(word):
                raise StudyError(
                    f"the file says both that {code} means {common[code]} and that it means {word}",
                    file=path,
                    remedy="Write include, exclude or maybe instead of the codes, or keep only one explanation of them",
                )
    return common


def _around(table: pd.DataFrame, path: Path) -> Legend:
    """The legend in the rows above and below a table and on the other sheets of its workbook.

    Only what says include and exclude: yes and no may be those of another column.
    """
    rows, lines = people_tables.read_people_rows(path)
    top = min(table.index, default=0)
    explaining_texts = [_explaining_text(row, line < top) for row, line in zip(rows, lines, strict=True)]
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        heads = {name.strip() for name in table}
        for sheet in workbooks.read_sheets(path):
            if len(sheet) <= _LARGEST and not any(heads <= {cell.strip() for cell in row} for row in sheet):
                explaining_texts += [_explaining_text(row, True) for row in sheet]
    _refuse_halves(explaining_texts, path)
    parts = [legend_in(text, says_so) for text in explaining_texts]
    joint_legend = legend_in("\n".join(filter(None, explaining_texts)), says_so)
    return _agreed([*filter(None, parts), joint_legend], path)


def _refuse_halves(texts: list[str], path: Path) -> None:
    """Ask where one code alone is explained, and not as it would be read: "1 = exclude"."""
    pairs = [pair for text in texts for pair in _pairs(text)]
    if (
        len({_decision(word) for _, word in pairs}) == 1
        and pairs[0]
        and _decision(pairs[0][0]) != _decision(pairs[0][1])
    ):
        code, word = pairs[0]
        raise StudyError(
            f"the file says that {code} means {word}, but not what other codes mean",
            file=path,
            remedy="Write include, exclude or maybe instead of the codes, or give the meaning of each: 1 = exclude, "
            "0 = include",
        )


def _pairs(text: str) -> list[tuple[str, str]]:
    """Codes with the words for inclusion and exclusion beside them."""
    return [
        (plain_word(match["code"]), match["word"].strip())
        for pattern in (_FORWARD, _BACKWARD)
        for match in pattern.finditer(text)
        if says_so(match["word"].strip())
    ]


def _explaining_text(row: list[str], pairs: bool) -> str:
    """The text of a row that may explain codes: one cell, or a code beside its meaning."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) == 2 and pairs and _IS_CODE.match(plain_word(cells[0])):
        return " = ".join(cells)
    return cells[0] if len(cells) == 1 or (pairs and len(cells) == 2) else ""
