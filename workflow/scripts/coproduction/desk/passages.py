"""Passages: the sentences of the documents that hold a term of a factor."""

from collections.abc import Sequence

import pandas as pd

from coproduction.core import accounting
from coproduction.core.excerpts import shorten
from coproduction.core.text import Hit, TermIndex
from coproduction.desk.document_parts import Span, part_at, parts
from coproduction.desk.passage_judgements import passage_ids
from coproduction.desk.tables import PASSAGES
from coproduction.formats.running_text import sentences
from coproduction.methods.negation import BEFORE, listed, negation


def find_passages(
    pages: pd.DataFrame, index: TermIndex, longest: int, negations: Sequence[str] | None = None
) -> pd.DataFrame:
    """PASSAGES: each sentence that holds a term of a factor, by document, page and position.

    Nobody has judged them yet. `longest` is the length of an excerpt, `negations` the cues before a
    term.
    """
    cues = tuple(listed(BEFORE) if negations is None else negations)
    rows, texts = [], []
    for _, document_pages in pages.groupby("document", sort=False):
        hits = [index.find(text) for text in document_pages["text"]]
        if not any(hits):
            continue
        spans = parts(zip(document_pages["heading"], document_pages["text"], strict=True), hits)
        for page, page_hits, paragraphs in zip(document_pages.itertuples(index=False), hits, spans, strict=True):
            for row, text in _of_page(page, page_hits, paragraphs, longest, cues):
                rows.append(row)
                texts.append(text)
    ids = passage_ids([r["document"] for r in rows], [r["factor"] for r in rows], texts)
    for row, name in zip(rows, ids, strict=True):
        row["passage"] = name
    return accounting.table(rows, PASSAGES)


def _of_page(page, hits: list[Hit], paragraphs: list[Span], longest: int, cues: tuple[str, ...]):
    """Each passage of a page with the words of its sentence."""
    if not hits:
        return
    spans = sentences(page.text)
    grouped: dict[tuple[int, str], list[Hit]] = {}
    for hit in hits:
        grouped.setdefault((_sentence_of(hit, spans), hit.factor), []).append(hit)
    for (position, factor), sentence_hits in sorted(grouped.items()):
        start, end = spans[position]
        text = page.text[start:end]
        negations = (negation(text, hit.start - start, hit.end - start, cues) for hit in sentence_hits)
        yield (
            _passage(page, factor, position, sentence_hits, spans, longest)
            | {
                "part": part_at(paragraphs, sentence_hits[0].start),
                "negation": next(filter(None, negations), ""),
                "judgement": "",
                "counts": "yes",
            },
            text,
        )


def _sentence_of(hit: Hit, spans: list[tuple[int, int]]) -> int:
    return next(n for n, (_, end) in enumerate(spans) if hit.start < end)


def _passage(page, factor: str, position: int, hits: list[Hit], spans: list, longest: int) -> dict:
    text = page.text
    start, end = spans[position]
    around = [text[slice(*spans[n])] if 0 <= n < len(spans) else "" for n in (position - 1, position + 1)]
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
        "excerpt": shorten(text[start:end], hits[0].start - start, longest),
        "before": shorten(around[0], len(around[0]), longest),
        "after": shorten(around[1], 0, longest),
    }
