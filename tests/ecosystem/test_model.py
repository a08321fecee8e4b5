"""The model as a whole: nothing is left out, the network and its files are the same each time."""

import io
import json
import re
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from coproduction.core import accounting, figures, tables
from coproduction.core.errors import StudyError
from coproduction.core.factors import read_factors, term_index
from coproduction.core.tables import conforming
from coproduction.delphi.tables import RATINGS
from coproduction.ecosystem import handover
from coproduction.ecosystem.comparison import agreement
from coproduction.ecosystem.confidence import cerqual, with_confidence, with_judgements
from coproduction.ecosystem.connections import joined, units
from coproduction.ecosystem.convergence import convergence, joint_display
from coproduction.ecosystem.directions import with_directions
from coproduction.ecosystem.exports import as_graphml, as_json, network
from coproduction.ecosystem.facts import facts
from coproduction.ecosystem.figures import draw_connections, draw_matrix, draw_ranks
from coproduction.ecosystem.gaps import told_gaps
from coproduction.ecosystem.influences import Judged
from coproduction.ecosystem.model import gather, trace_table, verdicts, weigh
from coproduction.ecosystem.model_figure import SHADES, draw_model
from coproduction.ecosystem.robustness import (
    bootstrap,
    gather_material,
    left_out_table,
    robustness_table,
    smallest_changes,
)
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.structure import summary
from coproduction.ecosystem.tables import (
    COGNITIVE_MAP,
    COMPARED,
    DIRECTIONS,
    EDGES,
    FACTORS,
    INFLUENCES,
    JUDGEMENTS,
    LITERATURE_GAPS,
    PEOPLE_CERQUAL,
    PEOPLE_DIRECTIONS,
    RELATIONS,
    ROBUSTNESS,
    STRUCTURE,
    TOGETHER,
    TOPIC_CONDITIONS,
)

READ = {"reading": dict.fromkeys(["passage", "study", "quote", "rating", "topic"], "coded")}
SETTINGS = EcosystemSettings(**READ)  # as if people had read all of it
NOBODY = tables.empty(PEOPLE_DIRECTIONS)
BECAME = ["used", "left empty", "used", "not part of the evidence"]
NO_STRUCTURE = tables.empty(STRUCTURE), tables.empty(RELATIONS)


@pytest.fixture
def codebook(root):
    return read_factors(root / "config" / "factors.csv")


def pieces(*rows):
    names = ["factor", "technique", "kind", "source", "locator", "value", "verdict", "note"]
    return accounting.table([dict(zip(names, row, strict=False)) for row in rows], accounting.EVIDENCE)


def directed_pieces(codebook, evidence, settings=SETTINGS):
    """The pieces with their directions, all as if they favoured."""
    said = evidence.assign(excerpt="They told us that all of this came first.")
    found = with_directions(said, NOBODY, term_index(codebook), settings)
    return found.assign(excerpt=evidence["excerpt"].to_numpy())


def weighed(codebook, evidence, settings=SETTINGS):
    """The weighed factors with their confidence, as the step makes them, and the trace."""
    found = directed_pieces(codebook, evidence, settings)
    table = weigh(codebook, found, verdicts(evidence), settings)
    trace = trace_table(found, table, settings)
    codes = convergence(joint_display(trace, table, settings))
    components = cerqual(table, trace, codes, {}, tables.empty(PEOPLE_CERQUAL), settings)
    sure = with_confidence(table, components)
    return with_judgements(sure, tables.empty(JUDGEMENTS)), trace


EVIDENCE = pieces(
    ("provider-trust", "desk", "passage", "d1", "page 2"),
    ("provider-trust", "desk", "passage", "d2", "page 1"),
    ("staff-capacity", "desk", "passage", "d2", "page 1", "", "", "terms: workload"),
    ("staff-capacity", "desk", "indicator", "spending", "27 countries", 4.2),
    ("provider-trust", "literature", "study", "r1", "abstract"),
    ("provider-trust", "interviews", "quote", "P01", "10–90"),
    ("self-efficacy", "interviews", "quote", "P02", "10–90"),
    ("provider-trust", "delphi", "rating", "S1", "round 2", 8, "supported", "consensus in; settled"),
    ("open-data", "delphi", "rating", "S2", "round 2", 2, "rejected"),
    ("self-efficacy", "delphi", "rating", "S3", "round 2", 6, "no consensus"),
)


