"""Release the report, if nothing among all results holds the name or identity of somebody."""

import shutil
from pathlib import Path

from coproduction.core.identities import read_key
from coproduction.core.step import step
from coproduction.formats.searching import texts_in
from coproduction.interviews.tables import PRIVATE_CODED_IDENTIFIERS, PRIVATE_IDENTIFIERS, PRIVATE_SPEAKERS
from coproduction.report import gate, tables

FORMATS = {".html", ".pdf", ".docx"}


@step(tables, PRIVATE_SPEAKERS, PRIVATE_IDENTIFIERS, PRIVATE_CODED_IDENTIFIERS)
def release_report(given):
    out = [Path(path) for path in given.out]
    identities = [
        *gate.of_keys([read_key(path) for path in given.identities]),
        *gate.of_panellists(given.panellists),
        *gate.of_speakers(given.private_speakers),
        *gate.of_identifiers(given.private_identifiers),
        *gate.of_identifiers(given.private_coded_identifiers),
    ]
    figures = Path(given.out.figures)
    earlier = [*out, *figures.rglob("*")]
    searched, hits = gate.search(figures.parents[1], identities, texts_in, earlier)
    gate.refuse(hits)
    shutil.rmtree(figures, ignore_errors=True)
    shutil.copytree(given.figures, figures, ignore=shutil.ignore_patterns(".*"))
    for old in figures.parent.glob("*.*"):  # of a format that is not asked for any more
        if old.suffix in FORMATS and old not in out:
            old.unlink()
    for path in out:
        if path != figures and path.suffix != ".csv":
            shutil.copyfile(Path(given.figures).parent / path.name, path)
    return {"released": gate.released(searched, identities)}
