"""Who speaks where: the turns of a transcript, in the layouts that people and programs write.

A turn begins where a line says who speaks: `Name: words`, also with a time before or behind the name
(f4, MAXQDA, noScribe, whisperX, Rev) or behind a number, name and time on a line of their own (Otter,
Trint, Teams, Zoom), a tab or a dash behind the name, the cells of a table, the name in brackets, or
alone on a line. The layout that explains most lines is taken; a label that it knows also begins a turn
within a paragraph, between brackets until they close. What the names mean is not judged here.
No package reads these layouts: those of the programs' makers read their own JSON.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from coproduction.formats.transcripts.files import Transcript

OFTEN = 3  # lines that a word begins before it may be a speaker
SURELY = 4  # lines that marks of the settings begin before a list (A., B.) is no other layout
_T = r"\d{1,2}[:;]\d{1,2}(?:[:;]\d{1,2})?(?:[.,:;-]\d{1,3})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?(?!\w))?"
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ \t]+)?"  # WhatsApp
_SPAN = rf"{_T}(?:[ \t]*(?:-?->|-|–|—)[ \t]*{_T})?"
_SECONDS = r"\d{1,5}(?:\.\d{1,3})?s(?:[ \t]*-?->[ \t]*\d{1,5}(?:\.\d{1,3})?s)?"
_STAMP = rf"(?:[\[(#<{{][ \t]*(?:{_DAY}{_SPAN}|{_SECONDS})[ \t]*[\])#>}}]|{_DAY}{_SPAN})"
_NAME = (
    r"(?P<name>\?{1,4}|\[?[^\W\d_][^\n\t:：\[\](){}<>#|]{0,59}?(?::(?:innen|in|r)|[ ]?#\d{1,2})?\]?)"  # Interviewer:in
)
_COLON = r"(?:[ \t]*(?:::?(?=\s|$|\*\*)|：)(?:\*\*)?)"
_BETWEEN = r"(?:[-–—|•·][ \t]+)?"  # a name and a time
_NUMBER = r"(?:(?:[\[(]?§?\d{1,4}[.)\]]?|>>|[-•])[ \t]+|[–—―][ \t]*)?"  # of a turn or a line; or a mark of a list
_ASIDE = rf"(?:[ \t]*(?!{_STAMP})(?:\([^()\n]{{1,60}}\)|\[[^\[\]\n]{{1,60}}\]))?"  # who that is: (External), [mayor], (w, 45)
# In each layout: `name`, and `time` or `later` where a time goes with it.
_SHAPES = {
    "colon": rf"^[ \t]*{_NUMBER}(?:(?P<time>{_STAMP})[ \t]*(?:[-–—][ \t]+)?)?\*{{0,2}}{_NAME}\*{{0,2}}{_ASIDE}"
    rf"(?:[ \t]*(?P<later>{_STAMP}))?{_COLON}[ \t]*",
    "time before": rf"^[ \t]*@?(?P<time>{_STAMP})[ \t]+{_BETWEEN}{_NAME}{_ASIDE}[ \t]*$",
    "time behind": rf"^[ \t]*{_NAME},?{_ASIDE}[ \t]+{_BETWEEN}(?P<time>{_STAMP})[ \t]*$",
    "time above": rf"^[ \t]*(?P<time>{_STAMP})[ \t]*\n{{1,2}}{_NAME}[ \t]*$(?=\n)",
    "time below": rf"^{_NAME}[ \t]*\n{{1,2}}(?P<time>{_STAMP})[ \t]*$(?=\n)",
    "tab": rf"^[ ]*(?:\d+\t+)?(?:(?P<time>{_STAMP})\t+)?{_NAME}[ ]*\t+(?:(?P<later>{_STAMP})\t+)?(?=\S)",
    "tab behind": rf"^[ ]*(?:(?P<time>{_STAMP})\t+)?(?P<words>\S[^\n]*?)[ ]*\t+{_NAME}[ ]*$",
    "time between": rf"^[ \t]*{_NAME}[ \t]+(?P<time>[\[(][ \t]*{_SPAN}[ \t]*[\])])[ \t]+(?=\S)",
    "dash": rf"^[ \t]*{_NAME}[ \t]+(?:[-–—→]|->)[ \t]+(?=\S)",
    "own line": rf"^{_NAME}[ \t]*$(?=\n{{1,2}}\S)",
    "letter": rf"^[ \t]*{_NUMBER}(?P<name>[A-Z]{{1,3}}\d{{0,2}})(?:[.;)>/-]|[ ]?->)[ \t]+(?=\S)",
    "bar": rf"^[ \t]*{_NAME}[ \t]*\|[ \t]*(?=\S)",
    "colon close": rf"^[ \t]*{_NUMBER}{_NAME}:(?=[^\s/\d])",
    "brackets": r"^[ \t]*[\[(<{【［〔](?P<name>[^\W\d_][^\n\[\]()<>{}】］〕]{0,39})(?:[\])>}][ \t]+|[】］〕][ \t]*)(?=\S)",
    "number": r"^[ \t]*(?P<name>#?\d{1,2}):[ \t]+(?=\S)",
    "spaces": rf"^{_NAME}[ ]{{3,}}(?=\S)",
}
_LAYOUTS = {  # Teams and French put blanks that do not break
    name: re.compile(shape.replace(r"[ \t]", "[ \\t\u00a0]"), re.MULTILINE) for name, shape in _SHAPES.items()
}
_TIMED = {"time before", "time behind", "time above", "time below"}
_MARKED = re.compile(
    rf"[ \t]*(?:[\[(#<{{][ \t]*(?:{_SPAN}|{_SECONDS})[ \t]*[\])#>}}]|^[ \t]*{_SPAN}[ \t]*$)", re.MULTILINE
)
_AT_START = re.compile(rf"(?:[\[(#<{{][ \t]*({_SPAN})[ \t]*[\])#>}}]|({_SPAN})(?:\t|[ ]*\n))\s*")
_AT_END = re.compile(rf"(?:\s*[\[(#<{{][ \t]*({_SPAN})[ \t]*[\])#>}}]|\s*\n[ \t]*({_SPAN}))\s*\Z")
_LANGUAGE = re.compile(r"[ \t]*[(\[]([A-Z]{2})[)\]]")
_TIMED_WORDS = re.compile(rf"({_SPAN})[ \t]+(?=\S)")
_TIME = re.compile(rf"{_T}|\d{{1,5}}(?:\.\d{{1,3}})?s")
_NO_NAME = re.compile(r"\b(?:19|20)\d\d\b|^[AP]\.?M\.?$", re.IGNORECASE)  # March 1, 2026, 10:00 AM: when, not who
_ENDS = re.compile(r"\w{5,}\.$")
_BEGINS_WITH_TIME = re.compile(rf"{_STAMP}(?![\d:])")
_FOOTER = re.compile(
    r"^[ \t]*(?:Transcribed by https?://\S+|Transcription ended after [\d:]+)[ \t]*$", re.MULTILINE | re.IGNORECASE
)  # Otter, Google Meet
_CLOSES = {"[": "]", "(": ")", "<": ">", "//": "//"}
MARKED, PLAIN = "(set apart)", "(plain)"  # who speaks where letters alone tell it
_DOUBTED = re.compile(r"[^\W\d_]\w{0,11}[ ]?\?{1,3}")  # P1?: who transcribed was not sure
_NUMBERED = re.compile(r"[ \t_-]*\d+$")
_GENERIC = re.compile(
    r"(?:[A-Z]|(?-i:[A-Z]{2}))(?:[ _-]?\d+|[ _-](?-i:[A-Z]))?|"
    r"(?:speaker|spk|voice|unknown(?: speaker)?|person|sprecher(?:in)?|rozmówca|głos|"
    r"locuteur|intervenant|hablante|orador|spreker|parlante|oratore|#?\d)(?:[ _-]?(?:#?\d+|(?-i:[A-Z])))?|"
    r"\((?:set apart|plain)\)|\?+",
    re.IGNORECASE,
)  # what programs and people write where they name nobody


@dataclass(frozen=True)
class Turn:
    """What one speaker says until another speaks: `text[start:end]`.

    label: who speaks, as the transcript says it; empty where it says nobody. `label_at` is the place
    of the label, time when it begins (for f4, ends) as the transcript writes it.
    """

    label: str
    start: int
    end: int
    time: str = ""
    label_at: tuple[int, int] | None = None


@dataclass(frozen=True)
class Turns:
    """The turns of a transcript in order, and words that might be speakers but begin few lines."""

    turns: list[Turn]
    layout: str
    doubtful: dict[str, int]


def find_turns(transcript: Transcript, known: Collection[str] = (), excluded: Collection[str] = ()) -> Turns:
    """The turns of a transcript; what precedes the first one belongs to nobody.

    known: labels that are speakers even where they begin one line only; excluded: words that are no
    speakers. Without any label each paragraph is a turn of nobody in particular.
    """
    if transcript.voices:
        return Turns(_of_voices(transcript, {name.casefold() for name in excluded}), "voices", {})
    body = transcript.text[: transcript.end]
    if footer := _FOOTER.search(body):
        body = body[: footer.start()]
    sure = {name.casefold() for name in [*known, *transcript.voices]}
    never = {name.casefold() for name in excluded}
    layout, heads, accepted = _chosen(body, sure, never)
    if layout in _TIMED:
        body = _without_last_remark(body, accepted)
    if not heads:
        spans = [m.span() for m in re.finditer(r"\S(?:.|\n(?!\n))*", body)]
        letters = _by_letters(spans, transcript)
        turns = [_turn(body, label, *span, "", None) for span, label in zip(spans, letters, strict=True)]
        return Turns(_timed(turns, transcript), "letters" if any(letters) else "", _doubtful(body, never, sure))
    turns = [
        _turn(body, part.label, part.start, part.end, part.time, part.label_at)
        for part in _parts(body, heads, layout, [*known, *transcript.voices])
    ]
    turns = [piece for turn in turns for piece in _without_headings(turn, transcript) if piece.end > piece.start]
    turns = _by_language(turns, body)
    turns = _times_ahead(_times_above(turns, body, heads), body)
    doubtful = _doubtful(body, accepted | never, sure) if layout == "colon" else {}
    if layout == "tab":  # above the first turn are the headings of the columns
        doubtful = _doubtful(body[heads[0].start() :], accepted | never, sure, layout)
    return Turns(_timed(turns, transcript), layout, doubtful)


def _times_above(turns: Sequence[Turn], body: str, heads: Sequence[re.Match]) -> list[Turn]:
    """The turns with the times that stand on a line above them, where those of the first do and no head has its own."""
    timed = any(head.groupdict().get("time") or head.groupdict().get("later") for head in heads)
    if timed or not _AT_END.search("\n" + body[: heads[0].start()]):
        return list(turns)
    timed_turns, before = [], 0
    for turn in turns:
        above = _AT_END.search("\n" + body[before : turn.label_at[0]]) if turn.label_at else None
        match = _TIME.search(above[1] or above[2]) if above else None
        timed_turns.append(replace(turn, time=match[0] if match else ""))
        before = turn.end
    return timed_turns


def _by_language(turns: Sequence[Turn], body: str) -> list[Turn]:
    """The turns, where labels come with several languages (`P (DE):`, `P (EN):`) each as another speaker, who is asked about."""
    codes = [_LANGUAGE.match(body, turn.label_at[1]) if turn.label_at else None for turn in turns]
    told: dict[str, set[str]] = {}
    for turn, code in zip(turns, codes, strict=True):
        told.setdefault(turn.label, set()).add(code[1] if code else "")
    return [
        replace(turn, label=f"{turn.label} ({code[1]})") if code and len(told[turn.label]) > 1 else turn
        for turn, code in zip(turns, codes, strict=True)
    ]


def _times_ahead(turns: list[Turn], body: str) -> list[Turn]:
    """The turns without the times that their words begin with, where those of nearly all do (`0:03 We came.`)."""
    begun = [_TIMED_WORDS.match(body, turn.start, turn.end) for turn in turns]
    if len(turns) < OFTEN or 10 * sum(map(bool, begun)) < 9 * len(turns):
        return turns
    return [
        replace(turn, start=match.end(), time=turn.time or match[1]) if match else turn
        for turn, match in zip(turns, begun, strict=True)
    ]


def _of_voices(transcript: Transcript, never: Collection[str]) -> list[Turn]:
    """The turns of a file that marks its speakers itself; what bears no mark is nobody's."""
    text, turns = transcript.text, list[Turn]()
    names = sorted(transcript.voices, key=lambda name: (-len(name), name))
    ends = [*(at for at, _ in transcript.times[1:]), len(text)]
    for (at, time), end in zip(transcript.times, ends, strict=True):
        voice = next((name for name in names if text.startswith(f"{name}: ", at)), "")
        label = re.sub(r"[ \t]*\([^()]*\)$", "", voice) or voice  # without who that is: (External)
        start = at + len(voice) + 2 if voice else at
        turn = _turn(text, label, start, end, time, (at, at + len(label)) if voice else None)
        if turn.end > turn.start and not (voice and label.casefold() in never):
            turns.append(turn)
    return turns


