"""What the report says of the desk research."""

import pandas as pd

from coproduction.core import countries
from coproduction.core import markdown as md
from coproduction.desk.outcomes import place
from coproduction.desk.settings import DeskSettings
from coproduction.desk.tables import DIMENSIONS, OVERALL

SCALES = {
    "minmax": "to a scale from 0 (least favourable country) to 100 (most favourable)",
    "zscore": "to mean 0 and standard deviation 1",
    "rank": "to percentile ranks from 0 to 100",
}
OUTLIERS = {
    "keep": "Outliers were kept.",
    "winsorise": "In indicators with outliers (absolute skewness of 2 and kurtosis of 3.5 or more) "
    "the most extreme values took the next one, at most five.",
}
ALPHA_LOW = 0.6
WITH_ARTICLE = {
    name: f"the {name}"
    for name in ("Netherlands", "United Kingdom", "United States", "Philippines")
}


def methods(settings: DeskSettings, seed: int, weighted: bool = False) -> str:
    """The method note, from the settings and whether the codebook weights the indicators."""
    return md.paragraphs("### Documents", _documents_method(settings), "### Indicators",
                         *_indicators_method(settings, seed, weighted))  # fmt: skip


def _documents_method(settings: DeskSettings) -> str:
    return (
        "Documents were read page by page (PDF), by section (Word, HTML, Markdown) or by paragraph "
        "(plain text). Running heads were removed and words divided at line ends joined. A passage is "
        "a sentence in which a term of a condition stands; terms are matched as whole words, with "
        "endings only where the codebook says so. A passage shows where a document speaks of a "
        "condition, not whether it affirms or denies it; that is for the reader of the passage to "
        f"judge. Excerpts are cut at {settings.excerpt_length} characters."
    )


def _indicators_method(settings: DeskSettings, seed: int, weighted: bool) -> list[str]:
    mean = (
        "arithmetic mean"
        if settings.aggregation == "arithmetic"
        else "geometric mean (on a scale moved to 1–100)"
    )
    weights = "the weights of the codebook" if weighted else "equal weights"
    alike = ", with equal weights" if weighted else ""
    by_weight = " (by weight)" if weighted else ""
    draws = (
        f" How much they depend on the weights is seen from {settings.weight_draws:,} random sets "
        f"of weights [flat Dirichlet distribution, seed {seed}; @saisana2005]."
        if settings.weight_draws
        else ""
    )
    return [
        "The comparison follows the OECD and JRC handbook on composite indicators [@oecd2008]. For "
        f"each country and indicator the latest value since {settings.oldest_year} is used. "
        f"{OUTLIERS[settings.outliers]} Values "
        f"were brought {SCALES[settings.normalisation]}, with indicators in which low values are "
        f"favourable turned round, and combined within each dimension by the {mean} with {weights}. "
        "The overall score is the arithmetic mean of the dimensions' scores and needs all of "
        "them.",
        "No value was imputed. A country has a score in a dimension when at least "
        f"{100 * settings.minimum_share:.0f} % of the dimension's indicators{by_weight} have a value; the score "
        "then rests on those, which amounts to giving a missing indicator the mean of the country's "
        "others.",
        "Ranks were computed again with every defined pair of normalisation (min-max, z-score, rank) "
        "and aggregation (arithmetic, geometric; z-scores have no geometric mean), with outliers pulled "
        f"in{alike}, and with one indicator left out at a time.{draws} Cronbach's alpha [@cronbach1951] and rank correlations describe how far "
        "the indicators of a dimension go together.",
    ]


def results(
    documents: pd.DataFrame,
    passages: pd.DataFrame,
    factors: pd.DataFrame,
    coverage: pd.DataFrame,
    changes: pd.DataFrame,
    codebook: pd.DataFrame,
    scores: pd.DataFrame,
    consistency: pd.DataFrame,
    settings: DeskSettings,
) -> str:
    """The results: documents and passages, then the comparison of countries."""
    return md.paragraphs(
        "### What the documents say",
        *_documents_part(documents, passages, factors, settings),
        "### How the countries stand",
        *_countries_part(coverage, changes, codebook, scores, consistency),
    )


def _documents_part(
    documents: pd.DataFrame, passages: pd.DataFrame, factors: pd.DataFrame, settings: DeskSettings
) -> list[str]:
    read = documents[documents["state"].isin(["read", "partly read"])]
    if read.empty:
        return [
            "No document with text is there yet. Documents are awaited in `desk/documents/`, each "
            "with a line in `desk/register.csv`."
        ]
    parts = [_documents_read(documents, read), _documents_table(documents, passages)]
    if passages.empty:
        return [*parts, "No term of the codebook stands in them."]
    return [
        *parts,
        _passages_text(read, passages, factors),
        md.figure(
            "figures/desk/passages_map",
            "Passages by condition and document. Area and number: passages; colour: dimension of the "
            "condition.",
            "desk-passages",
            f"Matrix of {len(factors)} conditions by {len(read)} documents; circles show how many "
            "passages of a document speak of a condition.",
        ),
        _quotes_table(passages, factors, documents, settings.shown_passages),
    ]


