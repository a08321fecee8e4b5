"""How the records of each topic are distributed over journals and countries."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, countries
from coproduction.core.text import normalise, one_line, split_list
from coproduction.topics.tables import DISTRIBUTION, NOT_STATED

JOURNAL, AUTHORS, STUDIED = "journal", "country of the authors", "country studied"
_WRITTEN_FOR = re.compile(r"\[[^\]]*\]\s*")  # Web of Science names the authors before each address
_NEXT_ADDRESS = re.compile(r";|\.\s*(?=\[)")
_AMERICAN = re.compile(r"[A-Z]{2}(?: \d{5}(?:-\d{4})?)?(?: USA)?")  # CA 94305 USA, CA 94305
_AFTER = re.compile(r"\.? (?:Electronic address|E-?mail)\b.*|\.? \S+@\S+.*", re.IGNORECASE)


def distribution(
    documents: pd.DataFrame, records: pd.DataFrame, studied: Mapping[str, str], settled: Mapping[str, str]
) -> pd.DataFrame:
    """DISTRIBUTION: a row for each kind, value and topic that occur.

    documents: DOCUMENTS; records: `record`, `source` and `affiliations`; studied: by record of an included
    study the countries that were taken from it; settled: names of countries that people settled

    A record with several countries is divided equally among them (fractional counting), so that the sum over
    the values of a kind is the number of records. Source: Waltman and van Eck (2015), Journal of Informetrics
    9, 872-894, doi:10.1016/j.joi.2015.08.001.
    """
    modelled = documents.loc[documents["shares"] != "", ["record", "topic", "outcome"]]
    topic = modelled["topic"].where(modelled["outcome"] == "assigned", "")
    about = modelled[["record"]].assign(topic=topic).merge(records, on="record", how="left").fillna("")
    rows = []
    for kind, values_by_record in (
        (JOURNAL, _journals(dict(_pairs(about, "source")))),
        (AUTHORS, _named({r: countries_of(text) for r, text in _pairs(about, "affiliations")}, settled)),
        (STUDIED, _named({r: split_list(text) for r, text in studied.items()}, settled)),
    ):
        relevant = about if kind != STUDIED else about[about["record"].isin(set(studied))]
        rows += _counted(kind, relevant, values_by_record)
    return accounting.table(rows, DISTRIBUTION)


def countries_of(affiliations: str) -> list[str]:
    """The last part of each address, which names the country where addresses are written in full.

    >>> countries_of("[Poe, A.] Univ Oslo, Oslo, Norway. [Roe, B.] Stanford Univ, Stanford, CA 94305 USA.")
    ['Norway', 'USA']
    """
    names = []
    for address in _NEXT_ADDRESS.split(_WRITTEN_FOR.sub(lambda m: "[" if m.start() else "", affiliations)):
        last = address.strip(" .[").rsplit(",", 1)
        if len(last) == 2:
            name = _AFTER.sub("", last[1]).strip(" .")
            american = _AMERICAN.fullmatch(name) and any(mark.isdigit() or mark == " " for mark in name)
            names.append("USA" if american else name)
    return list(dict.fromkeys(name for name in names if name))


def _pairs(about: pd.DataFrame, column: str) -> zip:
    return zip(about["record"], about[column], strict=True)


def _journals(journal_names: Mapping[str, str]) -> dict[str, list[str]]:
    """By record its journal; spellings that differ in capitals and marks are one, written as most records do."""
    plain = {record: one_line(name) for record, name in journal_names.items()}
    keys = {record: normalise(name.replace("&", " and ")) for record, name in plain.items()}
    spellings: dict[str, Counter[str]] = {}
    for record, name in plain.items():
        spellings.setdefault(keys[record], Counter())[name] += 1
    usual = {
        key: min(counts, key=lambda name: (-counts[name], name.isupper(), name)) for key, counts in spellings.items()
    }
    return {record: [usual[keys[record]]] if keys[record] else [] for record in journal_names}


@cache
def _in_addresses() -> dict[str, str]:
    """Codes of names that databases write in addresses and tables of countries do not."""
    listed = pd.read_csv(Path(__file__).with_suffix(".csv"), dtype=str, keep_default_na=False)
    return dict(zip(listed["name"], listed["code"], strict=True))


def _named(names_by_record: Mapping[str, list[str]], settled: Mapping[str, str]) -> dict[str, list[str]]:
    """By record the countries by name; what is no country for sure is left out."""
    codes_by_name = countries.iso3({name for names in names_by_record.values() for name in names}, settled)
    codes = {name: code or _in_addresses().get(normalise(name), "") for name, code in codes_by_name.items()}
    names = countries.short_names({code for code in codes.values() if code})
    return {
        r: sorted({names[codes[w]] for w in record_names if codes[w]}) for r, record_names in names_by_record.items()
    }


def _counted(kind: str, about: pd.DataFrame, values_by_record: Mapping[str, list[str]]) -> list[dict]:
    """Rows of one kind: the values with the most records first, 'not stated' last; none where none states it."""
    if not any(values_by_record.values()):
        return []
    spread = pd.DataFrame(
        [
            {"value": value, "topic": topic, "documents": 1, "fraction": 1 / len(values)}
            for record, topic in _pairs(about, "topic")
            for values in [values_by_record.get(record) or [NOT_STATED]]
            for value in values
        ]
    )
    size = spread.groupby("value")["fraction"].sum()
    order = sorted(size.index, key=lambda value: (value == NOT_STATED, -round(size[value], 9), value))
    cells = spread.groupby(["value", "topic"])[["documents", "fraction"]].sum()
    return [
        {"kind": kind, "value": value, "topic": topic}
        | {"documents": int(cell["documents"]), "fraction": round(float(cell["fraction"]), 6)}
        for value in order
        for topic, cell in sorted(cells.loc[value].iterrows(), key=lambda row: (row[0] == "", len(row[0]), row[0]))
    ]