def _by_letters(spans: Sequence[tuple[int, int]], transcript: Transcript) -> list[str]:
    """Who speaks in each paragraph where the questions are in other letters than the answers; nobody else."""
    stand_out = transcript.marked or transcript.headings
    marked = [any(start <= first and last <= end for first, last in stand_out) for start, end in spans]
    if min(sum(marked), len(marked) - sum(marked)) < 2:
        return [""] * len(spans)
    return [MARKED if bold else PLAIN for bold in marked]


def _without_headings(turn: Turn, transcript: Transcript) -> Iterator[Turn]:
    """What is said before, between and behind the headings of the document that lie within a turn."""
    start, at = turn.start, turn.label_at
    for first, last in transcript.headings:
        if turn.start < first and last <= turn.end:
            yield _turn(transcript.text, turn.label, start, first, turn.time, at)
            start, at = last, None
    yield turn if start == turn.start else _turn(transcript.text, turn.label, start, turn.end, turn.time, at)


def _parts(body: str, heads: list[re.Match], layout: str, known: Collection[str]) -> Iterator[Turn]:
    """What lies behind each head until the next, cut where a known label follows within it."""
    names = {head["name"] for head in heads} | set(known)
    shape = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    within = re.compile(
        rf"(?:(?<=[.?!…\"”’»)\]][ \t])|(?P<opened>[\[(<]|//)[ \t]*)(?P<name>(?:{shape})(?:[ ]?\d+)?)"
        rf"(?:[ \t]*(?P<later>{_STAMP}))?[ \t]*[:：](?=\s)"
    )
    ends = [head.start() for head in heads[1:]] + [len(body)]
    for head, end in zip(heads, ends, strict=True):
        groups = head.groupdict()
        time = groups.get("time") or groups.get("later") or ""
        label, start = _label(head), head.end()
        if layout == "tab behind":
            yield Turn(label, *head.span("words"), time, head.span("name"))
            continue
        label_at: tuple[int, int] | None = head.span("name")
        for inner in within.finditer(body, start, end) if layout.startswith("colon") else ():
            if inner.start() < start:
                continue
            yield Turn(label, start, inner.start(), time, label_at)
            closed = _closed(body, inner, end) if inner["opened"] else None
            if closed is None:
                label, start, label_at = _label(inner), inner.end(), inner.span("name")
                time = inner["later"] or ""
            else:
                aside = inner["later"] or ""
                yield Turn(_label(inner), inner.end(), closed, aside, inner.span("name"))
                start, label_at = closed + len(_CLOSES[inner["opened"]]), None
        yield Turn(label, start, end, time, label_at)


