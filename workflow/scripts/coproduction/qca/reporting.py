"""What the report says of the QCA."""

import pandas as pd

from coproduction.core import countries
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.qca.analysis import Found, shown_kind
from coproduction.qca.settings import QcaSettings
from coproduction.qca.shown import shown_terms
from coproduction.qca.tables import STATES

ANCHORS = ["exclusion", "crossover", "inclusion"]


def methods(settings: QcaSettings) -> str:
    """The method note, from the settings."""
    return md.paragraphs(
        "Which conditions go together with the outcome, case by case, was examined by qualitative "
        "comparative analysis [QCA; @ragin2008]. Memberships in the sets were judged by the team or "
        "calibrated from indicators: crisp sets by a threshold, fuzzy sets by the direct method, in "
        f"which the anchors of exclusion, crossover and inclusion get the memberships {1 - settings.inclusion:.2f}, "
        f"0.50 and {settings.inclusion:.2f}.",
        f"A configuration goes with the outcome when at least {md.plural(settings.cases, 'case')} "
        f"{'belongs' if settings.cases == 1 else 'belong'} to it, its consistency is {settings.consistency:.2f} or more and its "
        f"proportional reduction in inconsistency (PRI) {settings.pri:.2f} or more. The truth table was "
        "minimised [@quine1952; @mccluskey1956] in three ways: assuming nothing of configurations without "
        "cases (conservative solution), whatever makes the solution shortest (parsimonious), or only "
        "what theory expects (intermediate). The absence of the outcome was analysed by itself. A "
        f"single condition counts as necessary from a consistency of {settings.necessity:.2f} on; below a relevance "
        f"(RoN) of {settings.relevance:.2f} it is called trivial [@schneider2012]. The analysis was repeated with "
        "other cut-offs.",
    )  # fmt: skip


def results(of_study: pd.DataFrame, found: Found, settings: QcaSettings) -> str:
    """The results, or what is awaited."""
    if of_study.empty:
        return (
            "No QCA has been started. It needs `qca/sets.csv`, the conditions and the outcome, and "
            "memberships of the cases in `qca/memberships.csv` or indicators of the desk research.\n"
        )
    if found.truth.empty or found.fitted.empty:
        return md.paragraphs(
            "There is no analysis yet: an outcome, two conditions or more and cases with memberships "
            "in all of them are awaited in `qca/`.", _sets_table(of_study),
        )  # fmt: skip
    outcome = of_study.loc[of_study["role"] == "outcome"].iloc[0]
    return md.paragraphs(
        _cases_text(found.cases, of_study),
        _sets_table(of_study),
        _truth_text(found.truth, outcome["set"]),
        _truth_table(found.truth, outcome["set"]),
        _necessity_text(found.necessity, outcome["set"], _words(of_study)),
        _necessity_table(found.necessity, _words(of_study)),
        *(_solution_text(found, name, of_study) for name in (outcome["set"], f"~{outcome['set']}")),
        md.figure(
            "figures/qca/configurations",
            "Configurations that go with the outcome and with its absence. Full circle: condition "
            "present; crossed circle: absent; large: the parsimonious solution needs it too (core); "
            "no circle: does not matter.",
            "qca-configurations",
            f"Chart of {int((of_study['role'] == 'condition').sum())} conditions by the configurations "
            "of the solutions.",
        ),
        _solutions_table(found.solutions),
        md.figure(
            "figures/qca/cases",
            "Cases by membership in the solution and in the outcome. Cases below the diagonal "
            "contradict that the solution suffices; those on the wrong side of 0.5 are named.",
            "qca-cases",
            f"Scatter plots of {found.fitted['case'].nunique()} cases.",
        ),
        _robustness_text(found.robustness, outcome["set"]),
        _robustness_table(found.robustness),
        "Configurations show what goes together in these cases. They do not show that it caused the "
        "outcome, and with few cases a single one decides: read them beside what is known of the cases.",
    )  # fmt: skip


