"""All tables of the Delphi; those that people keep and those of the import have modules of their own."""

from coproduction.core import tables
from coproduction.delphi.import_tables import (  # noqa: F401
    ANSWERED,
    CELLS,
    COLUMNS_READ,
    COLUMNS_TO_SETTLE,
    NO_RATING,
    PANEL,
    QUESTIONS,
    RATINGS,
    REVISIONS,
    ROUNDS,
    STATEMENTS,
    SUBMISSIONS,
    TAKEN_FOR,
    UNMATCHED,
    WITHHELD,
)
from coproduction.delphi.study_tables import (  # noqa: F401
    COLUMNS,
    COMMENTS,
    PANELLIST_IDS,
    STUDY_PANEL,
    STUDY_PROTOCOL,
    STUDY_ROUNDS,
    STUDY_STATEMENTS,
    YES_NO,
)

VERDICTS = ["in", "out", "split", "none", "refused", "too few", "no ratings"]
PEOPLE_DISAGREEMENTS = ["settled", "ask again", "stopped", "withdrawn", "not yet rated"]

PROTOCOL = tables.schema(
    "delphi/protocol.csv",
    "Every setting that decides verdicts, and whether it is still as recorded.",
    {
        "setting": tables.text("name of the setting", filled=True),
        "value": tables.text("its value in this run"),
        "recorded": tables.text("its value on record"),
        "state": tables.choice("comparison", ["as recorded", "changed", "not recorded"]),
    },
)


SUMMARY = tables.schema(
    "delphi/summary.csv",
    "One row per statement and round: distribution, all rules of consensus, and their certainty.",
    {
        "round": tables.whole("round"),
        "state": tables.choice("state of the round", ["closed", "open"]),
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording"),
        "asked": tables.whole("panellists who responded and were asked"),
        "n": tables.whole("panellists who rated"),
        "no_opinion": tables.whole("panellists without opinion"),
        "missing": tables.whole("panellists who left it empty"),
        "counts": tables.text("ratings at each point of the scale, lowest first, separated by ;"),
        "mean": tables.number("mean, for comparison only"),
        "sd": tables.number("standard deviation (n - 1)"),
        "median": tables.number("median"),
        "q1": tables.number("lower quartile, type as set"),
        "q3": tables.number("upper quartile, type as set"),
        "iqr": tables.number("interquartile range"),
        "share_low": tables.number("share at the unfavourable end, denominator as set"),
        "share_high": tables.number("share at the favourable end, denominator as set"),
        "p30": tables.number("30th percentile (RAND/UCLA)"),
        "p70": tables.number("70th percentile (RAND/UCLA)"),
        "ipr": tables.number("interpercentile range p70 - p30"),
        "ipras": tables.number("2.35 + 1.5 × asymmetry index"),
        "disagreement_index": tables.number("IPR / IPRAS; above 1 is disagreement"),
        "classic_agreement": tables.number("RAND/UCLA by panel size: 1 agreement; 8 to 16 ratings"),
        "classic_disagreement": tables.number("RAND/UCLA by panel size: 1 disagreement"),
        "bimodality": tables.number("Sarle's coefficient; above 0.556 suggests two peaks"),
        "rescaled": tables.choice("RAND/UCLA and COMET on ratings rescaled to 1-9", ["yes", "no"]),
        "by_agreement": tables.choice("verdict of the rule agreement", VERDICTS),
        "by_iqr": tables.choice("verdict of the rule iqr", VERDICTS),
        "by_rand": tables.choice("verdict of the rule rand", VERDICTS),
        "by_classic": tables.choice("verdict of the rule classic", VERDICTS),
        "by_comet": tables.choice("verdict of the rule comet", VERDICTS),
        "verdict": tables.choice("verdict of the deciding rule", VERDICTS),
        "certainty": tables.number("share of bootstrap draws with the same verdict"),
        "hinges_on": tables.whole("panellists whose absence alone would change the verdict"),
        "groups_p": tables.number("Kruskal-Wallis p of the groups, by permutation up to 60 ratings"),
        "groups_p_holm": tables.number("the same, Holm-adjusted over the statements of the round"),
        "groups_reason": tables.text("why there is no p of the groups"),
        "reason": tables.text("why other numbers are empty"),
    },
)

