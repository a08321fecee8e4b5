"""What the tests of the Delphi share."""

import shutil
from functools import cached_property

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
    return Carried(kept, settings)


class Carried:
    """A Delphi whose rounds were imported: its tables, each made when a test first asks for it."""

    def __init__(self, kept, settings):
        imported = import_rounds(kept, settings)
        taken = imported.tables()
        self.settings, self.statements = settings, kept.statements
        self.rounds_table = people_files.with_links(kept.rounds, imported.linked)
        self.rounds = change_between_rounds.states(self.rounds_table)
        self._apart = change_between_rounds.unlinked(self.rounds_table)
        self.panel = people_files.panel_or_responders(kept.panel, taken["submissions"], self._apart)
        for name, table in taken.items():
            setattr(self, name, table)

    @cached_property
    def _judged(self):
        return judging.judge(self.ratings, self.rounds, self.settings)

    @property
    def summary(self):
        return self._judged[0]

    @property
    def rules(self):
        return self._judged[1]

    @cached_property
    def groups(self):
        return judging.by_group(self.ratings, self.settings)

    @cached_property
    def concordance(self):
        return concordance.concordance(self.ratings, self.rounds, self.settings)

    @cached_property
    def leavers(self):
        return panel.leavers(self.ratings, self.rounds, self._apart)

    @cached_property
    def change(self):
        return change_between_rounds.compare(self.ratings, self.rounds, self.settings, self._apart)

    @cached_property
    def flow(self):
        return panel.flow(self.submissions, self.panel, self.rounds, self._apart)

    @cached_property
    def decisions(self):
        return asked_again.decide(self.statements, self.summary, self.change, self.flow, self.rounds, self.settings)

    @cached_property
    def _ranked(self):
        return options.rank(self.ratings, self.rounds, self.settings)

    @property
    def ranking(self):
        return self._ranked[0]

    @property
    def ranking_rounds(self):
        return self._ranked[1]

    @cached_property
    def fuzzy(self):
        return options.judge_fuzzily(self.summary, self.settings)

    @cached_property
    def convergence(self):
        return options.follow(self.revisions, self.settings)


class Instead:
    """What was carried, with some of its tables others."""

    def __init__(self, found, **tables):
        self._found = found
        vars(self).update(tables)

    def __getattr__(self, name):
        return getattr(self._found, name)


def given_of(found):
    """What a step that reads the results of a carried Delphi is given."""
    return Instead(found, rounds=found.rounds_table, panel_flow=found.flow)


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
