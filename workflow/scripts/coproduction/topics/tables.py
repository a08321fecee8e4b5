"""Tables of the topic model."""

from coproduction.core import tables

NOT_STATED = "not stated"  # of a journal or country

TOPICS = tables.schema(
    "topics/topics.csv",
    "The topics of the abstracts, the most prevalent first.",
    {
        "topic": tables.text("topic id (T1 is the most prevalent)", filled=True),
        "terms": tables.text("terms of the highest relevance, separated by ;"),
        "weight": tables.number("sum of the documents' shares of this topic"),
        "prevalence": tables.number("mean share over all documents (sums to 1 over topics)"),
        "documents": tables.whole("documents that count for this topic"),
        "exemplars": tables.text("records with the highest share, separated by ;"),
    },
)

CHOICE_OF_NUMBER = tables.schema(
    "topics/choice_of_number.csv",
    "Criteria for each number of topics: means over the topics of a model, and its rank by the rule.",
    {
        "topics": tables.whole("number of topics", low=1),
        "choice": tables.choice("verdict of the rule, or of the settings", ["chosen", "runner-up", ""]),
        "place": tables.whole("rank by the rule: the lower the mean rank over the five measures, the better", low=1),
        "mean_rank": tables.number("mean rank over the five measures"),
        "c_v": tables.number("mean coherence C_v (windows of 110 words, -1 to 1)"),
        "coherence": tables.number("mean coherence NPMI (whole records, -1 to 1)"),
        "stability": tables.number("mean stability (agreement with models of draws, 0 to 1)"),
        "least_stable": tables.number("stability of the least stable topic"),
        "diversity": tables.number("share of distinct terms among the ten strongest of each topic"),
    },
)

COMPARED_TOPICS = tables.schema(
    "topics/compared_topics.csv",
    "Coherence and stability of each topic for each number compared, with its strongest terms.",
    {
        "topics": tables.whole("number of topics of the model", low=1),
        "terms": tables.text("the ten strongest terms, separated by ;", filled=True),
        "c_v": tables.number("coherence C_v (-1 to 1)"),
        "coherence": tables.number("coherence (NPMI, -1 to 1)"),
        "stability": tables.number("stability (0 to 1)"),
    },
)

QUALITY = tables.schema(
    "topics/quality.csv",
    "Coherence and stability of each topic for the chosen number, with its strongest terms.",
    {
        "topic": tables.text("topic id", filled=True, unique=True),
        "terms": tables.text("the ten strongest terms, separated by ;", filled=True),
        "c_v": tables.number("coherence C_v (-1 to 1)"),
        "coherence": tables.number("coherence (NPMI, -1 to 1)"),
        "stability": tables.number("stability (0 to 1)"),
    },
)

DOCUMENTS = tables.schema(
    "topics/documents.csv",
    "The topic of each record and what became of it.",
    {
        "record": tables.text("record id", filled=True),
        "topic": tables.text("strongest topic; empty when the record could not be modelled"),
        "share": tables.number("share of that topic among the record's topic weights"),
        "outcome": tables.choice(
            "outcome of the record", ["assigned", "below threshold", "no abstract", "no terms", "other language"]
        ),
        "shares": tables.text("shares of all topics in order, separated by ;"),
    },
)

PEOPLE_TOPICS = tables.people(
    "topics.csv",
    "Names of the topics. Copy rows of results/topics/topic_names_form.csv and fill in the name.",
    {
        "name": tables.text("name of the topic in the report", filled=True, unique=True),
        "terms": tables.text(
            "terms of the topic when it was named, by which it is recognised, separated by ;", filled=True
        ),
        "note": tables.text("reason for the name", required=False),
    },
)

TOPIC_NAMES_FORM = tables.schema(
    "topics/topic_names_form.csv",
    "The topics to be named; copy the rows into topics.csv in the study folder. Existing names are kept.",
    {
        "name": tables.text("name of the topic; empty if not yet named"),
        "terms": tables.text("its strongest terms, separated by ;"),
        "topic": tables.text("topic id in this run"),
    },
)

NAMED_TOPICS = tables.schema(
    "topics/named_topics.csv",
    "The outcome of each name given: the topic that has it now, or why none has.",
    {
        "name": tables.text("name as given", filled=True, unique=True),
        "topic": tables.text("topic that now has the name; empty if none does"),
        "agreement": tables.number("agreement of its terms with those when it was named (0 to 1)"),
        "state": tables.choice("whether the name still fits", ["fits", "no longer fits"]),
        "terms_then": tables.text("terms when it was named, separated by ;"),
        "terms_now": tables.text("terms of the topic that is most like it now, separated by ;"),
    },
)

