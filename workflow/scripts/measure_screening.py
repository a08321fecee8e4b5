"""Measure agreement, progress and stopping, and replay the ranking on the study's own decisions."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import read_features
from coproduction.screening import tables
from coproduction.screening.agreement import measure_agreement
from coproduction.screening.progress import state_stop, trace_progress
from coproduction.screening.settings import ScreeningSettings


@step(RECORDS.part("record"), tables, settings=ScreeningSettings)
def measure_screening(given):
    settings, states, decisions = given.settings, given.states, given.decisions
    features = read_features(given.vectors, Model().kinds)
    progress, measures = trace_progress(given.records, states, decisions, settings, features)
    return {
        "agreement": measure_agreement(decisions, settings),
        "stop": state_stop(states, decisions, settings),
        "progress": progress,
        "measures": measures,
    }
