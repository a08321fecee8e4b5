"""Tables of the ranking-type, fuzzy and real-time Delphi."""

from coproduction.core import tables
from coproduction.delphi.tables import YES_NO

RANKING = tables.schema(
    "delphi ranking",
    "The order of the statements in each closed round, with the option of a ranking-type Delphi.",
    {
        "round": tables.whole("round"),
        "statement": tables.text("statement id", filled=True),
        "n": tables.whole("panellists who rated or ranked all statements of the round"),
        "mean_rank": tables.number("mean rank, 1 is first"),
        "sd_rank": tables.number("standard deviation of the ranks (n - 1)"),
        "place": tables.whole("place by mean rank; equal ranks share it"),
        "top": tables.number("share of panellists who have it in their top; ties at its end share"),
        "place_before": tables.number("place in the round before"),
    },
)


RANKING_ROUNDS = tables.schema(
    "delphi ranking rounds",
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
        "overlap": tables.number("mean share of their tops that two panellists have in common"),
        "chance": tables.number("the same by chance"),
        "same_top": tables.number("share of the top that was in it in the round before"),
        "tau": tables.number("Kendall's tau-b of the mean ranks with the round before"),
    },
)


FUZZY = tables.schema(
    "delphi fuzzy",
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
        "accepted": tables.choice("all three limits are met", YES_NO),
        "place": tables.whole("place by score within the round"),
    },
)


CONVERGENCE = tables.schema(
    "delphi convergence",
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