PREVALENCE = tables.schema(
    "topics/prevalence.csv",
    "How common each topic is among the records with an abstract, and its trend.",
    {
        "topic": tables.text("topic id", filled=True, unique=True),
        "title": tables.text("title: the name given to it, or its first terms", filled=True),
        "prevalence": tables.number("mean share over all modelled records"),
        "low": tables.number("lower limit of the prevalence (95 %, bootstrap over records)"),
        "high": tables.number("upper limit of the prevalence"),
        "documents": tables.whole("records that count for it", low=0),
        "included": tables.whole("of these, reports of included studies", low=0),
        "prevalence_included": tables.number("mean share over included reports; empty if there are none"),
        "years": tables.whole("years with three modelled records or more", low=0),
        "change_a_year": tables.number("change of the yearly mean share a year (Theil-Sen)"),
        "p": tables.number("p of a trend over the years (Mann-Kendall); empty below four years"),
        "p_adjusted": tables.number("the same, corrected for the number of topics (false discoveries)"),
    },
)

TOPIC_TERMS = tables.schema(
    "topics/topic_terms.csv",
    "The strongest terms of each topic, with their weight and exclusivity.",
    {
        "topic": tables.text("topic id", filled=True),
        "place": tables.whole("place of the term in the topic", low=1),
        "term": tables.text("term", filled=True),
        "share": tables.number("share of the topic's term weights"),
        "lift": tables.number("this share divided by the term's share over all topics"),
        "exclusivity": tables.number("share of the term's weight that this topic has"),
        "place_by_relevance": tables.whole(
            "place by relevance (Sievert and Shirley 2014, lambda 0.6) among all terms", low=1
        ),
        "documents": tables.whole("modelled records that use the term", low=0),
    },
)

TOPIC_MAP = tables.schema(
    "topics/topic_map.csv",
    "Position of each topic on the map (distances by terms), and its group.",
    {
        "topic": tables.text("topic id", filled=True, unique=True),
        "x": tables.number("first coordinate (classical scaling of Jensen-Shannon distances)"),
        "y": tables.number("second coordinate"),
        "kept": tables.number("share of the distances represented in two dimensions"),
        "group": tables.text("group of topics; empty if there are too few topics to group"),
    },
)

TOPIC_GROUPS = tables.schema(
    "topics/topic_groups.csv",
    "Groups of topics with similar terms, the most prevalent first; none if there are ten topics or fewer.",
    {
        "group": tables.text("group id (G1 is the most prevalent)", filled=True, unique=True),
        "terms": tables.text("terms of the highest weight over its topics, separated by ;"),
        "topics": tables.text("its topics, separated by ;"),
        "prevalence": tables.number("sum of the prevalence of its topics"),
        "documents": tables.whole("records that count for one of its topics", low=0),
        "silhouette": tables.number("mean silhouette of all groups (-1 to 1; near 0: poorly separated)"),
    },
)

DISTRIBUTION = tables.schema(
    "topics/distribution.csv",
    "Distribution of the modelled records over topics, journals and countries. Fractions add up to the number of "
    "records.",
    {
        "kind": tables.choice("what is distinguished", ["journal", "country of the authors", "country studied"]),
        "value": tables.text("journal or country; 'not stated' if the record names none", filled=True),
        "topic": tables.text("topic towards which the records count; empty for those without a clear topic"),
        "documents": tables.whole("records; one with several countries counts for each", low=1),
        "fraction": tables.number("records; one with several countries is divided among them"),
    },
)

LANGUAGES = tables.schema(
    "topics/languages.csv",
    "The language of each abstract and whether it is modelled.",
    {
        "record": tables.text("record id", filled=True),
        "stated": tables.text("language as the record states it (of the publication, not of the abstract)"),
        "language": tables.text("language of the abstract as a code; empty if uncertain"),
        "certainty": tables.number(
            "certainty, of the less certain half if both halves agree (0 to 1; below 0.9 no language is given)"
        ),
        "halves": tables.text("languages of its two halves, if different, separated by ;"),
        "outcome": tables.choice("outcome", ["modelled", "left out", "no abstract"]),
    },
)

LANGUAGE_EFFECT = tables.schema(
    "topics/language_effect.csv",
    "Each topic beside the most similar one in a model of all abstracts, including those in other "
    "languages; empty if none is left out.",
    {
        "topic": tables.text("topic id", filled=True, unique=True),
        "terms": tables.text("its terms, separated by ;"),
        "terms_of_all": tables.text("terms of the topic most like it in a model of all abstracts, separated by ;"),
        "agreement": tables.number("agreement of the two lists (mean Jaccard index of the first 1, 2, … terms)"),
    },
)