def _documents_read(documents: pd.DataFrame, read: pd.DataFrame) -> str:
    kinds = read.loc[read["type"] != "", "type"].nunique()
    stated = f", {md.plural(kinds, 'kind')} of document" if kinds else ""
    text = (
        f"Of {md.plural(len(documents), 'document')}, {len(read)} could be read "
        f"({int(read['words'].sum()):,} words{stated}; @tbl-desk-documents)."
    )
    others = documents[~documents["state"].isin(["read"])]
    reasons = [
        f"{md.escape(row.document or row.file)} ({_reason(row.state)})"
        for row in others.itertuples(index=False)
    ]
    return text + (f" Not or only partly read: {', '.join(reasons)}." if reasons else "")


def _reason(state: str) -> str:
    words = {
        "no text": "no text layer, OCR is awaited",
        "partly read": "some pages have no text layer",
        "file missing": "the file is awaited",
        "not in the register": "not in the register",
    }
    return words[state]


def _documents_table(documents: pd.DataFrame, passages: pd.DataFrame) -> str:
    counts = passages.groupby("document").agg(n=("factor", "size"), factors=("factor", "nunique"))
    shown = documents[documents["document"] != ""]
    own = counts.reindex(shown["document"]).fillna(0).astype(int)
    table = pd.DataFrame(
        {
            "Document": shown["document"],
            "Title": shown["title"],
            "Kind": shown["type"],
            "Country": shown["country"].map(countries.title),
            "Year": shown["year"].map(lambda year: "" if pd.isna(year) else str(year)),
            "State": shown["state"],
            "Passages": own["n"].to_numpy(),
            "Conditions": own["factors"].to_numpy(),
        }
    )
    return md.table(
        table, "Documents of the desk research.", "desk-documents",
        widths=[5, 14, 6, 6, 3, 4, 5, 5],
    )  # fmt: skip


def _passages_text(read: pd.DataFrame, passages: pd.DataFrame, factors: pd.DataFrame) -> str:
    spread = passages.groupby("factor")["document"].nunique()
    order = spread.reindex(factors["id"]).fillna(0).astype(int)
    names = factors.set_index("id")["name"]
    most = order[order == order.max()].index
    silent = order[order == 0].index
    text = (
        f"{md.plural(len(passages), 'passage')} speak of {int((order > 0).sum())} of the "
        f"{len(factors)} conditions. The most documents ({order.max()} of {len(read)}) speak of "
        f"{_listed([names[code] for code in most])} (@fig-desk-passages; examples in "
        "@tbl-desk-passages)."
    )
    without = sorted(set(read["document"]) - set(passages["document"]))
    if without:
        text += f" No passage was found in {md.escape(', '.join(without))}."
    if len(silent):
        text += f" No document speaks of {_listed([names[code] for code in silent])}."
    return text


def _listed(names: list[str]) -> str:
    plain = [md.escape(name[0].lower() + name[1:]) for name in names]
    return plain[0] if len(plain) == 1 else f"{', '.join(plain[:-1])} and {plain[-1]}"


def _quotes_table(
    passages: pd.DataFrame, factors: pd.DataFrame, documents: pd.DataFrame, shown: int
) -> str:
    """One passage for each of the conditions that most documents speak of."""
    if not shown:
        return ""
    spread = passages.groupby("factor").agg(d=("document", "nunique"), n=("document", "size"))
    names = factors.set_index("id")["name"]
    spread = spread[spread.index.isin(names.index)]
    chosen = spread.sort_values(["d", "n"], ascending=False, kind="stable").head(shown).index
    rows, used = [], set()
    for code in chosen:
        own = passages[passages["factor"] == code]
        quote = _telling(own, used)
        used.add((quote.document, quote.page, quote.sentence))
        where = f"{quote.document}, {place(quote.unit, quote.page, quote.heading)}"
        count = f"{spread.loc[code, 'd']} ({spread.loc[code, 'n']})"
        rows.append((names[code], count, quote.excerpt, where))
    columns = ["Condition", "Documents (passages)", "Example", "Place"]
    return md.table(
        pd.DataFrame(rows, columns=columns), "Passages by condition: one example each.",
        "desk-passages", widths=[5, 4, 15, 6],
    )  # fmt: skip


