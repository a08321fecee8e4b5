"""The scripts of the rules, one after the other as in the workflow, on small tables and on none."""

import re
import runpy
from types import SimpleNamespace

import networkx as nx
import pandas as pd
import pytest
from coproduction.core import accounting, study_files, tables
from coproduction.core.tables import conforming
from coproduction.delphi.tables import PANEL, RATINGS
from coproduction.desk.tables import DOCUMENTS as DESK_DOCUMENTS
from coproduction.desk.tables import PASSAGES
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.interviews.tables import TRANSCRIPTS
from coproduction.interviews.transcript_tables import TURNS
from coproduction.screening.tables import INCLUDED
from coproduction.topics.tables import DOCUMENTS, PREVALENCE, TOPICS
from snakemake.iocontainers import Namedlist

STUDY_ROWS = [
    ("r1", "r1", "larch2018", "Mutual trust comes first in care.", "Mutual trust and staff time came first.", ""),
    ("r2", "r2", "birch2019", "Volunteers", "Volunteers need staff time.", "self-efficacy"),
    ("r3", "r3", "alder2020", "Roads", "Nothing to see.", ""),
]
CODED = {"reading": dict.fromkeys(["passage", "study", "quote", "rating", "topic"], "coded")}
DESK_ROWS = [
    dict(
        factor=factor,
        technique="desk",
        kind="passage",
        source="d1",
        locator="page 1",
        note=factor,
        excerpt="All of this came first, they said.",
    )
    for factor in ("open-data", "staff-capacity")
]
FIGURES = ["model", "matrix", "ranks", "connections", "structure", "influence_map", "gaps"]


def named_inputs(files: dict) -> Namedlist:
    """The inputs as Snakemake gives them: all files in one list, several under one name as a part."""
    found = Namedlist()
    for name, value in files.items():
        several, start = isinstance(value, list), len(found)
        found.extend(value if several else [value])
        found._set_name(name, start, end=len(found) if several else None)
    return found


OUTPUTS = {
    "link_literature": ["evidence.csv"],
    "weigh_factors": [
        "factors.csv",
        "confidence_form.csv",
        "edges.csv",
        "together.csv",
        "trace.csv",
        "direction_form.csv",
        "directions.csv",
        "joint_display.csv",
        "convergence.csv",
        "cerqual.csv",
    ],
    "find_gaps": ["topic_conditions.csv", "literature_gaps.csv"],
    "estimate_robustness": ["robustness.csv", "left_out.csv", "smallest_change.csv"],
    "analyse_structure": [
        "influence_form.csv",
        "structure.csv",
        "relations.csv",
        "influence_account.csv",
        "compared.csv",
        "cognitive_map.csv",
        "scenarios.csv",
    ],
    "write_model": [],
    "draw_ecosystem": [],
    "summarise_ecosystem": ["facts.json", "methods.md", "results.md", "status.csv", "account.csv"],
}
OTHER_OUTPUTS = {
    "analyse_structure": {"basis": "structure.json"},
    "write_model": {
        "model": "model.json",
        "schema": "model.schema.json",
        "graphml": "model.graphml",
        "gexf": "model.gexf",
        "directed": "structure.graphml",
        "directed_gexf": "structure.gexf",
    },
    "draw_ecosystem": {f"{name}_{end}": f"figures/{name}.{end}" for name in FIGURES for end in ("svg", "pdf", "csv")},
    "summarise_ecosystem": {"trace_report": "trace.md"},
}
TABLES = ["factors", "edges", "trace", "structure", "relations", "influence_account"]
GAPS = ["literature_gaps", "topic_conditions"]
SHAKEN = ["robustness", "left_out", "smallest_change"]
READ = {
    "write_model": TABLES[:2] + TABLES[3:5],
    "find_gaps": ["factors"],
    "draw_ecosystem": [*TABLES[:2], *TABLES[3:5], "robustness", *GAPS],
    "summarise_ecosystem": [
        *TABLES,
        *SHAKEN,
        *GAPS,
        "evidence",
        "direction_form",
        "joint_display",
        "convergence",
        "together",
        "compared",
        "cognitive_map",
    ],
    "estimate_robustness": ["factors", "trace"],
    "analyse_structure": ["factors", "edges"],
}