@pytest.fixture
def written(codebook, prose):
    """What the report says: a function of the name of the template, the factors, pairs and trace."""

    def fill(name, table, pairs=None, trace=None, settings=SETTINGS):
        nobody = tables.empty(INFLUENCES)
        basis = summary(nobody, Judged([], [], np.zeros((0, 0, 0))), None, settings)
        trace = weighed(codebook, EVIDENCE)[1] if trace is None else trace
        pairs = tables.empty(EDGES) if pairs is None else pairs
        display = joint_display(trace, table, settings)
        material = gather_material(trace, table, tables.empty(RATINGS), settings)
        names = dict(zip(table["id"], table["name"], strict=True))
        left = left_out_table(material, {})
        drawn = bootstrap(material, 100, 1)
        tested = (
            robustness_table(material, names, drawn, left, settings.leading),
            left,
            smallest_changes(material, names, settings.leading),
        )
        coded = (display, convergence(display))
        beside = tuple(tables.empty(form) for form in (TOGETHER, COMPARED, COGNITIVE_MAP))
        basis |= {"compared": agreement(Judged([], [], np.zeros((0, 0, 0))), beside[1], 1), "map": {"factors": 0}}
        told = facts(codebook, table, pairs, trace, *NO_STRUCTURE, basis, *coded, tested, beside, settings)
        told["gaps"] = told_gaps(tables.empty(LITERATURE_GAPS), tables.empty(TOPIC_CONDITIONS), {}, {})
        return prose("ecosystem").fill(name, told)

    return fill


@pytest.fixture
def model(codebook):
    return weighed(codebook, EVIDENCE)[0]


def test_every_factor_is_there_and_the_best_supported_leads(codebook, model):
    assert sorted(model["id"]) == sorted(codebook["id"])
    conforming(model, FACTORS)
    assert model.loc[0, "id"] == "provider-trust"
    assert model.loc[0, "lines"] == 4
    assert model.loc[0, "sources"] == 5
    without = model[model["sources"] == 0]
    assert set(without["confidence"]) == {"none"}
    assert set(without["strength"]) == {0.0}


def test_panel_against_a_factor_gives_no_support(model):
    row = model.set_index("id").loc["open-data"]
    assert row["verdict"] == "rejected"
    assert (row["strength"], row["lines"]) == (0, 0)


def test_rating_without_consensus_is_no_supporting_line(model):
    row = model.set_index("id").loc["self-efficacy"]
    assert row["lines"] == 1
    assert row["standing_delphi"] > 0


def test_factor_the_panel_was_not_asked_about_is_not_marked_down(codebook):
    asked = EVIDENCE[EVIDENCE["technique"] != "delphi"]
    before, after = (weighed(codebook, rows)[0].set_index("id")["strength"] for rows in (asked, EVIDENCE))
    assert after["staff-capacity"] == pytest.approx(before["staff-capacity"])


def test_awaited_techniques_have_no_standing(codebook):
    table, _ = weighed(codebook, EVIDENCE[EVIDENCE["technique"] == "desk"])
    assert table["standing_interviews"].isna().all()
    assert table["standing_desk"].notna().all()
    assert table.set_index("id").loc["staff-capacity", "indicators"] == 1
    assert table.set_index("id").loc["staff-capacity", "sources"] == 1


def test_two_statements_that_disagree_are_no_consensus():
    both = pieces(
        ("open-data", "delphi", "rating", "S1", "", 8, "supported"),
        ("open-data", "delphi", "rating", "S2", "", 2, "rejected"),
    )
    assert verdicts(both) == {"open-data": "no consensus"}
    assert verdicts(both.iloc[:1]) == {"open-data": "supported"}
    assert verdicts(both.assign(verdict="")) == {}  # ratings on a scale that no rule judges