def _telling(own: pd.DataFrame, used: set):
    """A whole sentence of middling length that is no heading and was not quoted before."""

    def dullness(row) -> tuple:
        seen = (row.document, row.page, row.sentence) in used
        whole = row.excerpt[-1] in ".!?" and "|" not in row.excerpt and "…" not in row.excerpt
        return seen, not whole, -row.hits, abs(len(row.excerpt) - 160)

    return min(own.itertuples(index=False), key=dullness)


def _countries_part(
    coverage: pd.DataFrame,
    changes: pd.DataFrame,
    codebook: pd.DataFrame,
    scores: pd.DataFrame,
    consistency: pd.DataFrame,
) -> list[str]:
    if scores["score"].isna().all():
        return [
            "There is no comparison of countries yet. Indicators are awaited in "
            "`desk/indicators.csv` (country, indicator, year, value), with their meaning and source "
            "in `desk/codebook.csv`."
        ]
    return [
        _coverage_text(coverage),
        _coverage_table(coverage, codebook),
        _ranks_text(scores, consistency),
        md.figure(
            "figures/desk/countries",
            "Ranks of the countries by dimension. Dot: chosen method; thin line: all variants of "
            "method; broad line: 90 % of random weights.",
            "desk-countries",
            f"Dot plot of the ranks of {scores['country'].nunique()} countries in "
            f"{md.plural(scores['dimension'].nunique(), 'panel')}, ordered by the overall rank.",
        ),
        _scores_table(scores),
        _consistency_text(consistency),
        _consistency_table(consistency),
        md.figure(
            "figures/desk/indicators",
            "All indicators by country, as percentiles of the countries compared. Crosses: no value.",
            "desk-indicators",
            f"Heat map of {len(coverage)} indicators in {scores['country'].nunique()} countries.",
        ),
        *_changes_part(changes, coverage),
        _caution(),
    ]


def _coverage_text(coverage: pd.DataFrame) -> str:
    full = int((coverage["countries"] == coverage["of"]).sum())
    none = int((coverage["countries"] == 0).sum())
    total = int(coverage["of"].max())
    years = f"{coverage['first_year'].min()} to {coverage['last_year'].max()}"
    text = (
        f"{md.plural(len(coverage), 'indicator')} of public sources cover {total} countries with "
        f"values of {years}; {full} of them {'has' if full == 1 else 'have'} a value for every "
        f"country{f', {none} for none' if none else ''} (@tbl-desk-indicators, @fig-desk-indicators)."
    )
    odd = coverage[coverage["remark"] != ""]
    notes = [
        f"{md.escape(row.name)}: {md.escape(row.remark)}." for row in odd.itertuples(index=False)
    ]
    return " ".join([text, *notes])


def _coverage_table(coverage: pd.DataFrame, codebook: pd.DataFrame) -> str:
    about = codebook.set_index("indicator").loc[coverage["indicator"]]
    table = pd.DataFrame(
        {
            "Dimension": coverage["dimension"].str.capitalize(),
            "Indicator": coverage["name"],
            "Favourable": coverage["direction"].map({"higher_better": "high", "lower_better": "low"}),
            "Years": [_years(a, b) for a, b in zip(coverage["first_year"], coverage["last_year"],
                                                   strict=True)],
            "Countries": coverage["countries"],
            "Source": about["source"].to_numpy(),
            "Licence": about["licence"].to_numpy(),
        }
    )  # fmt: skip
    return md.table(
        table, "Indicators: years and countries in use, source and licence.", "desk-indicators",
        widths=[7, 10, 5, 4, 5, 10, 6],
    )  # fmt: skip


def _years(first, last) -> str:
    if pd.isna(first):
        return "–"
    return str(first) if first == last else f"{first}–{last}"


def _ranks_text(scores: pd.DataFrame, consistency: pd.DataFrame) -> str:
    sentences = []
    for dimension in [name for name in [*DIMENSIONS, OVERALL] if name in set(scores["dimension"])]:
        own = scores[(scores["dimension"] == dimension) & scores["rank"].notna()]
        if own.empty:
            continue
        own = own.sort_values(["rank", "name"])
        names = own["name"].replace(WITH_ARTICLE).tolist()
        top, low = names[:3], names[-1]
        where = "Overall" if dimension == OVERALL else f"In the {dimension} dimension"
        sentences.append(
            f"{where}, {', '.join(top[:-1])} and {top[-1]} stand first, {low} last."
            if len(top) == 3
            else f"{where}, {top[0]} stands first."
        )
    left = scores[scores["score"].isna() & (scores["dimension"] != OVERALL)]
    if len(left):
        cases = [f"{row.name} ({row.dimension})" for row in left.itertuples(index=False)]
        sentences.append(f"Too few values for a score: {', '.join(cases)}.")
    return " ".join(
        [*sentences, "Scores and ranks are in @tbl-desk-scores and @fig-desk-countries."]
    )


