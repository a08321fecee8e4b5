"""Passages: the sentences of the documents that hold a term of a factor."""

import pandas as pd

from coproduction.core import accounting
from coproduction.core.text import Hit, TermIndex
from coproduction.desk.tables import PASSAGES
from coproduction.formats.running_text import sentences


def find_passages(pages: pd.DataFrame, index: TermIndex, longest: int) -> pd.DataFrame:
    """PASSAGES: each sentence that holds a term of a factor, by document, page and position."""
    rows = []
    for page in pages.itertuples(index=False):
        hits = index.find(page.text)
        if not hits:
            continue
        spans = sentences(page.text)
        grouped: dict[tuple[int, str], list[Hit]] = {}
        for hit in hits:
            grouped.setdefault((_sentence_of(hit, spans), hit.factor), []).append(hit)
        for (position, factor), own in sorted(grouped.items()):
            rows.append(_passage(page, factor, position, own, spans, longest))
    return accounting.table(rows, PASSAGES)


def _sentence_of(hit: Hit, spans: list[tuple[int, int]]) -> int:
    return next(n for n, (_, end) in enumerate(spans) if hit.start < end)


def _passage(page, factor: str, position: int, hits: list[Hit], spans: list, longest: int) -> dict:
    text = page.text
    start, end = spans[position]
    around = [
        text[slice(*spans[n])] if 0 <= n < len(spans) else "" for n in (position - 1, position + 1)
    ]
    return {
        "factor": factor,
        "document": page.document,
        "page": page.page,
        "unit": page.unit,
        "heading": page.heading,
        "sentence": position + 1,
        "start": hits[0].start,
        "end": hits[0].end,
        "terms": ";".join(dict.fromkeys(hit.term for hit in hits)),
        "hits": len(hits),
        "excerpt": shortened(text[start:end], hits[0].start - start, longest),
        "before": shortened(around[0], len(around[0]), longest),
        "after": shortened(around[1], 0, longest),
    }


def shortened(sentence: str, at: int, longest: int) -> str:
    """At most `longest` characters of a sentence around position `at`, cut between words."""
    if len(sentence) <= longest:
        return sentence
    start = max(0, min(at - longest // 2, len(sentence) - longest))
    end = start + longest
    if start:
        start = sentence.find(" ", start, at) + 1 or start
    if end < len(sentence):
        end = sentence.rfind(" ", max(start, at + 1), end) if " " in sentence[at + 1 : end] else end
    return ("… " if start else "") + sentence[start:end] + (" …" if end < len(sentence) else "")
