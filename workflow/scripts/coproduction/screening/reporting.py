"""What the report says of the screening."""

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core import markdown as md
from coproduction.methods.agreement import describe_kappa
from coproduction.screening.ranking import Model
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.states import STATES

STAGE_WORDS = {"title_abstract": "title and abstract", "full_text": "full text"}
STARTS = {
    "decisions": "was learnt from {relevant} relevant and {irrelevant} irrelevant records",
    "relevant decisions only": "was learnt from {relevant} relevant records (no record has been "
    "excluded yet)",
    "irrelevant decisions only": "was learnt from the criteria and {irrelevant} irrelevant records "
    "(no relevant record has been found yet)",
    "key records": "started from the key records named in the configuration",
    "criteria": "started from the wording of the criteria, as nothing has been decided yet",
    "nothing": "is random, as there are neither decisions nor criteria yet",
}


def methods(settings: ScreeningSettings, criteria: pd.DataFrame, seed: int) -> str:
    """The method note, from the settings."""
    two = settings.reviewers_title_abstract, settings.reviewers_full_text
    apart = ", independently of each other" if max(two) > 1 else ""
    against = (
        "against the eligibility criteria of @tbl-screening-criteria"
        if len(criteria)
        else "without criteria on file (`screening/criteria.csv`)"
    )
    return md.paragraphs(
        f"Titles and abstracts were screened by {md.plural(two[0], 'reviewer')} per record and full "
        f"texts by {md.plural(two[1], 'reviewer')} per report{apart}, {against}. A 'maybe' passes a "
        "record on to the full text. Where decisions differ the record is in conflict until it is "
        "adjudicated. Where two reviewers decide, agreement is reported as Cohen's kappa "
        "[@cohen1960], as prevalence- and bias-adjusted kappa (PABAK) [@byrt1993], which does not "
        "fall when nearly all records are excluded, and as Gwet's AC1 [@gwet2008], with "
        f"{100 * settings.confidence:.0f} % confidence intervals.",
        _ranking_method(settings, seed),
        "The flow of records follows PRISMA 2020 [@page2021]; its sums are checked each time. No "
        "record is excluded by the ranking: what has not been read is shown as not screened.",
        _criteria_table(criteria),
    )


def _ranking_method(settings: ScreeningSettings, seed: int) -> str:
    model = Model()
    parts = ", ".join(f"{kind.name} {kind.share:g}" for kind in model.kinds)
    return (
        "The records that wait for decisions are ranked by a linear model of their titles, abstracts "
        "and keywords: a least-squares support vector machine on TF-IDF weights of words and pairs "
        f"of words (shares: {parts}; penalty {model.ridge:g}; relevant records weigh "
        f"{model.ratio:g} times the irrelevant ones)"
        + (
            f", combined with multinomial naive Bayes (share {model.bayes:g})"
            if model.bayes
            else ""
        )
        + ". Whether screening may stop is judged by the hypergeometric rule of "
        f"@callaghan2020: the hypothesis that recall is below {100 * settings.recall_target:.0f} % "
        f"must be rejected with {100 * settings.stop_confidence:.0f} % confidence. The heuristics of "
        f"the SAFE procedure [@boetje2024] are listed beside it. Random orders use seed {seed}."
    )


def _criteria_table(criteria: pd.DataFrame) -> str:
    if criteria.empty:
        return ""
    shown = criteria[["criterion", "kind", "label", "text"]]
    names = {"criterion": "Code", "kind": "Kind", "label": "Criterion", "text": "In full"}
    return md.table(
        shown, "Eligibility criteria.", "screening-criteria", names, widths=[3, 2, 4, 8]
    )


