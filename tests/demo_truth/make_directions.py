"""Settle the direction of the bundled study's evidence, as its readers might: `directions.csv`.

    python tests/demo_truth/make_directions.py results/ecosystem/direction_form.csv

R01 and R02 are no persons. They follow the rule's proposal but where the words say something else, which
is listed here with the beginning of the words; a few units they have not come to yet.
"""

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "data" / "demo" / "ecosystem" / "directions.csv"
READERS = ["R01", "R02"]
FAVOURS, HINDERS, MIXED, OTHER = "favours", "hinders", "mixed", "not about it"

# factor, beginning of the words or the concept or statement, direction, why
OTHERWISE = [
    ("staff-capacity", "In two of them the nurses", FAVOURS, "lack of hours kept them from starting"),
    ("legal-framework", "In all other fields", OTHER, "limits of a competence"),
    ("institutional-trust", "Perceived corruption", FAVOURS, "too little trust at the beginning"),
    ("institutional-trust", "In two of them the nurses", FAVOURS, "an earlier project cost trust"),
    ("institutional-trust", "Trust in institutions was low", MIXED, "low trust, and yet it began"),
    ("supportive-leadership", "Conditions in the organisation", FAVOURS, ""),
    ("compatible-structures", "Organisational procedures are", FAVOURS, "procedures that do not fit"),
    ("compatible-structures", "Red tape", FAVOURS, "red tape is the lack of it"),
    ("citizen-resources", "Caring responsibilities", FAVOURS, "who has no time cannot come"),
    ("citizen-resources", "It is aware that voluntary", FAVOURS, "who has no time cannot come"),
    ("citizen-knowledge", "Caring responsibilities", FAVOURS, ""),
    ("civic-engagement", "Staff told us of cases", OTHER, "liability for volunteers"),
    ("civic-engagement", "It is aware that voluntary", MIXED, ""),
    ("civic-engagement", "It may overburden", OTHER, "a risk of the plan"),
    ("economic-security", "Poverty and job insecurity", FAVOURS, "insecurity is the lack of it"),
    ("political-commitment", "The absence of political", FAVOURS, "without it programmes end"),
    ("public-funding", "The association disappears", FAVOURS, "tasks without funds"),
    ("digital-skills", "Because about one resident", OTHER, "what the town does about it"),
    ("fitting-procurement", "Small projects receive", FAVOURS, "no tender for small sums"),
    ("fiscal-pressure", "Austerity pulls in two", MIXED, ""),
    ("fiscal-pressure", "Where fiscal pressure is", HINDERS, "invitation seldom accepted"),
    ("fiscal-pressure", "The council states", HINDERS, "cuts dressed as participation"),
    ("fiscal-pressure", "Olive Bay began", OTHER, "a date"),
    ("fiscal-pressure", "Austerity as an occasion", FAVOURS, ""),
    ("fiscal-pressure", "Yet in the first three", HINDERS, ""),
    ("fiscal-pressure", "Fiscal stress must not", HINDERS, ""),
    ("fiscal-pressure", "A fund with multi-year", OTHER, "who gets money"),
    ("fiscal-pressure", "Austerity and the invitation", MIXED, "substitution or addition"),
    ("demographic-change", "Alderford has", OTHER, "description of the town"),
    ("demographic-change", "Demographic change brings", MIXED, "more people with time, not for long"),
    ("digital-infrastructure", "Broadband reaches", OTHER, "description of the town"),
    ("digital-infrastructure", "Internet access is not", OTHER, "about one platform"),
    ("digital-infrastructure", "Digital inclusion is", OTHER, "where access points go"),
    ("digital-government", "At the same time", OTHER, ""),
    ("digital-government", "You sign in", OTHER, ""),
    ("digital-government", "The platform shares", OTHER, ""),
    ("civic-platforms", "An online platform does not", MIXED, ""),
    ("civic-platforms", "The use of social media", OTHER, "data protection"),
    ("civic-platforms", "A shared calendar", MIXED, "forum hardly used"),
    ("civic-platforms", "E-participation exists", MIXED, "hardly any individuals"),
    ("open-data", "Open government data are", MIXED, "used by few"),
    ("social-capital", "The seven neighbourhoods", MIXED, "does not explain who began"),
    ("professional-attitudes", "Professionals fear losing", FAVOURS, "closed attitudes hold it up"),
    ("public-funding", "Project funding ends", FAVOURS, "money that does not last"),
    ("public-funding", "Seed money without", FAVOURS, ""),
    ("staff-capacity", "No hours in the job", FAVOURS, "time is what is missing"),
    ("legal-framework", "Liability frightens", FAVOURS, "no cover by the law"),
    ("learning-culture", "Liability frightens", FAVOURS, "risk is not tolerated"),
    ("learning-culture", "Allowed to fail", FAVOURS, ""),
    ("learning-culture", "S23", FAVOURS, "failure may happen: that is the culture"),
    ("political-commitment", "Projects die with", FAVOURS, "commitment that ends"),
    ("institutional-trust", "Old distrust", FAVOURS, "too little trust"),
    ("institutional-trust", "Suspicion of cost", FAVOURS, "too little trust"),
    ("compatible-structures", "Back office cannot", FAVOURS, "structures that do not fit"),
    ("digital-government", "Back office cannot", FAVOURS, "systems that do not fit"),
    ("civic-platforms", "Platform without people", MIXED, ""),
    ("civic-platforms", "Plain messaging beats", HINDERS, "the platform kept people away"),
    ("digital-skills", "Plain messaging beats", MIXED, ""),
    ("fiscal-pressure", "Suspicion of cost", HINDERS, ""),
    ("citizen-resources", "Time poverty", FAVOURS, "time is what is missing"),
    ("economic-security", "Time poverty", FAVOURS, "who earns little has no time"),
    ("fitting-procurement", "Tendering shuts out", FAVOURS, "tendering that does not fit"),
    ("demographic-change", "Ageing villages", HINDERS, "nobody left to do it"),
]
NOT_READ_YET = [
    ("digital-infrastructure", "Connectivity and digital"),
    ("open-data", "Freedom of information"),
    ("open-data", "Access to information"),
    ("social-inclusion", "Measures in favour"),
    ("legal-framework", "Legislation on single"),
    ("legal-framework", "Data protection law"),
    ("local-autonomy", "Decentralisation of cultural"),
    ("citizen-motivation", "Extrinsic rewards"),
]


def starts(row: dict, beginning: str) -> bool:
    return any(row[column].startswith(beginning) for column in ("excerpt", "source"))


def rows(form: list[dict]) -> list[list[str]]:
    """The rows of directions.csv for the rows of the form."""
    found = []
    for number, row in enumerate(sorted(form, key=lambda row: row["unit"])):
        if any(row["factor"] == f and starts(row, words) for f, words in NOT_READ_YET):
            continue
        other = [o for o in OTHERWISE if o[0] == row["factor"] and starts(row, o[1])]
        if other:
            found.append([row["unit"], other[0][2], READERS[number % 2], other[0][3]])
        elif row["kind"] in ("passage", "study"):
            found.append([row["unit"], row["proposed"], READERS[number % 2], ""])
    return found


def main() -> None:
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        form = list(csv.DictReader(file))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["unit", "direction", "reader", "remark"])
        writer.writerows(rows(form))


if __name__ == "__main__":
    main()