RULES = tables.schema(
    "delphi/rules.csv",
    "All rules of consensus side by side: one row per statement, round and rule.",
    {
        "round": tables.whole("round"),
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording"),
        "rule": tables.text("rule of consensus", filled=True),
        "deciding": tables.choice("whether it is the deciding rule", ["yes", "no"]),
        "verdict": tables.choice("verdict of the rule", VERDICTS),
        "certainty": tables.number("share of bootstrap draws with the same verdict"),
        "chance_in": tables.number("share of bootstrap draws that end as consensus in"),
        "chance_out": tables.number("the same, consensus out"),
        "chance_split": tables.number("the same, split"),
        "chance_none": tables.number("the same, no consensus"),
        "hinges_on": tables.whole("panellists whose absence alone would change the verdict"),
    },
)

GROUPS = tables.schema(
    "delphi/groups.csv",
    "One row per statement, round and group. Not shown to panellists below the set size.",
    {
        "round": tables.whole("round"),
        "statement": tables.text("statement id", filled=True),
        "group": tables.text("group", filled=True),
        "n": tables.whole("panellists who rated"),
        "median": tables.number("median"),
        "q1": tables.number("lower quartile"),
        "q3": tables.number("upper quartile"),
        "share_low": tables.number("share of ratings at the unfavourable end"),
        "share_high": tables.number("share of ratings at the favourable end"),
        "delta": tables.number("Cliff's delta against all other groups, -1 to 1"),
        "p": tables.number("Mann-Whitney p against all other groups, by permutation if few"),
        "p_holm": tables.number("the same, Holm-adjusted over statements and groups of the round"),
        "reason": tables.text("why p is empty"),
    },
)

CHANGE = tables.schema(
    "delphi/change.csv",
    "Change of each statement between two rounds, among panellists who rated the same wording twice.",
    {
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording"),
        "before": tables.whole("earlier round"),
        "after": tables.whole("later round"),
        "pairs": tables.whole("panellists who rated in both; empty where rounds are not linkable"),
        "changed": tables.whole("panellists whose rating changed"),
        "crossed": tables.whole("panellists who entered or left the favourable end"),
        "unchanged": tables.number("share with exactly the same rating"),
        "within": tables.number("share that moved by at most the set number of points"),
        "net_change": tables.number("Scheibe's net change of the distribution"),
        "kappa": tables.number("linearly weighted kappa"),
        "kappa_quadratic": tables.number("quadratically weighted kappa"),
        "spearman": tables.number("rank correlation"),
        "variation": tables.number("change of the coefficient of variation"),
        "median_change": tables.number("median after - median before, same panellists"),
        "towards": tables.number("share of changes that went towards the earlier median"),
        "wilcoxon_p": tables.number("exact signed-rank p (Pratt)"),
        "wilcoxon_p_holm": tables.number("the same, Holm-adjusted over the statements"),
        "wilcoxon_p_bh": tables.number("the same, Benjamini-Hochberg-adjusted"),
        "mcnemar_p": tables.number("exact McNemar p of being at the favourable end"),
        "group_chi2": tables.number("chi-square of equal distributions over thirds (Dajani)"),
        "group_p": tables.number("its p, rounds taken as independent: a small p speaks against stability"),
        "group_expected": tables.number("smallest expected count; below 5 the p is approximate"),
        "homogeneity_p": tables.number("the same question for pairs: exact, or Stuart-Maxwell"),
        "individual_chi2": tables.number("chi-square of independence of thirds (Chaffin-Talley)"),
        "individual_p": tables.number("its p: a small p speaks for stability"),
        "individual_expected": tables.number("smallest expected count; below 5 the p is approximate"),
        "individual_p_permuted": tables.number("the same p by permutation, where expected is small"),
        "association": tables.number("lambda, thirds after predicted from before (Chaffin-Talley)"),
        "friedman_p": tables.number("Friedman p over all closed rounds, from three rounds on"),
        "stable": tables.choice("stable by the set rule", YES_NO),
        "limits": tables.text("what cannot be shown with so few pairs or changes"),
        "reason": tables.text("why numbers are empty"),
    },
)