def _without_last_remark(body: str, accepted: Collection[str]) -> str:
    """The text without what a program says of a speaker at the end: `Ann Lee stopped transcription`."""
    before, _, line = body.rstrip().rpartition("\n\n")
    words = line.casefold()
    for label in accepted:
        remark = words.removeprefix(f"{label} ")
        if before and remark != words and "\n" not in line and len(remark.split()) <= 6 and line[-1].isalpha():
            return before
    return body


def _closed(body: str, opened: re.Match, end: int) -> int | None:
    """Where the bracket closes that a label within a turn begins; None where it does not."""
    begins, ends = opened["opened"], _CLOSES[opened["opened"]]
    place = body.find(ends, opened.end(), end)
    while place >= 0 and begins != ends:  # (I: yes (laughs) so)
        inside = body[opened.end() : place]
        if inside.count(begins) <= inside.count(ends):
            break
        place = body.find(ends, place + 1, end)
    return place if place >= 0 else None


def _label(head: re.Match) -> str:
    name = " ".join(head["name"].split())
    return name.strip("[] ") if name.startswith("[") else name


def _chosen(body: str, sure: set[str], never: set[str]) -> tuple[str, list[re.Match], set[str]]:
    """The layout that explains most lines, its lines, and the labels in it."""
    best: tuple[str, list[re.Match], set[str]] = ("", [], set())
    certain = False
    for layout, shape in _LAYOUTS.items():
        heads = list(shape.finditer(body))
        often = Counter(_label(head).casefold() for head in heads)
        short = layout.startswith("colon")  # Interv.: a sentence does not end so
        heads = [head for head in heads if _may_be_a_name(head["name"], often[_label(head).casefold()], short)]
        heads = [head for head in heads if _label(head).casefold() not in never]
        if short:
            heads = _below_the_head(body, heads)
        if layout in _TIMED and not _speak(body, heads):
            continue
        accepted = _accepted(layout, heads, sure)
        accepted_heads = [head for head in heads if _label(head).casefold() in accepted]
        marks = sum(_is_known(label, sure) for label in accepted) >= 2
        if len(accepted_heads) > len(best[1]) and (marks or not certain):
            best, certain = (layout, accepted_heads, accepted), marks and len(accepted_heads) >= SURELY
    return best


