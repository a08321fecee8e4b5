"""The fragments that the report itself contributes: notice, summary and how it was made."""

import json
from collections.abc import Sequence

import pandas as pd

from coproduction.core import markdown as md
from coproduction.core.accounting import TECHNIQUES, title_of


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
    so_far = f"Of {len(status)} steps, {done} {'is' if done == 1 else 'are'} complete."
    if not done:
        so_far = f"None of the {len(status)} steps is complete yet."
    return (
        f"{so_far} The report shows what the study knows so far; it is written anew with each run."
    )


def _counts_by_technique(status: pd.DataFrame) -> str:
    lines = []
    for name, steps in _by_technique(status):
        pieces = [_step(step) for step in steps.itertuples()]
        lines.append(f"- **{title_of(name)}:** {'; '.join(pieces)}.")
    return "\n".join(lines)


def _by_technique(status: pd.DataFrame):
    order = [*TECHNIQUES, *sorted(set(status["technique"]) - set(TECHNIQUES))]
    for name in order:
        steps = status[status["technique"] == name]
        if len(steps):
            yield name, steps


def _step(step) -> str:
    name = md.escape(step.step)
    name = name[:1].lower() + name[1:] if name[1:2].islower() else name
    if step.state in ("not started", "awaited") and not step.done:
        return f"{name}: {step.state}"
    return f"{name}: {_amount(step)}"


def _amount(step) -> str:
    """What is done, with its unit where the step does not name it already."""
    if pd.isna(step.done) or (step.state == "done" and not step.done):
        return str(step.state)
    whole = pd.isna(step.total) or step.state == "done"
    number = int(step.done if whole else step.total)
    named = not step.unit or step.unit in step.step.lower()
    words = f"{number:,}" if named else md.plural(number, md.escape(step.unit))
    return words if whole else f"{int(step.done):,} of {words}"


def _waiting(status: pd.DataFrame) -> str:
    waits = int((status["awaited"] != "").sum())
    if not waits:
        return ""
    return (
        f"{md.plural(waits, 'contribution').capitalize()} from people "
        f"{'is' if waits == 1 else 'are'} awaited (@sec-state)."
    )


def methods(engine: str) -> str:
    """How the report was made, and by which engine."""
    return md.paragraphs(
        "The text of the method sections is generated from the settings with which the steps ran. "
        "A step is repeated exactly when its inputs, its settings or its code have changed, and "
        "the same inputs give the same results, to the byte [@koster2012]. The report was rendered "
        f"by {engine}."
    )
