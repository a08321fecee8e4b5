"""What the report is told of the Delphi: numbers, names and the rows of its tables."""

from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.delphi import protocol
from coproduction.delphi.change_between_rounds import unlinked
from coproduction.delphi.consensus import CALLED, RULE_NAMES
from coproduction.delphi.import_tables import OUTCOMES
from coproduction.delphi.panel import responded_in
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.shown import change_pages, changed, closed_latest, distribution_pages, flow_pages, whole_panel
from coproduction.methods.distributions import QUANTILES

VERDICTS = ("in", "out", "split", "none", "refused", "too few")
SIGNIFICANT, FRAGILE = 0.05, 0.75
NAMED = 3  # statements of one verdict that the text names


def facts(given: Any, now: pd.DataFrame, recorded: pd.DataFrame | None, settings: DelphiSettings) -> dict[str, Any]:
    """Facts for the templates of the Delphi, by the names they use there.

    given: the tables of the Delphi as attributes by their names (`given.summary`)
    now, recorded: the deciding settings as they are (PROTOCOL) and as people put them on record
    """
    rounds = whole_panel(given.panel_flow)
    latest = closed_latest(given.summary, given.decisions)
    known_facts: dict[str, Any] = {
        "settings": settings.model_dump(mode="json"),
        "iqr_limit": settings.iqr_limit,
        "within": settings.within,
        "unlinked": sorted(unlinked(given.rounds)),
        "fixed_rules": settings.fixed_rules,
        "quartile_type": QUANTILES[settings.consensus.quartiles][0],
        "percentile_type": QUANTILES[settings.consensus.percentiles][0],
        "record": protocol.facts(now, recorded, protocol.begun(given.rounds, given.panel_flow)),
        "shown": len(latest),
    }
    known_facts |= _statements(given.statements) | _rounds(rounds, given.rounds)
    known_facts |= _panel(
        given.panel, respondents(given.submissions, known_facts["closed_rounds"], known_facts["unlinked"])
    )
    known_facts |= _submissions(given.submissions, given.unmatched, given.withheld)
    known_facts["questions"] = given.questions[["round", "file", "question", "evidence"]].to_dict("records")
    known_facts |= _options(given, settings)
    if len(latest):
        known_facts |= _retention(rounds, given.leavers) | _verdicts(given.decisions)
        known_facts["by_round"], known_facts["told_statements"] = (
            by_round(given.summary, rounds),
            _statements_named(latest),
        )
        known_facts |= _rules(latest, settings) | _concordance(given.concordance) | _groups(latest)
        known_facts |= _change(given.change, given.summary) | _pages(given, latest)
        known_facts |= {"comments": comments(given.ratings, rounds.loc[rounds["state"] == "closed", "round"].tolist())}
    return known_facts


def _statements(statements: pd.DataFrame) -> dict[str, Any]:
    first = statements.groupby("statement")["first_round"].min()
    newest = statements.sort_values("version").groupby("statement").tail(1)
    kinds = {
        "reworded": sorted(set(statements.loc[statements["version"] > 1, "statement"])),
        "added": sorted(first.index[first > 1]),
        "not asked again": sorted(newest.loc[newest["last_round"].notna(), "statement"]),
    }
    return {
        "statements": int(statements["statement"].nunique()),
        "changed_items": [{"what": what, "statements": names} for what, names in kinds.items() if names],
    }


def _panel(panel: pd.DataFrame, responded: dict[int, set[str]]) -> dict[str, Any]:
    sizes = panel["group"].value_counts().sort_index()
    groups = [{"name": name, "n": int(n)} for name, n in sizes.items()]
    rows = composition(panel, responded)
    listed = len(panel) > 0 and bool((panel["listed"] == "yes").all()) if "listed" in panel else True
    return {
        "panel": len(panel),
        "panel_listed": listed,  # else nobody knows how many were invited
        "panel_groups": groups,
        "composition": rows,
        "composition_rounds": list(responded),
    }


