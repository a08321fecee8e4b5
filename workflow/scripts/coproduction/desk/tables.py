"""Tables of the desk research: what people keep, and what is made of it."""

from coproduction.core import tables

PEOPLE_DIRECTIONS = ["higher_better", "lower_better"]

REGISTER = tables.people(
    "desk/register.csv",
    "The documents of the desk research, one row each.",
    {
        "document": tables.text("short id of the document", filled=True, unique=True),
        "file": tables.text("file, relative to desk/", filled=True, unique=True),
        "title": tables.text("title", filled=True),
        "issuer": tables.text("body that issued it"),
        "country": tables.text("ISO3 code, or EUU for the European Union"),
        "year": tables.whole("year of issue"),
        "type": tables.text("kind of document (strategy, law, evaluation …)"),
        "language": tables.text("language code", required=False),
        "url": tables.text("address", required=False),
        "licence": tables.text("licence or terms of use", required=False),
        "retrieved": tables.day("date of retrieval", exact=False, required=False),
        "counts": tables.choice(
            "no: its passages do not count (a copy, an earlier version); yes: they count "
            "despite similar documents; empty: undecided",
            ["yes", "no", ""],
            required=False,
        ),
    },
)

INDICATORS = tables.people(
    "desk/indicators.csv",
    "Values of indicators in long form; what `study.py indicators` fetched is in indicators_online.csv beside it.",
    {
        "country": tables.text("ISO code or name of the country", filled=True),
        "indicator": tables.text("id of the indicator in codebook.csv", filled=True),
        "year": tables.whole("year of the value", low=1900),
        "value": tables.text("the number; empty, '..' or ':' where there is none"),
        "flag": tables.text("flag of the publisher, such as b (break in the series) or e (estimate)", required=False),
    },
)

STUDY_CODEBOOK = tables.people(
    "desk/codebook.csv",
    "What each indicator means and where it comes from.",
    {
        "indicator": tables.text("id of the indicator", filled=True, unique=True),
        "name": tables.text("name in the report", filled=True),
        "dimension": tables.text("dimension of the comparison, one of desk.dimensions", filled=True),
        "direction": tables.choice("whether high or low values are favourable", PEOPLE_DIRECTIONS),
        "unit": tables.text("unit of the values"),
        "source": tables.text("body that publishes the series", filled=True),
        "licence": tables.text("licence or terms of use"),
        "url": tables.text("address of the series"),
        "retrieved": tables.day("date of retrieval", exact=False),
        "factors": tables.text("ids of the factors it describes, separated by ;"),
        "weight": tables.number(
            "weight within its dimension, relative to the others; 1 where empty", required=False, above=0
        ),
        "series": tables.text(
            "the publisher's name of the series in the files in desk/downloads, such as "
            "SI.POV.GINI or ilc_li02?unit=PC&sex=T; if empty, the id",
            required=False,
        ),
    },
)

CODEBOOK = tables.schema(
    "desk/codebook.csv",
    "The codebook of the indicators as read; the weight is 1 if none was given.",
    {name: column for name, column in STUDY_CODEBOOK.columns.items() if name != "series"},
)

STATES = ["read", "partly read", "no text", "file missing", "not in the register"]

DOCUMENTS = tables.schema(
    "desk/documents.csv",
    "Each registered document and each unregistered file, and how far it could be read.",
    {
        "document": tables.text("id of the register; empty for a file that is not registered"),
        "file": tables.text("file, relative to desk/", filled=True),
        "title": tables.text("title"),
        "issuer": tables.text("body that issued it"),
        "country": tables.text("ISO3 code or EUU"),
        "year": tables.whole("year of issue"),
        "type": tables.text("kind of document"),
        "state": tables.choice("how far it could be read", STATES),
        "unit": tables.text("unit of division: page, section or paragraph"),
        "pages": tables.whole("pages (or sections, paragraphs)"),
        "pages_without_text": tables.whole("number without text"),
        "pages_recognised": tables.whole(
            "scanned pages whose text was recognised (OCR); check quotations against the original"
        ),
        "words": tables.whole("words read"),
        "replaced": tables.whole("names, e-mail addresses and telephone numbers replaced"),
        "same_as": tables.text("document of the register that holds the same text"),
        "counts": tables.choice("whether its passages count", ["yes", "no"]),
    },
)

SIMILARITIES = ["identical", "nearly identical", "contained"]

