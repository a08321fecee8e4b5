"""The scripts of the rules, one after the other as in the workflow, on small tables and on none."""

import runpy
from types import SimpleNamespace

import networkx as nx
import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.core.tables import conforming
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import STUDIES
from coproduction.topics.tables import DOCUMENTS, TOPICS

STUDY_ROWS = [
    (
        "r1",
        "r1",
        "larch2018",
        "Mutual trust in care",
        "Mutual trust and staff time came first.",
        "",
    ),
    ("r2", "r2", "birch2019", "Volunteers", "Volunteers need staff time.", "self-efficacy"),
    ("r3", "r3", "alder2020", "Roads", "Nothing to see.", ""),
]
DESK_ROWS = [
    dict(
        factor=factor, technique="desk", kind="passage", source="d1", locator="page 1", note=factor
    )
    for factor in ("open-data", "staff-capacity")
]
OUTPUTS = {
    "link_literature": {"evidence": "evidence.csv"},
    "weigh_factors": {
        "factors": "factors.csv",
        "form": "confidence_form.csv",
        "edges": "edges.csv",
        "trace": "trace.csv",
    },
    "analyse_structure": {
        "form": "influence_form.csv",
        "structure": "structure.csv",
        "relations": "relations.csv",
        "summary": "structure.json",
        "account": "influence_account.csv",
    },
    "write_model": {
        "json": "model.json",
        "graphml": "model.graphml",
        "directed": "structure.graphml",
    },
    "draw_structure": {end: f"arrows.{end}" for end in ("svg", "pdf", "csv")},
    "draw_influence_map": {end: f"influence_map.{end}" for end in ("svg", "pdf", "csv")},
    "draw_model": {end: f"model.{end}" for end in ("svg", "pdf", "csv")},
    "draw_matrix": {end: f"matrix.{end}" for end in ("svg", "pdf", "csv")},
    "draw_connections": {end: f"connections.{end}" for end in ("svg", "pdf", "csv")},
    "report_ecosystem": {
        "methods": "methods.md",
        "results": "results.md",
        "trace": "trace.md",
        "status": "status.csv",
        "account": "account.csv",
    },
}


class Named(SimpleNamespace):
    """What Snakemake passes for input and output, as far as the scripts use it."""

    def items(self):
        return vars(self).items()


INFLUENCES = """from,to,rater,influence
open-data,staff-capacity,E1,3
staff-capacity,open-data,E1,0
open-data,staff-capacity,E2,4
provider-trust,local-autonomy,E2,4
provider-trust,open-data,E2,
"""


def run_all(root, folder, filled, judged=False):
    """Run all scripts in `folder`; the files they leave, as bytes by name."""
    studies = pd.DataFrame(STUDY_ROWS if filled else [], columns=list(STUDIES.columns), dtype=str)
    tables.write_csv(studies, folder / "studies.csv", STUDIES)
    tables.write_csv(tables.empty(TOPICS), folder / "topics.csv", TOPICS)
    tables.write_csv(tables.empty(DOCUMENTS), folder / "documents.csv", DOCUMENTS)
    desk = accounting.table(DESK_ROWS if filled else [], accounting.EVIDENCE)
    tables.write_csv(desk, folder / "desk.csv", accounting.EVIDENCE)
    codebook = str(root / "config" / "factors.csv")
    inputs = {
        "link_literature": {
            "factors": codebook,
            "studies": "studies.csv",
            "records": "studies.csv",
            "topics": "topics.csv",
            "documents": "documents.csv",
        },
        "weigh_factors": {"factors": codebook, "evidence": ["desk.csv", "evidence.csv"]},
        "analyse_structure": {
            "factors": "factors.csv",
            "influences": ["influences.csv"] if judged else [],
        },
        "write_model": {
            "factors": "factors.csv",
            "edges": "edges.csv",
            "structure": "structure.csv",
            "relations": "relations.csv",
        },
        "draw_structure": {"structure": "structure.csv", "relations": "relations.csv"},
        "draw_influence_map": {"structure": "structure.csv", "summary": "structure.json"},
        "draw_model": {"codebook": codebook, "factors": "factors.csv"},
        "draw_matrix": {"factors": "factors.csv"},
        "draw_connections": {"codebook": codebook, "edges": "edges.csv"},
        "report_ecosystem": {
            "codebook": codebook,
            "studies": "studies.csv",
            "evidence": "evidence.csv",
            "factors": "factors.csv",
            "edges": "edges.csv",
            "trace": "trace.csv",
            "structure": "structure.csv",
            "relations": "relations.csv",
            "summary": "structure.json",
            "influences": "influence_account.csv",
        },
    }
    (folder / "influences.csv").write_text(INFLUENCES, encoding="utf-8")
    for script, given in inputs.items():
        snakemake = SimpleNamespace(
            input=Named(judgements=[], **given),
            output=Named(**OUTPUTS[script]),
            params=SimpleNamespace(settings=EcosystemSettings().model_dump(mode="json"), seed=7),
            log=[f"{script}.log"],
            rule=script,
        )
        path = root / "workflow" / "scripts" / f"{script}.py"
        runpy.run_path(str(path), init_globals={"snakemake": snakemake})
    made = [name for names in OUTPUTS.values() for name in names.values()]
    return {name: (folder / name).read_bytes() for name in made}