def respondents(submissions: pd.DataFrame, closed: list[dict], unlinked: list[int]) -> dict[int, set[str]]:
    """Who responded in each closed round in which answers can be linked to the panel."""
    return responded_in(submissions, [int(row["round"]) for row in closed if row["round"] not in unlinked])


FEW = 2  # panellists of one kind and fewer are counted together, so that the table singles out nobody
YEARS = [0, 5, 10, 20]  # where bands of experience begin


def composition(panel: pd.DataFrame, responded: dict[int, set[str]] | None = None) -> list[dict[str, Any]]:
    """Who took part, in counts by each property alone, and how many of them responded in each round.

    Kinds of few panellists are added up. `responded`: respondents by round, see `respondents`.
    """
    rows = []
    for column in ("group", "role", "country", "years"):
        if column not in panel or panel[column].isna().all() or (column == "group" and panel["group"].nunique() < 2):
            continue
        values = panel[column].map(_band if column == "years" else str, na_action="ignore")
        if column == "country":
            values = values.map(countries.title, na_action="ignore")
        values = values.fillna("").replace("", "not stated")
        counts = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
        kinds = {str(value): [value] for value, n in counts.items() if n > FEW}
        few = list(counts.index[counts <= FEW])
        if few:
            kinds[f"{len(few)} more with at most {FEW} each"] = few
        what = "years of experience" if column == "years" else column
        for name, members in kinds.items():
            people = panel.loc[values.isin(members), "panellist"]
            by_round = {number: int(people.isin(names).sum()) for number, names in (responded or {}).items()}
            rows.append({"what": what, "value": name, "n": len(people), "responded": by_round})
    return rows


def _band(years: float) -> str:
    begins = max(start for start in YEARS if start <= years)
    later = [start for start in YEARS if start > begins]
    return f"{begins} to {later[0] - 1}" if later else f"{begins} and more"


def _rounds(flow: pd.DataFrame, rounds: pd.DataFrame) -> dict[str, Any]:
    """How many answered in each round, and when."""
    counted = flow[["round", "state", "invited", "responded"]].to_dict("records")
    days = flow.set_index("round")[["first_day", "last_day"]]
    dates = []
    for row in rounds.sort_values("round").to_dict("records"):
        answer_days = days.loc[row["round"]] if row["round"] in days.index else {}
        first = row.get("opened") or answer_days.get("first_day", "")
        last = row.get("closed") or answer_days.get("last_day", "")
        if first:
            dates.append({"round": int(row["round"]), "first": first, "last": last})
    return {
        "rounds": counted,
        "closed_rounds": [row for row in counted if row["state"] == "closed"],
        "open_rounds": [row for row in counted if row["state"] == "open"],
        "dates": dates,
    }


def _submissions(submissions: pd.DataFrame, unmatched: pd.DataFrame, withheld: pd.DataFrame) -> dict[str, Any]:
    """What of the round files did not count or is not shown."""
    outcomes = submissions["outcome"].value_counts()
    late = (submissions["late"] == "yes") & (submissions["outcome"] == "counts")
    return {
        "submissions": len(submissions),
        "uncounted": {name: int(outcomes[name]) for name in OUTCOMES[1:] if outcomes.get(name)},
        "late": int(late.sum()),
        "unmatched_columns": int((unmatched["row"].isna() & (unmatched["column"] != "")).sum()),
        "withheld": int((withheld["state"] == "withheld").sum()),
    }


def _retention(rounds: pd.DataFrame, leavers: pd.DataFrame) -> dict[str, Any]:
    closed = rounds[rounds["state"] == "closed"]
    last = closed["retention"].iloc[-1] if len(closed) > 1 else None
    last = None if last is None or pd.isna(last) else last
    columns = ["round", "leavers", "distance_leavers", "distance_stayers", "p", "reason"]
    return {"retention": None if last is None else float(last), "leavers": leavers[columns].to_dict("records")}