SIMILAR_DOCUMENTS = tables.schema(
    "desk/similar_documents.csv",
    "Pairs of documents that share much of their text, compared by sequences of five words.",
    {
        "first": tables.text("id of the register", filled=True),
        "second": tables.text("id of the register", filled=True),
        "similarity": tables.choice(
            "identical: the same words; nearly identical; contained: one is part of the other", SIMILARITIES
        ),
        "resemblance": tables.number("share of all sequences that both contain (0 to 1)"),
        "in_first": tables.number("share of the first document's sequences that the second contains"),
        "in_second": tables.number("share of the second document's sequences that the first contains"),
        "decided": tables.choice("whether the register says which of them counts", ["yes", "no"]),
    },
)

PAGES = tables.schema(
    "desk/pages.csv",
    "The text of each page of each document, cleaned.",
    {
        "document": tables.text("id of the register", filled=True),
        "page": tables.whole("number of the page, section or paragraph", low=1),
        "unit": tables.choice("what is numbered", ["page", "section", "paragraph"]),
        "heading": tables.text("heading of the section, where there is one"),
        "text": tables.text("running text; paragraphs are separated by a line end"),
    },
)

PARTS = ["text", "contents", "references", "glossary", "questionnaire", "imprint"]

PASSAGES = tables.schema(
    "desk/passages.csv",
    "Sentences that contain a term of a factor: one row per factor and sentence.",
    {
        "passage": tables.text("id of the passage, derived from its words", filled=True, unique=True),
        "factor": tables.text("factor id", filled=True),
        "document": tables.text("id of the register", filled=True),
        "page": tables.whole("number of the page, section or paragraph", low=1),
        "unit": tables.text("what is numbered"),
        "heading": tables.text("heading of the section, where there is one"),
        "sentence": tables.whole("number of the sentence on the page", low=1),
        "start": tables.whole("first character of the first term in the page's text (from 0)"),
        "end": tables.whole("character after that term"),
        "terms": tables.text("terms found in the sentence, separated by ;", filled=True),
        "hits": tables.whole("terms of the factor in the sentence, repeats included", low=1),
        "excerpt": tables.text("the sentence", filled=True),
        "before": tables.text("the sentence before"),
        "after": tables.text("the sentence after"),
        "part": tables.choice("part of the document that contains it", PARTS),
        "negation": tables.text("word that negates the term; empty if none was found"),
        "judgement": tables.choice("judgement of the research team", ["confirmed", "rejected", "disputed", ""]),
        "direction": tables.text("its direction as settled in ecosystem/directions.csv; empty until then"),
        "counts": tables.choice("whether it counts as evidence", ["yes", "no"]),
    },
)

_JUDGEMENT = tables.choice(
    "confirmed: the passage concerns the condition; rejected: it does not; empty: not yet judged",
    ["confirmed", "rejected", ""],
)

STUDY_JUDGEMENTS = tables.people(
    "desk/judgements.csv",
    "Judgements of passages; several files may begin with this name (judgements_anna.csv).",
    {
        "passage": tables.text("id of the passage in passages.csv", filled=True),
        "judgement": _JUDGEMENT,
        "judge": tables.text("who judged", required=False),
        "note": tables.text("why", required=False),
    },
)

TO_JUDGE = tables.schema(
    "desk/to_judge.csv",
    "Passages to judge: fill in `judgement` and save the file as desk/judgements.csv of the study.",
    {
        "passage": tables.text("id of the passage", filled=True),
        "condition": tables.text("name of the condition"),
        "document": tables.text("id of the register", filled=True),
        "place": tables.text("page, section or paragraph"),
        "part": tables.text("part of the document that contains it"),
        "negation": tables.text("word that negates the term; empty if none was found"),
        "before": tables.text("the sentence before"),
        "excerpt": tables.text("the sentence"),
        "after": tables.text("the sentence after"),
        "judgement": _JUDGEMENT,
        "note": tables.text("why"),
    },
)

JUDGEMENTS = tables.schema(
    "desk/judgements.csv",
    "Each row of the files with judgements of passages, and its outcome.",
    {
        "file": tables.text("file of the study", filled=True),
        "row": tables.whole("row in it", low=2),
        "passage": tables.text("id of the passage", filled=True),
        "judgement": _JUDGEMENT,
        "judge": tables.text("who judged"),
        "note": tables.text("why"),
        "outcome": tables.choice("outcome of the row", ["used", "left empty", "not a known passage"]),
    },
)

