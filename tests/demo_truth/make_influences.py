"""Write the influences of the bundled study: what seven invented experts might say.

    python tests/demo_truth/make_influences.py

Behind it stands an order of the factors made up for the purpose: commitment and money open the way
for procurement, staff and the social economy, these for intermediaries, and they for people. Each
expert departs from it by chance; E07 gave the form back half filled, and one pair nobody judged.
"""

import csv
import random
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "data" / "demo" / "ecosystem" / "influences.csv"
EXPERTS = [f"E{number:02}" for number in range(1, 8)]
FACTORS = [
    "social-economy",
    "intermediaries",
    "political-commitment",
    "public-funding",
    "citizen-motivation",
    "staff-capacity",
    "civic-engagement",
    "digital-skills",
    "fitting-procurement",
    "civic-platforms",
    "community-ownership",
]
STRONG = {
    ("political-commitment", "public-funding"): 4,
    ("political-commitment", "fitting-procurement"): 3,
    ("political-commitment", "staff-capacity"): 3,
    ("public-funding", "staff-capacity"): 4,
    ("public-funding", "social-economy"): 3,
    ("fitting-procurement", "social-economy"): 3,
    ("staff-capacity", "intermediaries"): 3,
    ("social-economy", "intermediaries"): 3,
    ("public-funding", "digital-skills"): 2,
    ("digital-skills", "civic-platforms"): 3,
    ("intermediaries", "civic-engagement"): 3,
    ("intermediaries", "citizen-motivation"): 3,
    ("civic-platforms", "citizen-motivation"): 2,
    ("citizen-motivation", "civic-engagement"): 3,
    ("civic-engagement", "citizen-motivation"): 3,
    ("civic-engagement", "community-ownership"): 3,
    ("community-ownership", "civic-engagement"): 2,
}
UNJUDGED = ("digital-skills", "fitting-procurement")
SEED = 20261125


def rows() -> list[tuple]:
    """from, to, rater, influence."""
    chance = random.Random(SEED)
    found = []
    for expert in EXPERTS:
        for source in FACTORS:
            for target in FACTORS:
                drift = chance.choices([-1, 0, 1], [2, 6, 2])[0]
                said = min(4, max(0, STRONG.get((source, target), 0) + drift))
                half_filled = expert == "E07" and chance.random() < 0.5
                forgotten = chance.random() < 0.01
                if source == target or (source, target) == UNJUDGED:
                    continue
                found.append((source, target, expert, "" if half_filled or forgotten else said))
    return found


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["from", "to", "rater", "influence"])
        writer.writerows(rows())
