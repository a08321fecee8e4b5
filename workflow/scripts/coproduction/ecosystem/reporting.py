"""What the report says of the ecosystem: method note and results; the trace of each factor."""

from collections.abc import Sequence

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.ecosystem.agreement import against_shares, between_techniques
from coproduction.ecosystem.links import shorten
from coproduction.ecosystem.settings import EcosystemSettings

KIND_WORDS = {
    "passage": "passages of documents",
    "study": "included studies",
    "topic": "topics of the literature",
    "quote": "coded segments of interviews",
    "rating": "ratings of the panel",
    "indicator": "indicators",
    "configuration": "configurations of conditions",
}
ORDER = ["order", "place", "technique", "aside", "kind", "source"]
CERQUAL = (
    "Confidence in the evidence is kept apart from its strength and follows the idea of "
    "GRADE-CERQual [@lewin2018]: it starts at high and goes down one step for each concern. "
)


def methods(codebook: pd.DataFrame, settings: EcosystemSettings, structure: str) -> str:
    """The method note, from the settings, with the codebook and its key references.

    `structure`: the paragraphs on which factors drive others.
    """
    kinds = [KIND_WORDS[kind] for kinds in settings.kinds.values() for kind in kinds]
    lines = [
        f"{line} ({_listed([accounting.title_of(name) for name in names])})"
        for line, names in settings.lines.items()
    ]
    return md.paragraphs(
        "The model brings together, for each condition of the codebook (a factor of the model), the "
        f"evidence that all techniques left for it: {_listed(kinds)}. An included study counts for a factor when a "
        "term of the codebook stands in its title, abstract or keywords. A topic counts when at "
        f"least {settings.topic_records} of its records mention the factor and their share is at "
        f"least {settings.topic_lift:g} times that of the records of other topics. Indicators are "
        "listed with the factor but do not count, for they say how a country stands, not that "
        "the factor matters.",
        "*Strength.* Within a technique the independent sources that speak for a factor are "
        "counted, never the number of passages; a panel is measured by its median rating (the mean "
        "of these where a factor has several statements), set to 0 where it agreed that the factor does not matter. The measure becomes a standing between 0 and 1: the share of factors that the "
        "factor outranks, ties counted half [a ridit, @bross1958]; without support it is 0. A factor "
        "that a panel was not asked about has no standing there. "
        f"Techniques that read the same material form one line of evidence: {_listed(lines)}. The "
        "strength of a factor is the mean of its standings over the lines that have delivered"
        f"{_weights(settings)}; leaving out one line at a time gives its range. It is called "
        f"moderate from {settings.moderate_from:g} and strong from {settings.strong_from:g}.",
        CERQUAL + f"The concerns are: fewer than {settings.enough_sources} independent sources "
        f"(two steps when there are no more than {settings.very_few_sources}; within a line the "
        "techniques are not added up); fewer than "
        f"{settings.enough_lines} lines of evidence (a panel counts as one where it agreed on the "
        "factor); no consensus in the panel (two steps when it "
        "agreed that the factor does not matter); nothing but automatic text matching. The "
        "result is a proposal: relevance to the context is not judged by the rule, and the "
        "judgement of the research team stands over it.",
        "*Connections.* Two factors are connected by each study, turn of an interview or page in which "
        "both have evidence. The association strength [@vaneck2009] divides this number by the "
        "one expected if the factors were spread independently. A segment whose concept belongs to "
        "two factors does not connect them by itself. A pair is called clear when so "
        "high a number is unlikely by chance (Poisson), with a false discovery rate of "
        f"{settings.false_discoveries:g} over all possible pairs [@benjamini1995].",
        structure,
        "*Codebook.* @tbl-ecosystem-codebook defines the factors and names the publications from "
        "which they were taken.",
        _codebook(codebook),
    )


def _codebook(codebook: pd.DataFrame) -> str:
    levels = codebook["level"].where(codebook["level"] != "environment", codebook["dimension"])
    shown = pd.DataFrame(
        {
            "name": codebook["name"],
            "level": levels,
            "definition": codebook["definition"],
            "references": [
                f"[{'; '.join('@' + key for key in split_list(cell))}]" if cell else "–"
                for cell in codebook["references"]
            ],
        }
    )
    names = {
        "name": "Factor",
        "level": "Level or environment",
        "definition": "What it means for the start of co-production",
        "references": "Key references",
    }
    caption = f"The {len(codebook)} factors of the codebook."
    widths = [8, 7, 21, 11]
    return md.table(shown, caption, "ecosystem-codebook", names, widths, raw=["references"])


