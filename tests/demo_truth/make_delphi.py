"""Make the three round files of the illustrative Delphi in data/demo/delphi.

Nobody was asked: the ratings are drawn with a fixed seed around a centre that was chosen for each
statement, and the comments were written for the purpose. What the data are meant to show (a lasting
split, an unstable statement, a reworded, an added and a dropped one, drop-outs, a double
submission, a test entry) is stated in STORY and held true by tests/delphi/test_demo.py.

    python tests/demo_truth/make_delphi.py            # writes round1.csv, round2.csv, round3.csv
"""

import csv
import random
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo" / "delphi"
SEED = 20261124

STORY = {
    "split": "S07",
    "unstable": "S19",
    "consensus_out": "S15",
    "reworded": "S13",
    "added": "S32",
    "dropped": "S20",
    "double": (1, "D07"),
    "test_entry": (1, "TEST"),
    "incomplete": (1, "D11"),
    "left_after_round_1": ("D05", "D16"),
    "left_after_round_2": ("D11", "D17"),
}

# The statements that the stopping rule leaves open after round 2.
ROUND_3 = [
    *("S01", "S03", "S04", "S05", "S08", "S09", "S10", "S11"),
    *("S13", "S14", "S16", "S17", "S18", "S19", "S28", "S32"),
]

# The statements that it leaves open after round 3.
ROUND_4 = [s for s in ROUND_3 if s not in ("S11", "S13", "S32")]

GROUPS = {
    "researchers": ["D01", "D02", "D03", "D04", "D05", "D06"],
    "public managers": ["D07", "D08", "D09", "D10", "D11", "D12", "D13"],
    "civil society": ["D14", "D15", "D16", "D17", "D18"],
}

# statement: centre, spread, shift of the three groups
PROFILE = {
    "S01": (7.3, 1.2, (-0.6, 0.8, -0.2)),
    "S02": (7.6, 1.1, (0.0, 0.2, -0.2)),
    "S03": (5.8, 1.9, (-0.3, 0.9, -0.8)),
    "S04": (6.6, 1.3, (0.3, -0.5, 0.4)),
    "S05": (6.4, 1.4, (0.2, 0.2, -0.6)),
    "S06": (7.4, 1.2, (-0.5, 0.3, 0.5)),
    "S08": (4.6, 1.7, (0.3, -0.5, 0.4)),
    "S09": (7.0, 1.3, (-0.4, 0.0, 0.8)),
    "S10": (6.6, 1.6, (0.0, -0.8, 0.9)),
    "S11": (7.4, 1.0, (0.3, -0.2, 0.0)),
    "S12": (6.7, 1.5, (0.1, 0.2, -0.4)),
    "S14": (7.0, 1.6, (0.4, -0.9, 1.0)),
    "S16": (4.9, 1.6, (-0.4, 0.5, -0.2)),
    "S17": (5.3, 1.5, (-0.2, 0.4, -0.3)),
    "S18": (5.7, 1.7, (0.3, -0.8, 0.7)),
    "S20": (5.2, 2.0, (-0.5, 0.7, -0.4)),
    "S21": (8.2, 0.8, (0.1, 0.2, -0.3)),
    "S22": (8.3, 0.8, (0.2, -0.2, 0.2)),
    "S23": (7.5, 1.2, (0.3, -0.3, 0.2)),
    "S24": (8.0, 0.9, (-0.2, 0.4, -0.2)),
    "S25": (7.2, 1.1, (0.0, -0.2, 0.4)),
    "S26": (8.2, 0.9, (0.2, 0.0, 0.0)),
    "S27": (7.9, 0.9, (0.2, -0.2, 0.1)),
    "S28": (6.5, 1.3, (-0.2, 0.4, -0.3)),
    "S29": (7.4, 1.2, (0.0, -0.4, 0.7)),
    "S30": (7.9, 0.9, (0.0, 0.1, 0.0)),
    "S31": (7.0, 1.3, (0.1, -0.5, 0.5)),
}

