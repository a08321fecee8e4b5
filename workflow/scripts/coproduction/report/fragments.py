"""The fragments that the report itself contributes: notice, summary, state, methods, appendices."""

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from coproduction import markdown as md

TECHNIQUES = {
    "desk": "Desk research",
    "literature": "Literature search",
    "screening": "Screening",
    "topics": "Topics",
    "interviews": "Interviews",
    "delphi": "Delphi",
    "ecosystem": "Ecosystem",
}
KIND_NAMES = {
    "passage": "Passage",
    "indicator": "Indicator",
    "study": "Study",
    "topic": "Topic",
    "quote": "Quote",
    "rating": "Rating",
}


def study_yml(title: str, subtitle: str, authors: Sequence[str], date: str, notice: str) -> str:
    """The metadata of the report as YAML (JSON values are YAML)."""
    values = {
        "title": title,
        "subtitle": subtitle,
        "author": list(authors),
        "date": date,
        "notice": notice,
    }
    filled = {key: value for key, value in values.items() if value}
    return "".join(f"{key}: {json.dumps(v, ensure_ascii=False)}\n" for key, v in filled.items())


def notice(illustrative: bool) -> str:
    """The banner of a study whose data are made up; an empty fragment otherwise."""
    if not illustrative:
        return "\n"
    return md.callout(
        "warning",
        "Illustrative data",
        "The records, documents, interviews and expert ratings of this study were made up to show "
        "how the workflow works. Its findings must not be cited. Real are the public indicators "
        "of the countries and the publications in the reference list.",
    )


def summary(status: pd.DataFrame) -> str:
    """The box at the start: how far the study is, and what it waits for."""
    if status.empty:
        return md.callout("note", "How far this study is", "No part of the study has begun.")
    words = [_counted(status), _counts_by_technique(status), _waiting(status)]
    return md.callout("note", "How far this study is", md.paragraphs(*words))


def _counted(status: pd.DataFrame) -> str:
    done = int((status["state"] == "done").sum())
    if done == len(status):
        return f"All {len(status)} steps of the study are complete. What the report shows is final."
    return (
        f"Of {len(status)} steps, {done} are complete. The report shows what the study knows so "
        "far; it is written anew with each run."
    )


def _counts_by_technique(status: pd.DataFrame) -> str:
    lines = []
    for name, steps in _by_technique(status):
        pieces = [_step(step) for step in steps.itertuples()]
        lines.append(f"- **{TECHNIQUES.get(name, name)}:** {'; '.join(pieces)}.")
    return "\n".join(lines)


def _by_technique(status: pd.DataFrame):
    order = [*TECHNIQUES, *sorted(set(status["technique"]) - set(TECHNIQUES))]
    for name in order:
        steps = status[status["technique"] == name]
        if len(steps):
            yield name, steps


def _step(step) -> str:
    title = md.escape(step.step)
    title = title[:1].lower() + title[1:] if title[1:2].islower() else title
    if step.state in ("not started", "awaited") and not step.done:
        return f"{title} {step.state}"
    return f"{title} {_amount(step)}"


def _amount(step) -> str:
    if pd.isna(step.done):
        return str(step.state)
    unit = md.escape(step.unit)
    if pd.isna(step.total) or (step.total == step.done and step.state == "done"):
        return md.plural(int(step.done), unit) if unit else f"{int(step.done):,}"
    return f"{int(step.done):,} of {md.plural(int(step.total), unit)}"


def _waiting(status: pd.DataFrame) -> str:
    waits = int((status["awaited"] != "").sum())
    if not waits:
        return ""
    return (
        f"{md.plural(waits, 'contribution').capitalize()} from people "
        f"{'is' if waits == 1 else 'are'} awaited (@sec-state)."
    )


def state(status: pd.DataFrame) -> str:
    """The section on the state of the study: every step, and what is awaited from whom."""
    if status.empty:
        return "No part of the study has begun.\n"
    steps = pd.DataFrame(
        {
            "technique": [TECHNIQUES.get(name, name) for name in status["technique"]],
            "step": status["step"],
            "state": status["state"],
            "amount": [_amount(step) for step in status.itertuples()],
        }
    )
    names = {"technique": "Technique", "step": "Step", "state": "State", "amount": "Amount"}
    table = md.table(
        steps, "State of each step.", "report-state", names, widths=[4, 8, 3, 5], raw=["amount"]
    )
    waits = status[status["awaited"] != ""]
    lead = (
        "People's contributions enter the study as files, each at its own pace. @tbl-report-state "
        "lists the steps of the study with what has been done so far."
    )
    if waits.empty:
        return md.paragraphs(lead + " Nothing is awaited.", table)
    return md.paragraphs(
        lead,
        table,
        "The contributions in @tbl-report-awaited are outstanding. Each goes into the file named "
        "there, in the folder of the study; the next run takes it up.",
        _awaited(waits),
    )


