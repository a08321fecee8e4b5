"""Every figure in print: letters of 8 points and more, none cut, none over another.

The figures of the bundled study as they are, and again with sixty conditions of long names, many
documents, indicators, statements and interviews, drawn from tables that are widened here.
"""

import importlib
from types import SimpleNamespace

import pandas as pd
import printing
import pytest
import yaml
from coproduction.config import Config
from coproduction.core import accounting, tables

pytestmark = pytest.mark.slow

LONG = "Willingness of those concerned to take part in decisions across organisational boundaries and levels"
MANY_TOPICS = 20
CONDITIONS = 60


def faults(path):
    """What is wrong with a figure, in words."""
    found = {kind: getattr(printing, kind)(path) for kind in ("too_small", "cut", "touching")}
    return {f"{path.name}: {kind}": some[:4] for kind, some in found.items() if some}


def test_each_figure_of_the_bundled_study_can_be_read_on_paper(finished):
    drawn = sorted(finished.path.glob("results/*/figures/**/*.pdf"))
    assert len(drawn) > 25
    assert [problem for path in drawn for problem in faults(path).items()] == []


@pytest.fixture(scope="module")
def study(finished):
    """A function that reads a table of the results by its path."""

    def read(path):
        technique = path.split("/")[0]
        file = str(finished.path / "results" / f"{path}.csv")
        modules = [importlib.import_module(f"coproduction.{technique}.tables"), accounting]
        known = [value for module in modules for value in vars(module).values() if isinstance(value, tables.Table)]
        return tables.read_result(file, next(table for table in known if table.holds(file)))

    return read


@pytest.fixture(scope="module")
def config(root):
    return Config(**yaml.safe_load((root / "config" / "config.yaml").read_text(encoding="utf-8")))


def name(number):
    return f"{LONG[: 30 + number * 7 % 70].strip()} {number}"


def widened(table, column, number):
    """The rows again under new values of the column until it has so many, with long names."""
    keys = list(dict.fromkeys(table[column]))
    parts = []
    for place in range(number):
        own = table[table[column] == keys[place % len(keys)]]
        key = keys[place] if place < len(keys) else f"{keys[place % len(keys)]}-{place}"
        given = {column: key} | ({"name": name(place)} if "name" in own and column != "country" else {})
        parts.append(own.assign(**given))
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def codebook(root, tmp_path_factory):
    """A codebook of sixty conditions, and which new ones stand for each old one."""
    before = pd.read_csv(root / "config" / "factors.csv", dtype=str, keep_default_na=False)
    after = widened(before, "id", CONDITIONS)
    path = tmp_path_factory.mktemp("codebook") / "factors.csv"
    after.to_csv(path, index=False)
    places = {id: [after["id"].iloc[n] for n in range(i, CONDITIONS, len(before))] for i, id in enumerate(before["id"])}
    return str(path), places, dict(zip(after["id"], after["name"], strict=True))


def spread(table, columns, codebook):
    """Each row for each of the conditions that stand for the one it names."""
    _, places, names = codebook
    rows = []
    for row in table.to_dict("records"):
        for number in range(len(places[row[columns[0]]])):
            ends = {column: places[row[column]][number % len(places[row[column]])] for column in columns}
            rows.append(row | ends | ({"name": names[ends[columns[0]]]} if "name" in row else {}))
    return pd.DataFrame(rows).astype(dict(table.dtypes))


def ecosystem(study, config, codebook, finished):
    ranks = {"rank": range(1, CONDITIONS + 1)}
    factors = spread(study("ecosystem/factors"), ["id"], codebook).assign(**ranks)
    robustness = spread(study("ecosystem/robustness"), ["factor"], codebook).assign(**ranks)
    around = {end: robustness["rank"].add(by).clip(1, CONDITIONS) for end, by in (("rank_low", -6), ("rank_high", 9))}
    structure = spread(study("ecosystem/structure"), ["factor"], codebook)
    return SimpleNamespace(
        factors=factors,
        robustness=robustness.assign(**around),
        literature_gaps=spread(study("ecosystem/literature_gaps"), ["factor"], codebook),
        topic_conditions=spread(
            widened(study("ecosystem/topic_conditions"), "topic", MANY_TOPICS), ["factor"], codebook
        ),
        prevalence=widened(study("topics/prevalence"), "topic", MANY_TOPICS),
        edges=spread(study("ecosystem/edges"), ["factor_a", "factor_b"], codebook),
        structure=structure,
        relations=spread(study("ecosystem/relations"), ["from", "to"], codebook),
        codebook=codebook[0],
        settings=config.ecosystem,
        basis=str(finished.path / "results" / "ecosystem" / "structure.json"),
    )