def _verdicts(decisions: pd.DataFrame) -> dict[str, Any]:
    rated = decisions[decisions["verdict"] != "no ratings"]
    n = rated["verdict"].value_counts()
    named = decisions["factor"].map(split_list).str.len() > 0
    open_ones = decisions["decision"].isin(["ask again", "not yet rated"])
    return {
        "rated": len(rated),
        "verdicts": {verdict: int(n[verdict]) for verdict in VERDICTS if n.get(verdict)},
        "settled": int((rated["decision"] == "settled").sum()),
        "without_factor": sorted(decisions.loc[~named, "statement"]),
        "open_statements": int(open_ones.sum()),
        "decisions": _decisions_table(rated),
    }


def by_round(summary: pd.DataFrame, flow: pd.DataFrame) -> list[dict[str, Any]]:
    """Each closed round in numbers: who responded, how many statements were rated, and their verdicts.

    summary: SUMMARY; flow: the panel flow of all groups together
    """
    people_by_round = flow.set_index("round")[["invited", "responded"]]
    rows = []
    for number, of_round in summary[(summary["state"] == "closed") & (summary["n"] > 0)].groupby("round"):
        counts = of_round["verdict"].value_counts()
        verdicts = {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}
        spread = float(of_round["iqr"].median())
        people = (
            {name: int(people_by_round.loc[number, name]) for name in people_by_round}
            if number in people_by_round.index
            else {}
        )
        rows.append({"round": int(number), "rated": len(of_round), **people, **verdicts, "spread": spread})
    return rows


def _statements_named(latest: pd.DataFrame) -> dict[str, Any]:
    """The statements that the text names: those rated highest with consensus, and those of the rarer verdicts."""
    columns = ["statement", "text", "median", "share_high", "share_low"]
    kinds = {verdict: latest[latest["verdict"] == verdict][columns] for verdict in ("in", "out", "split")}
    return {verdict: {"n": len(rows), "rows": rows.head(NAMED).to_dict("records")} for verdict, rows in kinds.items()}


def _decisions_table(rated: pd.DataFrame) -> pd.DataFrame:
    """Each statement after its last closed round: verdict, certainty, decision."""
    columns = {
        "statement": _named(rated),
        "text": rated["text"],
        "n": rated["n"],
        "median": rated["median"].map(short),
        "iqr": rated["iqr"].map(short),
        "favourable": (100 * rated["share_high"]).round().map(short),
        "verdict": rated["verdict"].map(CALLED),
        "certainty": (100 * rated["certainty"]).round().map(short),
        "stable": rated["stable"].replace("", "not known"),
        "decision": rated["decision"],
    }
    return pd.DataFrame(columns)


def comments(ratings: pd.DataFrame, closed: list[int]) -> dict[str, Any]:
    """How many comments panellists wrote in closed rounds: in all, and by statement and round, the most first.

    Counts alone; what the comments say is for people to read.
    """
    commented = ratings[(ratings["comment"].fillna("").str.strip() != "") & ratings["round"].isin(closed)]
    counts = commented.groupby(["statement", "round"]).size().unstack(fill_value=0)
    counts = counts.assign(total=counts.sum(axis=1)).reset_index()
    ordered = counts.sort_values(["total", "statement"], ascending=[False, True])
    rounds = [name for name in counts.columns if name not in ("statement", "total")]
    rows = [
        {"Statement": row["statement"]} | {f"Round {n}": int(row[n]) for n in rounds} | {"All": int(row["total"])}
        for row in ordered.to_dict("records")
    ]
    return {"n": len(commented), "panellists": int(commented["panellist"].nunique()), "rows": rows}


