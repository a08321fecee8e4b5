"""The data structure after Gioia: first-order concepts, second-order themes, aggregate dimensions.

Gioia, Corley and Hamilton (2013), Organizational Research Methods 16(1), 15-31,
doi:10.1177/1094428112452151. Concepts are codes; they find each other by name, whatever the case
and white space.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.core.text import normalise
from coproduction.interviews.tables import QUOTES, STRUCTURE, evidence_in


def build(gioia: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """STRUCTURE: concepts in the order of the file, then codes without a concept by name."""
    counted = evidence_in(segments)
    of_code = {
        key: segments_of_code for key, segments_of_code in counted.groupby(counted["code"].map(normalise), sort=True)
    }
    rows = []
    for entry in gioia.itertuples(index=False):
        segments_of_code = of_code.get(normalise(entry.concept), counted.iloc[:0])
        state = "in use" if len(segments_of_code) else "concept without code"
        rows.append(entry._asdict() | _counts(segments_of_code) | {"state": state})
    placed = set(gioia["concept"].map(normalise))
    for key in sorted(set(of_code) - placed):
        row = {"concept": of_code[key]["code"].iloc[0], "state": "code without concept"}
        rows.append(row | _counts(of_code[key]))
    return accounting.table(rows, STRUCTURE)


def _counts(segments_of_code: pd.DataFrame) -> dict[str, int]:
    return {"segments": len(segments_of_code), "transcripts": segments_of_code["transcript"].nunique()}


def concepts_of(structure: pd.DataFrame) -> pd.DataFrame:
    """The rows of STRUCTURE that are in the data structure."""
    return structure[structure["theme"] != ""]


def by_concept(structure: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """The segments with the code written as the concept it is, where it is one."""
    names = {normalise(name): name for name in concepts_of(structure)["concept"]}
    return segments.assign(code=[names.get(normalise(code), code) for code in segments["code"]])


def quotes(structure: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """QUOTES: the segments of the structure with concept, theme, dimension and factors.

    Segments of several coders that overlap in one concept are one quote: its longest words, with
    all its coders. Columns: concept, theme, dimension, factors, transcript, turn, start, end, text,
    coders (separated by ;).
    """
    placed = concepts_of(structure)
    by_code = {normalise(row.concept): row for row in placed.itertuples(index=False)}
    rows = []
    counted = evidence_in(segments).assign(key=segments["code"].map(normalise))
    order = counted.sort_values(["key", "transcript", "start", "end", "coder"], kind="stable")
    in_structure = order[order["key"].isin(by_code)].itertuples(index=False)
    for (key, transcript), concept_segments in groupby(in_structure, key=lambda s: (s.key, s.transcript)):
        row = by_code[key]
        for group in _overlapping(concept_segments):
            best = max(group, key=lambda s: (s.end - s.start, -s.start))
            rows.append(
                {
                    "concept": row.concept,
                    "theme": row.theme,
                    "dimension": row.dimension,
                    "factors": row.factors,
                    "transcript": transcript,
                    "turn": best.turn,
                    "start": int(best.start),
                    "end": int(best.end),
                    "text": best.text,
                    "coders": ";".join(sorted({s.coder for s in group})),
                }
            )
    return accounting.table(rows, QUOTES)


def _overlapping(sorted_segments: Iterable[Any]) -> list[list]:
    """Segments (sorted by start) in groups that overlap."""
    groups: list[list] = []
    reach = -1
    for segment in sorted_segments:
        if segment.start < reach:
            groups[-1].append(segment)
        else:
            groups.append([segment])
        reach = max(reach, int(segment.end))
    return groups


def codes_to_compare(structure: pd.DataFrame, which: str) -> list[str]:
    """The names of the codes in use on which coders are compared: all `codes` or the `concepts`.

    While no code has a place in the data structure, all codes are compared.
    """
    counted = structure[structure["segments"].astype(int) > 0]
    placed = concepts_of(counted)
    return list((counted if which == "codes" or placed.empty else placed)["concept"])
