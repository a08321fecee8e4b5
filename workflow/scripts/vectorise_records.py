"""Turn titles, abstracts, keywords and citations into the vectors that the ranking learns from."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS, REFERENCES
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import make_features, write_features
from coproduction.screening.citation_ranking import with_citations

READ = RECORDS.part("record", "title", "abstract", "keywords"), REFERENCES.part("record", "work", "cited_record")


@step(*READ)
def vectorise_records(given):
    model = Model()
    features = make_features(given.records, model.kinds)
    features = with_citations(features, given.records["record"], given.references, model.cited)
    write_features(features, given.out.vectors)
