"""Tables that the workflow makes of the Delphi."""

from coproduction.core import tables

ANSWERS = ["rated", "no opinion", "missing", "not asked"]
YES_NO = ["yes", "no", ""]
VERDICTS = ["in", "out", "split", "none", "refused", "no ratings"]
DECISIONS = ["settled", "ask again", "stopped", "withdrawn", "not rated yet"]


RULES_NOW = tables.schema(
    "delphi protocol",
    "Every setting that decides, and whether it is as it was put on record.",
    {
        "setting": tables.text("name of the setting", filled=True),
        "value": tables.text("its value in this run"),
        "recorded": tables.text("its value on record"),
        "state": tables.choice("comparison", ["as on record", "changed", "not on record"]),
    },
)

CHECKLIST = tables.schema(
    "delphi checklist",
    "Items of DELPHISTAR and ACCORD in short words, filled where the workflow knows the answer.",
    {
        "guideline": tables.choice("which one", ["DELPHISTAR", "ACCORD"]),
        "item": tables.text("number of the item", filled=True),
        "section": tables.text("section of the report"),
        "topic": tables.text("what it asks for"),
        "state": tables.choice("how far it is answered", ["filled", "partly", "open"]),
        "answer": tables.text("answer of the workflow and of the authors"),
    },
)

RATINGS = tables.schema(
    "delphi ratings",
    "One row per panellist, statement and round, from the submission that counts.",
    {
        "round": tables.whole("round"),
        "panellist": tables.text("pseudonym", filled=True),
        "group": tables.text("group of the panel"),
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording that was asked"),
        "status": tables.choice("what the panellist did", ANSWERS),
        "rating": tables.whole("rating; empty unless rated"),
        "comment": tables.text("comment as written or reworded; empty where it is withheld"),
    },
)

SUBMISSIONS = tables.schema(
    "delphi submissions",
    "Every row of the round files and whether it counts.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "row": tables.whole("row in the file"),
        "panellist": tables.text("pseudonym as in the panel, else as in the file"),
        "submitted": tables.text("time (ISO); empty when not finished"),
        "late": tables.choice("after the last day of the round", YES_NO),
        "outcome": tables.choice(
            "whether it counts",
            ["counts", "double submission", "revised later", "not in the panel", "late", "empty"],
        ),
    },
)


REVISIONS = tables.schema(
    "delphi revisions",
    "All answers in order, of rounds in which panellists answered a statement more than once.",
    {
        "round": tables.whole("round"),
        "panellist": tables.text("pseudonym", filled=True),
        "statement": tables.text("statement id", filled=True),
        "order": tables.whole("1 for the first answer", low=1),
        "submitted": tables.text("time (ISO) where the file has one"),
        "status": tables.choice("what the panellist did", ANSWERS),
        "rating": tables.whole("rating; empty unless rated"),
        "counts": tables.choice("whether this answer counts", ["yes", "no"]),
    },
)


WITHHELD = tables.schema(
    "delphi withheld comments",
    "Comments that seem to tell who somebody is, by place; their text stands in no result.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "row": tables.whole("row in the file"),
        "column": tables.text("column in the file"),
        "panellist": tables.text("pseudonym", filled=True),
        "statement": tables.text("statement id", filled=True),
        "found": tables.text("what was found, without repeating it"),
        "state": tables.choice(
            "what became of it", ["withheld", "replaced by people", "left out by people"]
        ),
    },
)

UNMATCHED = tables.schema(
    "delphi unmatched",
    "What in the round files did not match the statements or the panel.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "row": tables.whole("row, empty for a whole column"),
        "column": tables.text("column, empty for a whole row"),
        "content": tables.text("what stands there"),
        "reason": tables.text("why it was not used", filled=True),
    },
)

CELLS = tables.schema(
    "delphi cells",
    "Where the rating cells of every round file went.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "outcome": tables.text("where they went", filled=True),
        "n": tables.whole("cells", low=0),
    },
)

SUMMARY = tables.schema(
    "delphi summary",
    "One row per statement and round: distribution, all rules of consensus, how sure they are.",
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
        "bimodality": tables.number("Sarle's coefficient; above 0.556 is a hint of two peaks"),
        "rescaled": tables.choice("RAND/UCLA and COMET on ratings moved to 1-9", ["yes", "no"]),
        "by_agreement": tables.choice("verdict of the rule agreement", VERDICTS),
        "by_iqr": tables.choice("verdict of the rule iqr", VERDICTS),
        "by_rand": tables.choice("verdict of the rule rand", VERDICTS),
        "by_classic": tables.choice("verdict of the rule classic", VERDICTS),
        "by_comet": tables.choice("verdict of the rule comet", VERDICTS),
        "verdict": tables.choice("verdict of the deciding rule", VERDICTS),
        "certainty": tables.number("share of bootstrap draws with the same verdict"),
        "hinges_on": tables.whole("panellists whose absence alone would change the verdict"),
        "groups_p": tables.number(
            "Kruskal-Wallis p of the groups, by permutation up to 60 ratings"
        ),
        "groups_p_holm": tables.number("the same, Holm-adjusted over the statements of the round"),
    },
)

