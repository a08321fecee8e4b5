"""Rank the records that wait for decisions, the likeliest to be relevant first."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import read_features
from coproduction.screening import tables
from coproduction.screening.queue import build_queue
from coproduction.screening.settings import ScreeningSettings

SHOWN = RECORDS.part("record", "title", "abstract", "authors", "year", "source")


@step(SHOWN, tables, settings=ScreeningSettings)
def rank_queue(given):
    features = read_features(given.vectors, Model().kinds)
    parts = (given.records, given.states, given.decisions, given.criteria)
    queue, basis = build_queue(*parts, given.settings, given.seed, features)
    return {"queue": queue, "basis": basis}
