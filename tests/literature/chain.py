"""The chain of the literature from files to what the report is told, for several tests."""

from coproduction.literature.facts import facts
from coproduction.literature.finding_duplicates import find_duplicates
from coproduction.literature.importing import import_files
from coproduction.literature.merging import link_records, merge_records
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import DUPLICATE_DECISIONS, SEARCHES, table_of

SETTINGS = LiteratureSettings()


class Chain:
    """Every table of the literature, made of files with their contents."""

    def __init__(self, files, searches=(), settings=SETTINGS):
        imported = import_files(files, table_of(list(searches), SEARCHES))
        self.entries, self.refused, self.imports = (imported.entries, imported.refused, imported.imports)
        found = find_duplicates(self.entries, table_of([], DUPLICATE_DECISIONS), settings)
        self.clusters, self.pairs, self.check = found.clusters, found.pairs, found.check
        self.records, _, self.record_of = merge_records(self.entries, found.clusters)
        self.links = link_records(self.pairs, self.entries, self.record_of)
        self.field_counts = imported.field_counts
        self.settings = settings

    def facts(self):
        return facts(
            self.imports,
            self.entries,
            self.records,
            self.pairs,
            self.refused,
            self.links,
            self.field_counts,
            self.check,
            self.settings,
        )