# Statements whose story needs given values, in the order D01 … D18.
GIVEN = {
    (1, "S07"): [2, 3, 2, 1, 4, 3, 8, 8, 7, 8, 9, 6, 8, 2, 7, 1, 2, 8],
    (2, "S07"): [2, 3, 2, 2, 0, 2, 8, 8, 8, 8, 8, 7, 8, 2, 7, 0, 2, 8],
    (1, "S13"): [6, 5, 7, 4, 8, 6, 9, 7, 8, 5, 8, 6, 7, 7, 9, 5, 3, 8],
    (2, "S13"): [8, 8, 8, 7, 0, 7, 9, 8, 8, 7, 8, 8, 7, 9, 9, 0, 6, 8],
    (1, "S15"): [3, 2, 3, 2, 4, 2, 3, 5, 4, 3, 2, 5, 3, 2, 1, 3, 2, 2],
    (2, "S15"): [3, 2, 3, 2, 0, 2, 3, 4, 3, 3, 2, 4, 3, 2, 2, 0, 2, 2],
    (1, "S19"): [7, 8, 7, 6, 7, 7, 8, 9, 7, 8, 7, 8, 8, 6, 7, 8, 7, 7],
    (2, "S19"): [4, 3, 5, 3, 0, 6, 7, 8, 5, 4, 7, 5, 6, 3, 5, 0, 2, 4],
    (3, "S19"): [6, 4, 7, 5, 0, 6, 7, 8, 7, 6, 0, 5, 6, 5, 7, 0, 0, 6],
    (2, "S32"): [7, 8, 6, 8, 0, 7, 8, 5, 7, 6, 7, 8, 7, 9, 9, 0, 8, 9],
}

# (round, panellist, statement): None = the cell stays empty, "NO" = ticked "no opinion"
APART = {
    (1, "D08", "S14"): "NO",
    (1, "D16", "S20"): "NO",
    (1, "D15", "S20"): "NO",
    (1, "D14", "S09"): "NO",
    (1, "D04", "S09"): None,
    (1, "D02", "S20"): "NO",
    (1, "D10", "S31"): None,
    (1, "D18", "S16"): None,
    (1, "D05", "S09"): "NO",
    (2, "D17", "S18"): "NO",
    (2, "D03", "S16"): None,
    (2, "D14", "S09"): "NO",
    (2, "D12", "S08"): "NO",
    (3, "D14", "S16"): "NO",
    (3, "D09", "S18"): None,
}

