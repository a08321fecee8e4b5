"""The process model: propositions that join themes and dimensions, with the cases for and against."""

from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import normalise
from coproduction.interviews.gioia import concepts_of
from coproduction.interviews.tables import PROCESS, PROPOSITIONS


def read_propositions(path: str | Path | None, structure: pd.DataFrame) -> pd.DataFrame:
    """The propositions with names as the data structure writes them; no rows where there is no file.

    Raises StudyError for a name that is neither a theme nor a dimension, and for one joined to itself.
    """
    if not path:
        return tables.empty(PROPOSITIONS)
    table = people_tables.read_people_table(path, PROPOSITIONS)
    for name in ("relation", "proposition"):
        if name not in table:
            table[name] = ""
    names_by_form = _known(structure)
    errors = []
    for row, entry in table.iterrows():
        for column in ("from", "to"):
            if normalise(entry[column]) not in names_by_form:
                problem = f"'{entry[column]}' is neither a theme nor a dimension of gioia.csv"
                errors.append(_error(problem, path, row, column, "Write it as in gioia.csv"))
        if normalise(entry["from"]) == normalise(entry["to"]):
            problem = f"'{entry['from']}' is connected to itself"
            errors.append(_error(problem, path, row, "to", "Connect two different ones"))
    raise_all(errors)
    for column in ("from", "to"):
        table[column] = [names_by_form[normalise(name)] for name in table[column]]
    return table.reset_index(drop=True)


def _error(problem: str, path: str | Path, row: object, column: str, remedy: str) -> StudyError:
    return StudyError(problem, file=path, row=int(str(row)), column=column, remedy=remedy)


def _known(structure: pd.DataFrame) -> dict[str, str]:
    placed = concepts_of(structure)
    names = [*placed["dimension"], *placed["theme"]]  # a theme wins where both have one name
    return {normalise(name): name for name in names}


def process(propositions: pd.DataFrame, quotes: pd.DataFrame, interviews: list[str]) -> pd.DataFrame:
    """PROCESS: the propositions with the interviews that address both ends, of one, of neither.

    interviews: those that are coded. Negative cases are interviews that address the beginning alone.
    """
    of: dict[str, set[str]] = {}
    for row in quotes.itertuples(index=False):
        for name in (row.theme, row.dimension):
            of.setdefault(name, set()).add(row.transcript)
    rows = []
    for number, entry in enumerate(propositions.to_dict("records"), start=1):
        first, second = of.get(entry["from"], set()), of.get(entry["to"], set())
        against = sorted(first - second)
        rows.append(
            {
                "number": number,
                "begins": entry["from"],
                "ends": entry["to"],
                "relation": entry["relation"],
                "proposition": entry["proposition"],
                "both": len(first & second),
                "begins_only": len(against),
                "ends_only": len(second - first),
                "neither": len(set(interviews) - first - second),
                "negative_cases": ";".join(against),
            }
        )
    return accounting.table(rows, PROCESS)