def test_unknown_factor_names_file_and_factor():
    with pytest.raises(StudyError, match=r"evidence\.csv: there is evidence for 'nonsense'"):
        gather({"evidence.csv": pieces(("nonsense", "desk", "passage", "d1"))}, {"open-data"})


def test_order_of_the_files_does_not_matter(codebook):
    known = set(codebook["id"])
    one, two = EVIDENCE.iloc[:4], EVIDENCE.iloc[4:]
    assert gather({"a": one, "b": two}, known).equals(gather({"a": two, "b": one}, known))


def test_graphml_and_json_come_back_and_never_change(codebook, model):
    pairs = joined(units(directed_pieces(codebook, EVIDENCE), SETTINGS.edge_units), 0.05)[0]
    text = as_graphml(network(model, pairs, *NO_STRUCTURE))
    assert text == as_graphml(network(model.sample(frac=1, random_state=1), pairs, *NO_STRUCTURE))
    graph = nx.read_graphml(io.BytesIO(text.encode()))
    assert len(graph) == len(codebook)
    assert graph.edges["provider-trust", "staff-capacity"]["units"] == 1
    content = json.loads(as_json(model, pairs, *NO_STRUCTURE, SETTINGS))
    assert [row["id"] for row in content["factors"]] == model["id"].tolist()
    assert content["factors"][-1]["standing_topics"] is None


def test_trace_has_every_piece_and_every_factor(codebook, model, written):
    _, trace = weighed(codebook, EVIDENCE)
    assert (trace["technique"] != "").sum() == len(EVIDENCE)
    assert set(trace["factor"]) == set(codebook["id"])
    assert trace.loc[trace["kind"] == "indicator", "counts"].tolist() == ["no"]
    text = written("trace", model, trace=trace)
    known = EVIDENCE["factor"].nunique()
    assert text.count("\n## ") == known
    assert "(consensus in, median 8) |" in text
    none = next(line for line in text.splitlines() if line.startswith("There is no evidence yet"))
    assert sum(name in none for name in codebook["name"]) == len(codebook) - known


def test_the_appendix_shows_pieces_of_different_sources_first(codebook, written):
    rows = [("open-data", "desk", "passage", source, f"page {n}") for n in (1, 2, 3) for source in ("d1", "d2")]
    evidence = pieces(*rows)
    table, trace = weighed(codebook, evidence)
    two = SETTINGS.model_copy(update={"trace_rows": 2})
    text = written("trace", table, trace=trace, settings=two)
    assert "| d1, page 1 |" in text
    assert "| d2, page 1 |" in text
    assert "page 2 |" not in text


def test_methods_define_and_cite_every_factor(codebook, model, written):
    text = written("methods", model)
    for factor in codebook.itertuples():
        assert f"| {factor.name} |" in text
        assert f"[@{factor.references.split(';')[0]}" in text


def test_accounts_add_up(codebook):
    _, trace = weighed(codebook, EVIDENCE)
    studies = pd.DataFrame({"record": ["r1", "r2", "r3"], "study": ["r1", "", "r1"]})
    said = accounting.table([{"row": n, "unit": "U", "outcome": word} for n, word in enumerate(BECAME)], DIRECTIONS)
    account = handover.account(studies, EVIDENCE, trace, said)
    accounting.check_account(account)
    assert account[account["unit"] == "study"]["n"].tolist() == [1, 1]
    settled = account[account["unit"] == "settled direction"].set_index("outcome")["n"]
    assert settled.to_dict() == {"left empty": 1, "not part of the evidence": 1, "used": 2}