def _awaited(waits: pd.DataFrame) -> str:
    rows = pd.DataFrame(
        {
            "technique": [TECHNIQUES.get(name, name) for name in waits["technique"]],
            "awaited": waits["awaited"],
            "put_in": [f"`{file}`" if file else "–" for file in waits["put_in"]],
        }
    )
    names = {"technique": "Technique", "awaited": "What is awaited, from whom", "put_in": "File"}
    return md.table(
        rows, "What is awaited.", "report-awaited", names, widths=[3, 9, 5], raw=["put_in"]
    )


def accounts(account: pd.DataFrame) -> str:
    """The appendix that follows everything that entered to where it ended."""
    if account.empty:
        return "Nothing has entered the study yet.\n"
    rows = []
    for name, part in _by_technique(account):
        for (unit, source), outcomes in part.groupby(["unit", "source"], sort=False):
            ends = [f"{md.escape(o.outcome)}: {int(o.n):,}" for o in outcomes.itertuples() if o.n]
            rows.append(
                {
                    "technique": TECHNIQUES.get(name, name),
                    "unit": unit,
                    "source": md.escape(source).replace("/", "/\u200b"),
                    "entered": int(outcomes["entered"].iloc[0]),
                    "outcomes": "; ".join(ends) or "–",
                }
            )
    names = {
        "technique": "Technique",
        "unit": "Unit",
        "source": "Source",
        "entered": "Entered",
        "outcomes": "Where they went",
    }
    return md.paragraphs(
        "Whatever enters the study is counted until it leaves. For each source, the outcomes in "
        "@tbl-report-accounts add up to what entered; the workflow stops where they do not.",
        md.table(
            pd.DataFrame(rows),
            "What entered each technique, and where it went.",
            "report-accounts",
            names,
            widths=[4, 3, 6, 3, 11],
            raw=["source", "outcomes"],
        ),
    )


def trace(evidence: pd.DataFrame, factors: pd.DataFrame, shown: int, length: int) -> str:
    """The appendix that follows each factor to its evidence, `shown` pieces of each technique.

    `length` is the longest excerpt in characters. Every piece is in `ecosystem/trace.csv`.
    """
    evidence = evidence[evidence["technique"] != ""]
    if evidence.empty:
        return "No technique has found evidence yet.\n"
    parts = [
        "Each condition is followed to the passages, studies, quotes, ratings and indicators that "
        f"speak for it. Up to {shown} pieces of each technique are shown, with source and place; "
        "all of them, with the way they were found, are in the table `ecosystem/trace.csv` among "
        "the results."
    ]
    for factor in factors.itertuples():
        rows = evidence[evidence["factor"] == factor.id]
        parts.append(f"### {md.escape(factor.name)} {{.unnumbered .unlisted}}")
        parts.append(_trace_of(rows, factor, shown, length))
    return md.paragraphs(*parts)


def _trace_of(rows: pd.DataFrame, factor, shown: int, length: int) -> str:
    if rows.empty:
        return "No technique has found evidence for this condition."
    picked = rows.groupby("technique", sort=False).head(shown)
    order = {name: place for place, name in enumerate(TECHNIQUES)}
    picked = picked.iloc[
        picked["technique"].map(lambda name: order.get(name, len(order))).argsort(kind="stable")
    ]
    lines = pd.DataFrame(
        {
            "kind": [KIND_NAMES.get(kind, kind) for kind in picked["kind"]],
            "place": [
                ", ".join(filter(None, (row.source, row.locator))) for row in picked.itertuples()
            ],
            "excerpt": [_excerpt(row, length) for row in picked.itertuples()],
        }
    )
    by = rows["technique"].value_counts(sort=False)
    counts = ", ".join(
        f"{TECHNIQUES[name].lower()} {by[name]:,}" for name in TECHNIQUES if name in by
    )
    caption = (
        f"{md.escape(factor.name)}: {len(picked):,} of {md.plural(len(rows), 'piece')} of "
        f"evidence ({counts})."
    )
    names = {"kind": "Kind", "place": "Source and place", "excerpt": "Excerpt or finding"}
    return md.table(lines, caption, f"trace-{factor.id}", names, widths=[2, 5, 12])


def _excerpt(row, length: int) -> str:
    words = " ".join(str(row.excerpt).split())
    if len(words) > length:
        words = words[:length].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return words or (md.number(row.value) if not pd.isna(row.value) else "–")


def methods(engine: str, versions: Mapping[str, str]) -> str:
    """How the report was made: the workflow, its versions, the engine."""
    used = ", ".join(f"{name} {version}" for name, version in versions.items())
    return md.paragraphs(
        "The study runs as one Snakemake workflow [@koster2012; @molder2021], from the files that "
        "people put into the study folder to this report. A step is repeated exactly when its "
        "inputs, its settings or its code have changed, and the same inputs give the same "
        "results, to the byte. The text of the method sections is generated from the settings "
        "with which the steps ran.",
        f"This run used {used}. The report was rendered by {engine}.",
    )
