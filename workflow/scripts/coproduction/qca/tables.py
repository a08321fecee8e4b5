"""Tables of the QCA: what people keep in qca/, and what is made of it."""

from coproduction.core import tables

ROLES = ["condition", "outcome"]
EXPECTED = ["present", "absent", ""]
KINDS = ["conservative", "parsimonious", "intermediate"]
ENHANCED = ["enhanced parsimonious", "enhanced intermediate"]

STUDY_SETS = tables.people(
    "qca/sets.csv",
    "The sets of the QCA, one row each: conditions and one outcome.",
    {
        "set": tables.text("short id, letters, digits, - and _", filled=True, unique=True),
        "name": tables.text("name in the report", filled=True),
        "role": tables.choice("condition or outcome", ROLES),
        "indicator": tables.text(
            "id of the indicator of desk/codebook.csv that is calibrated; empty where memberships.csv "
            "has the memberships",
            required=False,
        ),
        "exclusion": tables.number("value fully out of the set", required=False),
        "crossover": tables.number(
            "point of maximum ambiguity; without the other two, the threshold of a crisp set", required=False
        ),
        "inclusion": tables.number("value fully in the set", required=False),
        "expected": tables.choice(
            "whether theory expects the presence or the absence of the condition to favour the "
            "outcome; empty where it says nothing",
            EXPECTED,
            required=False,
        ),
        "values": tables.whole(
            "for a multi-value condition that people judge: the number of its values, three or more; "
            "memberships.csv then contains 0, 1, 2 …",
            required=False,
        ),
        "thresholds": tables.text(
            "for a multi-value condition from an indicator: the rising values from which it is 1, 2 …, separated by ;",
            required=False,
        ),
        "factors": tables.text("ids of the factors it describes, separated by ;", required=False),
    },
)

SETS = tables.schema("qca/sets.csv", "The sets of the QCA as read.", STUDY_SETS.columns)

STUDY_MEMBERSHIPS = tables.people(
    "qca/memberships.csv",
    "Memberships assigned by people, in long form.",
    {
        "case": tables.text("the case: a country (code or name), or any other name", filled=True),
        "set": tables.text("id of sets.csv", filled=True),
        "membership": tables.number(
            "0 fully out, 1 fully in, 0.5 neither (the value of a multi-value condition); empty: not known", shares=True
        ),
        "reason": tables.text("why", required=False),
    },
    wide=("case", "set", "membership"),
)

MEMBERSHIPS = tables.schema(
    "qca/memberships.csv", "Memberships assigned by people, as read; countries by ISO3 code.", STUDY_MEMBERSHIPS.columns
)

CALIBRATED = tables.schema(
    "qca/calibrated.csv",
    "Membership of each case in each set, and its origin.",
    {
        "case": tables.text("the case; countries by ISO3 code", filled=True),
        "name": tables.text("its name", filled=True),
        "set": tables.text("id of sets.csv", filled=True),
        "origin": tables.text("value of the indicator and its year, or judged by people"),
        "value": tables.number("value that was calibrated"),
        "membership": tables.number(
            "membership in the set, or value of a multi-value condition; empty where there is none"
        ),
    },
)

STATES = ["in a configuration", "0.5 in a condition", "without a membership"]

CASES = tables.schema(
    "qca/cases.csv",
    "Each case, the configuration to which it belongs, and any reason for its exclusion.",
    {
        "case": tables.text("the case", filled=True),
        "name": tables.text("its name", filled=True),
        "state": tables.choice("whether it is analysed", STATES),
        "configuration": tables.text("its configuration"),
        "outcome": tables.number("membership in the outcome"),
        "missing": tables.text("sets in which its membership is missing or 0.5, separated by ;"),
    },
)

SUFFICIENT = ["yes", "no", "remainder"]

TRUTH_TABLE = tables.schema(
    "qca/truth_table.csv",
    "The truth table: each configuration of the conditions, for the outcome and its absence.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "configuration": tables.text("conditions joined by *; ~ stands for absence", filled=True),
        "sufficient": tables.choice(
            "whether the configuration is sufficient for the outcome; remainder: too few cases", SUFFICIENT
        ),
        "n": tables.whole("cases with more than 0.5 membership", low=0),
        "consistency": tables.number("consistency of sufficiency"),
        "pri": tables.number("proportional reduction in inconsistency"),
        "cases": tables.text("these cases, separated by ;"),
        "excluded": tables.text("why the enhanced solutions do not assume a remainder"),
        "assumed": tables.text("solutions that assume a remainder to be sufficient"),
    },
)

NECESSITY = tables.schema(
    "qca/necessity.csv",
    "The extent to which each condition, and its absence, is necessary for the outcome and for its absence.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "condition": tables.text("the condition; ~ stands for its absence", filled=True),
        "consistency": tables.number("consistency of necessity"),
        "coverage": tables.number("coverage of necessity"),
        "relevance": tables.number("relevance of necessity (RoN)"),
        "verdict": tables.choice("what follows", ["necessary", "trivial", ""]),
    },
)

