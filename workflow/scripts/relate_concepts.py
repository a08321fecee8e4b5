"""Count the quotes of each concept by interview, the turns that concepts share, and what is new."""

from coproduction.core.step import step
from coproduction.interviews import relations, tables


@step(tables)
def relate_concepts(given):
    quotes, transcripts = given.quotes, given.transcripts
    sizes = given.base_size, given.run_length
    return {
        "by_interview": relations.by_interview(given.structure, quotes, transcripts),
        "together": relations.together(quotes),
        "saturation": relations.saturation(quotes, transcripts, *sizes),
    }
