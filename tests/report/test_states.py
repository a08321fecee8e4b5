"""The report is true at every state of a study: what is told is what people have done."""

import pytest
from coproduction.core import accounting
from coproduction.core.vocabulary import TECHNIQUES
from coproduction.report import source
from coproduction.report.facts import facts

METHOD, RESULT = "Panellists rated each statement.", "Nine statements reached consensus."


def status(**done):
    """STATUS of all techniques: `delphi=(3, 9)` is done and total of its one step."""
    rows = []
    for name in TECHNIQUES:
        ready, total = done.get(name, (0, 4))
        awaited = "" if ready == total else "more of it, from the researchers"
        rows.append(accounting.status_row(name, "Step", ready, total, "piece", awaited, f"{name}/"))
    return accounting.table(rows, accounting.STATUS)


STATES = {
    "empty": {},
    **{f"only {name} under way": {name: (1, 4)} for name in TECHNIQUES},
    "two done": {"desk": (4, 4), "delphi": (4, 4)},
    "all but the Delphi": {name: (4, 4) for name in TECHNIQUES if name != "delphi"},
    "all under way": {name: (2, 4) for name in TECHNIQUES},
    "finished": {name: (4, 4) for name in TECHNIQUES},
}


@pytest.fixture
def told(tmp_path, stage, prose):
    """What the report tells of each technique at a state, by technique."""

    def of(done):
        build = stage(whole=False)
        for name in TECHNIQUES:
            folder = build / "fragments" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "methods.md").write_text(METHOD + "\n", encoding="utf-8")
            (folder / "results.md").write_text(RESULT + "\n", encoding="utf-8")
        states = {
            each["technique"]: {"state": each["state"], "text": prose("report").fill("state", {"part": each})}
            for each in facts(status(**done), False)["techniques"]
        }
        source.compose(build, "A title", states, 1, 8)
        return {
            name: {
                kind: (build / "fragments" / name / f"{kind}.md").read_text(encoding="utf-8")
                for kind in ("methods", "results")
            }
            for name in TECHNIQUES
        }

    return of


@pytest.mark.parametrize("state", STATES)
def test_a_technique_is_told_as_far_as_it_is(told, state):
    done = STATES[state]
    for name, texts in told(done).items():
        ready, total = done.get(name, (0, 4))
        assert (METHOD in texts["methods"]) is (ready > 0), name
        assert (RESULT in texts["results"]) is (ready > 0), name
        assert ("has not begun" in texts["results"]) is (ready == 0), name
        assert ("is under way" in texts["results"]) is (0 < ready < total), name
        assert (f"`{name}/`" in texts["results"]) is (ready == 0), name


def test_there_are_twelve_states_and_more():
    assert len(STATES) >= 12


def test_feedback_is_no_answer_of_a_checklist_before_a_second_round(prose):
    settings = {
        "max_rounds": 4,
        "comments_in_feedback": True,
        "small_group": 4,
        "consensus": {"rule": "iqr"},
        "scale": {"lowest": 1, "highest": 9},
    }
    rounds = [{"round": 1, "invited": 9, "responded": 8}, {"round": 2, "invited": 9, "responded": 0}]
    told = {
        "record": {"state": "none"},
        "settings": settings,
        "panel": 0,
        "statements": 0,
        "closed_rounds": [],
        "rounds": rounds,
    }
    fill = prose("delphi").fill
    assert "# feedback" not in fill("checklist_answers", told)
    rounds[1]["responded"] = 7
    assert "# feedback" in fill("checklist_answers", told)
