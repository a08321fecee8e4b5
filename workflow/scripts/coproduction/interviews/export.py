"""What coders get: the pseudonymised texts, one project for their QDA program, the codes; all codings."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.core.text import normalise
from coproduction.formats.qda.project import Code, Coding
from coproduction.formats.qda.writing import project_bytes
from coproduction.interviews.gioia import by_concept
from coproduction.interviews.tables import FOR_CODING_CODEBOOK, used

CONDITIONS, TOPICS = "Conditions of the study", "Topics of the interview guide"


def text_files(texts: pd.DataFrame) -> dict[str, str]:
    """One text file per transcript, by its name.

    Each begins with a byte order mark: without it Taguette takes some for another encoding.
    """
    return {f"{name}.txt": f"\ufeff{text}" for name, text in _by_id(texts).items()}


def codes_to_use(structure: pd.DataFrame, codebook: pd.DataFrame) -> list[Code]:
    """The concepts below their dimensions and themes and the loose codes, with their definitions.

    Last come the codes that the structure does not have, since no participant's words bear them (yet).
    """
    definitions = {normalise(row.code): row.description for row in codebook.itertuples(index=False)}
    codes = [
        Code(row.concept, _group(row.dimension, row.theme), definitions.get(normalise(row.concept), ""))
        for row in structure.itertuples(index=False)
    ]
    in_structure = {normalise(concept) for concept in structure["concept"]}
    applied = codebook[codebook["segments"].astype(int) > 0]
    return codes + [
        Code(row.code, "", row.description)
        for row in applied.itertuples(index=False)
        if normalise(row.code) not in in_structure
    ]


def seeded(codes: list[Code], factors: pd.DataFrame, guide: pd.DataFrame) -> list[Code]:
    """The codes, and behind them what coders may begin with: conditions and topics of the guide.

    A name that is a code already is not repeated.
    """
    seeds = [Code(row.name, CONDITIONS, row.definition) for row in _rows(factors)]
    seeds += [Code(row.topic, TOPICS, row.question) for row in _rows(guide)]
    names_used = {normalise(code.name) for code in codes}
    all_codes = list(codes)
    for seed in seeds:
        if normalise(seed.name) not in names_used:
            names_used.add(normalise(seed.name))
            all_codes.append(seed)
    return all_codes


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    yield from table.itertuples(index=False)


def _group(*levels: str) -> str:
    """The codes above a concept; " / " separates levels, so no level may contain it."""
    return " / ".join(level.replace(" / ", "/") for level in levels if level)


def codebook_table(codes: list[Code]) -> pd.DataFrame:
    """FOR_CODING_CODEBOOK: the codes as a table, as Taguette imports it."""
    rows = [{"name": c.name, "group": c.group, "description": c.description} for c in codes]
    return accounting.table(rows, FOR_CODING_CODEBOOK)


def project(texts: pd.DataFrame, codes: list[Code], transcripts: pd.DataFrame) -> bytes:
    """A REFI-QDA project with the texts and the codes, and no codings that could lead a coder.

    What is known of the participants are variables of their cases.
    """
    return project_bytes("Interviews", _by_id(texts), codes, (), _variables(transcripts))


def project_with_codings(
    texts: pd.DataFrame, codes: list[Code], structure: pd.DataFrame, segments: pd.DataFrame, transcripts: pd.DataFrame
) -> bytes:
    """The same project with the segments of all coders at their places, and their memos."""
    named = {normalise(code.name): code.name for code in codes}
    codings = [
        Coding(row.transcript, int(row.start), int(row.end), row.text, named[normalise(row.code)], row.coder, row.memo)
        for row in by_concept(structure, used(segments)).itertuples(index=False)
    ]
    name = "Interviews, all codings"
    return project_bytes(name, _by_id(texts), codes, codings, _variables(transcripts))


def _variables(transcripts: pd.DataFrame) -> dict[str, dict[str, str]]:
    names = ["date", "country", "role", "organisation", "language"]
    return transcripts.set_index("transcript")[names].to_dict("index")


def _by_id(texts: pd.DataFrame) -> Mapping[str, str]:
    return dict(zip(texts["transcript"], texts["text"], strict=True))
