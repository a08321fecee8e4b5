"""One entry as a file holds it, before any of its values is understood."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class RawEntry:
    """Tags and values of one entry in file order.

    `line` is where the entry begins (a person's editor counts the same way; for spreadsheets it is
    the row). `problem` says why the entry cannot be read; `mended` what was put right to read it.
    """

    line: int
    fields: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    mended: str = ""

    def __bool__(self) -> bool:
        return bool(self.fields or self.problem)