def outputs(script):
    """The outputs of a rule by key, in the folder of the ecosystem."""
    named = {name.split(".")[0]: name for name in OUTPUTS[script]} | OTHER_OUTPUTS.get(script, {})
    return {key: f"ecosystem/{name}" for key, name in named.items()}


INFLUENCES = """from,to,rater,influence
open-data,staff-capacity,E1,3
staff-capacity,open-data,E1,0
open-data,staff-capacity,E2,4
provider-trust,local-autonomy,E2,4
provider-trust,open-data,E2,
"""


def run_all(root, folder, filled, judged=False, scripts=tuple(OUTPUTS)):
    """Run all scripts (or some) in `folder`; the files they leave, as bytes by name."""
    texts = ("title", "abstract", "keywords")
    names = ["record", "study", "key", *texts]
    rows = pd.DataFrame(STUDY_ROWS if filled else [], columns=names, dtype=str)
    tables.write_csv(rows, "screening/included.csv", INCLUDED.part(*names))
    placed = {
        "documents": ("desk/documents.csv", DESK_DOCUMENTS),
        "transcripts": ("interviews/transcripts.csv", TRANSCRIPTS),
        "ratings": ("delphi/ratings.csv", RATINGS),
        "panel": ("delphi/panel.csv", PANEL),
    }
    passages = PASSAGES.part("factor", "document", "excerpt", "before", "after", "judgement")
    tables.write_csv(tables.empty(passages), "desk/passages.csv", passages)
    spoken = TURNS.part("transcript", "turn", "text")
    tables.write_csv(tables.empty(spoken), "interviews/turns.csv", spoken)
    for path, form in placed.values():
        tables.write_csv(tables.empty(form), path, form)
    tables.write_csv(tables.empty(TOPICS), "topics/topics.csv", TOPICS)
    tables.write_csv(tables.empty(DOCUMENTS), "topics/documents.csv", DOCUMENTS)
    tables.write_csv(tables.empty(PREVALENCE), "topics/prevalence.csv", PREVALENCE)
    desk = accounting.table(DESK_ROWS if filled else [], accounting.EVIDENCE)
    tables.write_csv(desk, "desk/evidence.csv", accounting.EVIDENCE)
    (folder / "influences.csv").write_text(INFLUENCES, encoding="utf-8")
    given = {
        "codebook": str(root / "config" / "factors.csv"),
        "included": "screening/included.csv",
        "basis": "ecosystem/structure.json",
        "judgements": [],
        "directions": [],
        "concerns": [],
        "influences": ["influences.csv"] if judged else [],
        "weights": [],
        "templates": study_files.templates([root / "report"], "ecosystem"),
    }
    literature = {"topics": "topics/topics.csv", "documents": "topics/documents.csv"}
    named = {"prevalence": "topics/prevalence.csv"}
    sources = {key: path for key, (path, _) in placed.items()}
    gathered = (
        sources
        | {"passages": "desk/passages.csv", "turns": "interviews/turns.csv"}
        | {"evidence": ["desk/evidence.csv", "ecosystem/evidence.csv"]}
    )
    for script in scripts:
        read = {name: f"ecosystem/{name}.csv" for name in READ.get(script, [])}
        read |= {"directions": "ecosystem/directions.csv"} if script == "summarise_ecosystem" else {}
        more = {
            "link_literature": literature,
            "find_gaps": literature,
            "weigh_factors": gathered,
            "estimate_robustness": sources,
            "draw_ecosystem": named,
            "summarise_ecosystem": named,
        }.get(script, {})
        params = {"settings": EcosystemSettings(**CODED).model_dump(mode="json"), "seed": 7}
        snakemake = SimpleNamespace(
            input=named_inputs(given | read | more),
            output=Namedlist(fromdict=outputs(script)),
            params=Namedlist(fromdict=params),
            log=[f"{script}.log"],
            threads=1,
            rule=script,
            config={},
        )
        path = root / "workflow" / "scripts" / f"{script}.py"
        runpy.run_path(str(path), init_globals={"snakemake": snakemake})
    made = [name for script in scripts for name in outputs(script).values()]
    return {name: (folder / name).read_bytes() for name in made}