def _below_the_head(body: str, heads: list[re.Match]) -> list[re.Match]:
    """The heads without those of a form above the talk: `Date: …`, `Interviewer: …` line by line.

    It ends with the paragraph before the first label that comes again; where that is within the first
    paragraph, each label of the form comes once there, and most of them never again.
    """
    often = Counter(_label(head).casefold() for head in heads)
    if heads and (form := _form(body, heads[0].start())):
        form_labels = [_label(head).casefold() for head in heads if head.start() < form]
        if len(set(form_labels)) == len(form_labels) >= 3 and 2 * sum(often[label] == 1 for label in form_labels) > len(
            form_labels
        ):
            return [head for head in heads if head.start() >= form]
    first = next((n for n, head in enumerate(heads) if often[_label(head).casefold()] > 1), 0)
    above = body[: heads[first].start()].rstrip() if heads else ""
    lines = [line for line in above.rpartition("\n\n")[2].split("\n") if line.strip()]
    form_lines = [line for line in lines if _LAYOUTS["colon"].match(line)]
    return heads[first:] if len(form_lines) == len(lines) >= 2 else heads


def _form(body: str, start: int) -> int:
    """Where the paragraph ends that begins with the line at `start`, if each of its lines is `Label: words`; else 0."""
    end = body.find("\n\n", start)
    if end < 0 or body[max(0, start - 2) : start].strip():
        return 0
    return end if all(_LAYOUTS["colon"].match(line) for line in body[start:end].split("\n")) else 0