def results(
    table: pd.DataFrame, edges: pd.DataFrame, evidence: pd.DataFrame, settings: EcosystemSettings
) -> str:
    """The results: what the model shows, or what is awaited."""
    supported = table[table["sources"] > 0]
    if supported.empty:
        return md.paragraphs(
            f"There is no evidence yet for any of the {len(table)} factors. The model follows as "
            "soon as one technique has delivered."
        )
    awaited = [name for name in settings.kinds if table[f"standing_{name}"].isna().all()]
    return md.paragraphs(
        _overview(table, supported, evidence, settings, awaited),
        md.figure(
            "figures/ecosystem/model",
            "Ecosystem of conditions around the start of co-production: citizens, public "
            "organisation and the four environments. The area of a marker is the strength of the "
            "evidence, its shade the confidence in it.",
            "ecosystem-model",
            _model_in_words(table),
        ),
        "## Which technique supports which factor",
        _by_level(table),
        md.figure(
            "figures/ecosystem/matrix",
            "Factors by strength of the evidence: standing within each technique, number of "
            "sources, and overall strength with its range when one line of evidence is left out.",
            "ecosystem-matrix",
            f"Matrix of {len(table)} factors and {len(settings.kinds)} techniques, strongest "
            f"factor first: {_listed(supported['name'].head(3))}.",
        ),
        _factor_table(table),
        _thin(table),
        "## Do the techniques agree?",
        _agreement(table, settings),
        "## Factors that come up together",
        _edges(edges, table, settings),
    )


def _overview(
    table: pd.DataFrame,
    supported: pd.DataFrame,
    evidence: pd.DataFrame,
    settings: EcosystemSettings,
    awaited: Sequence[str],
) -> str:
    strong = table[table["band"] == "strong"]
    sure = strong[strong["confidence"].isin(["high", "moderate"])]
    several = int((table["lines"] >= settings.enough_lines).sum())
    missing = (
        f" Still awaited: {_listed([settings.titles.get(name, name) for name in awaited])}; the "
        "strengths will change with them."
        if awaited
        else ""
    )
    some = "All" if len(supported) == len(table) else f"{len(supported)} of the"
    said = (
        f"{md.plural(len(strong), 'factor')} {'has' if len(strong) == 1 else 'have'} strong "
        f"evidence, {_part(sure, strong)} with high or moderate confidence{_named(sure['name'])}."
        if len(strong)
        else "No factor has strong evidence."
    )
    return (
        f"{some} {md.plural(len(table), 'factor')} {'has' if len(supported) == 1 else 'have'} "
        f"evidence, {md.plural(len(evidence), 'piece')} in all; {_number_of(several, len(table))} "
        f"{'is' if several == 1 else 'are'} supported by at least {settings.enough_lines} "
        f"independent lines (@fig-ecosystem-model). {said}{missing}"
    )


def _by_level(table: pd.DataFrame) -> str:
    means = table.groupby("level")["strength"].mean().sort_values(ascending=False)
    words = {"citizens": "citizens", "organisation": "public organisation"}
    parts = [f"{words.get(level, level)} {value:.2f}" for level, value in means.items()]
    swings = table.assign(swing=table["high"] - table["low"]).sort_values(
        ["swing", "rank"], ascending=[False, True]
    )
    widest = swings.iloc[0]
    return (
        f"@fig-ecosystem-matrix shows the techniques side by side and @tbl-ecosystem-factors the "
        f"numbers. The mean strength by level is: {', '.join(parts)}. The result that hangs most "
        f"on a single line of evidence is *{md.escape(widest['name'])}*, whose strength lies "
        f"between {widest['low']:.2f} and {widest['high']:.2f} depending on the line left out."
    )


def _factor_table(table: pd.DataFrame) -> str:
    shown = table[["rank", "name", "strength", "confidence", "lines", "sources", "reasons"]]
    said = table["judgement"] != ""
    shown = shown.assign(
        confidence=table["confidence"].where(~said, table["confidence"] + " (judged)"),
        reasons=table["reasons"].where(~said, table["judgement"]).replace("", "–"),
    )
    names = {
        "rank": "Rank",
        "name": "Factor",
        "strength": "Strength",
        "confidence": "Confidence",
        "lines": "Lines",
        "sources": "Sources",
        "reasons": "Concerns, or judgement",
    }
    return md.table(
        shown,
        "Factors with strength of the evidence (0 to 1), confidence in it, supporting lines of "
        "evidence, independent sources, and the concerns that lower the confidence.",
        "ecosystem-factors",
        names,
        widths=[2, 7, 3, 4, 2, 3, 9],
    )