def results(
    criteria: pd.DataFrame,
    flow: pd.DataFrame,
    agreement: pd.DataFrame,
    conflicts: pd.DataFrame,
    findings: pd.DataFrame,
    sources: pd.DataFrame,
    basis: pd.DataFrame,
    stop: pd.DataFrame,
    measures: pd.DataFrame,
    included: pd.DataFrame,
    full_texts: pd.DataFrame,
    queue: pd.DataFrame,
) -> str:
    """The results: flow, agreement, progress and stop, included studies; or what is awaited."""
    n = _numbers(flow)
    if not n["unique"]:
        return md.paragraphs(
            "There are no records to screen yet. They follow as soon as the database exports are in "
            "`searches/`."
        )
    return md.paragraphs(
        "### Flow of records",
        _flow_text(n),
        md.figure(
            "figures/screening/prisma",
            "Flow of records and reports (PRISMA 2020). Dashed boxes: not finished yet.",
            "screening-prisma",
            f"Flow diagram: {n['identified']} records identified, {n['screened']} screened, "
            f"{n['sought']} reports sought, {n['assessed']} assessed, {n['included']} included.",
        ),
        _reasons_text(flow),
        _full_texts_text(full_texts),
        "### Agreement of the reviewers",
        _sources_text(sources),
        _agreement_text(agreement, conflicts, findings),
        _agreement_table(agreement),
        _reasons_table(agreement, criteria),
        "### Progress and stopping",
        _progress_text(n, basis, measures, queue),
        md.figure(
            "figures/screening/recall",
            "Relevant records found as screening went on, the same decisions replayed in ranked and "
            "in random order (mean of several starts), and the p of the stop rule.",
            "screening-recall",
            "Line chart of relevant records found against records screened, above the p value of "
            "the stop rule.",
        )
        if n["decided"]
        else "",
        _stop_text(stop) if n["decided"] else "",
        _stop_table(stop) if n["decided"] else "",
        "### Included studies",
        _included_text(included),
        _included_table(included),
    )


def _numbers(flow: pd.DataFrame) -> dict[str, int]:
    arms = flow[flow["arm"].isin(["databases", "others"])]

    def total(box: str, *items: str) -> int:
        rows = arms[arms["box"] == box]
        return int((rows[rows["item"].isin(items)] if items else rows)["n"].sum())

    waiting = total("not finished")
    return {
        "identified": total("identified"),
        "duplicates": total("removed before screening", "duplicates"),
        "refused": total("removed before screening", "other reasons"),
        "automation": total("removed before screening", "automation tools"),
        "unique": total("screened")
        + waiting
        + total("removed before screening", "automation tools"),
        "screened": total("screened"),
        "unscreened": total("not finished", "not screened"),
        "partial": total("not finished", "partly screened"),
        "conflict": total("not finished", "in conflict"),
        "decided": total("screened") + waiting - total("not finished", "not screened"),
        "excluded": total("excluded"),
        "sought": total("sought", "reports"),
        "awaited": total("sought", "awaited"),
        "not_retrieved": total("sought", "not retrieved"),
        "assessed": total("assessed", "reports"),
        "assessing": total("assessed", "in assessment"),
        "excluded_full": total("excluded at full text"),
        "included": total("included"),
    }


def _flow_text(n: dict[str, int]) -> str:
    open_parts = [
        f"{md.plural(n[key], 'record')} {words}"
        for key, words in (
            ("unscreened", "not screened yet"),
            ("partial", "decided by too few reviewers"),
            ("conflict", "in conflict"),
        )
        if n[key]
    ]
    unusable = f"and {n['refused']:,} unusable entries " if n["refused"] else ""
    text = (
        f"The searches gave {md.plural(n['identified'], 'record')}; {n['duplicates']:,} duplicates "
        f"{unusable}were removed, which leaves {n['unique']:,} unique records "
        f"(@fig-screening-prisma). Of these, {n['screened']:,} have been screened on title "
        f"and abstract: {n['excluded']:,} were excluded and {n['sought']:,} sought in full text."
    )
    if open_parts:
        text += f" Still open: {'; '.join(open_parts)}."
    if n["automation"]:
        text += (
            f" Screening was ended on the stop statement with {md.plural(n['automation'], 'record')} "
            "not screened."
        )
    if n["sought"]:
        missing = [
            f" {words}: {n[key]:,}."
            for key, words in (("not_retrieved", "Not retrieved"), ("awaited", "Not yet at hand"))
            if n[key]
        ]
        assessing = f", {n['assessing']:,} {_is(n['assessing'])} being assessed"
        text += (
            f"{''.join(missing)} Of {md.plural(n['assessed'], 'assessed report')}, "
            f"{n['excluded_full']:,} {'was' if n['excluded_full'] == 1 else 'were'} excluded"
            f"{assessing if n['assessing'] else ''} and "
            f"**{n['included']:,} {_is(n['included'])} included**."
        )
    return text


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _reasons_text(flow: pd.DataFrame) -> str:
    rows = flow[flow["box"] == "excluded at full text"].groupby("item", sort=False)["n"].sum()
    if rows.empty:
        return ""
    rows = sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    said = "; ".join(f"{md.escape(reason)} ({n})" for reason, n in rows)
    return f"Reasons for exclusion in full text: {said}."


