"""The whole model for 8 and for 60 conditions, with each technique missing in turn: numbers, words and figures."""

import functools
import itertools

import numpy as np
import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.core.factors import FACTORS as CODEBOOK
from coproduction.core.factors import term_index
from coproduction.delphi.tables import RATINGS
from coproduction.ecosystem import cognition, comparison, confidence, figures, influences, model, robustness, structure
from coproduction.ecosystem.connections import joined, units
from coproduction.ecosystem.convergence import convergence, joint_display
from coproduction.ecosystem.directions import direction_form, with_directions
from coproduction.ecosystem.facts import facts
from coproduction.ecosystem.gap_figure import draw_gaps
from coproduction.ecosystem.gaps import literature_gaps, told_gaps, topic_conditions
from coproduction.ecosystem.map_figures import draw_map
from coproduction.ecosystem.model_figure import draw_model
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.structure_figures import draw_structure
from coproduction.ecosystem.tables import (
    COGNITIVE_MAP,
    COMPARED,
    CONVERGENCE,
    DIRECTION_FORM,
    EDGES,
    FACTORS,
    INFLUENCES,
    PEOPLE_CERQUAL,
    PEOPLE_DIRECTIONS,
    RELATIONS,
    ROBUSTNESS,
    STRUCTURE,
    TRACE,
)
from matplotlib.text import Text

SETTINGS = EcosystemSettings(
    bootstrap_draws=100,
    structure_draws=50,
    cognitive_map=True,
    reading=dict.fromkeys(["passage", "study", "quote", "rating", "topic"], "coded"),
)
KINDS = {"desk": "passage", "literature": "study", "interviews": "quote", "topics": "topic", "delphi": "rating"}
LEVELS = [("environment", "political"), ("environment", "economic"), ("environment", "social")]
LEVELS += [("environment", "technological"), ("organisation", "organisational"), ("citizens", "individual")]
WORDS = "They told us that this came before all of the other things."


def study(number, missing="", seed=3):
    """Codebook, evidence, ratings and influences of a made-up study of so many conditions."""
    random = np.random.default_rng(seed)
    ids = [f"condition-{n:02}" for n in range(number)]
    names = [f"Condition {n}, with a name of usual length" for n in range(number)]
    places = [LEVELS[n % len(LEVELS)] for n in range(number)]
    codebook = tables.typed(
        pd.DataFrame(
            {"id": ids, "name": names, "level": [p[0] for p in places], "dimension": [p[1] for p in places]}
        ).assign(definition="What it means.", terms="xyzzy", references="bovaird2007"),
        CODEBOOK,
    )
    rows, given = [], []
    for technique, kind in KINDS.items():
        for factor in ids if technique != missing else []:
            for n in range(1 if kind == "rating" else random.integers(0, 6)):
                source = f"S-{factor}" if kind == "rating" else f"{technique}{random.integers(12)}"
                note = "mentioned twice; studies: literature1, literature2" if kind == "topic" else f"Code {n}; by C1"
                value = 7.0 if kind == "rating" else np.nan
                verdict = "supported" if kind == "rating" else ""
                rows.append((factor, technique, kind, source, f"page {n % 3}, {n}", WORDS, value, verdict, note))
            if kind == "rating":
                given += [(2, f"D{p}", "ab"[p % 2], f"S-{factor}", int(random.integers(4, 10))) for p in range(8)]
    names = ["factor", "technique", "kind", "source", "locator", "excerpt", "value", "verdict", "note"]
    evidence = accounting.table([dict(zip(names, row, strict=True)) for row in rows], accounting.EVIDENCE)
    form = RATINGS.part("round", "panellist", "group", "statement", "rating")
    ratings = tables.typed(pd.DataFrame(given, columns=list(form.columns)), form)
    pairs = [(a, b, rater, int(random.integers(0, 5))) for rater in ("E1", "E2") for a in ids for b in ids if a != b]
    said = pd.DataFrame(pairs, columns=list(INFLUENCES.columns)).assign(file="x.csv", row=2)
    return codebook, evidence, ratings, tables.typed(said.astype({"influence": "Int64"}), INFLUENCES).assign(file="x")


TITLES = {f"T{n}": f"topic {n}, with a name that is rather long" for n in range(1, 16)}


def literature(codebook, factors):
    """What is silent and what topics speak of, in ninety included records of fifteen topics."""
    topics = pd.DataFrame({"topic": list(TITLES)})
    records = [f"r{n}" for n in range(90)]
    documents = pd.DataFrame({"record": records, "outcome": "assigned"}).assign(
        topic=[f"T{1 + n % 15}" for n in range(90)]
    )
    said = [(record, codebook["id"].iloc[n % 7]) for n, record in enumerate(records)]
    mentioned = pd.DataFrame(said, columns=["record", "factor"])
    study_of = dict(zip(records, records, strict=True))
    return (
        literature_gaps(codebook, factors, mentioned, study_of),
        topic_conditions(codebook, topics, documents, mentioned, study_of),
    )