def _thin(table: pd.DataFrame) -> str:
    none = table[table["sources"] == 0]["name"]
    against = table[table["verdict"] == "rejected"]["name"]
    thin = table[(table["band"] == "strong") & table["confidence"].isin(["low", "very low"])]
    return " ".join(
        sentence
        for sentence in (
            f"Strong but on thin ground: {_listed(thin['name'])}." if len(thin) else "",
            f"The panel agreed against {_listed(against)}." if len(against) else "",
            f"Without any evidence so far: {_listed(none)}." if len(none) else "",
        )
        if sentence
    )


def _agreement(table: pd.DataFrame, settings: EcosystemSettings) -> str:
    pairs = between_techniques(table, list(settings.kinds)).dropna(subset="tau")
    robust = against_shares(table, settings)
    words = (
        "Scored by shares of the largest number instead of standings, the factors come out in "
        f"{'nearly the same' if robust >= 0.8 else 'a similar' if robust >= 0.6 else 'another'} "
        f"order (Kendall's τ = {robust:.2f})."
        if not pd.isna(robust)
        else ""
    )
    if pairs.empty:
        return f"Fewer than two techniques have delivered, so there is nothing to compare. {words}"
    titles = {name: settings.titles.get(name, name) for name in settings.kinds}
    shown = pairs.assign(
        technique_a=pairs["technique_a"].map(titles), technique_b=pairs["technique_b"].map(titles)
    ).sort_values("tau", ascending=False, kind="stable")
    names = {"technique_a": "Technique", "technique_b": "and", "tau": "τ", "factors": "Factors"}
    return md.paragraphs(
        f"{_closest(shown)} 1 is the same order, 0 no relation; studies and topics read the same "
        "texts and must agree more than others. " + words,
        md.table(
            shown,
            "Agreement of the techniques on the order of the factors (Kendall's τ-b over the "
            "factors that both asked about).",
            "ecosystem-agreement",
            names,
            widths=[5, 5, 2, 2],
        ),
    )


def _closest(pairs: pd.DataFrame) -> str:
    """Which techniques agree most and least; `pairs` are in the order of tau."""
    told = [
        f"between *{row.technique_a}* and *{row.technique_b}* (τ = {md.number(row.tau)}"
        for row in pairs.itertuples()
    ]
    if len(told) == 1:
        return f"The order of the factors was compared {told[0]}; @tbl-ecosystem-agreement)."
    return (
        f"The order of the factors agrees most {told[0]}) and least {told[-1]}; "
        "@tbl-ecosystem-agreement)."
    )


def _edges(edges: pd.DataFrame, table: pd.DataFrame, settings: EcosystemSettings) -> str:
    if edges.empty:
        return "No two factors have come up together yet."
    clear = edges[edges["clear"] == "yes"]
    strong = (clear if len(clear) else edges).head(settings.edges_shown)
    names = dict(zip(table["id"], table["name"], strict=True))
    first = strong.iloc[0]
    shown = pd.DataFrame(
        {
            "a": strong["factor_a"].map(names),
            "b": strong["factor_b"].map(names),
            "units": strong["units"],
            "association": strong["association"],
            "techniques": [
                ", ".join(accounting.title_of(name) for name in split_list(cell))
                for cell in strong["techniques"]
            ],
        }
    )
    headings = {
        "a": "Factor",
        "b": "comes up with",
        "units": "Units",
        "association": "Association",
        "techniques": "Found in",
    }
    return md.paragraphs(
        f"{md.plural(len(edges), 'pair')} of factors come up together at least once, {len(clear) or 'none'} of "
        f"them clearly more often than chance would have it. The most frequent "
        f"{'of these' if len(clear) else 'pair'} is *{md.escape(names[first['factor_a']])}* "
        f"and *{md.escape(names[first['factor_b']])}*, in "
        f"{md.plural(int(first['units']), 'unit')} (@tbl-ecosystem-edges). "
        "@fig-ecosystem-connections shows all pairs; `ecosystem/model.graphml` holds the network "
        "for other programs.",
        md.figure(
            "figures/ecosystem/connections",
            "Factors that come up together: area by the number of studies, turns and "
            "pages in which both have evidence; blue where that is clearly more often than chance "
            "would have it. Lines separate citizens, public organisation and the four environments.",
            "ecosystem-connections",
            f"Half a matrix of {len(table)} factors with {len(edges)} connected pairs.",
        ),
        md.table(
            shown,
            f"Pairs of factors that come up together {'clearly more often than by chance' if len(clear) else 'most often'}"
            f"{_first_of(len(strong), len(clear))}. Association: units divided by those expected by chance.",
            "ecosystem-edges",
            headings,
            widths=[7, 7, 2, 4, 7],
        ),
    )