DECISIONS = tables.schema(
    "delphi/decisions.csv",
    "Each statement after the last closed round, and what the stopping rule says.",
    {
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("current wording"),
        "text": tables.text("the wording"),
        "factor": tables.text("factor ids, separated by ;"),
        "round": tables.whole("last closed round in which it was rated"),
        "rounds": tables.whole("closed rounds in which this wording was rated"),
        "n": tables.whole("panellists who rated"),
        "median": tables.number("median"),
        "iqr": tables.number("interquartile range"),
        "share_high": tables.number("share at the favourable end"),
        "share_low": tables.number("share at the unfavourable end"),
        "verdict": tables.choice("verdict of the deciding rule", VERDICTS),
        "certainty": tables.number("share of bootstrap draws with the same verdict"),
        "stable": tables.choice("stable since the previous round", YES_NO),
        "decision": tables.choice("what the stopping rule says", PEOPLE_DISAGREEMENTS),
        "reason": tables.text("why"),
    },
)

CONCORDANCE = tables.schema(
    "delphi/concordance.csv",
    "Kendall's W per round, over statements and panellists without gaps.",
    {
        "round": tables.whole("round"),
        "statements": tables.whole("statements that enter"),
        "panellists": tables.whole("panellists who rated all of them"),
        "w": tables.number("Kendall's W with correction for ties"),
        "w_uncorrected": tables.number("Kendall's W without it"),
        "chi2": tables.number("m (n - 1) W"),
        "p": tables.number("p of no concordance"),
        "alpha": tables.number("Krippendorff's alpha for ordinal data, all ratings"),
        "ac2": tables.number("Gwet's AC2, all ratings, weights as set for the kappa"),
        "set": tables.choice("which statements", ["all of the round", "rated in all closed rounds"]),
        "reason": tables.text("why W is empty"),
    },
)


PANEL_FLOW = tables.schema(
    "delphi/panel_flow.csv",
    "The panel in each round, by group and in all.",
    {
        "round": tables.whole("round"),
        "state": tables.choice("state of the round", ["closed", "open"]),
        "group": tables.text("group, or 'all'", filled=True),
        "invited": tables.whole("panellists of the round"),
        "responded": tables.whole("who responded"),
        "finished": tables.whole("who responded and finished the questionnaire"),
        "stayed": tables.whole("who responded here and in the round before"),
        "left": tables.whole("who responded in the round before and not here; 0 while it is open"),
        "returned": tables.whole("who responded here, not in the round before but earlier"),
        "new": tables.whole("who responded here for the first time"),
        "response": tables.number("responded / invited"),
        "attrition": tables.number("share of those of the round before who did not respond here"),
        "retention": tables.number("share of those of the first round who responded here"),
        "first_day": tables.text("first submission"),
        "last_day": tables.text("last submission"),
    },
)

REMINDERS = tables.schema(
    "delphi/reminders.csv",
    "Panellists to remind, by pseudonym: those who have not yet answered an open round. Rounds whose ids are "
    "not those of the panel are left out.",
    {
        "round": tables.whole("round"),
        "panellist": tables.text("pseudonym", filled=True),
        "group": tables.text("group of the panel"),
        "state": tables.choice(
            "how far they are", ["nothing came", "begun, not finished", "submitted, but does not count"]
        ),
    },
)

LEAVERS = tables.schema(
    "delphi/leavers.csv",
    "Whether those who left rated differently from those who stayed.",
    {
        "round": tables.whole("last common round"),
        "next": tables.whole("round in which the leavers are absent"),
        "leavers": tables.whole("panellists who left"),
        "stayers": tables.whole("panellists who stayed"),
        "distance_leavers": tables.number("mean distance of leavers from the group median, points"),
        "distance_stayers": tables.number("mean distance of stayers"),
        "p": tables.number("exact permutation p of the difference (rank sum)"),
        "largest": tables.text("statements with the largest difference of medians, separated by ;"),
        "reason": tables.text("why p is empty"),
    },
)

# Ranking-type, fuzzy and real-time Delphi

RANKING = tables.schema(
    "delphi/ranking.csv",
    "The order of the statements in each closed round, with the option of a ranking-type Delphi.",
    {
        "round": tables.whole("round"),
        "statement": tables.text("statement id", filled=True),
        "n": tables.whole("panellists who rated or ranked all statements of the round"),
        "mean_rank": tables.number("mean rank, 1 is first"),
        "sd_rank": tables.number("standard deviation of the ranks (n - 1)"),
        "place": tables.whole("place by mean rank; ties share a place"),
        "top": tables.number("share of panellists with the statement in their top; ties at the cut-off are shared"),
        "place_before": tables.number("place in the previous round"),
    },
)