DOWNLOADS = tables.schema(
    "desk/downloads.csv",
    "The tables in desk/downloads, as downloaded from their publishers, and how they were interpreted.",
    {
        "file": tables.text("name of the file", filled=True),
        "table": tables.text("table in it: the file, a file of an archive, a sheet", filled=True),
        "form": tables.text("layout of its values; empty for a table without values"),
        "rows": tables.whole("rows with values", low=0),
        "notes": tables.whole("rows with remarks of the publisher", low=0),
        "series": tables.whole("series that it contains", low=0),
        "series_used": tables.whole("series that an indicator of the codebook names", low=0),
        "values": tables.whole("values of these series; each is a row of values.csv", low=0),
        "without_value": tables.whole("cells of these series without a value", low=0),
        "unknown_places": tables.text("places that are not known countries or groups of countries, separated by ;"),
        "remark": tables.text("why the table was left out"),
    },
)

DOWNLOADED_SERIES = tables.schema(
    "desk/downloaded_series.csv",
    "Every series in the files in desk/downloads, with the entry for the column series of the codebook that selects "
    "it.",
    {
        "file": tables.text("name of the file", filled=True),
        "table": tables.text("table in it", filled=True),
        "series": tables.text("entry for the column series of the codebook", filled=True),
        "title": tables.text("the publisher's title, if there is one"),
        "values": tables.whole("cells that are filled", low=0),
        "first_year": tables.whole("first year of these"),
        "last_year": tables.whole("last year of these"),
        "indicators": tables.text("ids of the indicators that use it, separated by ;"),
    },
)

OUTCOMES = [
    "used",
    "superseded by a later year",
    "before the oldest year",
    "no value",
    "not for a single year",
    "repeated line",
    "not a known country",
    "aggregate, not a country",
    "country outside the comparison",
]

VALUES = tables.schema(
    "desk/values.csv",
    "Each row of the tables of indicators, read and checked, and its outcome.",
    {
        "file": tables.text("name of the table", filled=True),
        "row": tables.whole("row in it", low=2),
        "country": tables.text("ISO3 code; as written if it is not a country", filled=True),
        "indicator": tables.text("id of the indicator", filled=True),
        "year": tables.whole("year of the value"),
        "value": tables.number("the value"),
        "flag": tables.text("mark of the publisher"),
        "outcome": tables.choice("outcome of the row", OUTCOMES),
    },
)

COVERAGE = tables.schema(
    "desk/coverage.csv",
    "How many countries have a value, by indicator.",
    {
        "indicator": tables.text("id of the indicator", filled=True),
        "name": tables.text("name in the report"),
        "dimension": tables.text("dimension of the comparison, one of desk.dimensions", filled=True),
        "direction": tables.choice("whether high or low values are favourable", PEOPLE_DIRECTIONS),
        "countries": tables.whole("countries with a value in use"),
        "of": tables.whole("countries of the comparison"),
        "first_year": tables.whole("earliest year in use"),
        "last_year": tables.whole("latest year in use"),
        "missing": tables.text("countries without a value, separated by ;"),
        "remark": tables.text("anything unusual about the values"),
    },
)

CHANGES = tables.schema(
    "desk/changes.csv",
    "Values in use beside earlier ones, where available.",
    {
        "country": tables.text("ISO3 code", filled=True),
        "indicator": tables.text("id of the indicator", filled=True),
        "year_before": tables.whole("year of the earlier value (nearest to ten years before)"),
        "value_before": tables.number("the earlier value"),
        "year": tables.whole("year of the value in use"),
        "value": tables.number("the value in use"),
        "change": tables.number("value in use minus the earlier one"),
        "better": tables.whole("1 more favourable than before, 0 the same, -1 less favourable"),
    },
)

NORMALISED = tables.schema(
    "desk/normalised.csv",
    "The values in use on a common scale on which higher is more favourable.",
    {
        "country": tables.text("ISO3 code", filled=True),
        "indicator": tables.text("id of the indicator", filled=True),
        "dimension": tables.text("dimension of the comparison, one of desk.dimensions", filled=True),
        "year": tables.whole("year of the value"),
        "value": tables.number("value in the unit of the codebook"),
        "normalised": tables.number("value on the common scale; empty where all are equal"),
        "imputed": tables.choice("whether the value was imputed", ["yes", "no"]),
    },
)

SCORES = tables.schema(
    "desk/scores.csv",
    "Score and rank of each country in each dimension and over all dimensions.",
    {
        "country": tables.text("ISO3 code", filled=True),
        "name": tables.text("name of the country"),
        "dimension": tables.text("dimension or overall", filled=True),
        "score": tables.number("composite; empty below the minimum share of indicators"),
        "indicators": tables.whole("indicators with a value (overall: dimensions with a score)"),
        "of": tables.whole("indicators of the dimension"),
        "rank": tables.whole("rank; 1 is the highest score"),
        "best_rank": tables.whole("best rank over all variants of method"),
        "worst_rank": tables.whole("worst rank over all variants of method"),
        "weights_low": tables.number("5th percentile of the rank under random weights"),
        "weights_high": tables.number("95th percentile of the rank under random weights"),
    },
)

