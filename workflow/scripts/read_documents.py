"""Read the text of each registered document, page by page."""

from pathlib import Path

from coproduction.core import tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.desk.passages import read_documents
from coproduction.desk.tables import DOCUMENTS, PAGES


def main(snakemake) -> None:
    register = next(iter(snakemake.input.get("register", [])), None)
    files = [Path(name) for name in snakemake.input.get("documents", [])]
    terms = " ".join(read_factors(snakemake.input.factors)["terms"])
    documents, pages = read_documents(Path(snakemake.params.desk), register, files, terms)
    tables.write_csv(documents, snakemake.output.documents, DOCUMENTS)
    tables.write_csv(pages, snakemake.output.pages, PAGES)


run(main, snakemake)