# (round, panellist, statement): rating given with the comment (None = as drawn), comment
COMMENTS = {
    (1, "D01", "S01"): (6, "Useful, but most of the cases I studied began without any legal basis."),
    (1, "D07", "S01"): (9, "Without a basis in law our auditors stop everything. I have seen it twice."),
    (1, "D11", "S01"): (9, "In my country this is the first question the legal department asks."),
    (1, "D14", "S01"): (6, "A law that allows it does not make anybody do it."),
    (1, "D10", "S02"): (8, "The mayor said it in the council and the next week three departments called."),
    (1, "D17", "S02"): (6, "Commitment before elections is cheap. What counts is who comes to the second meeting."),
    (1, "D12", "S03"): (8, "We could start quickly because nobody had to ask the ministry."),
    (1, "D04", "S03"): (4, "Autonomy without money is an empty right; small municipalities do less with it."),
    (1, "D18", "S03"): (3, "Where we work the local level is the obstacle, not the solution."),
    (1, "D06", "S04"): (7, "Existing councils help, although they tend to bring the same people again."),
    (1, "D13", "S04"): (5, "Our local committees are old structures and rather slow this kind of thing down."),
    (1, "D15", "S05"): (4, "People here do not trust the state at all and still worked with the school."),
    (1, "D02", "S05"): (7, "General trust lowers the threshold, but trust in the provider is what decides."),
    (1, "D16", "S06"): (9, "One-year money means that you stop exactly when the group begins to work."),
    (1, "D03", "S06"): (6, "For starting, a small sum at the right moment is worth more than a long budget line."),
    (1, "D04", "S07"): (1, "Cuts produce transfer of work to citizens, which I would not call co-production."),
    (1, "D01", "S07"): (2, "The evidence points the other way: under austerity joint projects are the first to go."),
    (1, "D07", "S07"): (8, "Honestly, we would never have asked the parents if the budget had not been cut."),
    (1, "D11", "S07"): (9, "Necessity opened the door. It was not pretty, but it was the beginning."),
    (1, "D17", "S07"): (2, "Volunteers notice very quickly when they are there to replace paid staff."),
    (1, "D18", "S07"): (8, "When the library was to be closed, the whole quarter came."),
    (1, "D06", "S08"): (5, "Hard to say in general; poor areas show a great deal of mutual help."),
    (1, "D14", "S08"): (6, "People with three jobs do not come to workshops."),
    (1, "D17", "S09"): (9, "A tender of eighty pages excludes every group that I know."),
    (1, "D14", "S09"): (None, "I do not know the procurement rules well enough to judge."),
    (1, "D12", "S09"): (
        7,
        "Innovation partnerships exist on paper, but hardly anyone in the office dares to use them.",
    ),
    (1, "D15", "S10"): (9, "The association was there ten years before the municipality noticed it."),
    (1, "D08", "S10"): (4, "In a small country the field is thin, we started with individuals."),
    (1, "D04", "S11"): (8, "Ties that reach across groups matter more than tight ones inside a group."),
    (1, "D12", "S12"): (8, "Our voluntary fire brigade was the model for everything that followed."),
    (1, "D18", "S12"): (5, "Volunteers are already overloaded where engagement is strong."),
    (1, "D02", "S13"): (5, "Too vague. Whose need, and who says so?"),
    (1, "D04", "S13"): (4, "There is always a need. The statement should say that it is recognised and unmet."),
    (1, "D10", "S13"): (5, "Please make this more precise, I could answer 1 or 9."),
    (1, "D17", "S13"): (3, "A need alone starts nothing; professionals and users must see the same one."),
    (1, "D14", "S14"): (9, "If nobody pays for the interpreter you will sit there with the usual five people."),
    (1, "D13", "S14"): (4, "Desirable, but in the first months we were glad about anyone who came."),
    (1, "D08", "S15"): (5, "In our shrinking villages it was the reason to rethink home care."),
    (1, "D06", "S15"): (2, "A background trend, not a condition for starting."),
    (1, "D15", "S15"): (1, "The young leave and those who stay are tired."),
    (1, "D03", "S16"): (3, "The best example in my region was organised on paper and by telephone."),
    (1, "D08", "S16"): (8, "For us it is like running water, one only notices when it is missing."),
    (1, "D16", "S17"): (4, "Older people were helped by the younger ones; it was not an obstacle in the end."),
    (1, "D02", "S18"): (7, "Open results show people where they could make a difference."),
    (1, "D10", "S18"): (3, "Nobody has ever come to us because of a data portal."),
    (1, "D08", "S19"): (9, "The platform made it possible to reach people outside office hours."),
    (1, "D16", "S19"): (8, "Our first proposals all came through the website."),
    (1, "D02", "S20"): (
        None,
        "These are two statements in one: the state of digital government and the habits of staff.",
    ),
    (1, "D06", "S20"): (4, "Overlaps with the items on infrastructure and skills."),
    (1, "D12", "S21"): (9, "Staff look at what the boss does on Friday afternoon, not at the strategy."),
    (1, "D01", "S22"): (9, "Consistently the strongest predictor in the studies I know."),
    (1, "D15", "S22"): (9, "The nurse listened. Everything else came later."),
    (1, "D09", "S23"): (6, "In theory yes; in practice our inspectors do not know the word pilot."),
    (1, "D17", "S23"): (8, "It also applies to us: funders rarely forgive a failed project."),
    (1, "D13", "S24"): (9, "Meetings in the evening need hours that somebody has to approve."),
    (1, "D14", "S25"): (8, "Meetings at ten in the morning tell you who is not expected."),
    (1, "D09", "S26"): (9, "Parents of pupils, patients with a chronic illness: there it works by itself."),
    (1, "D03", "S27"): (8, "Earlier experience of having been heard is decisive."),
    (1, "D11", "S28"): (None, "Citizens cannot know the regulations and should not have to."),
    (1, "D18", "S29"): (9, "Even a bus ticket and a sandwich change who turns up."),
    (1, "D10", "S29"): (4, "Compensation attracts people for the wrong reasons."),
    (1, "D16", "S30"): (9, "One broken promise and you can start again from zero."),
    (1, "D04", "S31"): (8, "Ownership may be the result rather than the condition."),
    (1, "D14", "S31"): (8, "Missing in your list: someone both sides trust, who carries messages between them."),
    (1, "D15", "S31"): (9, "You forgot the go-betweens. Without our mediator nothing would have started."),
    (2, "D02", "S03"): (6, "I went up one point after reading the comments from smaller countries."),
    (2, "D18", "S03"): (3, "I stay with my rating: mayors here use autonomy to keep citizens out."),
    (2, "D01", "S07"): (2, "I keep my rating. Pressure may start something, but not what we defined on page one."),
    (2, "D07", "S07"): (8, "I understand the objection of principle. It is still what happened in our town."),
    (2, "D10", "S07"): (8, "Crisis as a window of opportunity, yes. As a policy, no."),
    (2, "D14", "S07"): (2, "If the answer is cuts, people hear that they are cheap."),
    (2, "D02", "S13"): (8, "Much better wording, now I can rate it."),
    (2, "D17", "S13"): (6, "Clearer. I would still put trust before need."),
    (2, "D04", "S14"): (8, "Moved up: the comment on the interpreter convinced me."),
    (2, "D13", "S14"): (5, "One point more, but as a condition for the start it asks too much of a small town."),
    (2, "D01", "S19"): (4, "I rated the idea in round 1. On reflection platforms followed the first projects."),
    (2, "D02", "S19"): (3, "Lowered strongly: platforms collect proposals, they do not start working relations."),
    (2, "D08", "S19"): (8, "For us it was the entrance door, I keep it."),
    (2, "D17", "S19"): (2, "Ours has three hundred proposals and no answer. That does harm."),
    (2, "D10", "S19"): (4, "After reading the comments I separate having a platform from using it."),
    (2, "D09", "S16"): (6, "Necessary in the long run, hardly for the first steps."),
    (2, "D15", "S10"): (9, "Still essential, look at who wrote the first letter."),
    (2, "D12", "S12"): (8, "I see the point about overload, but somebody has to be there already."),
    (2, "D06", "S18"): (7, "Open data as such no, understandable results yes."),
    (2, "D14", "S32"): (9, "Thank you for taking this up."),
    (2, "D15", "S32"): (9, "In our case a retired teacher, in the next village the priest."),
    (2, "D08", "S32"): (5, "Can also become a gatekeeper; direct contact is better where it is possible."),
    (2, "D04", "S32"): (8, "Well documented for boundary spanners inside the organisation too."),
    (2, "D13", "S25"): (None, "Childcare during meetings was the cheapest measure with the greatest effect."),
    (2, "D11", "S24"): (None, "Training yes, but first of all somebody must take other work away."),
    (3, "D02", "S19"): (4, "One point up, because a moderated platform is a different thing."),
    (3, "D07", "S03"): (7, "Final answer: it helps, it is not decisive."),
    (3, "D14", "S32"): (9, "Unchanged."),
    (3, "D12", "S19"): (5, "I stay in the middle, it depends on whether somebody answers."),
    (3, "D18", "S10"): (8, "The first partners are always those who exist already."),
    (3, "D09", "S13"): (8, "This describes exactly how it began with us."),
}


