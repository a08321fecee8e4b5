"""Turn titles, abstracts and keywords into the vectors that the ranking learns from."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import make_features, write_features


@step(RECORDS.part("record", "title", "abstract", "keywords"))
def vectorise_records(given):
    write_features(make_features(given.records, Model().kinds), given.out.vectors)
