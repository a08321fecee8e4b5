"""Read the text of each registered document, page by page, and compare the documents."""

from pathlib import Path

from coproduction.core.factors import read_factors
from coproduction.core.identities import read_key
from coproduction.core.step import step
from coproduction.desk import documents, tables
from coproduction.desk.settings import DeskSettings


@step(tables, settings=DeskSettings)
def read_documents(given):
    register, key = (next(iter(files), None) for files in (given.register, given.identities))
    terms = " ".join(read_factors(given.factors)["terms"])
    files, least = [*map(Path, given.files)], given.settings.similar_documents
    place = Path(given.desk)
    names, processes = read_key(key), given.threads
    languages = given.settings.ocr_languages
    return vars(documents.read_documents(place, register, files, terms, names, least, processes, languages))
