"""What the desk research hands on: evidence, how far it is, where everything went."""

import pandas as pd

from coproduction.core import accounting, countries
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.desk import passage_judgements
from coproduction.desk.document_parts import TEXT

TECHNIQUE = "desk"


def place(unit: str, page: int, heading: str) -> str:
    """'page 3' or 'section 4, Data': where a passage is."""
    return f"{unit} {page}" + (f", {heading}" if heading else "")


def evidence(passages: pd.DataFrame, normalised: pd.DataFrame, codebook: pd.DataFrame, scale: str) -> pd.DataFrame:
    """EVIDENCE: a row per passage that counts, and a row per factor and indicator that describes it.

    The value of an indicator is the mean of its normalised values over the countries.
    """
    rows = [
        {
            "factor": passage.factor,
            "technique": TECHNIQUE,
            "kind": "passage",
            "source": passage.document,
            "locator": place(passage.unit, passage.page, passage.heading),
            "excerpt": passage.excerpt,
            "note": f"sentence {passage.sentence}, characters {passage.start} to {passage.end}; "
            f"terms: {passage.terms.replace(';', ', ')}"
            + (f"; negated by '{passage.negation}'" if passage.negation else "")
            + ("; confirmed by a person" if passage.judgement == passage_judgements.CONFIRMED else ""),
        }
        for passage in passages[passages["counts"] == "yes"].itertuples(index=False)
    ]
    for entry in codebook.itertuples(index=False):
        of_indicator = normalised[normalised["indicator"] == entry.indicator]
        of_indicator = of_indicator[of_indicator["imputed"] == "no"]
        if len(of_indicator):
            rows += [_indicator(factor, entry, of_indicator, scale) for factor in split_list(entry.factors)]
    return accounting.table(rows, accounting.EVIDENCE)


def _indicator(factor: str, entry, indicator_values: pd.DataFrame, scale: str) -> dict:
    ordered = indicator_values.sort_values(["normalised", "country"])
    first, last = int(indicator_values["year"].min()), int(indicator_values["year"].max())
    years = str(first) if first == last else f"{first} to {last}"
    mean = indicator_values["normalised"].mean()
    low, high = (
        f"{countries.title(row['country'])} ({md.significant(row['value'])})"
        for _, row in ordered.iloc[[0, -1]].iterrows()
    )
    return {
        "factor": factor,
        "technique": TECHNIQUE,
        "kind": "indicator",
        "source": entry.indicator,
        "locator": years,
        "excerpt": f"{entry.name} ({entry.unit}): {len(indicator_values)} countries, median "
        f"{md.significant(indicator_values['value'].median())}; least favourable {low}, most favourable {high}",
        "value": "" if pd.isna(mean) else round(float(mean), 6),
        "note": f"mean of the normalised values ({scale}), n = {len(indicator_values)} countries; {entry.source}",
    }


def status(
    documents: pd.DataFrame,
    similar: pd.DataFrame,
    passages: pd.DataFrame,
    values: pd.DataFrame,
    coverage: pd.DataFrame,
    series: pd.DataFrame,
) -> pd.DataFrame:
    """STATUS: one row on documents, one on passages, one on indicators."""
    rows = [_documents(documents, similar), _passages(passages), _indicators(values, coverage, series)]
    return accounting.table(rows, accounting.STATUS)


def _passages(passages: pd.DataFrame) -> dict:
    """How far people have judged the passages; nothing is asked for until somebody has begun."""
    judgements = passages["judgement"]
    n_open = int(passage_judgements.open_ones(passages).sum())
    n_judged = len(passages) - n_open - int((judgements == passage_judgements.DISPUTED).sum())
    disputed = sorted(passages.loc[judgements == passage_judgements.DISPUTED, "passage"])
    asks = []
    if len(passages) > n_judged and (judgements != "").any():
        asks += [f"judgements of {md.plural(n_open, 'passage')} (results/desk/to_judge.csv)"] * (n_open > 0)
        asks += [
            f"one consistent judgement of {accounting.some(disputed)}, here or in ecosystem/directions.csv"
        ] * bool(disputed)
    return accounting.status_row(
        TECHNIQUE,
        "Passages judged",
        n_judged,
        len(passages) or None,
        "passage",
        "; ".join(asks),
        "desk/judgements.csv" if asks else "",
    )


