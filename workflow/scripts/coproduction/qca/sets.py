"""The sets of the study and the membership of each case in each of them."""

import itertools
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import accounting, countries, people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.factors import check_factor_ids
from coproduction.core.text import split_list
from coproduction.qca.calibrating import ANCHORS, memberships_of, parse
from coproduction.qca.tables import CALIBRATED, MEMBERSHIPS, SETS, STUDY_MEMBERSHIPS, STUDY_SETS

ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
ALWAYS = "always"  # the solution that every case fits
MOST_CONDITIONS = 12  # 4096 configurations; with more, hardly any study has cases enough
MOST_VALUES = 8  # of a multi-value condition


def read_sets(path: str | Path | None, indicators: set[str], factors: set[str]) -> pd.DataFrame:
    """SETS (empty without a file), the conditions in the order of the file.

    Raises StudyError for ids that cannot be used in an expression, a second outcome, too many
    conditions, unknown indicators and factors, and anchors that are missing or out of order.
    """
    if path is None:
        return tables.empty(SETS)
    sets = people_tables.read_people_table(path, STUDY_SETS)
    for name in set(SETS.columns) - set(sets):
        sets[name] = np.nan if name in ANCHORS else ""
    sets["values"] = _values(sets)
    raise_all([error for row, entry in sets.iterrows() for error in _faults(entry, row, indicators, path)])
    check_factor_ids(sets["factors"], factors, path, "factors")
    second = sets.index[sets["role"] == "outcome"][1:]
    extra = sets.index[sets["role"] == "condition"][MOST_CONDITIONS:]
    raise_all(
        [
            *(
                StudyError(
                    "there is a second outcome",
                    file=path,
                    row=int(row),
                    column="role",
                    remedy="A study has one outcome; set up a second study for the other",
                )
                for row in second
            ),
            *(
                StudyError(
                    f"this is condition {MOST_CONDITIONS + n}",
                    file=path,
                    row=int(row),
                    remedy=f"At most {MOST_CONDITIONS} conditions are analysed: each additional "
                    "one doubles the number of configurations and leaves few cases in each",
                )
                for n, row in enumerate(extra, 1)
            ),
        ]
    )
    return sets[list(SETS.columns)]


def _faults(entry: pd.Series, row: int, indicators: set[str], path: str | Path):
    def error(problem: str, column: str, remedy: str) -> StudyError:
        return StudyError(problem, file=path, row=row, column=column, remedy=remedy)

    stated_anchors = [name for name in ANCHORS if pd.notna(entry[name])]
    yield from _faults_of_values(entry, stated_anchors, error)
    if not ID.fullmatch(entry["set"]):
        yield error(
            f"'{entry['set']}' cannot be used in an expression",
            "set",
            "Begin with a letter and use letters, digits, - and _ only",
        )
    if entry["set"].casefold() == ALWAYS:
        yield error(f"'{entry['set']}' stands for a solution without conditions", "set", "Use another id")
    if not entry["indicator"]:
        if stated_anchors:
            yield error(
                "there are anchors but no indicator to calibrate",
                "indicator",
                "Name the indicator, or leave the anchors empty and give memberships",
            )
        return
    if entry["indicator"] not in indicators:
        yield error(
            f"there is no indicator '{entry['indicator']}' in desk/codebook.csv",
            "indicator",
            "Correct the id, or describe the indicator in the codebook",
        )
    if entry["thresholds"]:
        return
    if stated_anchors not in (ANCHORS, ["crossover"]):
        yield error(
            "the anchors are incomplete",
            "crossover",
            "Give exclusion, crossover and inclusion for a fuzzy set, or crossover alone for a crisp one",
        )
    elif stated_anchors == ANCHORS:
        low, middle, high = entry[ANCHORS]
        if not (low < middle < high or low > middle > high):
            yield error(
                "the anchors are neither ascending nor descending",
                "crossover",
                "exclusion < crossover < inclusion, or the reverse if low values are in the set",
            )


def _values(sets: pd.DataFrame) -> pd.Series:
    """The number of values of each set: stated, or one more than the thresholds; 2 otherwise."""
    stated = pd.to_numeric(sets["values"], errors="coerce").astype("Int64")
    cut = sets["thresholds"].map(lambda cell: len(split_list(cell)) + 1 if cell else pd.NA)
    return cut.astype("Int64").fillna(stated).fillna(2)


def _faults_of_values(entry: pd.Series, anchors: list[str], error: Callable):
    """What cannot be in the row of a multi-value condition."""
    numbers = [parse(cell) for cell in split_list(entry["thresholds"])]
    if len(numbers) == 1 and "," in entry["thresholds"]:
        yield error("the thresholds may be one or two", "thresholds", "Write 10.5 for one, and 10;5 for two")
    thresholds = [number for number in numbers if number is not None]
    if len(thresholds) < len(numbers):
        yield error("the thresholds are not numbers", "thresholds", "Write them as 10;20.5")
    elif any(b <= a for a, b in itertools.pairwise(thresholds)):
        yield error("the thresholds are not ascending", "thresholds", "Write the lowest first")
    if entry["thresholds"] and (not entry["indicator"] or anchors):
        yield error(
            "thresholds need an indicator and no anchors",
            "thresholds",
            "Name the indicator and leave the anchors empty",
        )
    if not 2 <= entry["values"] <= MOST_VALUES:
        yield error(f"a condition has 2 to {MOST_VALUES} values", "values", "Merge some of them")
    if entry["values"] > 2 and entry["role"] == "outcome":
        yield error(
            "an outcome has no more than two values", "values", "Set up one study for each value of the outcome"
        )
    if entry["values"] > 2 and entry["expected"]:
        yield error("a multi-value condition has no expectation", "expected", "Leave it empty")


