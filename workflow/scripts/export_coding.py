"""Hand the pseudonymised transcripts to the coders, and all codings so far as one project."""

from coproduction.core.factors import read_factors
from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.core.tables import empty
from coproduction.formats.qda.writing import codebook_bytes
from coproduction.interviews import export, reading, tables
from coproduction.interviews.settings import InterviewsSettings


@step(tables, settings=InterviewsSettings)
def export_coding(given):
    texts, structure, seeds = given.texts, given.structure, given.settings.seed_codes
    factors, guide = read_factors(given.factors), reading.read_guide(next(iter(given.guide), None))
    codes = export.seeded(
        export.codes_to_use(structure, given.codebook),
        factors if "factors" in seeds else factors.iloc[:0],
        guide if "guide" in seeds else guide.iloc[:0],
    )
    codebook = export.codebook_table(codes)
    guard({"codes for the coders (guide.csv, factors.csv)": codebook}, read_key(next(iter(given.identities), None)))
    return {
        "for_coding_texts": export.text_files(texts),
        "project": export.project(texts, codes, given.transcripts),
        "for_coding_codebook": codebook,
        "codes": codebook_bytes(codes),
        "all_codings": export.project_with_codings(texts, codes, structure, given.segments, given.transcripts),
        "for_coding_segments": empty(tables.FOR_CODING_SEGMENTS),
    }