RULES = tables.schema(
    "delphi rules",
    "All rules of consensus side by side: one row per statement, round and rule.",
    {
        "round": tables.whole("round"),
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording"),
        "rule": tables.text("rule of consensus", filled=True),
        "deciding": tables.choice("is it the rule that decides", ["yes", "no"]),
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
    "delphi groups",
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
    },
)

CHANGE = tables.schema(
    "delphi change",
    "Change of each statement between two rounds, on panellists who rated the same wording twice.",
    {
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording"),
        "before": tables.whole("earlier round"),
        "after": tables.whole("later round"),
        "pairs": tables.whole("panellists who rated in both"),
        "changed": tables.whole("panellists whose rating is another one"),
        "crossed": tables.whole("panellists who entered or left the favourable end"),
        "unchanged": tables.number("share with the very same rating"),
        "within": tables.number("share that moved by at most the set number of points"),
        "net_change": tables.number("Scheibe's net change of the distribution"),
        "kappa": tables.number("linearly weighted kappa"),
        "spearman": tables.number("rank correlation"),
        "variation": tables.number("change of the coefficient of variation"),
        "median_change": tables.number("median after - median before, same panellists"),
        "towards": tables.number("share of changes that went towards the earlier median"),
        "wilcoxon_p": tables.number("exact signed-rank p (Pratt)"),
        "wilcoxon_p_holm": tables.number("the same, Holm-adjusted over the statements"),
        "wilcoxon_p_bh": tables.number("the same, Benjamini-Hochberg-adjusted"),
        "mcnemar_p": tables.number("exact McNemar p of being at the favourable end"),
        "group_chi2": tables.number("chi-square of equal distributions over thirds (Dajani)"),
        "group_p": tables.number("its p, rounds taken as independent: small speaks against"),
        "group_expected": tables.number("smallest expected count; below 5 the p is rough"),
        "homogeneity_p": tables.number("the same question for pairs: exact, or Stuart-Maxwell"),
        "individual_chi2": tables.number("chi-square of independence of thirds (Chaffin-Talley)"),
        "individual_p": tables.number("its p: small speaks for stability"),
        "individual_expected": tables.number("smallest expected count; below 5 the p is rough"),
        "individual_p_permuted": tables.number(
            "the same p by permutation, where expected is small"
        ),
        "association": tables.number("lambda, thirds after predicted from before (Chaffin-Talley)"),
        "friedman_p": tables.number("Friedman p over all closed rounds, from three rounds on"),
        "stable": tables.choice("stable by the set rule", YES_NO),
        "limits": tables.text("what the numbers cannot show with so few pairs or changes"),
    },
)

DECISION = tables.schema(
    "delphi decisions",
    "Each statement as it stands after the last closed round, and what the stop rule says.",
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
        "stable": tables.choice("stable since the round before", YES_NO),
        "decision": tables.choice("what the stop rule says", DECISIONS),
        "reason": tables.text("why"),
    },
)

CONCORDANCE = tables.schema(
    "delphi concordance",
    "Kendall's W per round, over statements and panellists without gaps.",
    {
        "round": tables.whole("round"),
        "statements": tables.whole("statements that enter"),
        "panellists": tables.whole("panellists who rated all of them"),
        "w": tables.number("Kendall's W with correction for ties"),
        "w_uncorrected": tables.number("Kendall's W without it"),
        "chi2": tables.number("m (n - 1) W"),
        "p": tables.number("p of no concordance"),
        "set": tables.choice(
            "which statements", ["all of the round", "rated in all closed rounds"]
        ),
    },
)


FLOW = tables.schema(
    "delphi panel flow",
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

LEAVERS = tables.schema(
    "delphi leavers",
    "Did those who left rate differently from those who stayed?",
    {
        "round": tables.whole("last common round"),
        "next": tables.whole("round in which the leavers are absent"),
        "leavers": tables.whole("panellists who left"),
        "stayers": tables.whole("panellists who stayed"),
        "distance_leavers": tables.number("mean distance of leavers from the group median, points"),
        "distance_stayers": tables.number("mean distance of stayers"),
        "p": tables.number("exact permutation p of the difference (rank sum)"),
        "largest": tables.text("statements with the largest difference of medians, separated by ;"),
    },
)
