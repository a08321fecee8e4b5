"""Read the text of each registered document, page by page."""

from pathlib import Path

from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.desk import tables
from coproduction.desk.documents import read_documents as read


@step(tables)
def read_documents(given):
    register = next(iter(given.register), None)
    terms = " ".join(read_factors(given.factors)["terms"])
    documents, pages = read(Path(given.desk), register, [*map(Path, given.files)], terms)
    return {"documents": documents, "pages": pages}