def trace_fragment(trace: pd.DataFrame, table: pd.DataFrame, settings: EcosystemSettings) -> str:
    """The appendix: how each factor was weighed and pieces of its evidence, strongest first."""
    parts = [
        "For each factor, strongest first: how it was weighed, and up to "
        f"{md.plural(settings.trace_rows, 'piece')} of evidence of each technique and kind. All "
        "pieces are in `ecosystem/trace.csv` among the results; a source is found again under its "
        "name in the results of its technique."
    ]
    known = table["id"].isin(trace.loc[trace["technique"] != "", "factor"])
    if not known.all():
        names = _listed(table.loc[~known, "name"].map(md.escape))
        parts.append(f"There is no evidence yet for {names}.")
    for row in table[known].itertuples():
        parts += [
            f"## {md.escape(row.name)} {{.unnumbered .unlisted}}",
            _weight(row),
            _pieces(row, trace[(trace["factor"] == row.id) & (trace["technique"] != "")], settings),
        ]
    return md.paragraphs(*parts)


def _weight(row) -> str:
    words = f"Strength {row.strength:.2f} ({row.band}), between {row.low:.2f} and {row.high:.2f} "
    words += f"when one line is left out; confidence {row.confidence}"
    if row.judgement:
        words += f" as judged by the team: {md.escape(row.judgement)}; proposed {row.proposed}"
    return words + (f" ({md.escape(row.reasons)})." if row.reasons else ".")


def _pieces(row, rows: pd.DataFrame, settings: EcosystemSettings) -> str:
    shown = _varied(rows, settings.trace_rows)
    lines = pd.DataFrame(
        {
            "kind": shown["kind"].str.capitalize(),
            "place": [_place(piece) for piece in shown.itertuples()],
            "excerpt": [_excerpt(piece, settings.trace_excerpt) for piece in shown.itertuples()],
        }
    )
    counts = rows["kind"].value_counts(sort=False)
    told = ", ".join(md.plural(n, kind) for kind, n in counts.items())
    caption = f"{md.escape(row.name)}: {len(shown)} of {md.plural(len(rows), 'piece')} ({told})."
    names = {"kind": "Kind", "place": "Source and place", "excerpt": "Excerpt or finding"}
    return md.table(lines, caption, f"ecosystem-trace-{row.id}", names, widths=[2, 5, 12])


def _place(piece) -> str:
    """Where a piece is found; a study by its citation key, with the record behind it."""
    if piece.kind == "study" and piece.locator:
        return f"{piece.locator} ({piece.source})"
    return f"{piece.source}, {piece.locator}" if piece.locator else piece.source


def _excerpt(piece, longest: int) -> str:
    """The words of a piece; behind a panel's statement its verdict and median rating."""
    words = shorten(piece.excerpt, 0, longest)
    if piece.kind != "rating":
        return words
    return f"{words} ({piece.note.split(';')[0]}, median {piece.value:g})"


def _varied(rows: pd.DataFrame, number: int) -> pd.DataFrame:
    """Up to `number` pieces per technique and kind, from as many sources as possible."""
    again = rows.groupby(["technique", "kind", "source"], sort=False).cumcount()
    first = rows.assign(again=again).sort_values("again", kind="stable")
    return first.groupby(["technique", "kind"], sort=False).head(number).sort_index()