RANKS = tables.schema(
    "desk/ranks.csv",
    "The rank of each country under each variant of method.",
    {
        "dimension": tables.text("dimension or overall", filled=True),
        "country": tables.text("ISO3 code", filled=True),
        "variant": tables.text("normalisation and aggregation, or the indicator left out"),
        "rank": tables.whole("rank; 1 is the highest score"),
    },
)

CONSISTENCY = tables.schema(
    "desk/consistency.csv",
    "Coherence of the indicators of each dimension, and sensitivity of the ranks to the method.",
    {
        "dimension": tables.text("dimension", filled=True),
        "indicators": tables.whole("indicators with values"),
        "countries": tables.whole("countries with a score"),
        "complete": tables.whole("countries with values for all indicators"),
        "alpha": tables.number("Cronbach's alpha of the standardised indicators"),
        "mean_rho": tables.number("mean Spearman correlation of pairs of indicators"),
        "lowest_rho": tables.number("lowest of them"),
        "mean_shift": tables.number("mean absolute change of rank against the chosen method"),
        "largest_shift": tables.whole("largest change of rank in any variant"),
    },
)

CORRELATIONS = tables.schema(
    "desk/correlations.csv",
    "Spearman correlations of the indicators within a dimension (after turning directions).",
    {
        "dimension": tables.text("dimension", filled=True),
        "first": tables.text("indicator", filled=True),
        "second": tables.text("indicator", filled=True),
        "rho": tables.number("rank correlation"),
        "n": tables.whole("countries with both"),
    },
)

RANK_UNCERTAINTY = tables.schema(
    "desk/rank_uncertainty.csv",
    "Ranks when all choices of method and all weights vary together.",
    {
        "dimension": tables.text("dimension or overall", filled=True),
        "country": tables.text("ISO3 code", filled=True),
        "rank": tables.whole("rank by the chosen method"),
        "median": tables.number("median rank over all draws"),
        "low": tables.number("5th percentile of the rank"),
        "high": tables.number("95th percentile of the rank"),
        "upper_third": tables.number("share of the draws in which it is in the upper third"),
    },
)

RANK_CHOICES = tables.schema(
    "desk/rank_choices.csv",
    "Share of the variance of the mean shift in rank that each choice explains by itself.",
    {
        "dimension": tables.text("dimension or overall", filled=True),
        "choice": tables.text("choice of method", filled=True),
        "share": tables.number("first-order sensitivity (0 to 1); empty if there is only one option"),
    },
)

COMPONENTS = tables.schema(
    "desk/components.csv",
    "Principal components of the indicators of each dimension: loadings of the first ones.",
    {
        "dimension": tables.text("dimension", filled=True),
        "component": tables.whole("number of the component", low=1),
        "eigenvalue": tables.number("variance of the component (sums to the number of indicators)"),
        "share": tables.number("share of the variance"),
        "indicator": tables.text("id of the indicator", filled=True),
        "loading": tables.number("correlation of indicator and component"),
    },
)

STUDY_COUNTRY_GROUPS = tables.people(
    "desk/country_groups.csv",
    "A classification of the countries from elsewhere, such as welfare regimes.",
    {
        "country": tables.text("ISO code or name of the country", filled=True),
        "group": tables.text("name of its group", filled=True),
    },
)

COUNTRY_GROUPS = tables.schema(
    "desk/country_groups.csv",
    "Groups of countries by their standardised indicators.",
    {
        "country": tables.text("ISO3 code", filled=True),
        "name": tables.text("name of the country"),
        "group": tables.whole("group by Ward's method", low=1),
        "silhouette": tables.number("silhouette: how well it fits its group (-1 to 1)"),
        "medoid_group": tables.whole("group by k-medoids, for as many groups", low=1),
        "stability": tables.number("stability of its group in bootstrap samples (0 to 1)"),
        "given": tables.text("group in the classification of the study"),
    },
)

GROUP_NUMBERS = tables.schema(
    "desk/group_numbers.csv",
    "Criteria for the number of groups of countries.",
    {
        "groups": tables.whole("number of groups", low=2),
        "chosen": tables.choice("the number with the largest silhouette of Ward", ["yes", "no"]),
        "ward": tables.number("mean silhouette by Ward's method"),
        "medoids": tables.number("mean silhouette by k-medoids"),
        "agreement": tables.number("agreement of the two (adjusted Rand index)"),
        "given": tables.number("agreement of Ward's groups with the classification of the study"),
    },
)