def _words(of_study: pd.DataFrame) -> dict[str, str]:
    """Each set, and its absence, in words."""
    names = dict(zip(of_study["set"], of_study["name"], strict=True))
    return names | {f"~{name}": f"absence of: {said}" for name, said in names.items()}


def _listed(cell: str) -> str:
    return ", ".join(countries.title(case) for case in split_list(cell))


def _cases_text(cases: pd.DataFrame, of_study: pd.DataFrame) -> str:
    used = cases[cases["state"] == STATES[0]]
    conditions = int((of_study["role"] == "condition").sum())
    text = (
        f"{md.plural(len(used), 'case')} of {len(cases)} belong to a configuration of "
        f"{conditions} conditions (@tbl-qca-sets)."
    )
    left = cases[cases["state"] != STATES[0]]
    reasons = [f"{md.escape(row.name)} ({row.state}: {md.escape(row.missing.replace(';', ', '))})"
               for row in left.itertuples(index=False)]  # fmt: skip
    return text + (f" Left out of the configurations: {'; '.join(reasons)}." if reasons else "")


def _sets_table(of_study: pd.DataFrame) -> str:
    table = pd.DataFrame(
        {
            "Set": of_study["set"],
            "Name": of_study["name"],
            "Role": of_study["role"],
            "Memberships": [_origin(row) for row in of_study.itertuples(index=False)],
            "Expected": of_study["expected"].replace("", "–"),
        }
    )
    return md.table(table, "Sets of the QCA: where their memberships come from, and whether theory "
                    "expects presence or absence to favour the outcome.", "qca-sets",
                    widths=[5, 9, 4, 10, 4])  # fmt: skip


def _origin(entry) -> str:
    if not entry.indicator:
        return "judged by the team"
    if pd.isna(entry.exclusion):
        return f"{entry.indicator}, from {entry.crossover:g} on"
    anchors = ", ".join(f"{getattr(entry, name):g}" for name in ANCHORS)
    return f"{entry.indicator}, anchors {anchors}"


def _truth_text(truth: pd.DataFrame, outcome: str) -> str:
    own = truth[truth["outcome"] == outcome]
    seen = own[own["goes_with"] != "not observed"]
    yes = int((seen["goes_with"] == "yes").sum())
    both = truth[(truth["goes_with"] == "not observed") & (truth["assumed"] != "")]
    twice = int((both.groupby("configuration").size() > 1).sum())
    text = (
        f"Of {len(own)} possible configurations, {len(seen)} are observed (limited diversity) and {yes} of "
        "these go with the outcome (@tbl-qca-truth)."
    )
    if twice:
        text += (
            f" {md.plural(twice, 'configuration')} without cases would be assumed to go with the outcome "
            "and with its absence by one solution or another; such assumptions contradict each other."
        )
    return text


def _truth_table(truth: pd.DataFrame, outcome: str) -> str:
    own = truth[(truth["outcome"] == outcome) & (truth["goes_with"] != "not observed")]
    table = pd.DataFrame(
        {
            "Configuration": own["configuration"].str.replace("*", " * ", regex=False),
            "Outcome": own["goes_with"],
            "Cases": own["n"],
            "Consistency": own["consistency"],
            "PRI": own["pri"],
            "Which": own["cases"].map(_listed),
        }
    )
    return md.table(table, "Truth table: observed configurations. ~ stands for absence.", "qca-truth",
                    widths=[12, 5, 4, 6, 4, 13])  # fmt: skip


def _necessity_text(necessity: pd.DataFrame, outcome: str, words: dict[str, str]) -> str:
    own = necessity[necessity["outcome"] == outcome]
    needed = own[own["verdict"] == "necessary"]
    trivial = own[own["verdict"] == "trivial"]
    if needed.empty and trivial.empty:
        return "No single condition is necessary for the outcome (@tbl-qca-necessity)."
    text = "Necessary for the outcome (@tbl-qca-necessity): " + (
        ", ".join(md.escape(words[name].lower()) for name in needed["condition"]) or "none"
    )
    if len(trivial):
        names = ", ".join(md.escape(words[name].lower()) for name in trivial["condition"])
        text += f"; trivially so, since nearly all cases have it: {names}"
    return text + "."


