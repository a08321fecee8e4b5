"""Hand the pseudonymised transcripts to the coders, and all codings so far as one project."""

from coproduction.core.step import step
from coproduction.core.tables import empty
from coproduction.formats.qda.writing import codebook_bytes
from coproduction.interviews import export, tables


@step(tables)
def export_coding(given):
    texts, structure = given.texts, given.structure
    codes = export.codes_to_use(structure, given.codebook)
    return {
        "for_coding_texts": export.text_files(texts),
        "project": export.project(texts, codes, given.transcripts),
        "for_coding_codebook": export.codebook_table(codes),
        "codes": codebook_bytes(codes),
        "all_codings": export.project_with_codings(
            texts, codes, structure, given.segments, given.transcripts
        ),
        "for_coding_segments": empty(tables.FOR_CODING_SEGMENTS),
    }
