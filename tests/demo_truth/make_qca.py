"""Make data/demo/qca: illustrative memberships of countries beside sets of real indicators.

    python tests/demo_truth/make_qca.py [OUT]

The memberships in `started` and `intermediaries` are made up and say so. `started` follows a hidden
rule (open voice with intermediaries, or capable and equal administrations that are digital) and one
country breaks it on purpose; another waits for a judgement. Uses nothing but the standard
library, so that it does not share a mistake with the workflow.
"""

import csv
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETS = [
    ("started", "Co-production of social services has started (illustrative)", "outcome", "", "", "", "", "", ""),
    (
        "voice",
        "Citizens have a say",
        "condition",
        "voice_accountability",
        0.6,
        1.1,
        1.5,
        "present",
        "participation-tradition",
    ),
    (
        "capacity",
        "Capable administration",
        "condition",
        "government_effectiveness",
        0.5,
        1.1,
        1.6,
        "present",
        "compatible-structures;staff-capacity",
    ),
    ("equality", "Low inequality of income", "condition", "gini", 36, 30.5, 26, "present", "economic-security"),
    (
        "digital",
        "Digital participation offered",
        "condition",
        "e_participation",
        0.75,
        0.87,
        0.97,
        "",
        "civic-platforms",
    ),
    (
        "intermediaries",
        "Intermediaries at work (illustrative)",
        "condition",
        "",
        "",
        "",
        "",
        "present",
        "intermediaries",
    ),
]
COUNTRIES = [
    "AUT",
    "BEL",
    "BGR",
    "CZE",
    "DEU",
    "DNK",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GBR",
    "GRC",
    "HUN",
    "IRL",
    "ITA",
    "LTU",
    "NLD",
    "NOR",
    "POL",
    "PRT",
    "ROU",
    "SVN",
    "SWE",
]
WAITING, AGAINST = "CZE", "PRT"
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
HEAD = ["set", "name", "role", "indicator", "exclusion", "crossover", "inclusion", "expected", "factors"]


def newest() -> dict[tuple[str, str], float]:
    """The newest value of each indicator and country."""
    with (ROOT / "data/demo/desk/indicators.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["year"]))
    return {(row["indicator"], row["country"]): float(row["value"]) for row in rows}


def inside(value: float, exclusion: float, inclusion: float) -> float:
    """A plain straight line between the anchors, enough for the hidden rule."""
    return min(max((value - exclusion) / (inclusion - exclusion), 0.0), 1.0)


def main(out: Path) -> None:
    values, chance = newest(), random.Random(20260401)
    anchors = {row[0]: row[3:7] for row in SETS if row[3]}
    rows = []
    for country in COUNTRIES:
        is_in = {name: inside(values[a[0], country], a[1], a[3]) for name, a in anchors.items()}
        between = chance.choice(STEPS)
        first, second = (min(is_in["voice"], between), min(is_in["capacity"], is_in["equality"], is_in["digital"]))
        started = min(max(first, second) + chance.uniform(-0.1, 0.1), 1.0)
        if country == AGAINST:
            started = 1 - started
        nearest = min(STEPS, key=lambda step: abs(step - started))
        rows.append((country, "intermediaries", between, "illustrative"))
        rows.append(
            (
                country,
                "started",
                "" if country == WAITING else nearest,
                "not yet judged" if country == WAITING else "illustrative",
            )
        )
    out.mkdir(parents=True, exist_ok=True)
    for name, head, body in (
        ("sets.csv", HEAD, SETS),
        ("memberships.csv", ["case", "set", "membership", "reason"], rows),
    ):
        with (out / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *body])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data/demo/qca")
