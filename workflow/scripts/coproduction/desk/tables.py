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
            "no: its passages do not count (a copy, an earlier version); yes: they do, whatever it "
            "resembles; empty: not decided",
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
        "flag": tables.text("mark of the publisher, such as b (break in the series) or e (estimate)", required=False),
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
            "what its publisher calls the series in the files in desk/downloads, such as SI.POV.GINI or "
            "ilc_li02?unit=PC&sex=T; the id where empty",
            required=False,
        ),
    },
)

CODEBOOK = tables.schema(
    "desk/codebook.csv",
    "The codebook of the indicators as it was read; the weight is 1 where people gave none.",
    {name: column for name, column in STUDY_CODEBOOK.columns.items() if name != "series"},
)

STATES = ["read", "partly read", "no text", "file missing", "not in the register"]

DOCUMENTS = tables.schema(
    "desk/documents.csv",
    "Each registered document and each file beside them, and how far it could be read.",
    {
        "document": tables.text("id of the register; empty for a file that is not registered"),
        "file": tables.text("file, relative to desk/", filled=True),
        "title": tables.text("title"),
        "issuer": tables.text("body that issued it"),
        "country": tables.text("ISO3 code or EUU"),
        "year": tables.whole("year of issue"),
        "type": tables.text("kind of document"),
        "state": tables.choice("how far it could be read", STATES),
        "unit": tables.text("what its pages are: page, section or paragraph"),
        "pages": tables.whole("pages (or sections, paragraphs)"),
        "pages_without_text": tables.whole("of these without text"),
        "pages_recognised": tables.whole("scanned pages whose text was recognised (OCR); read its quotes with care"),
        "words": tables.whole("words read"),
        "replaced": tables.whole("names, e-mail addresses and telephone numbers replaced"),
        "same_as": tables.text("document of the register that holds the same text"),
        "counts": tables.choice("whether its passages count", ["yes", "no"]),
    },
)

SIMILARITIES = ["identical", "nearly identical", "contained"]

SIMILAR_DOCUMENTS = tables.schema(
    "desk/similar_documents.csv",
    "Pairs of documents that share most of their text, by their runs of five words.",
    {
        "first": tables.text("id of the register", filled=True),
        "second": tables.text("id of the register", filled=True),
        "similarity": tables.choice(
            "identical: the same words; nearly identical; contained: one is part of the other", SIMILARITIES
        ),
        "resemblance": tables.number("share of all runs of words that both have (0 to 1)"),
        "in_first": tables.number("share of the first document's runs that the second has"),
        "in_second": tables.number("share of the second document's runs that the first has"),
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
    "Sentences that hold a term of a factor: one row per factor and sentence.",
    {
        "passage": tables.text("id of the passage, from its words", filled=True, unique=True),
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
        "part": tables.choice("part of the document it is in", PARTS),
        "negation": tables.text("word that negates the term; empty where none was found"),
        "judgement": tables.choice("what people say of it", ["confirmed", "rejected", "disputed", ""]),
        "direction": tables.text("which way it points, as settled in ecosystem/directions.csv; empty until then"),
        "counts": tables.choice("whether it counts as evidence", ["yes", "no"]),
    },
)

_JUDGEMENT = tables.choice(
    "confirmed: the passage speaks of the condition; rejected: it does not; empty: not judged yet",
    ["confirmed", "rejected", ""],
)

STUDY_JUDGEMENTS = tables.people(
    "desk/judgements.csv",
    "What people say of passages; several files may begin with this name (judgements_anna.csv).",
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
        "part": tables.text("part of the document it is in"),
        "negation": tables.text("word that negates the term; empty where none was found"),
        "before": tables.text("the sentence before"),
        "excerpt": tables.text("the sentence"),
        "after": tables.text("the sentence after"),
        "judgement": _JUDGEMENT,
        "note": tables.text("why"),
    },
)

JUDGEMENTS = tables.schema(
    "desk/judgements.csv",
    "Each row of the files in which people judge passages, and what became of it.",
    {
        "file": tables.text("file of the study", filled=True),
        "row": tables.whole("row in it", low=2),
        "passage": tables.text("id of the passage", filled=True),
        "judgement": _JUDGEMENT,
        "judge": tables.text("who judged"),
        "note": tables.text("why"),
        "outcome": tables.choice("what became of the row", ["used", "left empty", "not among the passages"]),
    },
)