SOLUTIONS = tables.schema(
    "qca/solutions.csv",
    "The solutions: a row per term of each, and one for the solution as a whole.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "kind": tables.choice("its assumptions about remainders", [*KINDS, *ENHANCED]),
        "model": tables.whole("number of the solution among equally short ones", low=1),
        "part": tables.choice("a term or the whole solution", ["term", "whole"]),
        "expression": tables.text("conditions joined by *, terms by +; ~ stands for absence"),
        "consistency": tables.number("consistency of sufficiency"),
        "pri": tables.number("proportional reduction in inconsistency"),
        "coverage": tables.number("raw coverage"),
        "unique": tables.number("unique coverage: what no other term covers"),
        "cases": tables.text("cases in it that have the outcome, separated by ;"),
        "deviant": tables.text("cases in it that lack the outcome, separated by ;"),
        "uncovered": tables.text("for the solution as a whole: cases with the outcome that it does not cover"),
    },
)

ROBUSTNESS = tables.schema(
    "qca/robustness.csv",
    "The solutions under other cut-offs.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "consistency_cut": tables.number("consistency that a row needs"),
        "cases_cut": tables.whole("cases that a row needs", low=1),
        "chosen": tables.whole("1 for the cut-offs of the study"),
        "models": tables.whole("equally short solutions"),
        "overlap": tables.number("overlap with the chosen solution (0 to 1)"),
        "expression": tables.text("the first of them; empty if no row is sufficient"),
        "consistency": tables.number("its consistency"),
        "coverage": tables.number("its coverage"),
    },
)

PLACES = ["typical", "deviant", "uncovered", "outside"]

FITTED = tables.schema(
    "qca/fitted.csv",
    "Each analysed case in the solution that the report shows.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "case": tables.text("the case", filled=True),
        "name": tables.text("its name", filled=True),
        "solution": tables.number("membership in the solution"),
        "membership": tables.number("membership in the outcome"),
        "place": tables.choice(
            "typical: in both; deviant: in the solution, not in the outcome; uncovered: in the "
            "outcome, not in the solution; outside: in neither",
            PLACES,
        ),
    },
)

CONFIGURATIONS = tables.schema(
    "qca/figures/configurations.csv",
    "Data of the figure of the configurations: a row per term and condition in it.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "term": tables.whole("number of the term", low=1),
        "condition": tables.text("the condition", filled=True),
        "name": tables.text("its name", filled=True),
        "state": tables.text("present or absent in the term; the value of a multi-value condition"),
        "core": tables.whole("1 where the parsimonious solution needs it too"),
        "consistency": tables.number("consistency of the term"),
        "coverage": tables.number("raw coverage of the term"),
        "unique": tables.number("unique coverage of the term"),
    },
)

MODELS = tables.schema(
    "qca/models.csv",
    "How many equally short solutions there are of each kind; solutions.csv lists at most 5,000 of each.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "kind": tables.choice("kind of solution", [*KINDS, *ENHANCED]),
        "models": tables.whole("equally short solutions", low=0),
        "listed": tables.whole("of these in solutions.csv", low=0),
        "counted": tables.choice("all: every one was counted; at least: there may be more", ["all", "at least"]),
        "between": tables.whole("intermediate: pairs of a conservative and a parsimonious solution that were examined"),
        "pairs": tables.whole("intermediate: all such pairs"),
    },
)

ROBUSTNESS_FIT = tables.schema(
    "qca/robustness_fit.csv",
    "Robustness of the solution shown against those under the other cut-offs (Oana and Schneider 2024).",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "solutions": tables.whole("other solutions it is compared with"),
        "rf_cons": tables.number("consistency of the solution in that of the robust core"),
        "rf_cov": tables.number("coverage of the robust core in that of the solution"),
        "rf_sc_min": tables.number("overlap of the solution with the smallest test set"),
        "rf_sc_max": tables.number("overlap of the solution with the largest test set"),
        "rcr_typ": tables.number("robust cases among all in any solution, with the outcome"),
        "rcr_dev": tables.number("robust cases among all in any solution, without the outcome"),
        "rank": tables.whole("1 no shaky or possible cases, 2 possible, 3 shaky, 4 both"),
    },
)

SENSITIVITY = tables.schema(
    "qca/sensitivity.csv",
    "Ranges of the cut-offs and anchors, varied one at a time, within which the solution shown stays the same.",
    {
        "outcome": tables.text("the outcome; ~ stands for its absence", filled=True),
        "parameter": tables.text("cut-off, or set and anchor", filled=True),
        "chosen": tables.number("the value of the study"),
        "lowest": tables.number("lowest value tried at which the solution is the same"),
        "highest": tables.number("highest value tried at which the solution is the same"),
        "open": tables.choice(
            "whether the solution stays the same over the whole range tried", ["", "below", "above", "below and above"]
        ),
    },
)

SKEWNESS = tables.schema(
    "qca/skewness.csv",
    "Distribution of the cases over each set: with few on one side, little can be said about sufficiency.",
    {
        "set": tables.text("id of sets.csv", filled=True),
        "cases": tables.whole("cases with a membership", low=0),
        "inside": tables.whole("of these with more than 0.5", low=0),
        "share": tables.number("share of these"),
        "skewed": tables.choice("fewer than a fifth, or more than four fifths, inside", ["yes", "no"]),
    },
)

TERMS = tables.schema(
    "qca/figures/terms.csv",
    "Data of the figure of the terms: each analysed case in each term of the solution shown.",
    {
        "expression": tables.text("conditions joined by *; ~ stands for absence", filled=True),
        "case": tables.text("the case", filled=True),
        "name": tables.text("its name", filled=True),
        "solution": tables.number("membership in the term"),
        "membership": tables.number("membership in the outcome"),
        "place": tables.choice("typical: in both; deviant: in the term only; outside: in neither", PLACES),
    },
)
