"""What a page adds to a transcript: its head and foot, the numbers of pages and lines, which nobody says."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

_WORD = r"(?:page|seite|strona|página|pagina|pagină|sida|sivu|side|blz\.?)"
_OF = r"(?:\s*(?:/|of|von|z|de|di|av|van|sur|din)\s*\d+)?"
_NUMBER = re.compile(rf"[-–—]?\s*(?:{_WORD}\s*)?\d{{1,4}}{_OF}\s*[-–—]?", re.IGNORECASE)
_PAGE_LINE = re.compile(rf"^[ \t]*[-–—]?[ \t]*{_WORD}\s*\d{{1,4}}{_OF}[ \t]*[-–—]?[ \t]*$", re.I | re.M)
_NUMBERED_LINE = re.compile(r"[ \t]*(\d{1,5})(?:[.|)]?[ \t]+|[.|)]?$)")
_SPEECH = re.compile(r"\s*(?:\S+\s+)?[^\W\d_][^:\n]{0,30}[:：]\s")  # how a turn begins
_NUMBER_ALONE = re.compile(r"[ \t]*(\d{1,5})[ \t]*$")
_AHEAD = re.compile(r"[ \t]*(\d{1,5})(?:[.|)]?[ \t]+(?=\S)|[ \t]*$)")
_BEHIND = re.compile(r".*?\S(?:[ ]{2,}|\t)[ \t]*(\d{1,5})[ \t]*$")
SPACED = 3  # numbers that lie FAR or more lines apart before they are those of lines
FAR = 3
LINES = 6  # that are numbered before the numbers are those of lines
ENDS = 2  # lines at each end of a page that may be its head or foot


def pages_of(text: str) -> list[str]:
    """The pages of a plain text, by form feeds or by lines such as `Page 3 of 9`; one where there are neither."""
    return text.split("\f") if "\f" in text.strip("\f\n ") else _PAGE_LINE.split(text)


def spoken_lines(pages: Sequence[str]) -> str:
    """The lines of all pages without numbers of pages and lines, and without heads and feet that recur."""
    filled = [page.strip("\n").split("\n") for page in pages if page.strip()]
    page_lines = [_without_ends(lines, lambda line: bool(_NUMBER.fullmatch(line.strip()))) for lines in filled]
    running = _running(page_lines)
    page_lines = [_without_ends(lines, lambda line: _pattern(line) in running) for lines in page_lines]
    return without_line_numbers("\n".join("\n".join(lines) for lines in page_lines))


def _running(pages: Sequence[list[str]]) -> set[str]:
    """The heads and feet of pages, whatever the numbers in them.

    They recur on half of the pages, and on two of them; what begins as a turn does (`P: Yes.`) on all of three or more.
    """
    counts: Counter = Counter()
    for lines in pages:
        filled_lines = [line for line in lines if line.strip()]
        counts.update({_pattern(line) for line in (*filled_lines[:ENDS], *filled_lines[-ENDS:])})
    size = len(pages)
    return {
        line
        for line, n in counts.items()
        if n >= max(2, size / 2) and (not _SPEECH.match(line) or (n == size and size > ENDS))
    }


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _without_ends(lines: list[str], is_of_page) -> list[str]:
    """The lines of a page without those at its ends that are none of the talk, and the empty ones around them."""
    for end in (0, -1):
        for _ in range(ENDS):
            filled = [n for n, line in enumerate(lines) if line.strip()]
            if filled and is_of_page(lines[filled[end]]):
                lines = lines[: filled[-1]] if end else lines[filled[0] + 1 :]
    return lines


def without_line_numbers(text: str) -> str:
    """The text without the numbers of its lines, where each line has one, or each fifth (or second …), and they count up.

    >>> without_line_numbers("\\n".join(f"{n} words" for n in range(1, 8))) == "\\n".join(["words"] * 7)
    True
    """
    lines = text.split("\n")
    heads = [_NUMBERED_LINE.match(line) for line in lines if line.strip()]
    numbers = [int(head[1]) for head in heads if head]
    begun = {head.string[head.end() :].split(" ")[0] for head in heads if head}
    if len(numbers) < max(LINES, len(heads)) or numbers[0] != 1 or len(begun) == 1:  # 1 minute 2 seconds, 1 minute …
        return _without_spaced_numbers(text)
    if any(then != before + 1 and (then != 1 or before < LINES) for before, then in pairwise(numbers)):
        return _without_spaced_numbers(text)
    return "\n".join(_NUMBERED_LINE.sub("", line, count=1) if line.strip() else line for line in lines)


def _without_spaced_numbers(text: str) -> str:
    """The text without numbers ahead of, behind or between its lines that are k, 2k, 3k … where they lie k lines apart.

    Lines are counted with or without the empty ones; a count that begins anew on a page is a count of its own.
    """
    lines = text.split("\n")
    for shape in (_NUMBER_ALONE, _AHEAD, _BEHIND):
        found = {n: match for n, line in enumerate(lines) if (match := shape.match(line))}
        between = shape is _NUMBER_ALONE
        for is_line in (lambda line: True, lambda line: bool(line.strip())):
            places, at = {}, 0
            for n, line in enumerate(lines):
                at += is_line(line) and not (between and n in found)
                places[n] = at
            if numbered := _counted(found, places, least=1 if shape is _BEHIND else 2):  # 1., 2., 3. ahead is a list
                kept = [_unnumbered(line, found[n]) if n in numbered else line for n, line in enumerate(lines)]
                kept = [line for n, line in enumerate(kept) if line or not (between and n in numbered)]
                return _without_margin("\n".join(kept), lines, numbered)
    return text


def _counted(found: Mapping[int, re.Match], places: Mapping[int, int], least: int) -> set[int]:
    """The lines whose numbers are k, 2k, 3k … and lie k lines apart, in one count or several, each of enough numbers."""
    counted: set[int] = set()
    for begin in found:
        step, run = int(found[begin][1]), [begin]
        if step < least or begin in counted:
            continue
        for n in found:
            if n > begin and int(found[n][1]) == step * (len(run) + 1) and places[n] - places[run[-1]] == step:
                run.append(n)
        if any(
            int(found[n][1]) - step == places[n] - places[begin] for n in found if begin < n < run[-1] and n not in run
        ):
            continue  # each line has a number: those of turns or of a list
        if len(run) >= (SPACED if step >= FAR else LINES):
            counted.update(run)
    return counted


def _unnumbered(line: str, numbered: re.Match) -> str:
    return (line[: numbered.start(1)] + line[numbered.end() :]).rstrip()


def _without_margin(text: str, lines: Sequence[str], numbered: Collection[int]) -> str:
    """The text without the blanks that the lines without a number begin with, where nearly all of them do."""
    others = [line for n, line in enumerate(lines) if n not in numbered and line.strip()]
    if 10 * sum(line.startswith((" ", "\t")) for line in others) < 9 * len(others):
        return text
    return re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)
