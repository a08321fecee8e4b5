"""From the lines of a page to running text: hyphens, running heads, paragraphs, sentences.

Sentence splitters (pysbd, spaCy) were considered: they bring models or rules for one language at a
time; here a split only bounds the excerpt of a passage, so that a few rules do.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

LINE_HYPHEN = re.compile(
    r"(?<![^\W\d_])([^\W\d_]+)(?:\ufffe\n?|[-\u2010\u00ad]\n)[ \t]*([^\W\d_]+)(?:([^\s\ufffe]*)(?:[ \t]|$))?"
)
_LINE_HYPHENS = ("\ufffe", "-\n", "\u2010\n", "\u00ad\n")
_NUMBERS = re.compile(r"\d+")
BULLETS = "•▪◦‣·*–—-"
BULLET = re.compile(rf"[{BULLETS}]\s+")
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
    """How often each word occurs in the texts, in lower case, hyphenated ones as a whole.

    Pieces between blanks are counted first and divided into words once each: texts say the same again and again.
    """
    pieces: Counter = Counter()
    for text in texts:
        pieces.update(text.split())
    counts: dict[str, int] = defaultdict(int)
    for piece, n in pieces.items():
        # the small form of İ is two signs, of which one is no letter
        words = map(str.lower, WORDS.findall(piece)) if "\u0130" in piece else WORDS.findall(piece.lower())
        for word in words:
            counts[word] += n
    return Counter(counts)


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
    pages = [list(filter(str.strip, text.split("\n"))) for text in texts]
    ends = [[_pattern(line) for line in (*lines[:2], *lines[-2:])] for lines in pages]
    counts: Counter = Counter()
    for patterns in ends:
        counts.update(set(patterns))
    filled = sum(1 for lines in pages if lines)
    needed = max(2 if filled <= 3 else 3, MIN_SHARE_OF_PAGES * filled)
    running = {pattern for pattern, n in counts.items() if n >= needed}
    if not running:
        return ["\n".join(lines) for lines in pages]
    return [
        "\n".join(_stripped(lines, running) if running.intersection(patterns) else lines)
        for lines, patterns in zip(pages, ends, strict=True)
    ]


def _pattern(line: str) -> str:
    words = " ".join(line.split()).lower()
    return _NUMBERS.sub("#", words)


def _stripped(lines: list[str], running: set[str]) -> list[str]:
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

    parts, end = [], 0
    for place in _divided(text):
        start = place
        while start > end and _is_letter(text[start - 1]):
            start -= 1
        match = LINE_HYPHEN.match(text, start)
        if match:
            parts += [text[end:start], _joined(match, words)]
            end = match.end()
    parts.append(text[end:])
    return "".join(parts).replace("\ufffe", "-").replace("\u00ad", "")


def _divided(text: str) -> list[int]:
    """Where a hyphen ends a line: one of these is in each match of LINE_HYPHEN."""
    places = []
    for sign in _LINE_HYPHENS:
        place = text.find(sign)
        while place >= 0:
            places.append(place)
            place = text.find(sign, place + 1)
    return sorted(places)


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or (sign.isalnum() and not sign.isdecimal())


def _joined(match: re.Match, words: Counter) -> str:
    """The divided word in one, with its hyphen where it has one."""
    first, second, tail = match.groups()
    hyphened, joined = words.get(f"{first}-{second}".lower(), 0), words.get(f"{first}{second}".lower(), 0)
    if "\u00ad" in match.group():
        keep = False
    elif hyphened or joined:
        keep = hyphened > joined
    else:
        keep = first.lower() in JOINED or second[0].isupper()
    word = f"{first}-{second}" if keep else f"{first}{second}"
    return word if tail is None else f"{word}{tail}\n"  # the line ends after the word


def paragraphs(text: str) -> str:
    """Lines joined to paragraphs, one per line.

    A new paragraph starts after an empty line, at a bullet, after a line that ends a sentence well
    before the margin, and around short lines that look like headings.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    widths = sorted(map(len, filter(None, lines)))
    typical = widths[int(0.75 * (len(widths) - 1))] if widths else 0
    out: list[str] = []
    fresh = True
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not line:
            fresh = True
            continue
        short = len(line) < 0.8 * typical  # others end no paragraph
        numbered = short and line[0].isdigit() and _numbered_heading(line, following, typical)
        out.append("\n" if fresh or numbered or (line[0] in BULLETS and BULLET.match(line)) else " ")
        out.append(line)
        fresh = numbered or (short and _closes(line, following, typical))
    return "".join(out[1:])


def _closes(line: str, following: str, typical: int) -> bool:
    """Whether the paragraph ends with this short line, judged by its length and its last character."""
    if not following or following[0].islower():
        return False
    heading = len(line) < 0.55 * typical and line[-1] not in ",;-–" and line[0].isupper()
    return heading or line[-1] in ".!?:"


def _numbered_heading(line: str, following: str, typical: int) -> bool:
    """A short numbered line that ends without a mark, before a line that starts anew."""
    return (
        bool(following and NUMBER.match(line))
        and len(line) < 0.55 * typical
        and line[-1] not in ".!?:,;-–"
        and not following[0].islower()
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence in running text (paragraphs on lines of their own)."""
    spans = []
    for paragraph in re.finditer(r"[^\n]+", text):
        start = paragraph.start()
        for end in SENTENCE_END.finditer(text, paragraph.start(), paragraph.end()):
            if not _abbreviated(text, start, end.start()):
                spans.append((start, end.end()))
                start = end.end()
        spans.append((start, paragraph.end()))
    trimmed = (_trimmed(text, *span) for span in spans)
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
    inner = piece.strip()
    lead = piece.find(inner)
    bullet = BULLET.match(piece, lead) if inner and inner[0] in BULLETS else None
    return start + (bullet.end() if bullet else lead), start + lead + len(inner)
