"""The tables of the Delphi as they are printed in the report."""

from __future__ import annotations

import pandas as pd

from coproduction.core import markdown as md
from coproduction.delphi.consensus import CALLED, RULE_NAMES
from coproduction.delphi.figure_pages import changed
from coproduction.delphi.settings import DelphiSettings

SHORT = {"in": "in", "out": "out", "split": "split", "none": "none", "refused": "–"}


def short(value: float, digits: int = 2) -> str:
    """A number without trailing zeros; a dash where there is none."""
    if pd.isna(value):
        return "–"
    text = f"{value:z.{digits}f}"  # z: no minus before a zero
    return text.rstrip("0").rstrip(".") if "." in text else text


def p_value(value: float) -> str:
    """A p as in the sentences: three decimals."""
    if pd.isna(value):
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _named(table: pd.DataFrame) -> pd.Series:
    """Statement id, with the wording where it is not the first."""
    later = table["version"].map(lambda v: f" (wording {v})" if v > 1 else "")
    return table["statement"] + later


def decisions_table(decisions: pd.DataFrame) -> str:
    """Each statement after its last closed round: verdict, certainty, decision."""
    rated = decisions[decisions["verdict"] != "no ratings"]
    columns = {
        "Statement": _named(rated),
        "Wording": rated["text"],
        "n": rated["n"],
        "Median": rated["median"].map(short),
        "IQR": rated["iqr"].map(short),
        "At favourable end, %": (100 * rated["share_high"]).round().map(short),
        "Verdict": rated["verdict"].map(CALLED),
        "Certainty, %": (100 * rated["certainty"]).round().map(short),
        "Stable": rated["stable"].replace("", "not known"),
        "Decision": rated["decision"],
    }
    return md.table(
        pd.DataFrame(columns),
        "Statements after their last closed round. Certainty: share of bootstrap draws with the "
        "same verdict.",
        "delphi-decisions",
        widths=[5, 16, 2, 4, 3, 5, 6, 5, 4, 5],
    )


def rules_table(latest: pd.DataFrame, settings: DelphiSettings) -> str:
    """All rules side by side, the deciding one marked."""
    shown = latest.sort_values("statement")
    columns = {
        "Statement": _named(shown),
        "At ends, %": (100 * shown["share_low"]).map("{:.0f}".format)
        + " / "
        + (100 * shown["share_high"]).map("{:.0f}".format),
        "IPR / IPRAS": shown["ipr"].map(short) + " / " + shown["ipras"].map(short),
        "Index": shown["disagreement_index"].map(md.number),
        "Bimodality": shown["bimodality"].map(md.number),
    }
    for rule, name in RULE_NAMES.items():
        head = f"{name} *" if rule == settings.consensus.rule else name
        columns[head] = shown[f"by_{rule}"].map(SHORT)
    columns["Hinges on"] = shown["hinges_on"].map(lambda n: f"{n}" if n else "–")
    moved = " RAND/UCLA and COMET on ratings moved to 1 to 9."
    rescaled = (shown["rescaled"] == "yes").any()
    return md.table(
        pd.DataFrame(columns),
        "Rules of consensus side by side after the last closed round; the deciding one has a star. "
        "At ends: share at the unfavourable and the favourable end. Index: disagreement index IPR / "
        "IPRAS, above 1 is disagreement. Bimodality: above 0.56 is a hint of two camps. Hinges on: "
        f"panellists whose absence alone would change the verdict.{moved if rescaled else ''}",
        "delphi-rules",
        widths=[5, 5, 5, 3, 4, 5, 3, 5, 6, 4, 4],
    )


def change_table(change: pd.DataFrame, summary: pd.DataFrame) -> str:
    """Change of each statement between its last two closed rounds, by every measure."""
    shown = changed(change, summary).sort_values("statement")
    columns = {
        "Statement": _named(shown),
        "Rounds": shown["before"].map(str) + "–" + shown["after"].map(str),
        "Pairs": shown["pairs"],
        "Same, %": (100 * shown["unchanged"]).round().map(short),
        "Kappa": shown["kappa"].map(md.number),
        "Net change": shown["net_change"].map(md.number),
        "Δ CV": shown["variation"].map(md.number),
        "Wilcoxon": shown["wilcoxon_p_holm"].map(p_value),
        "McNemar": shown["mcnemar_p"].map(p_value),
        "Group": shown["group_p"].map(p_value),
        "Individual": shown["individual_p"].map(p_value),
        "Lambda": shown["association"].map(md.number),
        "Stable": shown["stable"],
    }
    return md.table(
        pd.DataFrame(columns),
        "Change between the last two closed rounds, same panellists and wording. Same: share of "
        "unchanged ratings. Δ CV: change of the coefficient of variation. Wilcoxon: exact p, "
        "adjusted after Holm. McNemar: exact p of entering or leaving the favourable end. Group: p "
        "of Dajani's chi-square (small speaks against stability). Individual: p and lambda of "
        "Chaffin and Talley (small p speaks for it). What these cannot show with so few changes is "
        "in `change.csv`.",
        "delphi-change",
        widths=[5, 4, 3, 4, 4, 4, 4, 5, 5, 4, 5, 4, 4],
    )