def _documents(documents: pd.DataFrame, similar: pd.DataFrame) -> dict:
    by_state = documents.groupby("state")["file"].apply(list)
    asks = [
        ("file missing", "the file {}, from whoever keeps the register", "{}"),
        ("no text", "a version of {} with a text layer (OCR), from whoever scanned it", "{}"),
        ("partly read", "a text layer (OCR) for the pages without text of {}", "{}"),
        ("not in the register", "a row in the register for {}", "register.csv"),
    ]
    awaited, put_in = [], []
    for state, ask, put_in_pattern in asks:
        files = by_state.get(state, [])
        if files:
            awaited.append(ask.format(_some(files)))
            put_in.append(put_in_pattern.format(files[0]))
    open_pairs = similar[(similar["similarity"] != "identical") & (similar["decided"] == "no")]
    if len(open_pairs):
        pairs = [f"{row.first} and {row.second}" for row in open_pairs.itertuples(index=False)]
        awaited.append(f"a decision on which of these similar documents count: {accounting.some(pairs)}")
        put_in.append("register.csv")
    strange = countries.unknown(documents["country"]) if len(documents) else []
    if strange:
        awaited.append(f"ISO codes for entries that are not countries: {_some([repr(name) for name in strange])}")
        put_in.append("register.csv")
    if documents.empty:
        awaited, put_in = ["documents and their register"], ["register.csv"]
    n_read = int(documents["state"].isin(["read", "partly read"]).sum())
    return accounting.status_row(
        TECHNIQUE,
        "Documents read",
        n_read,
        len(documents) or None,
        "document",
        "; ".join(awaited),
        "; ".join(f"desk/{name}" for name in dict.fromkeys(put_in)),
    )


def _some(files: list[str]) -> str:
    names = [name.rsplit("/", 1)[-1] for name in sorted(files)]
    return accounting.some(names)


def _indicators(values: pd.DataFrame, coverage: pd.DataFrame, series: pd.DataFrame) -> dict:
    """How many indicators have values; where files hold series that none names, the codebook is asked for."""
    empty = coverage.loc[coverage["countries"] == 0, "indicator"]
    awaited, put_in = (f"values for {_some(list(empty))}", "desk/indicators.csv") if len(empty) else ("", "")
    if coverage.empty or values.empty:
        awaited, put_in = "indicators.csv and codebook.csv", "desk/indicators.csv"
    if awaited and len(series) and (series["indicators"] == "").all():
        awaited = "a choice of indicators among the downloaded series (listed in results/desk/downloaded_series.csv)"
        put_in = "desk/codebook.csv"
    return accounting.status_row(
        TECHNIQUE,
        "Indicators compared",
        int((coverage["countries"] > 0).sum()),
        len(coverage) or None,
        "indicator",
        awaited,
        put_in,
    )


def account(
    documents: pd.DataFrame,
    passages: pd.DataFrame,
    judgements: pd.DataFrame,
    values: pd.DataFrame,
    series: pd.DataFrame,
) -> pd.DataFrame:
    """ACCOUNT: every document, place of a term, passage, judgement, row of the tables of indicators and downloaded series."""
    with_passages = documents["document"].isin(passages["document"]) & (documents["document"] != "")
    is_read = documents["state"].isin(["read", "partly read"])
    became = documents["state"].mask(is_read, "read, without passages").mask(with_passages, "with passages")
    is_left_out = is_read & (documents["counts"] == "no")
    became = became.mask(is_left_out, "excluded in the register")
    became = became.mask(is_left_out & (documents["same_as"] != ""), "same text as another document")
    hits = int(passages["hits"].sum())
    rows = accounting.account_rows(TECHNIQUE, "document", "desk/register.csv", accounting.counts(became))
    if hits:
        places = {"first in a sentence": len(passages), "repeated within a sentence": hits - len(passages)}
        rows += accounting.account_rows(TECHNIQUE, "occurrence of a term", "desk/documents", places)
        rows += accounting.account_rows(TECHNIQUE, "passage", "desk/documents", accounting.counts(_became(passages)))
    rows += accounting.account_rows(
        TECHNIQUE, "judgement", "desk/judgements.csv", accounting.counts(judgements["outcome"])
    )
    for file, of_file in values.groupby("file", sort=False):
        outcomes = accounting.counts(of_file["outcome"])
        rows += accounting.account_rows(TECHNIQUE, "indicator value", f"desk/{file}", outcomes)
    for file, of_file in series.groupby("file", sort=False):
        named = of_file["indicators"].ne("").map({True: "used", False: "not used by any indicator"})
        rows += accounting.account_rows(
            TECHNIQUE, "downloaded series", f"desk/downloads/{file}", accounting.counts(named)
        )
    return accounting.table(rows, accounting.ACCOUNT)


def _became(passages: pd.DataFrame) -> pd.Series:
    """What became of each passage, in words."""
    apart = passages["part"].radd("in the ").where(passages["part"] != TEXT, "not yet judged")
    became = apart.mask(passages["judgement"] != "", passages["judgement"])
    return became.mask((passages["counts"] == "yes") & (passages["judgement"] == ""), "counted")
