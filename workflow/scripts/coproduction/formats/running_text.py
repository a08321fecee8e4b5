"""From the lines of a page to running text: hyphens, running heads, paragraphs, sentences.

Sentence splitters (pysbd, spaCy) were considered: they bring models or rules for one language at a
time; here a split only bounds the excerpt of a passage, so that a few rules do.
"""

import re
from collections import Counter
from collections.abc import Iterable

LINE_HYPHEN = re.compile(
    r"(?<![^\W\d_])([^\W\d_]+)(?:\ufffe\n?|[-\u2010\u00ad]\n)[ \t]*([^\W\d_]+)(?:([^\s\ufffe]*)(?:[ \t]|$))?"
)
BULLET = re.compile(r"[•▪◦‣·*–—-]\s+")
_JOINED = """
all anti best bottom by co cross cyber e ex first follow full half high hard in know large
life long low medium mid mobile multi neo new non off old on one open out part peer post
pre pro real right risk second self semi short single small socio state third top two up
user well wide year
"""
JOINED = frozenset(_JOINED.split())
_ABBREVIATIONS = """
e.g i.e cf etc vs al art arts no nos nr dr mr mrs ms prof fig figs tab vol pp p ch sec
para par ed eds approx incl resp ca est st bzw z.b d.h u.a abs vgl inc ltd
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*(?=\s+[\"“‘(\[•–-]*[A-ZÀ-ÖØ-Þ0-9])")
NUMBER = re.compile(r"(?:\d{1,2}\.)*\d{1,2}\.?[ ]+(?=[^\W\d_a-zß-öø-ÿ])")  # of a heading: '2.1 Aims'
WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MIN_SHARE_OF_PAGES = 0.3  # heads of left and right pages may differ


def vocabulary(texts: Iterable[str]) -> Counter:
    """How often each word occurs in the texts, in lower case, hyphenated ones as a whole."""
    found: Counter = Counter()
    for text in texts:
        # the small form of İ is two signs, of which one is no letter
        found.update(map(str.lower, WORDS.findall(text)) if "\u0130" in text else WORDS.findall(text.lower()))
    return found


def clean_pages(texts: list[str], unit: str, words: Counter) -> list[str]:
    """Running text of each page; `words` (of all documents) decides about hyphens at line ends.

    The lines of a section (DOCX, HTML, Markdown) are paragraphs already.
    """
    if unit == "page":
        texts = without_running_lines(texts)
    joined = [join_hyphens(text, words) for text in texts]
    return joined if unit == "section" else [paragraphs(text) for text in joined]


def without_running_lines(texts: list[str]) -> list[str]:
    """Pages without heads and feet: first or last two lines that recur, whatever the numbers in them.

    They recur on at least 30 % of the pages that have text, and on three (two in short documents).
    """
    if len(texts) < 2:
        return texts
    pages = [[line for line in text.split("\n") if line.strip()] for text in texts]
    counts: Counter = Counter()
    for lines in pages:
        counts.update({_pattern(line) for line in (*lines[:2], *lines[-2:])})
    filled = sum(1 for lines in pages if lines)
    needed = max(2 if filled <= 3 else 3, MIN_SHARE_OF_PAGES * filled)
    running = {pattern for pattern, n in counts.items() if n >= needed}
    return ["\n".join(_stripped(lines, running)) for lines in pages]


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())


def _stripped(lines: list[str], running: set[str]) -> list[str]:
    lines = list(lines)
    for end in (0, -1):
        for _ in range(2):
            if lines and _pattern(lines[end]) in running:
                lines.pop(end)
    return lines


def join_hyphens(text: str, words: Counter) -> str:
    """Join words that were divided at a line end and keep the hyphen of those that have one.

    PDFium writes U+FFFE for a hyphen at a line end whichever it is. The word is looked up in the
    documents: 'self-efficacy' there keeps the hyphen, 'intermediaries' joins; where neither
    occurs, only a first part that commonly takes a hyphen (self, third, non …) keeps it.
    """

    def joined_words(match: re.Match) -> str:
        first, second, tail = match.group(1), match.group(2), match.group(3)
        hyphened, joined = f"{first}-{second}".lower(), f"{first}{second}".lower()
        if "\u00ad" in match.group():
            keep = False
        elif words[hyphened] or words[joined]:
            keep = words[hyphened] > words[joined]
        else:
            keep = first.lower() in JOINED or second[0].isupper()
        word = f"{first}-{second}" if keep else f"{first}{second}"
        return word if tail is None else f"{word}{tail}\n"  # the line ends after the word

    whole = LINE_HYPHEN.sub(joined_words, text)
    return whole.replace("\ufffe", "-").replace("\u00ad", "")


def paragraphs(text: str) -> str:
    """Lines joined to paragraphs, one per line.

    A new paragraph starts after an empty line, at a bullet, after a line that ends a sentence well
    before the margin, and around short lines that look like headings.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    widths = sorted(len(line) for line in lines if line)
    typical = widths[int(0.75 * (len(widths) - 1))] if widths else 0
    out: list[str] = []
    fresh = True
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not line:
            fresh = True
            continue
        if fresh or BULLET.match(line) or _numbered_heading(line, following, typical):
            out.append(line)
        else:
            out[-1] += " " + line
        fresh = _closes(line, following, typical)
    return "\n".join(out)


def _closes(line: str, following: str, typical: int) -> bool:
    """Whether the paragraph ends with this line, judged by its length and its last character."""
    short = len(line) < 0.8 * typical
    starts_anew = bool(following) and not following[0].islower()
    ends_sentence = line[-1] in ".!?:"
    heading = len(line) < 0.55 * typical and line[-1] not in ",;-–" and line[0].isupper()
    if _numbered_heading(line, following, typical):
        return True
    return starts_anew and short and (ends_sentence or heading)


def _numbered_heading(line: str, following: str, typical: int) -> bool:
    """A short numbered line that ends without a mark, before a line that starts anew."""
    return (
        bool(NUMBER.match(line) and following)
        and len(line) < 0.55 * typical
        and line[-1] not in ".!?:,;-–"
        and not following[0].islower()
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence in running text (paragraphs on lines of their own)."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        start = paragraph.start()
        for end in SENTENCE_END.finditer(text, paragraph.start(), paragraph.end()):
            if not _abbreviated(text, start, end.start()):
                found.append((start, end.end()))
                start = end.end()
        found.append((start, paragraph.end()))
    trimmed = (_trimmed(text, *span) for span in found if text[slice(*span)].strip())
    return [(start, end) for start, end in trimmed if start < end]


def _abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or a list number."""
    if text[stop] != ".":
        return False
    words = text[start:stop].lower().split()
    last = words[-1].lstrip('(["“‘') if words else ""
    numbered = len(words) == 1 and last.replace(".", "").isdigit()
    return last in ABBREVIATIONS or (len(last) == 1 and last.isalpha()) or numbered


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    bullet = BULLET.match(piece, lead)
    return start + (bullet.end() if bullet else lead), start + len(piece.rstrip())