def _rules(latest: pd.DataFrame, settings: DelphiSettings) -> dict[str, Any]:
    """What each rule of consensus says, where they agree, and which verdicts are fragile."""
    rules = []
    for rule, name in RULE_NAMES.items():
        n = latest[f"by_{rule}"].value_counts()
        rules.append(
            {
                "rule": rule,
                "name": name,
                "deciding": rule == settings.consensus.rule,
                "applies": n.get("refused") != len(latest),
                "into": int(n.get("in", 0)),
                "out": int(n.get("out", 0)),
            }
        )
    verdicts = latest[[f"by_{rule}" for rule in RULE_NAMES]].to_numpy().tolist()
    fragile = latest[(latest["certainty"] < FRAGILE) | (latest["hinges_on"] > 0)]
    return {
        "rules": rules,
        "rules_agree": sum(len(set(row) - {"refused", "too few"}) == 1 for row in verdicts),
        "fragile": sorted(fragile["statement"]),
        "rescaled": bool((latest["rescaled"] == "yes").any()),
        "side_by_side": _rules_table(latest.sort_values("statement")),
    }


def _rules_table(latest: pd.DataFrame) -> pd.DataFrame:
    """All rules side by side."""
    low, high = ((100 * latest[name]).map("{:.0f}".format) for name in ("share_low", "share_high"))
    columns = {
        "statement": _named(latest),
        "ends": low + " / " + high,
        "ipr": latest["ipr"].map(short) + " / " + latest["ipras"].map(short),
        "index": latest["disagreement_index"].map(md.number),
        "bimodality": latest["bimodality"].map(md.number),
    }
    for rule in RULE_NAMES:
        columns[f"by_{rule}"] = latest[f"by_{rule}"].replace("refused", "–")
    columns["hinges_on"] = latest["hinges_on"].map(lambda n: f"{n}" if pd.notna(n) and n else "–")
    return pd.DataFrame(columns)


def _change(change: pd.DataFrame, summary: pd.DataFrame) -> dict[str, Any]:
    """Change between the last two closed rounds of each statement; None before there are two."""
    last_change = changed(change, summary).sort_values("statement")
    if last_change.empty:
        return {"change": None}
    moved = last_change[last_change["wilcoxon_p_holm"] < SIGNIFICANT]
    columns = ["statement", "median_change", "before", "after", "wilcoxon_p_holm"]
    change_facts: dict[str, Any] = {
        "same": float(last_change["unchanged"].mul(last_change["pairs"]).sum()),
        "pairs": int(last_change["pairs"].sum()),
        "statements": int(last_change["statement"].nunique()),
        "unstable": sorted(last_change.loc[last_change["stable"] == "no", "statement"].unique()),
        "moved": moved[columns].to_dict("records"),
        "measures": _change_table(last_change),
    }
    return {"change": change_facts}


def _change_table(last_change: pd.DataFrame) -> pd.DataFrame:
    """Change of each statement between its last two closed rounds, by every measure."""
    columns = {
        "statement": _named(last_change),
        "rounds": last_change["before"].map(str) + "–" + last_change["after"].map(str),
        "pairs": last_change["pairs"],
        "same": (100 * last_change["unchanged"]).round().map(short),
        "kappa": last_change["kappa"].map(md.number),
        "net_change": last_change["net_change"].map(md.number),
        "variation": last_change["variation"].map(md.number),
        "wilcoxon": last_change["wilcoxon_p_holm"].map(md.p_value),
        "mcnemar": last_change["mcnemar_p"].map(md.p_value),
        "group": last_change["group_p"].map(md.p_value),
        "individual": last_change["individual_p"].map(md.p_value),
        "association": last_change["association"].map(md.number),
        "stable": last_change["stable"],
    }
    return pd.DataFrame(columns)


def _pages(given: Any, latest: pd.DataFrame) -> dict[str, Any]:
    """How many pages each figure of all statements has."""
    last_change = changed(given.change, given.summary)
    pages = {
        "distribution": distribution_pages(given.summary, latest),
        "statements": flow_pages(latest, given.change, given.summary),
        "change": change_pages(last_change),
    }
    return {"pages": {name: len(figure_pages) for name, figure_pages in pages.items()}}


