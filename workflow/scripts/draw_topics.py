"""Draw how common the topics are, where they lie beside one another, and what speaks for their number."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.topics import tables
from coproduction.topics.facts import name_of
from coproduction.topics.figures import draw_choice, draw_map, draw_prevalence


@step(tables)
def draw_topics(given):
    topics, choice = given.topics, given.choice_of_number
    names = name_of(given.named_topics)
    return {
        "prevalence": Drawn(draw_prevalence(topics, names), topics),
        "choice": Drawn(draw_choice(choice), choice),
        "map": Drawn(draw_map(topics, given.topic_map, names), given.topic_map),
    }
