"""Turn titles, abstracts, keywords and citations into the vectors that the ranking learns from."""

from coproduction.core.step import step
from coproduction.core.tables import read_result
from coproduction.literature.tables import RECORDS, REFERENCES
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import make_features, write_features
from coproduction.screening.citation_ranking import with_citations

READ = RECORDS.part("record", "title", "abstract", "keywords"), REFERENCES.part("record", "work", "cited_record")


@step(*READ)
def vectorise_records(given):
    model = Model()
    features = make_features(given.pieces("records"), model.kinds)
    ids = read_result(given.path("records"), RECORDS.part("record"))["record"]
    features = with_citations(features, ids, given.references, model.cited_with(len(ids)))
    write_features(features, given.out.vectors)