@pytest.mark.usefixtures("only_on_paper")
@pytest.mark.parametrize("evidence", [EVIDENCE, EVIDENCE.iloc[:0]], ids=["some", "none"])
def test_figures_and_fragments_of_any_state(codebook, evidence, tmp_path, written):
    table, trace = weighed(codebook, evidence)
    pairs = joined(units(directed_pieces(codebook, evidence), SETTINGS.edge_units), 0.05)[0]
    text = written("results", table, pairs, trace)
    assert ("fig-ecosystem-model" in text) == bool(len(evidence))
    with figures.style():
        for name, figure in {
            "model": draw_model(table),
            "matrix": draw_matrix(table, SETTINGS),
            "ranks": draw_ranks(tables.empty(ROBUSTNESS)),
            "connections": draw_connections(codebook, pairs),
        }.items():
            paths = {end: str(tmp_path / f"{name}.{end}") for end in ("svg", "pdf", "csv")}
            figures.save(figure, table, **paths)
            assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_no_two_labels_of_the_model_overlap(codebook):
    """The bounding boxes of all texts of the model figure are apart, also at full strength."""
    table = codebook.assign(strength=1.0, confidence="high")
    with figures.style():
        figure = draw_model(table)
        canvas = figure.canvas
        renderer = canvas.get_renderer()
        texts = [text for text in figure.axes[0].texts if text.get_text()]
        boxes = [text.get_window_extent(renderer) for text in texts]
        width, height = canvas.get_width_height()
    for place, box in enumerate(boxes):
        assert box.x0 >= 0, texts[place].get_text()
        assert box.x1 <= width, texts[place].get_text()
        assert 0 <= box.y0 <= box.y1 <= height
        for other in range(place):
            assert not box.overlaps(boxes[other]), (texts[place].get_text(), texts[other].get_text())


def many(number, dimensions=("political", "economic", "social", "technological")):
    """So many conditions over all levels, at different strengths, with long names."""
    levels = ["citizens", "organisation", "environment", "environment"]
    rows = [
        (
            f"f{n}",
            f"Condition {n} with a long name of its own",
            levels[n % 4],
            dimensions[n // 2 % len(dimensions)] if n % 4 > 1 else "individual",
            (n % 7) / 6,
            ["high", "moderate", "low", "very low"][n % 4],
            "favours",
            0.3,
        )
        for n in range(number)
    ]
    names = ["id", "name", "level", "dimension", "strength", "confidence", "side", "hindrance"]
    return pd.DataFrame(rows, columns=names)


@pytest.mark.parametrize("number", [1, 8, 60])
@pytest.mark.parametrize("dimensions", [("political", "economic"), ("legal", "cultural", "spatial")])
def test_every_condition_is_in_the_model_figure_whatever_their_number(number, dimensions):
    factors = many(number, dimensions)
    with figures.style():
        figure = draw_model(factors)
        shown = " ".join(text.get_text().replace("\n", " ") for text in figure.axes[0].texts)
        assert [name for name in factors["name"] if name not in shown] == []
        renderer = figure.canvas.get_renderer()
        boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
        width, height = figure.canvas.get_width_height()
        assert all(0 <= box.x0 <= box.x1 <= width and box.y0 >= 0 for box in boxes)
        assert all(box.y1 <= height for box in boxes)
        figures.plt.close(figure)


def test_a_list_that_is_too_long_for_the_page_names_the_strongest_under_their_own_numbers():
    factors = many(120)
    factors["strength"] = [1.0 if n == 116 else 0.0 for n in range(120)]  # one of the citizens, the last in the list
    with figures.style():
        figure = draw_model(factors)
        texts = [text.get_text() for text in figure.axes[0].texts]
        figures.plt.close(figure)
    more = next(n for n, text in enumerate(texts) if "more: see the table" in text)
    assert texts[more - 1] == ""
    strong = next(n for n, text in enumerate(texts) if text.startswith("Condition 116"))
    assert texts[strong - 1] == "120"


def test_the_page_shades_confidence_as_the_figure_does():
    script = (Path(__file__).parents[2] / "report" / "explore.js").read_text(encoding="utf-8")
    said = re.search(r"var SHADES = \{(.*?)\}", script)[1]
    pairs = re.findall(r'"?([\w ]+?)"?: "(#\w+)"', said)
    assert {level.strip(): shade for level, shade in pairs} == SHADES
