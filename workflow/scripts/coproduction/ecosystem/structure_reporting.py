"""What the report says of which conditions drive others."""

from collections.abc import Sequence

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.ecosystem.ism import AUTONOMOUS, DEPENDENT, DRIVER, LINKAGE
from coproduction.ecosystem.structure_settings import StructureSettings
from coproduction.ecosystem.structure_tables import CAUSE

FORM = "ecosystem/influence_form.csv"
PUT_IN = "ecosystem/influences.csv"
STEADY = 0.8
TITLE = "## Which conditions drive others"


def methods(settings: StructureSettings) -> str:
    """The method note on the structure, from the settings."""
    return md.paragraphs(
        "*Drivers.* Experts judge for each ordered pair of the factors asked about how strongly "
        "the one influences the other, from 0 (none) to 4 (very high). What an expert leaves "
        "empty is not judged, not 0: the mean of a pair is over those who judged it, and a pair "
        "that nobody judged enters as no influence and is counted. DEMATEL [@gabus1972] divides the "
        "means by the larger of the largest row sum and the largest column sum and adds up the "
        "influences over all chains, T = X(I − X)^−1^. The row sum D of T is what a factor gives, "
        "the column sum R what it receives; D + R is its prominence, and a factor with positive "
        "D − R is a cause. A total influence counts as a relation from "
        f"{_threshold(settings)} on.",
        f"Interpretive structural modelling [ISM, @warfield1974] asks whether a factor influences another: "
        f"{_rule(settings)}. Of all chains of such influences follows which factor reaches which, "
        "and from that the levels: level 1 drives nothing further, the highest levels drive the "
        "others. Driving power is the number of factors that a factor reaches, dependence the "
        "number of those that reach it, both with itself. MICMAC [@duperrin1973] sorts the "
        f"factors into four fields, high being above {_cut(settings)}: drivers (high driving power "
        "alone), linkage (both high), dependent (high dependence alone) and autonomous (neither).",
        "How far this hangs on who was asked is shown by "
        f"{settings.structure_draws} samples of the experts with replacement [@efron1979], with "
        f"fewer than {settings.few_raters} experts by leaving out each once: the share in which a "
        "factor stays in its field and on its level. Krippendorff's α for interval data "
        "[@hayes2007] says how far the experts agree on the pairs.",
    )


def _threshold(settings: StructureSettings) -> str:
    given = settings.dematel_threshold
    return "the mean of T" if given is None else f"{given:g}"


def _rule(settings: StructureSettings) -> str:
    yes_no = (
        f"where experts say only 0 or 1, at least {settings.influence_share:.0%} of them must say 1"
    )
    if settings.influence_rule == "share":
        return (
            f"it does where at least {settings.influence_share:.0%} of those who judged say "
            f"{settings.influence_from:g} or more; {yes_no}"
        ).replace("%", " %")
    words = f"it does where the mean is at least {settings.influence_from:g}; {yes_no}"
    return words.replace("%", " %")


def _cut(settings: StructureSettings) -> str:
    half = "half the number of factors asked about"
    return half if settings.micmac_cut == "half" else "the mean of these factors"


def results(structure: pd.DataFrame, relations: pd.DataFrame, basis: dict) -> str:
    """The results: where to start, or what is awaited."""
    if structure.empty:
        return md.paragraphs(TITLE, _awaited(basis))
    return md.paragraphs(
        TITLE,
        _where_to_start(structure, relations),
        _basis(basis),
        md.figure(
            "figures/ecosystem/structure",
            "Levels of the factors (ISM): an arrow from one factor to another says that the one "
            "drives the other; arrows that follow from others are left out. Colours give the field "
            "of @fig-ecosystem-influences; factors in a broken frame drive each other.",
            "ecosystem-structure",
            _levels_in_words(structure),
        ),
        _fields(structure, basis),
        md.figure(
            "figures/ecosystem/influence_map",
            "Prominence and relation of the factors (DEMATEL; the broken line is the mean "
            "prominence) and their driving power and dependence (MICMAC).",
            "ecosystem-influences",
            f"Two maps of {len(structure)} factors, numbered as in the list below them.",
        ),
        _table(structure),
        _caveat(structure, basis),
    )


def _awaited(basis: dict) -> str:
    if not basis["pairs"]:
        return "Which conditions drive others is asked once at least two factors have evidence."
    return (
        f"Which conditions drive others is not known yet: experts' judgements of the "
        f"{md.plural(basis['pairs'], 'pair')} of {len(basis['factors'])} factors are awaited. The "
        f"form is `{FORM}` among the results, a copy for each expert; what they return goes to "
        f"`{PUT_IN}` in the study folder."
    )


def _where_to_start(structure: pd.DataFrame, relations: pd.DataFrame) -> str:
    drivers = structure[structure["quadrant"] == DRIVER]
    direct = int((relations["direct"] == "yes").sum())
    if direct == 0:
        return (
            "By the rule for an influence no factor drives another, so there are no levels to tell."
        )
    if drivers.empty:
        return (
            "No factor drives many others without depending on them: there is no single place to "
            f"start (@fig-ecosystem-structure). Linkage: {_named(structure, LINKAGE)}."
        )
    steady = drivers[drivers["same_quadrant"] >= STEADY]
    said = ""
    if drivers["same_quadrant"].notna().any():
        which = (
            "All" if len(steady) == len(drivers) else str(len(steady)) if len(steady) else "None"
        )
        said = (
            f" {which} of them {'is a driver' if len(steady) == 1 else 'are drivers'} in at least "
            f"{STEADY:.0%} of the samples of experts.".replace("%", " %")
        )
        if len(drivers) == 1:
            said = (
                f" It is a driver in {_percent(drivers['same_quadrant'].iloc[0])} of the samples."
            )
    first = drivers.iloc[0]
    return (
        f"Whoever wants to start begins with what drives the rest: {_listed(drivers['name'])} "
        f"(@fig-ecosystem-structure, drivers at the left). *{md.escape(first['name'])}* reaches "
        f"{int(first['driving']) - 1} of {md.plural(len(structure) - 1, 'other factor')} and is "
        f"reached by {int(first['dependence']) - 1 or 'none'}.{said}"
    )