@pytest.mark.parametrize("filled", [True, False], ids=["small study", "empty study"])
def test_the_chain_of_scripts(root, tmp_path, monkeypatch, filled):
    monkeypatch.chdir(tmp_path)
    run_all(root, tmp_path, filled)
    status = tables.read_result("status.csv", accounting.STATUS)
    conforming(status, accounting.STATUS)
    account = tables.read_result("account.csv", accounting.ACCOUNT)
    accounting.check_account(account)
    text = (tmp_path / "results.md").read_text(encoding="utf-8")
    if filled:
        edges = pd.read_csv("edges.csv").set_index(["factor_a", "factor_b"])["units"]
        assert edges["open-data", "staff-capacity"] == 1
        assert edges["provider-trust", "staff-capacity"] == 1
        factors = pd.read_csv("factors.csv")
        assert factors.loc[0, "id"] == "staff-capacity"
        assert "fig-ecosystem-model" in text
        assert "fig-ecosystem-structure" not in text
        assert "`ecosystem/influences.csv` in the study folder" in text
        assert status.iloc[-1]["state"] == "awaited"
        assert len(pd.read_csv("influence_form.csv")) == status.iloc[-1]["total"]
    else:
        assert text.startswith("There is no evidence yet for any of the 32 factors.")
        assert "fig-" not in text
        assert "tbl-" not in text


def test_influences_become_levels_and_every_judgement_is_accounted_for(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_all(root, tmp_path, filled=True, judged=True)
    structure = pd.read_csv("structure.csv").set_index("factor")
    assert structure.loc["open-data", "level"] == 2
    assert structure.loc["staff-capacity", "level"] == 1
    account = tables.read_result("account.csv", accounting.ACCOUNT)
    accounting.check_account(account)
    said = account[account["unit"] == "judgement of influence"].set_index("outcome")["n"]
    assert said.to_dict() == {
        "used": 3,
        "left empty, not judged": 1,
        "about a factor that is not asked about": 1,
    }
    text = (tmp_path / "results.md").read_text(encoding="utf-8")
    assert "each was left out once" in text
    assert "judged by nobody" in text
    graph = nx.read_graphml("structure.graphml")
    assert list(graph.edges) == [("open-data", "staff-capacity")]
    both = nx.read_graphml("model.graphml").edges["open-data", "staff-capacity"]
    assert both["influences"] == "open-data > staff-capacity"


@pytest.mark.slow
def test_the_same_bytes_each_time(root, tmp_path, monkeypatch):
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        made.append(run_all(root, folder, filled=True, judged=True))
    assert made[0] == made[1]
