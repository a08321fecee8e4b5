"""The scripts of the rules, one after the other as in the workflow, on small tables and on none."""

import runpy
from types import SimpleNamespace

import pandas as pd
import pytest
from coproduction import progress, tables
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
        "json": "model.json",
        "graphml": "model.graphml",
    },
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


def run_all(root, folder, filled):
    """Run all scripts in `folder`; the files they leave, as bytes by name."""
    studies = pd.DataFrame(STUDY_ROWS if filled else [], columns=list(STUDIES.columns), dtype=str)
    tables.write_csv(studies, folder / "studies.csv", STUDIES)
    tables.write_csv(tables.empty(TOPICS), folder / "topics.csv", TOPICS)
    tables.write_csv(tables.empty(DOCUMENTS), folder / "documents.csv", DOCUMENTS)
    desk = progress.table(DESK_ROWS if filled else [], progress.EVIDENCE)
    tables.write_csv(desk, folder / "desk.csv", progress.EVIDENCE)
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
        },
    }
    for script, given in inputs.items():
        snakemake = SimpleNamespace(
            input=Named(judgements=[], **given),
            output=Named(**OUTPUTS[script]),
            params=SimpleNamespace(settings=EcosystemSettings().model_dump(mode="json")),
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
    status = tables.read_result("status.csv", progress.STATUS)
    progress.STATUS.validate(status)
    account = tables.read_result("account.csv", progress.ACCOUNT)
    progress.check_account(account)
    text = (tmp_path / "results.md").read_text(encoding="utf-8")
    if filled:
        edges = pd.read_csv("edges.csv").set_index(["factor_a", "factor_b"])["units"]
        assert edges["open-data", "staff-capacity"] == 1
        assert edges["provider-trust", "staff-capacity"] == 1
        factors = pd.read_csv("factors.csv")
        assert factors.loc[0, "id"] == "staff-capacity"
        assert "fig-ecosystem-model" in text
    else:
        assert text.startswith("There is no evidence yet for any of the 32 factors.")
        assert "fig-" not in text
        assert "tbl-" not in text


@pytest.mark.slow
def test_the_same_bytes_each_time(root, tmp_path, monkeypatch):
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        made.append(run_all(root, folder, filled=True))
    assert made[0] == made[1]
