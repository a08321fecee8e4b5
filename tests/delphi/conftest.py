"""What the tests of the Delphi share."""

import shutil
from types import SimpleNamespace

import pytest
from coproduction.core import people_tables
from coproduction.delphi import asked_again, change_between_rounds, concordance, options, panel, people_files, protocol
from coproduction.delphi import summary as judging
from coproduction.delphi import tables as forms
from coproduction.delphi.facts import facts
from coproduction.delphi.importing import import_rounds
from coproduction.delphi.settings import DelphiSettings


def carried(folder, settings=None, **more):
    """Everything from the study folder's delphi/ to decisions, without Snakemake."""
    settings = settings or DelphiSettings()
    rounds = people_tables.read_people_table(folder / "rounds.csv", forms.STUDY_ROUNDS)
    people = people_tables.read_people_table(folder / "panel.csv", forms.STUDY_PANEL)
    statements = people_files.read_statements(folder / "statements.csv")
    return judged(people_files.Study(folder, statements, rounds, people, **more), settings)


def judged(kept, settings):
    """Everything from what people keep to decisions."""
    imported = import_rounds(kept, settings)
    taken = imported.tables()
    statements, rounds = kept.statements, people_files.with_links(kept.rounds, imported.linked)
    apart = change_between_rounds.unlinked(rounds)
    people = people_files.panel_or_responders(kept.panel, taken["submissions"], apart)
    long, submissions = taken["ratings"], taken["submissions"]
    states = change_between_rounds.states(rounds)
    summary, rules = judging.judge(long, states, settings)
    change = change_between_rounds.compare(long, states, settings, apart)
    flow = panel.flow(submissions, people, states, apart)
    decided = asked_again.decide(statements, summary, change, flow, states, settings)
    order, order_rounds = options.rank(long, states, settings)
    return SimpleNamespace(
        settings=settings,
        rounds=states,
        rounds_table=rounds,
        ranking=order,
        ranking_rounds=order_rounds,
        fuzzy=options.judge_fuzzily(summary, settings),
        convergence=options.follow(taken["revisions"], settings),
        panel=people,
        statements=statements,
        ratings=long,
        submissions=submissions,
        cells=taken["cells"],
        revisions=taken["revisions"],
        withheld=taken["withheld"],
        columns_to_settle=taken["columns_to_settle"],
        columns_read=taken["columns_read"],
        questions=taken["questions"],
        unmatched=taken["unmatched"],
        summary=summary,
        rules=rules,
        groups=judging.by_group(long, settings),
        concordance=concordance.concordance(long, states, settings),
        leavers=panel.leavers(long, states, apart),
        change=change,
        flow=flow,
        decisions=decided,
    )


def given_of(found):
    """What a step that reads the results of a carried Delphi is given."""
    tables = {"rounds": found.rounds_table, "panel_flow": found.flow}
    return SimpleNamespace(**vars(found) | tables)


def told_of(found, recorded=None):
    """The facts of a carried Delphi, as the report is told them."""
    return facts(given_of(found), protocol.compare(recorded, found.settings), recorded, found.settings)


@pytest.fixture(scope="session")
def pages(prose):
    """The templates of what panellists read."""
    return prose("delphi/panel")


@pytest.fixture(scope="session")
def words(prose):
    """A template of the Delphi, filled with what was carried."""

    def fill(name, found, recorded=None):
        return prose("delphi").fill(name, told_of(found, recorded))

    return fill


@pytest.fixture(scope="session")
def demo(root):
    return carried(root / "data" / "demo" / "delphi")


@pytest.fixture(scope="session")
def begun(root, tmp_path_factory):
    """The bundled Delphi while its third round was still open."""
    folder = tmp_path_factory.mktemp("begun")
    shutil.copytree(root / "data" / "demo" / "delphi", folder, dirs_exist_ok=True)
    lines = (folder / "rounds.csv").read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace("2026-10-02,closed", ",open")
    (folder / "rounds.csv").write_text("\n".join(lines[:4]) + "\n", encoding="utf-8")
    return carried(folder)


@pytest.fixture
def carry():
    return carried


@pytest.fixture
def judge():
    return judged


@pytest.fixture
def small(tmp_path):
    """A writer of a minimal study: two statements, three panellists, one round."""
    files = {
        "statements.csv": "statement,version,text,factor,first_round,last_round\n"
        "S1,1,Leaders support it,a,1,\nS2,1,There is money,b,1,\n",
        "panel.csv": "panellist,group\nD1,x\nD2,x\nD3,y\n",
        "rounds.csv": "round,file,status\n1,r1.csv,closed\n",
        "r1.csv": "token,IMP[S1],IMP[S2],COM[S1]\nD1,7,2,because\nD2,8,NO,\nD3,9,,\n",
    }

    def write(**changed):
        for name, content in (files | {k.replace("_", "."): v for k, v in changed.items()}).items():
            raw = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(raw)
        return tmp_path

    return write