def _speak(body: str, heads: list[re.Match]) -> bool:
    """Whether words follow most heads, and no other time: else lines of subtitles look like names."""
    ends = [*(head.start() for head in heads[1:]), len(body)][: len(heads)]
    words_behind = [body[head.end() : end].lstrip() for head, end in zip(heads, ends, strict=True)]
    return 2 * sum(bool(words) and not _BEGINS_WITH_TIME.match(words) for words in words_behind) > len(heads)


def _may_be_a_name(name: str, lines: int = 1, short: bool = True) -> bool:
    """Whether words are few enough, for those that begin so many lines, and end as a name does, not as a sentence."""
    if _is_nobody(name) or _DOUBTED.fullmatch(name):
        return True
    return (
        len(name.split()) <= (5 if lines < OFTEN else 8)
        and name[-1] not in ",;!?"
        and "  " not in name
        and (short or not _ENDS.search(name))
        and not _NO_NAME.search(name)
    )


def _accepted(layout: str, heads: list[re.Match], sure: set[str]) -> set[str]:
    """The labels (case folded) that are speakers in this layout."""
    counted = Counter(_label(head).casefold() for head in heads)
    known = {label for label in counted if _is_known(label, sure)}
    often = {label for label, n in counted.items() if n >= OFTEN}
    if layout in _TIMED:
        return set(counted) if len(heads) >= 2 else known
    if layout == "colon":
        stems: Counter = Counter()
        for label, n in counted.items():
            stems[_NUMBERED.sub("", label)] += n
        often |= {label for label in counted if _is_short_and_often(_NUMBERED.sub("", label), stems)}
        timed = {_label(head).casefold() for head in heads if head["time"] or head["later"]}
        if sum(bool(head["time"] or head["later"]) for head in heads) >= OFTEN:
            known |= timed
        known |= {
            label for label in counted if _is_known(sure_label := label.rstrip("? "), sure) or sure_label in often
        }
        return known | often
    if layout == "own line":  # a title or a line of a list is one too: two or more must alternate
        return known | often if len(known | often) >= 2 else set()
    if layout in ("letter", "number"):
        repeated = {label for label, n in counted.items() if n >= 2}
        return repeated if len(repeated) >= 2 else set()
    alternate = len(known | often) >= 2
    return known | often if alternate else set()