def read_memberships(
    path: str | Path | None, sets: pd.DataFrame, settled: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """MEMBERSHIPS with countries as ISO3 codes (empty without a file); other cases keep their names.

    `settled` is what countries.csv says of names.

    Raises StudyError for sets that do not exist or have an indicator, values outside 0 to 1 and
    cases that appear twice.
    """
    if path is None:
        return tables.empty(MEMBERSHIPS)
    memberships = people_tables.read_people_table(path, STUDY_MEMBERSHIPS)
    codes = countries.iso3(memberships["case"], settled)
    raise_all(_no_countries(memberships["case"], codes, settled or {}, path))
    memberships["case"] = [codes.get(case) or case for case in memberships["case"]]
    judged_sets = set(sets.loc[sets["indicator"] == "", "set"])
    values = dict(zip(sets["set"], sets["values"].astype(int), strict=True))
    doubled = memberships.duplicated(["case", "set"])
    errors = []
    for (row, entry), again in zip(memberships.iterrows(), doubled, strict=True):
        error = partial(StudyError, file=path, row=int(row))
        if entry["set"] not in set(sets["set"]):
            errors.append(
                error(
                    f"there is no set '{entry['set']}' in sets.csv",
                    column="set",
                    remedy="Correct it, or add the set there",
                )
            )
        elif entry["set"] not in judged_sets:
            errors.append(
                error(
                    f"'{entry['set']}' takes its memberships from an indicator",
                    column="set",
                    remedy="Remove the row, or the indicator from sets.csv",
                )
            )
        n = values.get(entry["set"], 2)
        if n > 2 and pd.notna(entry["membership"]) and entry["membership"] not in range(n):
            errors.append(
                error(
                    f"{entry['membership']:g} is not one of the values 0 to {n - 1}",
                    column="membership",
                    remedy="Enter the number of the value",
                )
            )
        elif n == 2 and not (pd.isna(entry["membership"]) or 0 <= entry["membership"] <= 1):
            errors.append(
                error(
                    f"{entry['membership']:g} is not between 0 and 1",
                    column="membership",
                    remedy="0 is fully out, 1 fully in",
                )
            )
        if again:
            errors.append(
                error(
                    f"'{entry['case']}' already has a membership in '{entry['set']}'",
                    column="case",
                    remedy="Keep one of the rows",
                )
            )
    raise_all(
        [
            *errors,
            *people_tables.alike(
                memberships["case"],
                path,
                "case",
                "Spell the same case the same way everywhere, and different cases differently",
            ),
        ]
    )
    if "reason" not in memberships:
        memberships["reason"] = ""
    return memberships[list(MEMBERSHIPS.columns)]


def _no_countries(
    cases: pd.Series, codes: Mapping[str, str], settled: Mapping[str, str], path: str | Path
) -> list[StudyError]:
    """An error where some cases of two letters are codes of countries and others none, as with federal states (BE, HH)."""
    short = [case for case in cases.drop_duplicates() if re.fullmatch("[A-Za-z]{2}", case)]
    unsettled = [case for case in short if not countries.is_settled(case, settled)]
    strange = [case for case in unsettled if not codes.get(case)]
    taken = [case for case in unsettled if codes.get(case)]
    if not strange or not taken:
        return []
    names = countries.short_names([codes[taken[0]]])
    return [
        StudyError(
            f"'{taken[0]}' would be {names[codes[taken[0]]]}, but '{strange[0]}' is not a country",
            file=path,
            row=int(str(cases.index[cases == taken[0]][0])),
            column="case",
            remedy="Write the names of the cases in full, or say in countries.csv what each of two letters is (name, code; "
            "'no country' for a region)",
        )
    ]


def calibrate(sets: pd.DataFrame, memberships: pd.DataFrame, values: pd.DataFrame, at: float) -> pd.DataFrame:
    """CALIBRATED: each case in each set.

    `values` are the rows of desk/values.csv; `at` is the membership on the anchor of inclusion. The
    cases are those with a membership that people judged and those with a value of the outcome's
    indicator; the others of the comparison are no cases of this analysis.
    """
    used = values[values["outcome"] == "used"].set_index(["country", "indicator"])
    outcome = sets.loc[sets["role"] == "outcome", "indicator"]
    by_value = used.index.get_level_values(0)[used.index.get_level_values(1).isin(outcome)]
    cases = sorted({*memberships["case"], *by_value})
    names = countries.short_names(case for case in cases if re.fullmatch("[A-Z]{3}", case))
    judged = memberships.set_index(["case", "set"])
    rows = []
    for entry in sets.itertuples(index=False):
        anchors = [getattr(entry, name) for name in ANCHORS]
        cuts = [parse(cell) for cell in split_list(entry.thresholds)]
        for case in cases:
            row = {"case": case, "name": names.get(case, case), "set": entry.set}
            if entry.indicator:
                row |= _from_value(used, (case, entry.indicator), anchors, cuts, at)
            else:
                row |= _from_people(judged, (case, entry.set))
            rows.append(row)
    return accounting.table(rows, CALIBRATED)


def _from_value(used: pd.DataFrame, key: tuple, anchors: list[float], cuts: list, at: float) -> dict:
    if key not in used.index:
        return {"origin": f"no value of {key[1]}"}
    entry = used.loc[key]
    value = np.array([float(entry["value"])])
    member = memberships_of(value, anchors, cuts, at)
    return {"origin": f"{key[1]}, {entry['year']}", "value": value[0], "membership": member[0]}


def _from_people(judged: pd.DataFrame, key: tuple) -> dict:
    if key not in judged.index or pd.isna(judged.loc[key, "membership"]):
        return {"origin": "not judged"}
    return {"origin": "judged", "membership": judged.loc[key, "membership"]}
