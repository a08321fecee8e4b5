"""The queue: which records wait for decisions, in which order to read them, and why."""

import hashlib

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.methods.relevance import Ranking, explain, order_pool, rank_pool, standardise
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import Features, make_features, text_of
from coproduction.screening.citation_ranking import citations_in_words, citations_raise
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import BASIS, QUEUE

WAITING = ("not screened", "title and abstract: partly screened")


def known_labels(states: pd.DataFrame, decisions: pd.DataFrame) -> pd.Series:
    """1 relevant, 0 not, by record, for all that somebody has decided on title and abstract.

    The stage's outcome counts; a record in conflict or with too few decisions is relevant when
    anyone would pass it on. What happens in full text does not matter for reading titles.
    """
    title_decisions = decisions[decisions["stage"] == "title_abstract"]
    passed_on = set(title_decisions.loc[title_decisions["decision"].isin(["include", "maybe"]), "record"])
    outcome = states.set_index("record")["title_abstract"]
    outcome = outcome[outcome != "not screened"]
    settled_labels = outcome.map({"included": 1, "excluded": 0})
    return settled_labels.fillna(outcome.index.to_series().isin(passed_on).astype(int)).astype(int)


def random_order(records: list[str], seed: int) -> dict[str, int]:
    """A random place (from 1) for each record that does not change when others leave."""
    drawn = sorted(records, key=lambda r: hashlib.sha256(f"{seed}|{r}".encode()).hexdigest())
    return {record: place for place, record in enumerate(drawn, start=1)}


def build_queue(
    records: pd.DataFrame,
    states: pd.DataFrame,
    decisions: pd.DataFrame,
    criteria: pd.DataFrame,
    settings: ScreeningSettings,
    seed: int,
    features: Features | None = None,
    model: Model | None = None,
    references: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """QUEUE and BASIS from all records and what is known of them.

    `features`: those of the records in their order, where they have been made before; with what they
    cite (REFERENCES) if it is to count.
    """
    model = model or Model()
    waiting = states.loc[states["state"].isin(WAITING), "record"].tolist()
    labels = known_labels(states, decisions)
    if not waiting or records.empty:
        return tables.empty(QUEUE), _basis("nothing", labels, 0, 0, None, 0)
    features = make_features(records, model.kinds) if features is None else features
    terms = features.similar.shape[1] + features.counts.shape[1]
    cited = features.citing()
    question = _ask(features, criteria)
    place = {record: i for i, record in enumerate(records["record"])}
    start, ranking = _rank(features, question, place, labels, waiting, settings, model, seed)
    order = order_pool(ranking.scores, waiting)
    rows = np.array([place[waiting[i]] for i in order])
    queue = records.iloc[rows][["record", "title", "abstract", "authors", "year", "source"]]
    queue = queue.reset_index(drop=True).assign(
        rank=np.arange(1, len(rows) + 1), score=np.round(ranking.scores[order], 4)
    )
    most = settings.explained_terms
    explanations = explain(features, ranking, rows, most) if most else [([], [])] * len(rows)
    citing: list[list[str]] = [[]] * len(rows)
    if most and references is not None and features.works:
        relevant = set(labels.index[labels == 1]) | set(settings.key_records)
        raised = citations_raise(features, ranking, rows)
        words = citations_in_words(references, relevant, queue["record"].tolist())
        citing = [citation_words if up else [] for citation_words, up in zip(words, raised, strict=True)]
    queue["terms_for"] = [";".join([*cited, *good]) for cited, (good, _) in zip(citing, explanations, strict=True)]
    queue["terms_against"] = [";".join(bad) for _, bad in explanations]
    by = _deciders(decisions)
    queue["decided_by"] = [by.get(record, "") for record in queue["record"]]
    queue["random"] = queue["record"].map(random_order(waiting, seed))
    queue = queue.reindex(columns=list(QUEUE.columns), fill_value="")  # the rest is for people
    whole_numbers = {name: "Int64" for name in ("rank", "random")}
    return queue.astype(whole_numbers), _basis(start, labels, len(waiting), terms, question, cited)


def _deciders(decisions: pd.DataFrame) -> dict[str, str]:
    """Reviewers who have decided on title and abstract, by record."""
    title_decisions = decisions[decisions["stage"] == "title_abstract"]
    names: dict[str, list[str]] = {}
    for record, reviewer in sorted(zip(title_decisions["record"], title_decisions["reviewer"], strict=True)):
        names.setdefault(record, []).append(reviewer)
    return {record: ";".join(reviewers) for record, reviewers in names.items()}


def _ask(features: Features, criteria: pd.DataFrame) -> Features | None:
    """The features of the wording of the criteria for inclusion."""
    inclusion_criteria = criteria.loc[criteria["kind"] == "include", ["label", "text"]]
    text = " ".join(f"{label} {words}" for label, words in inclusion_criteria.itertuples(index=False)).strip()
    return text_of(features, text) if text else None


def _rank(
    features: Features,
    question: Features | None,
    place: dict[str, int],
    labels: pd.Series,
    waiting: list[str],
    settings: ScreeningSettings,
    model: Model,
    seed: int,
) -> tuple[str, Ranking]:
    """How the ranking began and the scores of the waiting records.

    The key records and the wording of the criteria for inclusion count as relevant records.
    """
    pool = np.array([place[record] for record in waiting])
    labels_known = labels[labels.index.isin(place)]
    keys = [record for record in settings.key_records if record in place]
    labels_known = pd.concat([labels_known, pd.Series(1, index=[k for k in keys if k not in labels_known.index])])
    rows = [place[record] for record in labels_known.index]
    values = labels_known.to_numpy(dtype=int)
    start = _start(labels, keys, question)
    if not rows and question is None:
        drawn = random_order(waiting, seed)
        scores, _ = standardise(-np.array([drawn[record] for record in waiting], dtype=float))
        none = np.zeros(features.similar.shape[1]), np.zeros(features.counts.shape[1])
        return start, Ranking(scores, *none)
    return start, rank_pool(features, np.array(rows, dtype=np.int64), values, pool, model, question)


def _start(labels: pd.Series, keys: list[str], question: Features | None) -> str:
    relevant, irrelevant = bool((labels == 1).any()), bool((labels == 0).any())
    if relevant and irrelevant:
        return "decisions"
    if relevant:
        return "relevant decisions only"
    if keys:
        return "key records"
    if irrelevant:
        return "irrelevant decisions only"
    return "criteria" if question is not None else "nothing"


def _basis(
    start: str, labels: pd.Series, queued: int, terms: int, question: Features | None, citing: int
) -> pd.DataFrame:
    row = {
        "start": start,
        "relevant": int((labels == 1).sum()),
        "irrelevant": int((labels == 0).sum()),
        "queued": queued,
        "terms": terms,
        "wording": "no" if question is None else "yes",
        "citing": citing,
    }
    return accounting.table([row], BASIS)