DOWNLOADS = tables.schema(
    "desk/downloads.csv",
    "The tables in desk/downloads, as their publishers hand them out, and how they were understood.",
    {
        "file": tables.text("name of the file", filled=True),
        "table": tables.text("table in it: the file, a file of an archive, a sheet", filled=True),
        "form": tables.text("how its values are laid out; empty for a table without values"),
        "rows": tables.whole("rows with values", low=0),
        "notes": tables.whole("rows with remarks of the publisher", low=0),
        "series": tables.whole("series that it holds", low=0),
        "series_used": tables.whole("series that an indicator of the codebook names", low=0),
        "values": tables.whole("values of these series; each is a row of values.csv", low=0),
        "without_value": tables.whole("cells of these series without a value", low=0),
        "unknown_places": tables.text("places that are not known as countries or groups of countries, separated by ;"),
        "remark": tables.text("why the table was left out"),
    },
)

DOWNLOADED_SERIES = tables.schema(
    "desk/downloaded_series.csv",
    "Every series in the files in desk/downloads, with what the codebook's column series says to ask for it.",
    {
        "file": tables.text("name of the file", filled=True),
        "table": tables.text("table in it", filled=True),
        "series": tables.text("what to write into the column series of the codebook", filled=True),
        "title": tables.text("title of the publisher, where it gives one"),
        "values": tables.whole("cells that are filled", low=0),
        "first_year": tables.whole("first year of these"),
        "last_year": tables.whole("last year of these"),
        "indicators": tables.text("ids of the indicators that take it, separated by ;"),
    },
)

OUTCOMES = [
    "used",
    "superseded by a later year",
    "before the oldest year",
    "no value",
    "of no single year",
    "repeated line",
    "not known as a country",
    "aggregate, not a country",
    "country outside the comparison",
]

VALUES = tables.schema(
    "desk/values.csv",
    "Each row of the tables of indicators, read and checked, and what became of it.",
    {
        "file": tables.text("name of the table", filled=True),
        "row": tables.whole("row in it", low=2),
        "country": tables.text("ISO3 code; as written where it is no country", filled=True),
        "indicator": tables.text("id of the indicator", filled=True),
        "year": tables.whole("year of the value"),
        "value": tables.number("the value"),
        "flag": tables.text("mark of the publisher"),
        "outcome": tables.choice("what became of the row", OUTCOMES),
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
        "remark": tables.text("what looks unusual"),
    },
)

CHANGES = tables.schema(
    "desk/changes.csv",
    "Values in use beside the earlier ones, where the study has any.",
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
    "The values in use on one scale, on which more is better.",
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
    "How far the indicators of a dimension go together, and the ranks of the variants.",
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
    "How much of the variance of the mean shift of ranks each choice explains by itself.",
    {
        "dimension": tables.text("dimension or overall", filled=True),
        "choice": tables.text("choice of method", filled=True),
        "share": tables.number("first-order sensitivity (0 to 1); empty where it has one option"),
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
    "A classification of the countries that the study brings along, such as welfare regimes.",
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
        "silhouette": tables.number("how well it fits its group (-1 to 1)"),
        "medoid_group": tables.whole("group by k-medoids, for as many groups", low=1),
        "stability": tables.number("stability of its group in bootstrap samples (0 to 1)"),
        "given": tables.text("group in the classification of the study"),
    },
)

GROUP_NUMBERS = tables.schema(
    "desk/group_numbers.csv",
    "What speaks for each number of groups of countries.",
    {
        "groups": tables.whole("number of groups", low=2),
        "chosen": tables.choice("the number with the largest silhouette of Ward", ["yes", "no"]),
        "ward": tables.number("mean silhouette by Ward's method"),
        "medoids": tables.number("mean silhouette by k-medoids"),
        "agreement": tables.number("agreement of the two (adjusted Rand index)"),
        "given": tables.number("agreement of Ward's groups with the classification of the study"),
    },
)