def _necessity_table(necessity: pd.DataFrame, words: dict[str, str]) -> str:
    table = pd.DataFrame(
        {
            "For": necessity["outcome"],
            "Condition": [words[name] for name in necessity["condition"]],
            "Consistency": necessity["consistency"],
            "Coverage": necessity["coverage"],
            "Relevance": necessity["relevance"],
            "Verdict": necessity["verdict"].replace("", "–"),
        }
    )
    return md.table(table, "Necessity of each condition, and of its absence.", "qca-necessity",
                    widths=[6, 14, 5, 5, 5, 5])  # fmt: skip


def _solution_text(found: Found, outcome: str, of_study: pd.DataFrame) -> str:
    own = found.solutions[found.solutions["outcome"] == outcome]
    said = "the absence of the outcome" if outcome.startswith("~") else "the outcome"
    if own.empty:
        return f"No configuration goes with {said}."
    kind = shown_kind(set(own["kind"]))
    whole = own[(own["kind"] == kind) & (own["part"] == "whole")]
    first = whole.iloc[0]
    terms = len(shown_terms(found.solutions, outcome))
    text = (
        f"For {said}, the {kind} solution has {md.plural(terms, 'configuration')} "
        f"(@fig-qca-configurations, @tbl-qca-solutions): consistency {first['consistency']:.2f}, coverage "
        f"{first['coverage']:.2f}."
    )
    if len(whole) > 1:
        text += f" There are {len(whole)} such solutions; the first is shown, all are in `solutions.csv`."
    for column, words in (
        ("deviant", "In it without the outcome"),
        ("uncovered", "Not in it in spite of the outcome"),
    ):
        if first[column]:
            target = (
                words
                if not outcome.startswith("~")
                else words.replace("the outcome", "its absence")
            )
            text += f" {target}: {md.escape(_listed(first[column]))}."
    return text


def _solutions_table(solutions: pd.DataFrame) -> str:
    shown = pd.concat([shown_terms(solutions, name) for name in solutions["outcome"].unique()])
    table = pd.DataFrame(
        {
            "For": shown["outcome"],
            "Configuration": shown["expression"].str.replace("*", " * ", regex=False),
            "Consistency": shown["consistency"],
            "PRI": shown["pri"],
            "Raw": shown["coverage"],
            "Unique": shown["unique"],
            "Cases": shown["cases"].map(_listed),
        }
    )
    return md.table(table, "Configurations of the solutions shown: consistency, PRI, raw and unique coverage.",
                    "qca-solutions", widths=[5, 11, 5, 4, 4, 4, 12])  # fmt: skip


def _robustness_text(robustness: pd.DataFrame, outcome: str) -> str:
    own = robustness[robustness["outcome"] == outcome]
    chosen = own.loc[own["chosen"] == 1, "expression"].iloc[0]
    same = int((own["expression"] == chosen).sum()) - 1
    return (
        f"With other cut-offs the solution for the outcome stays the same in {same} of "
        f"{md.plural(len(own) - 1, 'variant')} (@tbl-qca-robustness)."
    )


def _robustness_table(robustness: pd.DataFrame) -> str:
    table = pd.DataFrame(
        {
            "For": robustness["outcome"],
            "Consistency from": robustness["consistency_cut"],
            "Cases from": robustness["cases_cut"],
            "Solution": [
                md.escape(words.replace("*", " * ") or "none")
                + (" (chosen cut-offs)" if chosen else "")
                for words, chosen in zip(
                    robustness["expression"], robustness["chosen"], strict=True
                )
            ],
            "Consistency": robustness["consistency"],
            "Coverage": robustness["coverage"],
        }
    )
    return md.table(table, "The solution under other cut-offs.", "qca-robustness",
                    widths=[5, 6, 4, 18, 6, 5], raw=["Solution"])  # fmt: skip