def _full_texts_text(full_texts: pd.DataFrame) -> str:
    """The PDFs that are there, and those that nobody can place."""
    if full_texts.empty:
        return ""
    lost = full_texts[full_texts["record"] == ""]
    placed = full_texts.loc[full_texts["record"] != "", "record"].nunique()
    text = (
        f"{md.plural(len(full_texts), 'PDF')} in `screening/full_texts/` "
        f"{'holds' if len(full_texts) == 1 else 'hold'} the full texts of "
        f"{md.plural(placed, 'record')} (`full_texts.csv` says by what evidence)."
    )
    if len(lost):
        listed = ", ".join(f"{md.escape(file)}" for file in lost["file"])
        text += (
            f" Not matched: {listed}. With the record id in its name a file is matched for certain."
        )
    return text


def _sources_text(sources: pd.DataFrame) -> str:
    """Where the decisions come from, and what was not counted of them."""
    if sources.empty:
        return ""
    forms = sources.groupby("form").size()
    listed = ", ".join(f"{form} ({n})" for form, n in forms.items())
    text = f"Decisions were read from {md.plural(len(sources), 'file')}: {listed}."
    found, lost = sources[["by_doi", "by_title"]].sum(), int(sources["unmatched"].sum())
    if found.sum():
        text += (
            f" Without a record id, {found['by_doi']:,} entries were found by DOI and "
            f"{found['by_title']:,} by title and year."
        )
    if lost:
        text += f" {md.plural(lost, 'entry', 'entries')} named no record and did not count."
    if "Covidence" in forms:
        text += (
            " Covidence exports what the team settled and not who voted how, so these outcomes "
            "tell nothing about agreement."
        )
    return text


def _agreement_text(
    agreement: pd.DataFrame, conflicts: pd.DataFrame, findings: pd.DataFrame
) -> str:
    decided = agreement[agreement["measured"] == "decisions"]
    if decided.empty:
        text = "No record has been decided by two reviewers yet, so agreement cannot be measured."
    else:
        parts = []
        for stage, rows in decided.groupby("stage", sort=False):
            row = rows.iloc[-1]
            limits = (
                f" ({row['kappa_low']:.2f} to {row['kappa_high']:.2f})"
                if pd.notna(row["kappa_low"])
                else ""
            )
            kappa = "not defined" if pd.isna(row["kappa"]) else f"{row['kappa']:.2f}{limits}"
            parts.append(
                f"On {STAGE_WORDS[stage]}, reviewers agree on {100 * row['agreement']:.0f} % of "
                f"{md.plural(int(row['records']), 'record')}; kappa is {kappa}, "
                f"{describe_kappa(row['kappa'])} in the words of @landis1977, and AC1 is "
                f"{row['ac1']:.2f}"
            )
        text = ". ".join(parts) + " (@tbl-screening-agreement)."
    waiting = conflicts["stage"].value_counts()
    if len(waiting):
        listed = " and ".join(f"{n} on {STAGE_WORDS[stage]}" for stage, n in waiting.items())
        text += f" Conflicts that wait for adjudication: {listed}."
    if len(findings):
        kinds = findings["finding"].value_counts()
        listed = ", ".join(f"{name} ({n})" for name, n in sorted(kinds.items()))
        text += f" Odd entries in people's files, counted as said in `findings.csv`: {listed}."
    return text


def _agreement_table(agreement: pd.DataFrame) -> str:
    agreement = agreement[~agreement["measured"].str.startswith("reason ")]
    if agreement.empty:
        return ""
    shown = pd.DataFrame(
        {
            "stage": agreement["stage"].map(STAGE_WORDS),
            "measured": agreement["measured"],
            "reviewers": agreement["first"].where(
                agreement["first"] == "all", agreement["first"] + ", " + agreement["second"]
            ),
            "records": agreement["records"],
            "agreement": 100 * agreement["agreement"],
        }
    )
    for name in ("kappa", "pabak", "ac1"):
        shown[name] = [_interval(row, name) for row in agreement.to_dict("records")]
    names = {
        "stage": "Stage",
        "measured": "Of",
        "reviewers": "Reviewers",
        "records": "Records",
        "agreement": "Agreement, %",
        "kappa": "Kappa",
        "pabak": "PABAK",
        "ac1": "AC1",
    }
    return md.table(
        shown, "Agreement between reviewers (in brackets: confidence interval).",
        "screening-agreement", names, widths=[4, 3, 3, 2, 3, 5, 5, 5], digits=0,
    )  # fmt: skip


