"""Find out in which language each abstract is, and whether it is modelled."""

import pandas as pd
from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.topics import tables
from coproduction.topics.languages import languages
from coproduction.topics.settings import TopicsSettings


@step(RECORDS.part("record", "abstract", "language"), tables, settings=TopicsSettings)
def identify_languages(given):
    parts = [languages(records, given.settings) for records in given.pieces("records")]
    return {"languages": pd.concat(parts, ignore_index=True)}