def _groups(latest: pd.DataFrame) -> dict[str, Any]:
    """On which statements the groups of the panel differ; None where there are no groups."""
    tested = latest[latest["groups_p"].notna()]
    if tested.empty:
        return {"groups": None}
    raw = tested[tested["groups_p"] < SIGNIFICANT].sort_values("groups_p")
    group_facts: dict[str, Any] = {
        "tested": len(tested),
        "apart": int((tested["groups_p_holm"] < SIGNIFICANT).sum()),
        "raw": raw[["statement", "groups_p"]].to_dict("records"),
    }
    return {"groups": group_facts}


def _concordance(concordance: pd.DataFrame) -> dict[str, Any]:
    throughout = concordance["set"] == "rated in all closed rounds"
    common = concordance.loc[throughout & concordance["w"].notna()]
    return {"concordance": common[["round", "statements", "panellists", "w"]].to_dict("records")}


def _options(given: Any, settings: DelphiSettings) -> dict[str, Any]:
    """Ranking, fuzzy evaluation and convergence, each None where it is not used."""
    return {
        "ranking": _ranking(given.ranking, given.ranking_rounds),
        "fuzzy": _fuzzy(given.fuzzy, settings),
        "convergence": _convergence(given.convergence),
    }


def _ranking(ranking: pd.DataFrame, rounds: pd.DataFrame) -> dict[str, Any] | None:
    if ranking.empty:
        return None
    last = ranking[ranking["round"] == ranking["round"].max()].sort_values("place")
    names = last["statement"].tolist()
    round_rows = rounds.astype(object).where(rounds.notna(), None).to_dict("records")
    return {"rounds": round_rows, "statements": len(last), "first": names[: int(rounds["top"].iloc[-1])]}


def _fuzzy(fuzzy: pd.DataFrame, settings: DelphiSettings) -> dict[str, Any] | None:
    if fuzzy.empty:
        return None
    last = fuzzy.sort_values("round").groupby("statement").tail(1)
    rated = last[last["n"] > 0].sort_values(["place", "statement"])
    return {
        "method": settings.fuzzy.method,
        "statements": len(last),
        "accepted": int((last["accepted"] == "yes").sum()),
        "near": int((last["distance"] <= settings.fuzzy.threshold + 1e-9).sum()),
        "agreed": int((last["consensus"] == "yes").sum()),
        "grey": int((last["grey"] > 0).sum()),
        "highest": rated["statement"].iloc[0] if len(rated) else None,
    }


def _convergence(convergence: pd.DataFrame) -> dict[str, Any] | None:
    if convergence.empty:
        return None
    last = convergence[convergence["round"] == convergence["round"].max()]
    moments = sorted(last["moment"].unique())
    end = last[last["moment"] == moments[-1]].set_index("statement")
    half = last[last["moment"] == moments[len(moments) // 2]].set_index("statement")
    return {
        "from_day": moments[0][:10],
        "to_day": moments[-1][:10],
        "answers": int(end["answers"].sum()),
        "revised": int(end["revised"].sum()),
        "moved": int(((end["median"] - half["median"]).abs() > 0).sum()),
        "statements": len(end),
        "iqr_half": float(half["iqr"].mean()),
        "iqr_end": float(end["iqr"].mean()),
    }


def _named(table: pd.DataFrame) -> pd.Series:
    """Statement id, with the wording where it is not the first."""
    later = table["version"].map(lambda v: f" (wording {v})" if v > 1 else "")
    return table["statement"] + later


def short(value: float, digits: int = 2) -> str:
    """A number without trailing zeros; a dash where there is none."""
    if pd.isna(value):
        return "–"
    text = f"{value:z.{digits}f}"  # z: no minus before a zero
    return text.rstrip("0").rstrip(".") if "." in text else text