def _interval(row: dict, name: str) -> str:
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(value):
        return "–"
    return f"{value:.2f}" + (f" ({low:.2f} to {high:.2f})" if pd.notna(low) else "")


def _reasons_table(agreement: pd.DataFrame, criteria: pd.DataFrame) -> str:
    """Agreement on each reason: of the one pair of reviewers, or of all where there are more."""
    rows = agreement[agreement["measured"].str.startswith("reason ")]
    rows = rows.groupby(["stage", "measured"], sort=False).tail(1)
    if rows.empty:
        return ""
    labels = dict(zip(criteria["criterion"], criteria["label"], strict=True))
    codes = rows["measured"].str.removeprefix("reason ")
    shown = pd.DataFrame(
        {
            "stage": rows["stage"].map(STAGE_WORDS),
            "reason": codes.map(lambda code: labels.get(code, code)),
            "records": rows["records"],
            "agreement": 100 * rows["agreement"],
            "kappa": [_interval(row, "kappa") for row in rows.to_dict("records")],
            "ac1": [_interval(row, "ac1") for row in rows.to_dict("records")],
        }
    )
    names = {
        "stage": "Stage",
        "reason": "Reason",
        "records": "Records",
        "agreement": "Agreement, %",
        "kappa": "Kappa",
        "ac1": "AC1",
    }
    return md.table(
        shown, "Agreement on giving each reason or not, among records that reviewers exclude alike.",
        "screening-reasons", names, widths=[4, 5, 2, 3, 5, 5], digits=0,
    )  # fmt: skip


def _progress_text(
    n: dict[str, int], basis: pd.DataFrame, measures: pd.DataFrame, queue: pd.DataFrame
) -> str:
    if not len(queue):
        text = "No record waits for a decision on title and abstract."
    else:
        row = basis.iloc[0]
        how = STARTS[row["start"]].format(**row.to_dict())
        text = (
            f"{md.plural(len(queue), 'record')} {'waits' if len(queue) == 1 else 'wait'} in the "
            f"queue; its ranking {how}."
        )
    if n["decided"]:
        text += " @fig-screening-recall shows how screening went."
    values = measures.set_index("measure")["value"] if len(measures) else {}
    if "WSS@95" in values:
        text += (
            " Replayed on the decided records, the ranking finds 95 % of the relevant ones with "
            f"{100 * values['WSS@95']:.0f} % less reading than chance (WSS@95; mean of "
            f"{md.plural(int(measures['starts'].iloc[0]), 'start')}). This describes the ranking, "
            "not the records that nobody has read."
        )
    return text


def _stop_text(stop: pd.DataFrame) -> str:
    rows = stop.set_index("statement")
    rule, recall = rows.loc["stop rule, p"], rows.loc["recall from a random sample"]
    total, seen = rows.loc["records in all", "value"], rows.loc["records screened", "value"]
    left = int(total - seen)
    if left == 0:
        return "All records have been looked at, so no stop rule is needed."
    verdict = (
        "so by this rule screening may stop"
        if rule["met"] == "yes"
        else "so by this rule screening goes on"
    )
    text = (
        f"{md.plural(left, 'record')} {'has' if left == 1 else 'have'} no decision. "
        f"The stop rule asks for {rule['wanted']} and gives {rule['there']}, {verdict} "
        "(@tbl-screening-stop)."
    )
    if pd.notna(recall["value"]):
        text += (
            f" A random sample puts recall at {recall['value']:.2f} "
            f"({recall['low']:.2f} to {recall['high']:.2f})."
        )
    return text


def _stop_table(stop: pd.DataFrame) -> str:
    shown = stop[stop["met"] != ""][["statement", "wanted", "there", "met"]]
    names = {"statement": "Statement", "wanted": "Asked for", "there": "There is", "met": "Met"}
    return md.table(
        shown, "What speaks for ending the screening of titles and abstracts.",
        "screening-stop", names, widths=[4, 6, 4, 2],
    )  # fmt: skip


