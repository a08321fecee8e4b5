"""Every table that people keep, broken in every way, is refused by name where it is read."""

from types import SimpleNamespace

import pytest
from breaks import BREAKS
from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError
from coproduction.core.factors import read_factors
from coproduction.core.identities import read_key
from coproduction.delphi import people_files as delphi
from coproduction.desk import documents, indicators
from coproduction.ecosystem.judgements import read_influences, read_judgements
from coproduction.interviews import coded_files, reading
from coproduction.literature.tables import SEARCHES
from coproduction.qca import sets
from coproduction.qca.tables import SETS
from coproduction.screening import intake


def delphi_file(name):
    """A reader of the Delphi's files, this one at `path` and the others of the bundled study."""

    def read(path, root):
        own = root / "data" / "demo" / "delphi"
        files = {part: [str(own / f"{part}.csv")] for part in ("statements", "panel", "rounds")}
        delphi.read(SimpleNamespace(**files | {name: [str(path)]}), all_factors(root))

    return read


def all_factors(root):
    return set(read_factors(root / "config" / "factors.csv")["id"])


def read_indicators(path, root):
    codebook = indicators.read_codebook(root / "data/demo/desk/codebook.csv", all_factors(root))
    indicators.read_values([path], codebook, [], 2000)


def screened(stage):
    return lambda path, root: intake.read_stage([path], stage)


READERS = {
    "config/factors.csv": lambda path, root: read_factors(path),
    "data/demo/desk/register.csv": lambda path, root: documents.read_documents(path.parent, path, [], ""),
    "data/demo/desk/indicators.csv": read_indicators,
    "data/demo/desk/codebook.csv": lambda path, root: indicators.read_codebook(path, set()),
    "data/demo/qca/sets.csv": lambda path, root: sets.read_sets(path, set(), set()),
    "data/demo/qca/memberships.csv": lambda path, root: sets.read_memberships(path, tables.empty(SETS)),
    "data/demo/searches/searches.csv": lambda path, root: people_tables.read_people_table(path, SEARCHES),
    "data/demo/screening/criteria.csv": lambda path, root: intake.read_criteria([path]),
    "data/demo/screening/title_abstract.csv": screened("title_abstract"),
    "data/demo/screening/full_text.csv": screened("full_text"),
    "data/demo/screening/adjudications.csv": lambda path, root: intake.read_adjudications([path]),
    "data/demo/screening/retrieval.csv": lambda path, root: intake.read_retrieval([path]),
    "data/demo/interviews/participants.csv": lambda path, root: reading.read_participants(path),
    "data/demo/interviews/identities.csv": lambda path, root: read_key(path),
    "data/demo/interviews/gioia.csv": lambda path, root: reading.read_gioia(path, set()),
    "data/demo/interviews/coded/coder_C2.csv": lambda path, root: coded_files.read_coded([path]),
    "data/demo/delphi/statements.csv": delphi_file("statements"),
    "data/demo/delphi/panel.csv": delphi_file("panel"),
    "data/demo/delphi/rounds.csv": delphi_file("rounds"),
    "data/demo/ecosystem/judgements.csv": lambda path, root: read_judgements(path, set()),
    "data/demo/ecosystem/influences.csv": lambda path, root: read_influences([path], all_factors(root)),
}


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.__name__)
@pytest.mark.parametrize("name", READERS)
def test_a_broken_table_is_named(root, tmp_path, name, broken):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(broken((root / name).read_bytes()))
    with pytest.raises(StudyError) as caught:
        READERS[name](path, root)
    assert name in str(caught.value)


@pytest.mark.parametrize("broken", BREAKS[:2], ids=lambda broken: broken.__name__)
def test_a_broken_coded_project_is_named(root, tmp_path, broken):
    path = tmp_path / "coder_C1.qdpx"
    path.write_bytes(broken((root / "data/demo/interviews/coded/coder_C1.qdpx").read_bytes()))
    with pytest.raises(StudyError, match=path.name):
        coded_files.read_coded([path])
