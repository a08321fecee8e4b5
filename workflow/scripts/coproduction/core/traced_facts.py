"""Where a number in a sentence comes from: facts that remember their place.

`placed(facts, register)` gives the same facts, in which each number (and each text that is a number or
a date) knows its place in them, `rounds.0.responded`. It keeps the place when it is computed with, and
where it becomes text, the text carries a mark. `linked` turns marks into links (`fact:delphi/…`), and
`bare` takes them out again, where Markdown has no room for a link.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from typing import Any
from urllib.parse import quote

Place = tuple[str | int, ...]
SCHEME = "fact:"
_BEGIN, _MIDDLE, _END = "\x0e", "\x0f", "\x10"
_MARK = re.compile(f"{_BEGIN}(\\d+){_MIDDLE}([^{_BEGIN}{_END}]*){_END}")
_OF_MARKS = re.compile(f"[{_BEGIN}{_MIDDLE}{_END}]")  # control characters in words of people
_NUMERIC = re.compile(r"[-−–+±]?\d[-−–+±\d.,:%/ ]*")
_SIGN = re.compile("[=<]\u00a0")  # of a p
_NO_ROOM = re.compile(r"\s*(#|\||: |!\[|>|```|~~~)")  # headings, tables, captions, figures, quotations
_CODE = re.compile(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)|\{[^}]*\}")


class Register:
    """The places that marks stand for, by number."""

    def __init__(self, technique: str) -> None:
        self.technique = technique
        self.places: list[Place] = []

    def mark(self, place: Place, text: str) -> str:
        self.places.append(place)
        return f"{_BEGIN}{len(self.places) - 1}{_MIDDLE}{text}{_END}"

    def link(self, number: int, text: str) -> str:
        """The link of a mark; only the number that `text` begins with is its words."""
        sign = _SIGN.match(text)
        begin = sign.end() if sign else 0
        match = _NUMERIC.match(text, begin)
        if not match or not self.places[number]:
            return text
        words = match[0].rstrip(" ,.:–/")
        key = quote(".".join(map(str, self.places[number])), safe="._~-")
        return f"{text[:begin]}[{words}]({SCHEME}{self.technique}/{key}){text[begin + len(words) :]}"


class _Placed:
    """What numbers, texts, lists and mappings with a place have in common."""

    register: Register
    place: Place

    def at(self, register: Register, place: Place) -> Any:
        self.register, self.place = register, place
        return self


class Whole(_Placed, int):
    def __str__(self) -> str:
        return self.register.mark(self.place, int.__repr__(self))


class Decimal(_Placed, float):
    def __str__(self) -> str:
        return self.register.mark(self.place, f"{float(self):.15g}".replace("-", "\u2212"))


class Words(_Placed, str):
    def __str__(self) -> str:
        return self.register.mark(self.place, "".join(self))


class Rows(_Placed, list):
    pass


class Named(_Placed, dict):
    pass


def placed(value: Any, register: Register, place: Place = ()) -> Any:
    """`value` with the place of each number in it; what is no number, list or mapping stays."""
    if isinstance(value, Mapping):
        entries = {key: placed(rows, register, (*place, key)) for key, rows in value.items()}
        return Named(entries).at(register, place)
    if isinstance(value, (list, tuple)):
        rows = [placed(entry, register, (*place, n)) for n, entry in enumerate(value)]
        return Rows(rows).at(register, place)
    if getattr(value, "ndim", 1) == 0 and hasattr(value, "item"):  # a number of NumPy
        value = value.item()
    return _with_place(value, register, place)


def without(value: Any) -> Any:
    """`value` as it was before `placed`."""
    if isinstance(value, dict):
        return {key: without(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [without(entry) for entry in value]
    for kind, plain in ((Whole, int), (Decimal, float)):
        if isinstance(value, kind):
            return plain(value)
    return bare("".join(value)) if isinstance(value, str) else value


def _with_place(value: Any, register: Register, place: Place) -> Any:
    if isinstance(value, bool):
        return value
    for plain, kind in ((int, Whole), (float, Decimal)):
        if isinstance(value, plain):
            return kind(value).at(register, place)
    if isinstance(value, str) and _NUMERIC.fullmatch(value):
        return Words(value).at(register, place)
    return _OF_MARKS.sub("", value) if isinstance(value, str) else value


def common(one: Place, other: Place) -> Place:
    """The place that holds both.

    >>> common(("rounds", 0, "asked"), ("rounds", 1, "asked"))
    ('rounds',)
    """
    return tuple(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def place_of(values: Iterable[Any]) -> tuple[Register, Place] | None:
    """Where these values come from together; None where none of them has a place."""
    placed_values = [value for value in values if isinstance(value, _Placed)]
    if not placed_values:
        return None
    place = placed_values[0].place
    for value in placed_values[1:]:
        place = common(place, value.place) or place
    return placed_values[0].register, place


def keeping(function: Callable) -> Callable:
    """`function`, what it returns having the place of what it was given."""

    def traced(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        values = [*arguments, *options.values()]
        rows = arguments[0] if arguments and isinstance(arguments[0], (list, tuple)) else []
        origin = place_of(values) or place_of(rows)
        if origin is None:
            return result
        if isinstance(result, str):
            return Words(result).at(*origin)
        return _with_place(result, *origin)

    return traced


def _operate(kind: type, name: str) -> None:
    """Let an operation on numbers of this kind keep their place."""
    integer_operation, decimal_operation = getattr(int, name), getattr(float, name)

    def operation(self: Any, *others: Any) -> Any:
        exact = isinstance(self, int) and all(isinstance(other, int) for other in others[:1])
        result = integer_operation(self, *others) if exact else decimal_operation(float(self), *others)
        if result is NotImplemented:
            return result
        return _with_place(result, *(place_of([self, *others]) or ()))

    setattr(kind, name, operation)


for _kind in (Whole, Decimal):
    for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod"):
        _operate(_kind, f"__{_name}__")
        _operate(_kind, f"__r{_name}__")
    for _name in ("neg", "abs", "round"):
        _operate(_kind, f"__{_name}__")


def bare(text: str) -> str:
    """`text` without marks."""
    while _BEGIN in text:
        text = _MARK.sub(lambda mark: mark[2], text)
    return text


def linked(text: str, register: Register) -> str:
    """Markdown in which each mark is a link, where there is room for one."""
    lines, fence = [], False
    for line in text.split("\n"):
        fence ^= line.lstrip().startswith(("```", "~~~"))
        no_room = fence or _NO_ROOM.match(line)
        lines.append(bare(line) if no_room else _linked_line(line, register))
    return "\n".join(lines)


def _linked_line(line: str, register: Register) -> str:
    line = _CODE.sub(lambda code: bare(code[0]), line)
    while _MARK.search(line):  # a word that is counted may hold a number itself
        line = _MARK.sub(lambda mark: register.link(int(mark[1]), mark[2]), line)
    return line