@pytest.mark.usefixtures("only_on_paper")
@pytest.mark.parametrize("filled", [True, False], ids=["small study", "empty study"])
def test_the_chain_of_scripts(root, tmp_path, monkeypatch, filled):
    monkeypatch.chdir(tmp_path)
    run_all(root, tmp_path, filled)
    status = tables.read_result("ecosystem/status.csv", accounting.STATUS)
    conforming(status, accounting.STATUS)
    account = tables.read_result("ecosystem/account.csv", accounting.ACCOUNT)
    accounting.check_account(account)
    text = (tmp_path / "ecosystem/results.md").read_text(encoding="utf-8")
    if filled:
        edges = pd.read_csv("ecosystem/edges.csv").set_index(["factor_a", "factor_b"])["units"]
        assert edges["open-data", "staff-capacity"] == 1
        assert edges["provider-trust", "staff-capacity"] == 1
        factors = pd.read_csv("ecosystem/factors.csv")
        assert factors.loc[0, "id"] == "staff-capacity"
        assert "fig-ecosystem-model" in text
        assert "fig-ecosystem-structure" not in text
        assert "`ecosystem/influences.csv` in the study folder" in text
        assert status.iloc[-1]["state"] == "awaited"
        assert len(pd.read_csv("ecosystem/influence_form.csv")) == status.iloc[-1]["total"]
    else:
        said = re.sub(r"\[([^]]*)\]\(fact:[^)]*\)", r"\1", text)
        assert said.startswith("There is no evidence yet on any of the 32 conditions.")
        assert "fig-" not in text
        assert "tbl-" not in text


@pytest.fixture(scope="module")
def judged(root, tmp_path_factory):
    """The folder in which all scripts but the drawing one have run with influences, and the files that they left."""
    folder = tmp_path_factory.mktemp("judged")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return folder, run_all(root, folder, True, True, [name for name in OUTPUTS if name != "draw_ecosystem"])


def test_influences_become_levels_and_every_judgement_is_accounted_for(judged, monkeypatch):
    folder, _ = judged
    monkeypatch.chdir(folder)
    structure = pd.read_csv("ecosystem/structure.csv").set_index("factor")
    assert structure.loc["open-data", "level"] == 2
    assert structure.loc["staff-capacity", "level"] == 1
    account = tables.read_result("ecosystem/account.csv", accounting.ACCOUNT)
    accounting.check_account(account)
    said = account[account["unit"] == "judgement of influence"].set_index("outcome")["n"]
    assert said.to_dict() == {"used": 3, "left empty": 1, "about a factor that is not asked about": 1}
    text = (folder / "ecosystem/results.md").read_text(encoding="utf-8")
    assert "each was left out in turn" in text
    assert "not judged and count" in text
    graph = nx.read_graphml("ecosystem/structure.graphml")
    assert list(graph.edges) == [("open-data", "staff-capacity")]
    both = nx.read_graphml("ecosystem/model.graphml").edges["open-data", "staff-capacity"]
    assert both["influences"] == "open-data > staff-capacity"


@pytest.mark.slow
def test_the_same_bytes_each_time(root, judged, tmp_path, monkeypatch):
    folder, made = judged
    monkeypatch.chdir(folder)
    drawn = run_all(root, folder, True, True, ["draw_ecosystem"])
    monkeypatch.chdir(tmp_path)
    assert run_all(root, tmp_path, filled=True, judged=True) == made | drawn