def _is_nobody(label: str) -> bool:
    """Whether a label says that nobody knows who speaks: ???"""
    return set(label) == {"?"}


def _is_known(label: str, sure: set[str]) -> bool:
    return _is_nobody(label) or label in sure or _NUMBERED.sub("", label) in sure


def _is_short_and_often(stem: str, stems: Counter) -> bool:
    """Whether a letter or two begin many lines, each with another number: Q1, A1, Q2, A2."""
    return len(stem) <= 2 and stems[stem] >= OFTEN


def _doubtful(body: str, accepted: set[str], sure: set[str], layout: str = "colon") -> dict[str, int]:
    """Words before a colon (or a tab) at the beginning of few lines, the most frequent first."""
    heads = [head for head in _LAYOUTS[layout].finditer(body) if _may_be_a_name(head["name"])]
    labels = [_label(head) for head in heads if len(_label(head).split()) <= 3]
    counts = Counter(label for label in labels if label[0].isupper() or _is_known(label, sure))
    remaining = {label: n for label, n in counts.items() if label.casefold() not in accepted}
    return dict(sorted(remaining.items(), key=lambda item: (-item[1], item[0])))


def _turn(body: str, label: str, start: int, end: int, time: str, label_at: tuple[int, int] | None) -> Turn:
    piece = body[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    if ahead := _AT_START.match(body, first, last):
        first, time = ahead.end(), time or ahead[1] or ahead[2]
    if behind := _AT_END.search(body, first, last):
        last, time = behind.start(), time or behind[1] or ""
    match = _TIME.search(time)
    return Turn(label, first, max(first, last), match[0] if match else "", label_at)


def _timed(turns: list[Turn], transcript: Transcript) -> list[Turn]:
    """The turns with the times that the file keeps apart from the words."""
    if not transcript.times:
        return turns
    times = iter([*transcript.times, (len(transcript.text) + 1, "")])
    place, timed_turns, (following, time) = "", [], next(times)
    for turn in turns:
        begin = turn.start if turn.label_at is None else turn.label_at[0]
        while following <= begin:
            place = time
            following, time = next(times)
        timed_turns.append(Turn(turn.label, turn.start, turn.end, turn.time or place, turn.label_at))
    return timed_turns


def spoken(text: str) -> str:
    """The words of a turn without the time stamps among them.

    >>> spoken("We came #00:01:12-3# and [00:01:15] stayed.")
    'We came and stayed.'
    """
    return _MARKED.sub("", text).strip()


def is_generic(label: str) -> bool:
    """Whether a label names nobody: `I`, `B2`, `Speaker 1`, `SPEAKER_00`.

    >>> [is_generic(label) for label in ("SPEAKER_00", "Speaker A", "B2", "Anna", "Ann Lee")]
    [True, True, True, False, False]
    """
    return _GENERIC.fullmatch(label) is not None


def labels(turns: list[Turn]) -> Iterator[str]:
    """The labels of the turns in the order in which they first speak."""
    yield from dict.fromkeys(turn.label for turn in turns)