def trace_table(
    evidence: pd.DataFrame, table: pd.DataFrame, settings: EcosystemSettings
) -> pd.DataFrame:
    """All evidence in the order of the model; a row also for each factor without any."""
    place = {name: number for number, name in enumerate(settings.kinds)}
    counts = {(name, kind) for name, kinds in settings.kinds.items() for kind in kinds}
    rows = evidence.assign(
        counts=[
            "yes" if pair in counts else "no"
            for pair in zip(evidence["technique"], evidence["kind"], strict=True)
        ],
        place=[place.get(name, len(place)) for name in evidence["technique"]],
    )
    rows["aside"] = rows["counts"] == "no"
    whole = table[["id", "name"]].rename(columns={"id": "factor"}).reset_index(names="order")
    whole = whole.merge(rows, on="factor", how="left")
    whole = whole.sort_values(ORDER, kind="stable")
    words = ["technique", "kind", "counts", "source", "locator", "excerpt", "note"]
    whole[words] = whole[words].astype(object).fillna("").astype(str)
    whole["value"] = whole["value"].astype(float)
    return whole.reset_index(drop=True)


def status(table: pd.DataFrame, settings: EcosystemSettings) -> pd.DataFrame:
    """Rows of STATUS: factors with evidence, techniques that have delivered."""
    delivered = [name for name in settings.kinds if table[f"standing_{name}"].notna().any()]
    missing = [settings.titles.get(name, name) for name in settings.kinds if name not in delivered]
    awaited = f"evidence of {_listed(missing)}" if missing else ""
    supported = int((table["sources"] > 0).sum())
    rows = [
        accounting.status_row(
            "ecosystem",
            "Techniques in the model",
            len(delivered),
            len(settings.kinds),
            "technique",
            awaited,
        ),
        accounting.status_row("ecosystem", "Factors weighed", len(table), len(table), "factor"),
    ]
    if supported == 0:
        rows[1] = accounting.status_row("ecosystem", "Factors weighed", 0, len(table), "factor")
        return accounting.table(rows, accounting.STATUS)
    said = int((table["judgement"] != "").sum())
    asked = int((table["proposed"] != "none").sum())
    rows.append(
        accounting.status_row(
            "ecosystem",
            "Confidence judged",
            said,
            asked,
            "factor",
            ""
            if said == asked
            else "judgement of the confidence, from the research team (form: "
            "ecosystem/confidence_form.csv among the results)",
            "" if said == asked else "ecosystem/judgements.csv",
        )
    )
    return accounting.table(rows, accounting.STATUS)


def account(studies: pd.DataFrame, linked: pd.DataFrame, trace: pd.DataFrame) -> pd.DataFrame:
    """Where every study and every piece of evidence went."""
    found = linked[linked["kind"] == "study"]["source"].nunique()
    names = studies["study"].where(studies["study"] != "", studies["record"])
    number = names.nunique()
    rows = accounting.account_rows(
        "ecosystem",
        "study",
        "screening/included.csv",
        {"points to a factor": found, "points to no factor": number - found},
    )
    pieces = trace[trace["technique"] != ""]
    for technique, part in pieces.groupby("technique", sort=True):
        counted = int((part["counts"] == "yes").sum())
        outcomes = {
            "counts towards strength": counted,
            "listed, without counting": len(part) - counted,
        }
        rows += accounting.account_rows("ecosystem", "piece of evidence", technique, outcomes)
    return accounting.table(rows, accounting.ACCOUNT)


def _first_of(shown: int, number: int) -> str:
    return f" (the {shown} most frequent of {number})" if number > shown else ""


def _model_in_words(table: pd.DataFrame) -> str:
    parts = []
    for level, rows in table.groupby("level", sort=False):
        best = rows.sort_values("strength", ascending=False, kind="stable").head(3)
        named = ", ".join(
            f"{row.name} ({row.strength:.2f})" for row in best.itertuples(index=False)
        )
        parts.append(f"{level}: strongest are {named}")
    return "Three rings of factors around the start of co-production. " + "; ".join(parts) + "."


def _weights(settings: EcosystemSettings) -> str:
    given = [f"{line} {weight:g}" for line, weight in sorted(settings.weights.items())]
    return f" (weights: {', '.join(given)}; others 1)" if given else ""


def _number_of(some: int, everything: int) -> str:
    return "all" if some == everything else str(some) if some else "none"


def _part(some: Sequence, all_of: Sequence) -> str:
    return "all" if len(some) == len(all_of) else f"{len(some) or 'none'} of them"


def _named(names: Sequence[str]) -> str:
    return f" ({_listed(names)})" if len(names) else ""


def _listed(words: Sequence[str]) -> str:
    words = [str(word) for word in words]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