def desk(study, config, codebook, finished):
    documents = widened(study("desk/documents"), "document", 29)
    normalised, coverage = study("desk/normalised"), study("desk/coverage")
    more = range(1, 4)
    coverage = pd.concat(
        [coverage, *(coverage.assign(indicator=coverage["indicator"] + f"-{n}", name=name(n)) for n in more)]
    ).sort_values("dimension", kind="stable", ignore_index=True)
    return SimpleNamespace(
        factors=codebook[0],
        passages=spread(study("desk/passages"), ["factor"], codebook),
        documents=documents,
        scores=study("desk/scores"),
        normalised=pd.concat(
            [normalised, *(normalised.assign(indicator=normalised["indicator"] + f"-{n}") for n in more)]
        ),
        coverage=coverage,
        country_groups=study("desk/country_groups"),
        settings=config.desk,
    )


def delphi(study, config, codebook, finished):
    parts = ("ratings", "summary", "change", "decisions")
    twice = {part: study(f"delphi/{part}") for part in parts}
    for part, table in twice.items():
        other = table.assign(statement=table["statement"] + "b")
        both = pd.concat([table, other], ignore_index=True)
        twice[part] = both.assign(text=both["text"] + " " + LONG) if "text" in both else both
    others = ("submissions", "panel", "rounds", "ranking", "ranking_rounds", "fuzzy", "convergence")
    return SimpleNamespace(**twice, **{part: study(f"delphi/{part}") for part in others}, settings=config.delphi)


def qca(study, config, codebook, finished):
    given = {part: study(f"qca/{part}") for part in ("solutions", "sets", "calibrated", "fitted")}
    given["sets"] = given["sets"].assign(name=[name(number) for number in range(len(given["sets"]))])
    return SimpleNamespace(**given)


def interviews(study, config, codebook, finished):
    given = {part: study(f"interviews/{part}") for part in ("structure", "process")}
    wide = {part: widened(study(f"interviews/{part}"), "transcript", 45) for part in ("by_interview", "saturation")}
    return SimpleNamespace(**given, **wide, settings=config.interviews)


def topics(study, config, codebook, finished):
    given = {part: study(f"topics/{part}") for part in ("choice_of_number", "named_topics")}
    wide = widened(study("topics/topics"), "topic", MANY_TOPICS)
    places = widened(study("topics/topic_map"), "topic", MANY_TOPICS)
    wide["topic"] = places["topic"] = [f"T{n + 1}" for n in range(MANY_TOPICS)]
    places["group"] = [f"G{1 + n // 3}" for n in range(MANY_TOPICS)]
    return SimpleNamespace(topics=wide, topic_map=places, **given)


@pytest.mark.usefixtures("only_on_paper")
@pytest.mark.parametrize("given", [ecosystem, desk, delphi, qca, interviews, topics], ids=lambda f: f.__name__)
def test_figures_of_a_large_study_can_be_read_on_paper(given, study, config, codebook, finished, tmp_path):
    step = f"draw_{given.__name__}"
    made = getattr(importlib.import_module(step), step)(given(study, config, codebook, finished))
    made |= made.pop("pages", {}) | made.pop("data_structure_pages", {})
    drawn = {name: figure for name, figure in made.items() if hasattr(figure, "save")}
    assert drawn
    for name_, figure in drawn.items():
        figure.save(*(str(tmp_path / f"{name_}.{kind}") for kind in ("svg", "pdf", "csv")))
    assert [problem for path in sorted(tmp_path.glob("*.pdf")) for problem in faults(path).items()] == []
