"""The forms on which reviewers decide: the queue, the full texts and the conflicts, as workbooks."""

import pandas as pd

from coproduction.core.forms import BESIDE, Form
from coproduction.core.text import split_list
from coproduction.screening.tables import ADJUDICATIONS, ANSWERS, CITING, TITLE_ABSTRACT

ANSWERED = ["reviewer", "decision", "reason", "date", "note"]
TOLD = 4  # letters of a word that is set apart
AT_FULL_TEXT = ("full text: not screened", "full text: partly screened")


def forms(
    records: pd.DataFrame, queue: pd.DataFrame, states: pd.DataFrame, conflicts: pd.DataFrame, criteria: pd.DataFrame
) -> list[Form]:
    """A form for each stage and one for the conflicts; their second sheet lists the criteria.

    records: record, title, abstract, authors, year, source, keywords; the others as their schemas.
    """
    records_by_id = records.set_index("record")
    codes = criteria["criterion"].tolist()
    notes = [f"{row.criterion} ({row.kind}): {row.label}. {row.text}".strip() for row in criteria.itertuples()]
    words = {"decision": ANSWERS, "reason": codes}
    return [
        Form(
            "screening/title_abstract.xlsx",
            _with_keywords(queue, records_by_id),
            TITLE_ABSTRACT,
            ANSWERED,
            words,
            {name: _terms(queue) for name in ("title", "abstract")},
            notes,
            BESIDE,
        ),
        Form(
            "screening/full_text.xlsx",
            _at_full_text(states, records_by_id),
            TITLE_ABSTRACT,
            ANSWERED,
            words,
            notes=notes,
            beside=BESIDE,
        ),
        Form(
            "screening/adjudications.xlsx",
            conflicts,
            ADJUDICATIONS,
            ["decision", "reason", "adjudicator", "note"],
            words | {"decision": ["include", "exclude"]},
            notes=notes,
            beside=BESIDE,
        ),
    ]


def _with_keywords(queue: pd.DataFrame, records_by_id: pd.DataFrame) -> pd.DataFrame:
    rows = queue.drop(columns=["rank", "random", "terms_against"])
    keywords = records_by_id["keywords"].reindex(rows["record"]).fillna("").tolist()
    rows.insert(list(rows).index("abstract") + 1, "keywords", keywords)
    return rows[["record", *(name for name in rows if name not in ("record", "score")), "score"]]


def _terms(queue: pd.DataFrame) -> list[list[str]]:
    """Per record the words that speak for it, set apart in its title and abstract."""
    return [
        [term for term in split_list(cell) if len(term) >= TOLD and not term.startswith(CITING)]
        for cell in queue["terms_for"]
    ]


def _at_full_text(states: pd.DataFrame, records_by_id: pd.DataFrame) -> pd.DataFrame:
    """The records whose full text waits for a decision, as the flow has them."""
    waiting = states[states["state"].isin(AT_FULL_TEXT)]
    rows = records_by_id.reindex(waiting["record"])[["title", "authors", "year", "source", "abstract"]].fillna("")
    return rows.reset_index().assign(state=waiting["state"].tolist())
