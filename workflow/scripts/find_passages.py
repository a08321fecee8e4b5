"""Find the sentences that hold a term of a condition, with what people say of them."""

from coproduction.core.factors import read_factors, term_index
from coproduction.core.step import step
from coproduction.desk import passage_judgements, passages, tables
from coproduction.desk.settings import DeskSettings
from coproduction.ecosystem.judgements import directions_of, settled_rows


@step(tables, settings=DeskSettings)
def find_passages(given):
    factors, settings = read_factors(given.factors), given.settings
    documents, pages = given.documents, given.pages
    counting = documents.loc[documents["counts"] == "yes", "document"]
    pages = pages[pages["document"].isin(counting)]
    longest, negations = settings.excerpt_length, settings.negations
    all_passages = passages.find_passages(pages, term_index(factors), longest, negations)
    judgements = passage_judgements.read_judgements(given.study_judgements, set(all_passages["passage"]))
    settled = directions_of(settled_rows(next(iter(given.directions), None)))
    directions = dict(zip(settled["unit"], settled["direction"], strict=True))
    all_passages = passage_judgements.judged(all_passages, judgements, directions)
    names = dict(zip(factors["id"], factors["name"], strict=True))
    return {
        "passages": all_passages,
        "judgements": judgements,
        "to_judge": passage_judgements.to_judge(all_passages, names),
    }