def clip(value: float) -> int:
    return max(1, min(9, round(value)))


def panel() -> dict[str, str]:
    return {person: group for group, people in GROUPS.items() for person in people}


def first_round(draw: random.Random) -> dict[tuple[str, str], int]:
    order = list(GROUPS)
    found = {}
    for statement, (centre, spread, shift) in PROFILE.items():
        for person, group in panel().items():
            value = draw.gauss(centre + shift[order.index(group)], spread)
            found[person, statement] = clip(value)
    return found


def later_round(draw: random.Random, before: dict, pull: float) -> dict[tuple[str, str], int]:
    """Most keep their rating; who is two or more from the median moves towards it with *pull*."""
    found = {}
    for statement in sorted({s for _, s in before}):
        values = sorted(v for (_, s), v in before.items() if s == statement)
        median = values[len(values) // 2]
        for person in panel():
            value = before[person, statement]
            gap = median - value
            if abs(gap) >= 2 and draw.random() < pull:
                value += (1 if gap > 0 else -1) * draw.choice((1, 1, 2))
            elif draw.random() < 0.12:
                value += draw.choice((-1, 1))
            found[person, statement] = clip(value)
    return found


def laid_over(ratings: dict, number: int) -> dict:
    """Put the given values, the comments' ratings and the empty cells over the drawn ratings."""
    people = list(panel())
    for (round_, statement), values in GIVEN.items():
        if round_ == number:
            ratings.update({(p, statement): v for p, v in zip(people, values, strict=True)})
    for (round_, person, statement), (rating, _) in COMMENTS.items():
        if round_ == number and rating is not None:
            ratings[person, statement] = rating
    for (round_, person, statement), value in APART.items():
        if round_ == number:
            ratings[person, statement] = value
    return ratings


def ratings() -> dict[int, dict]:
    draw = random.Random(SEED)
    one = laid_over(first_round(draw), 1)
    base = {k: v for k, v in one.items() if isinstance(v, int)}
    drawn = {}
    for statement in sorted({s for _, s in one}):
        known = sorted(v for (_, s), v in base.items() if s == statement)
        for person in panel():
            drawn[person, statement] = base.get((person, statement), known[len(known) // 2])
    two = laid_over(later_round(draw, drawn, 0.65), 2)
    filled = {k: v if isinstance(v, int) and v else 5 for k, v in two.items()}
    three = laid_over(later_round(draw, filled, 0.5), 3)
    return {1: one, 2: two, 3: three}


def statements_of(number: int) -> list[str]:
    if number == 3:
        return ROUND_3
    last = {1: 31, 2: 32}[number]
    asked = [f"S{i:02d}" for i in range(1, last + 1)]
    return [s for s in asked if not (number == 2 and s == STORY["dropped"])]


LABELS = {1: "1 (not important)", 9: "9 (essential)"}


def cell(value: object, labelled: bool) -> str:
    if value is None:
        return ""
    if value == "NO":
        return "No opinion" if labelled else "NO"
    return LABELS.get(value, str(value)) if labelled else str(value)


def response(number: int, row: int, person: str, values: dict, day: str, labelled: bool) -> list:
    asked = statements_of(number)
    stamp = f"{day} {9 + row % 9:02d}:{(row * 17) % 60:02d}:00"
    notes = {s: t for (r, p, s), (_, t) in COMMENTS.items() if (r, p) == (number, person)}
    fixed = [str(row), stamp, "4", "en", str(100000 + row * 7919), person, stamp, stamp]
    return fixed + [cell(values.get((person, s)), labelled) for s in asked] + [notes.get(s, "") for s in asked]


DAYS = {
    1: [f"2026-03-{d:02d}" for d in (3, 3, 4, 5, 5, 6, 9, 10, 10, 12, 13, 16, 17, 19, 23, 24, 26, 27)],
    2: [f"2026-05-{d:02d}" for d in (12, 12, 13, 14, 15, 18, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29)],
    3: [f"2026-09-{d:02d}" for d in (8, 8, 9, 10, 11, 14, 15, 16, 18, 21, 22, 24, 25, 29)],
}


def rows(number: int, values: dict) -> list[list[str]]:
    gone = {1: (), 2: STORY["left_after_round_1"]}
    gone[3] = gone[2] + STORY["left_after_round_2"]
    people = [p for p in panel() if p not in gone[number]]
    random.Random(SEED + number).shuffle(people)
    labelled = number == 2
    found = []
    for row, (person, day) in enumerate(zip(people, DAYS[number], strict=True), start=2):
        line = response(number, row, person, values, day, labelled)
        if (number, person) == (2, "D09"):
            line[5] = "d09 "
        if (number, person) == STORY["incomplete"]:
            answered = 8 + statements_of(1).index("S29")
            last = 8 + len(statements_of(1))
            line[1], line[2] = "", "3"
            line[answered:last] = [""] * (last - answered)
        found.append(line)
    if number == 1:
        found += extra_rows(values, len(found) + 2)
    return found


def extra_rows(values: dict, row: int) -> list[list[str]]:
    """A second submission of the same person, three days later, and the organisers' own test."""
    person = STORY["double"][1]
    earlier = dict(values)
    for statement in ("S02", "S05", "S25"):
        earlier[person, statement] = clip(values[person, statement] - 2)
    again = response(1, row, person, earlier, "2026-03-02", False)
    test = response(1, 1, "TEST", {("TEST", s): 5 for s in statements_of(1)}, "2026-02-27", False)
    return [again, test]


def write(number: int, values: dict) -> None:
    asked = statements_of(number)
    fixed = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp"]
    header = fixed + [f"IMP[{s}]" for s in asked] + [f"COM[{s}]" for s in asked]
    with (FOLDER / f"round{number}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL, delimiter=";" if number == 3 else ",", lineterminator="\n")
        out.writerow(header)
        out.writerows(sorted(rows(number, values), key=lambda line: int(line[0])))


if __name__ == "__main__":
    for number, values in ratings().items():
        write(number, values)