@functools.cache
def whole(number, missing=""):
    """Everything that the steps make of such a study, by name; tests leave it as it is."""
    codebook, evidence, ratings, said = study(number, missing)
    nobody = tables.empty(PEOPLE_DIRECTIONS)
    pieces = with_directions(evidence, nobody, term_index(codebook), SETTINGS)
    weighed = model.weigh(codebook, pieces, model.verdicts(evidence), SETTINGS)
    trace = model.trace_table(pieces, weighed, SETTINGS)
    display = joint_display(trace, weighed, SETTINGS)
    codes = convergence(display)
    concerns = confidence.cerqual(weighed, trace, codes, {}, tables.empty(PEOPLE_CERQUAL), SETTINGS)
    factors = confidence.with_confidence(weighed, concerns).assign(judgement="")
    factors = factors.assign(proposed=factors["confidence"])
    edges, together = joined(units(pieces, SETTINGS.edge_units), SETTINGS.false_discoveries)
    names = dict(zip(factors["id"], factors["name"], strict=True))
    judged = influences.judgements_on(said, influences.factors_asked(factors, SETTINGS))
    rows, relations, found = structure.tables_of(judged, names, SETTINGS, 1)
    compared = comparison.compared(judged, found.direct, edges)
    mapped, _, web = cognition.mapped(*cognition.weights_of(judged, said.assign(weight=np.nan), []), names, SETTINGS)
    basis = structure.summary(said, judged, found, SETTINGS)
    basis |= {"compared": comparison.agreement(judged, compared, 1), "map": web}
    material = robustness.gather_material(trace, factors, ratings, SETTINGS)
    left = robustness.left_out_table(material, {})
    drawn = robustness.bootstrap(material, 100, 1)
    firm = robustness.robustness_table(material, names, drawn, left, SETTINGS.leading)
    tested = (firm, left, robustness.smallest_changes(material, names, SETTINGS.leading))
    parts = (factors, edges, trace, rows, relations, basis, display, codes, tested, (together, compared, mapped))
    made = [
        (FACTORS, factors),
        (TRACE, trace),
        (EDGES, edges),
        (CONVERGENCE, codes),
        (STRUCTURE, rows),
        (RELATIONS, relations),
        (COMPARED, compared),
        (COGNITIVE_MAP, mapped),
        (ROBUSTNESS, firm),
        (DIRECTION_FORM, direction_form(pieces, factors)),
    ]
    checked = {form.file.split("/")[1]: tables.conforming(table, form) for form, table in made}
    told = facts(codebook, *parts, SETTINGS)
    told["gaps"] = told_gaps(*literature(codebook, factors), TITLES, SETTINGS.titles)
    return codebook, checked, told, basis


@pytest.mark.parametrize(("number", "missing"), [*((8, name) for name in ["", *KINDS]), (60, ""), (60, "delphi")])
def test_any_size_and_any_technique_missing(number, missing, prose):
    codebook, made, told, _ = whole(number, missing)
    factors = made["factors.csv"]
    assert len(factors) == len(codebook) == number
    assert set(made["trace.csv"]["technique"]) - {""} == set(KINDS) - {missing}
    if missing:
        assert factors[f"standing_{missing}"].isna().all()
        assert (factors[f"sources_{missing}"] == 0).all()
    fill = prose("ecosystem").fill
    text = fill("results", told)
    assert "@fig-ecosystem-model" in text
    assert all(f"Condition {n}, with a name of usual length" in text for n in range(number))
    assert len(fill("methods", told)) > 2000
    awaited = {"interviews": "Interviews", "delphi": "Delphi", "desk": "Documents"}.get(missing)
    assert awaited is None or f"Still awaited: {awaited}" in text


@pytest.mark.parametrize("number", [8, 60])
def test_figures_of_any_size(number):
    """All are drawn, with words on them; no two names of conditions in the matrix lie on each other."""
    codebook, made, _, basis = whole(number)
    factors = made["factors.csv"]
    shown = factors.set_index("id").loc[codebook["id"]].reset_index()
    drawn = {
        "model": draw_model(shown, "the start of it"),
        "matrix": figures.draw_matrix(factors, SETTINGS),
        "ranks": figures.draw_ranks(made["robustness.csv"]),
        "connections": figures.draw_connections(codebook, made["edges.csv"]),
        "structure": draw_structure(made["structure.csv"], made["relations.csv"]),
        "gaps": draw_gaps(*literature(codebook, factors), TITLES),
        "influence_map": draw_map(made["structure.csv"], "half", basis["no_dematel"]),
    }
    for name, figure in drawn.items():
        figure.draw_without_rendering()
        words = [text.get_text() for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
        assert len(words) > 4, name
        assert figure.get_tightbbox().height > 1, name
    figure = drawn["matrix"]
    boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    ends = sorted((box.y0, box.y1) for box in boxes)
    assert all(after[0] >= before[1] - 0.5 for before, after in itertools.pairwise(ends))
