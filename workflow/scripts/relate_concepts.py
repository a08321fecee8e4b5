"""Count the quotes of each concept by interview, the turns that concepts share, and what is new."""

from coproduction.core import accounting
from coproduction.core.step import step
from coproduction.interviews import chosen_quotes, relations, tables


@step(tables)
def relate_concepts(given):
    quotes, transcripts = given.quotes, given.transcripts
    sizes = given.base_size, given.run_length
    return {
        "by_interview": relations.by_interview(given.structure, quotes, transcripts),
        "by_group": accounting.table(
            chosen_quotes.by_group(quotes, transcripts, ["country", "role", "organisation"]), tables.BY_GROUP
        ),
        "together": relations.together(quotes),
        "richness": relations.richness(quotes, transcripts, *sizes, given.seed),
        "saturation": relations.saturation(quotes, transcripts, *sizes),
    }