def _scores_table(scores: pd.DataFrame) -> str:
    """Score and rank with the range over the variants, one row per country."""
    panels = [name for name in [OVERALL, *DIMENSIONS] if name in set(scores["dimension"])]
    lead = scores[scores["dimension"] == panels[0]].sort_values(["rank", "name"])
    table = pd.DataFrame({"Country": lead["name"].to_numpy()})
    for name in panels:
        own = scores[scores["dimension"] == name].set_index("country").reindex(lead["country"])
        table[name.capitalize()] = [_cell(row) for row in own.itertuples()]
    return md.table(
        table,
        "Scores by dimension (in brackets: rank, and its range over all variants of method).",
        "desk-scores",
        widths=[4] + [4] * len(panels),
    )


def _cell(row) -> str:
    if pd.isna(row.score):
        return "–"
    return f"{row.score:.1f} ({row.rank}; {row.best_rank}–{row.worst_rank})"


def _consistency_text(consistency: pd.DataFrame) -> str:
    own = consistency.dropna(subset=["mean_shift"])
    if own.empty:
        return ""
    most = own.loc[own["mean_shift"].idxmax()]
    least = own.loc[own["mean_shift"].idxmin()]
    text = (
        f"Ranks are most stable in the {least['dimension']} dimension (mean change "
        f"{least['mean_shift']:.1f} places over all variants) and least in the "
        f"{most['dimension']} one ({most['mean_shift']:.1f} places, at most "
        f"{most['largest_shift']}; @tbl-desk-consistency)."
    )
    weak = own[own["alpha"] < ALPHA_LOW]
    negative = own[own["lowest_rho"] < 0]
    if len(weak):
        text += (
            f" Cronbach's alpha is below {ALPHA_LOW} in the {' and the '.join(weak['dimension'])} "
            "dimension: its indicators tell different stories, and the score is their summary rather "
            "than a measure of one thing."
        )
    if len(negative):
        text += (
            f" Some indicators of the {' and the '.join(negative['dimension'])} dimension run against "
            "each other (negative correlation), so that their mean hides differences."
        )
    return text


def _consistency_table(consistency: pd.DataFrame) -> str:
    names = {
        "dimension": "Dimension",
        "indicators": "Indicators",
        "complete": "Countries with all",
        "alpha": "Cronbach's alpha",
        "mean_rho": "Mean correlation",
        "lowest_rho": "Lowest correlation",
        "mean_shift": "Mean change of rank",
        "largest_shift": "Largest change",
    }
    shown = consistency[list(names)].assign(dimension=consistency["dimension"].str.capitalize())
    return md.table(
        shown,
        "How far the indicators of a dimension go together (Spearman correlations), and how much the "
        "ranks change over the variants of method.",
        "desk-consistency",
        names,
        widths=[5, 4, 4, 4, 4, 4, 4, 4],
    )


def _changes_part(changes: pd.DataFrame, coverage: pd.DataFrame) -> list[str]:
    """How indicators moved, where earlier values are there."""
    if changes.empty:
        return []
    rows = []
    for entry in coverage.itertuples(index=False):
        own = changes[changes["indicator"] == entry.indicator]
        if own.empty:
            continue
        before, now = own["year_before"], own["year"]
        rows.append(
            {
                "Indicator": entry.name,
                "Earlier": _years(before.min(), before.max()),
                "Median": md.significant(own["value_before"].median()),
                "Now": _years(now.min(), now.max()),
                "Median now": md.significant(own["value"].median()),
                "Countries": len(own),
                "More favourable": int((own["better"] == 1).sum()),
                "Less favourable": int((own["better"] == -1).sum()),
            }
        )
    table = pd.DataFrame(rows)
    up = table["More favourable"] / table["Countries"]
    most, least = table.loc[up.idxmax()], table.loc[up.idxmin()]
    text = (
        f"For {md.plural(len(table), 'indicator')} there are earlier values "
        f"(@tbl-desk-changes). Most countries gained in *{md.escape(most['Indicator'])}* "
        f"({most['More favourable']} of {most['Countries']}), fewest in "
        f"*{md.escape(least['Indicator'])}* ({least['More favourable']} of {least['Countries']}). "
        "Changes are differences of published values; prices, methods and scales of a series may have "
        "changed between the years."
    )
    caption = (
        "Change of the indicators: medians, and countries that became more or less favourable."
    )
    return [text, md.table(table, caption, "desk-changes", widths=[10, 4, 4, 4, 4, 4, 4, 4])]


def _caution() -> str:
    return md.callout(
        "note",
        "How to read this",
        "The scores compare the surroundings of public services in the countries. They do not measure "
        "co-production, and the years of the indicators differ. Ranks whose ranges overlap should not "
        "be told apart.",
    )
