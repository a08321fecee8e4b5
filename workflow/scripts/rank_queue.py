"""Rank the records that wait for decisions, the likeliest to be relevant first."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS, REFERENCES
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import read_features
from coproduction.screening import tables
from coproduction.screening.queue import build_queue
from coproduction.screening.settings import ScreeningSettings

SHOWN = RECORDS.part("record", "title", "abstract", "authors", "year", "source")
CITED = REFERENCES.part("record", "work", "cited_record")


@step(SHOWN, CITED, tables, settings=ScreeningSettings)
def rank_queue(given):
    features = read_features(given.vectors, Model().kinds)
    parts = (given.records, given.states, given.decisions, given.criteria)
    queue, basis = build_queue(*parts, given.settings, given.seed, features, references=given.references)
    return {"queue": queue, "basis": basis}