def _included_text(included: pd.DataFrame) -> str:
    if included.empty:
        return "No report has passed both stages yet."
    studies = included["study"].nunique()
    years = pd.to_numeric(included["year"], errors="coerce").dropna()
    span = f", published {years.min():.0f} to {years.max():.0f}" if len(years) else ""
    return (
        f"{md.plural(len(included), 'report')} of {md.plural(studies, 'study', 'studies')} "
        f"{'is' if len(included) == 1 else 'are'} included{span} (@tbl-screening-included); "
        "`included.bib` holds them as BibTeX."
    )


def _included_table(included: pd.DataFrame) -> str:
    if included.empty:
        return ""
    shown = pd.DataFrame(
        {
            "authors": [_short(authors) for authors in included["authors"]],
            "year": included["year"],
            "title": included["title"],
            "source": included["source"],
            "factors": included["factor_names"],
        }
    )
    names = {
        "authors": "Authors",
        "year": "Year",
        "title": "Title",
        "source": "Source",
        "factors": "Factors named",
    }
    return md.table(shown, "Included reports.", "screening-included", names, widths=[4, 2, 8, 5, 5])


def _short(authors: str) -> str:
    names = [name.split(",")[0].strip() for name in authors.split(";") if name.strip()]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names) or "Anonymous"


def status(standing: pd.DataFrame, conflicts: pd.DataFrame) -> pd.DataFrame:
    """STATUS: both stages, adjudication and retrieval."""
    n = standing["state"].value_counts()

    def count(*names: str) -> int:
        return int(sum(n.get(name, 0) for name in names))

    total = len(standing)
    waiting = count("not screened", "title and abstract: partly screened")
    settled = total - waiting - count("title and abstract: conflict")
    sought = settled - count("title and abstract: excluded")
    awaited, missing = count("full text: awaited"), count("full text: not retrieved")
    due = sought - missing
    done_full = count("full text: excluded", "included")
    ruled = int((standing["adjudicated"] != "").sum())
    complete = total > 0 and settled == total and awaited == 0 and done_full == due
    rows = [
        accounting.status_row(
            "screening", "Titles and abstracts", settled, total, "record",
            f"decisions on {md.plural(waiting, 'record')}, from the reviewers" if waiting else "",
            "screening/title_abstract.csv" if waiting else "",
        ),
        _adjudication(ruled, len(conflicts), complete),
        accounting.status_row(
            "screening", "Retrieval of full texts", sought - awaited, sought, "report",
            f"{md.plural(awaited, 'full text')}, from whoever obtains them" if awaited else "",
            "screening/retrieval.csv" if awaited else "",
        ),
        accounting.status_row(
            "screening", "Full texts", done_full, due, "report",
            f"decisions on {md.plural(due - done_full, 'report')}, from the reviewers"
            if due > done_full else "",
            "screening/full_text.csv" if due > done_full else "",
        ),
    ]  # fmt: skip
    return accounting.table(rows, accounting.STATUS)


def _adjudication(ruled: int, conflicts: int, complete: bool) -> dict:
    """The step of adjudication; where no decisions differed, that there was nothing to settle."""
    if not ruled and not conflicts:
        step = "Adjudication (nothing was to be adjudicated)" if complete else "Adjudication"
        return accounting.status_row("screening", step, 0, 0, "record") | (
            {"state": "done"} if complete else {}
        )
    awaited = f"rulings on {md.plural(conflicts, 'conflict')}, from the adjudicator"
    put_in = "screening/adjudications.csv"
    return accounting.status_row(
        "screening", "Adjudication", ruled, ruled + conflicts, "record",
        *((awaited, put_in) if conflicts else ()),
    )  # fmt: skip


def account(standing: pd.DataFrame) -> pd.DataFrame:
    """Where every unique record stands."""
    n = standing["state"].value_counts()
    outcomes = {state: int(n[state]) for state in STATES if state in n}
    rows = accounting.account_rows("screening", "record", "literature/records.csv", outcomes)
    return accounting.table(rows, accounting.ACCOUNT) if rows else tables.empty(accounting.ACCOUNT)