RANKING_ROUNDS = tables.schema(
    "delphi/ranking_rounds.csv",
    "Agreement on the order in each closed round.",
    {
        "round": tables.whole("round"),
        "statements": tables.whole("statements"),
        "panellists": tables.whole("panellists without gaps"),
        "w": tables.number("Kendall's W with correction for ties"),
        "chi2": tables.number("m (n - 1) W"),
        "df": tables.whole("degrees of freedom, n - 1"),
        "p": tables.number("p of no concordance (chi-square)"),
        "p_permuted": tables.number("the same by permutation, for small tables"),
        "level": tables.text("W in Schmidt's words"),
        "top": tables.whole("statements in the top"),
        "overlap": tables.number("mean share of the top that two panellists have in common"),
        "chance": tables.number("the same by chance"),
        "same_top": tables.number("share of the top that was there in the previous round"),
        "tau": tables.number("Kendall's tau-b of the mean ranks with the previous round"),
        "reason": tables.text("why W is empty"),
    },
)


FUZZY = tables.schema(
    "delphi/fuzzy.csv",
    "Fuzzy Delphi of each statement and closed round, with that option.",
    {
        "round": tables.whole("round"),
        "statement": tables.text("statement id", filled=True),
        "n": tables.whole("panellists who rated"),
        "m1": tables.number("mean fuzzy number, low corner"),
        "m2": tables.number("mean fuzzy number, middle"),
        "m3": tables.number("mean fuzzy number, high corner"),
        "distance": tables.number("mean distance d of the ratings from the mean number"),
        "within": tables.number("share of ratings within the threshold"),
        "score": tables.number("defuzzified score, (m1 + m2 + m3) / 3"),
        "low_q1": tables.number("max-min: lower quartile of the low corners, C1"),
        "low_median": tables.number("max-min: their median, M1"),
        "low_q3": tables.number("max-min: their upper quartile, D1"),
        "high_q1": tables.number("max-min: lower quartile of the high corners, C2"),
        "high_median": tables.number("max-min: their median, M2"),
        "high_q3": tables.number("max-min: their upper quartile, D2"),
        "value": tables.number("max-min: value at the crossing, else the middle of M1 and M2"),
        "membership": tables.number("max-min: membership at the crossing; 0 without overlap"),
        "grey": tables.number("max-min: width of the grey zone, D1 - C2; 0 without overlap"),
        "consensus": tables.choice("max-min: the grey zone is narrower than M2 - M1", YES_NO),
        "accepted": tables.choice("the limits of the method in the settings are met", YES_NO),
        "place": tables.whole("place within the round by the score or value of that method"),
        "reason": tables.text("why the numbers are empty"),
    },
)


CONVERGENCE = tables.schema(
    "delphi/convergence.csv",
    "State of each statement while panellists could revise their answers (real-time Delphi).",
    {
        "round": tables.whole("round"),
        "statement": tables.text("statement id", filled=True),
        "moment": tables.text("moment (ISO); answers up to then count"),
        "answers": tables.whole("answers so far, revised ones included"),
        "revised": tables.whole("answers so far that changed an earlier one"),
        "n": tables.whole("panellists with a rating"),
        "median": tables.number("median of the last ratings"),
        "iqr": tables.number("interquartile range of the last ratings"),
        "share_high": tables.number("share at the favourable end"),
    },
)

QUESTIONNAIRE = tables.schema(
    "delphi/next_round/questionnaire.csv",
    "The statements to ask in the next round, with their last result.",
    {
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording to ask"),
        "text": tables.text("the wording"),
        "round": tables.whole("last closed round in which it was rated; empty: new"),
        "n": tables.whole("panellists who rated"),
        "median": tables.number("median"),
        "iqr": tables.number("interquartile range"),
        "verdict": tables.choice("verdict of the deciding rule", VERDICTS),
        "stable": tables.choice("stable since the previous round", YES_NO),
        "reason": tables.text("why it is asked"),
    },
)

MAILING = tables.schema(
    "delphi/next_round/mailing.csv",
    "Which pseudonym gets which feedback sheet: keep this file and do not publish it.",
    {
        "panellist": tables.text("pseudonym", filled=True, unique=True),
        "sheet": tables.text("file in the folder of the next round", filled=True, unique=True),
    },
)