def _basis(basis: dict) -> str:
    agreement = basis["agreement"]
    agreed = "" if agreement is None else f" Their agreement is α = {md.number(agreement)}."
    nobody = basis["judged_by_nobody"]
    left = (
        f" {md.plural(nobody, 'pair')} {'was' if nobody == 1 else 'were'} judged by nobody and "
        f"{'counts' if nobody == 1 else 'count'} as no influence."
        if nobody
        else ""
    )
    return (
        f"{md.plural(basis['experts'], 'expert')} judged {md.plural(basis['pairs'], 'pair')} of "
        f"{len(basis['factors'])} factors; {basis['judged_by_all']} "
        f"{'pair was' if basis['judged_by_all'] == 1 else 'pairs were'} judged by all of them and "
        f"{basis['judged_by_some']} by some.{left}{agreed}"
    )


def _fields(structure: pd.DataFrame, basis: dict) -> str:
    parts = [
        f"{words}: {_named(structure, kind)}"
        for kind, words in (
            (LINKAGE, "drive and are driven (linkage)"),
            (DEPENDENT, "follow from others (dependent)"),
            (AUTONOMOUS, "neither drive nor follow from many (autonomous)"),
        )
        if (structure["quadrant"] == kind).any()
    ]
    told = f"@fig-ecosystem-influences sorts the factors. Those that {'; those that '.join(parts)}."
    if basis["no_dematel"]:
        return f"{told} DEMATEL was not computed: {basis['no_dematel']}."
    causes = structure[structure["group"] == CAUSE].sort_values("relation", ascending=False)
    central = structure.sort_values("prominence", ascending=False, kind="stable").iloc[0]
    return (
        f"{told} By DEMATEL, with the strength of the influences, the causes are "
        f"{_listed(causes['name'])}; *{md.escape(central['name'])}* takes part most "
        f"(D + R = {md.number(central['prominence'])}). A total influence counts from "
        f"{md.number(basis['dematel_threshold'], 3)} on."
    )


def _table(structure: pd.DataFrame) -> str:
    shown = structure[["name", "level", "driving", "dependence", "quadrant"]].assign(
        prominence=structure["prominence"],
        relation=structure["relation"],
        same_quadrant=[_percent(value) for value in structure["same_quadrant"]],
        same_level=[_percent(value) for value in structure["same_level"]],
    )
    names = {
        "name": "Factor",
        "level": "Level",
        "driving": "Drives",
        "dependence": "Depends",
        "quadrant": "Field",
        "prominence": "D + R",
        "relation": "D − R",
        "same_quadrant": "Same field",
        "same_level": "Same level",
    }
    return md.table(
        shown,
        "Structure of the factors: ISM level, factors that it drives and that it depends on (itself "
        "included), field, prominence and "
        "relation (DEMATEL), and the share of the samples of experts in which field and level stay.",
        "ecosystem-structure",
        names,
        widths=[9, 3, 3, 4, 5, 3, 3, 3, 3],
    )


def _caveat(structure: pd.DataFrame, basis: dict) -> str:
    if basis["experts"] == 1:
        return "This is the view of one expert; agreement and stability cannot be told."
    words = "The levels say what experts hold to drive what; they are no measured effects."
    if basis["left_out_one_by_one"]:
        words += (
            f" With {basis['experts']} experts, each was left out once instead of drawing samples."
        )
    loose = structure[structure["same_quadrant"] < STEADY]
    if len(loose):
        words += f" Less steady than {STEADY:.0%} in their field: ".replace("%", " %")
        words += f"{_listed(loose['name'])}."
    return words


def _levels_in_words(structure: pd.DataFrame) -> str:
    parts = [
        f"level {level}: {', '.join(rows['name'])}"
        for level, rows in structure.groupby("level", sort=False)
    ]
    return "Factors by level, drivers first. " + "; ".join(parts) + "."


def status(basis: dict) -> pd.DataFrame:
    """Rows of STATUS: the pairs of factors that experts have judged."""
    judged = basis["judged_by_all"] + basis["judged_by_some"]
    open_ = basis["pairs"] - judged
    awaited = (
        f"judgements of which factor influences which, from experts (form: {FORM} among the results)"
        if open_
        else ""
    )
    row = accounting.status_row(
        "ecosystem", "Influences judged", judged, basis["pairs"], "pair of factors",
        awaited, PUT_IN if open_ else "",
    )  # fmt: skip
    return accounting.table([row], accounting.STATUS)


def _named(structure: pd.DataFrame, kind: str) -> str:
    return _listed(structure.loc[structure["quadrant"] == kind, "name"]) or "none"


def _percent(value: float) -> str:
    return "–" if pd.isna(value) else f"{100 * value:.0f} %"


def _listed(names: Sequence[str]) -> str:
    words = [md.escape(name) for name in names]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
