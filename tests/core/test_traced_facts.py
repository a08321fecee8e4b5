"""Numbers of a sentence know the fact they come from, through filters, sums and macros."""

import re

import pandas as pd
import pytest
from coproduction.core import traced_facts
from coproduction.core.prose import Templates

FACTS = {
    "records": 1200,
    "share": 0.25,
    "day": "2026-02-20",
    "name": "Trust 2",
    "rounds": [{"round": 1, "asked": 18, "back": 17}, {"round": 2, "asked": 17, "back": 9}],
    "settings": {"scale": {"lowest": 1.0, "highest": 9.0}},
    "none": None,
    "used": True,
}


@pytest.fixture
def traced(tmp_path):
    """Write a template of the Delphi and fill it with places."""

    def fill(text, facts=FACTS):
        (tmp_path / "delphi").mkdir(exist_ok=True)
        path = tmp_path / "delphi" / "results.md.j2"
        path.write_text(text, encoding="utf-8")
        made = Templates([str(path)]).traced("results", facts).rstrip("\n")
        plain = Templates([str(path)]).fill("results", facts).rstrip("\n")
        assert re.sub(r"\[([^]]*)\]\(fact:[^)]*\)", r"\1", made) == plain.replace("1.0", "1")
        return made

    return fill


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("{{ records }} read", "[1200](fact:delphi/records) read"),
        ('{{ records | count("record") }}', "[1,200](fact:delphi/records) records"),
        ("{{ (100 * share) | number(0) }} %", "[25](fact:delphi/share) %"),
        ("{{ rounds[1].back | percent(rounds[1].asked) }}", "[53 %](fact:delphi/rounds.1)"),
        ("{{ rounds | length }}", "[2](fact:delphi/rounds)"),
        ('{{ rounds | selectattr("back", "gt", 9) | list | length }}', "[1](fact:delphi/rounds.0)"),
        ('{{ rounds | map(attribute="asked") | sum }}', "[35](fact:delphi/rounds)"),
        (
            "{% for r in rounds %}{{ r.back }} {% endfor %}",
            "[17](fact:delphi/rounds.0.back) [9](fact:delphi/rounds.1.back) ",
        ),
        ("from {{ settings.scale.lowest }}", "from [1](fact:delphi/settings.scale.lowest)"),
        ("on {{ day }}", "on [2026-02-20](fact:delphi/day)"),
        ("{{ name }}", "Trust 2"),
        ('{{ "%.1f" | format(share) }}', "[0.2](fact:delphi/share)"),
        ("{% macro p(x) %}p {{ x }}{% endmacro %}{{ p(share) }}", "p [0.25](fact:delphi/share)"),
        ('{% set words = "of " ~ records %}{{ words }}', "of [1200](fact:delphi/records)"),
        (
            '{{ records | count("record of " ~ rounds[0].back, "records of " ~ rounds[0].back) }}',
            "[1,200](fact:delphi/records) records of [17](fact:delphi/rounds.0.back)",
        ),
        ("{{ records - rounds[0].back }}", "[1183](fact:delphi/records)"),
        ("{{ 3 }} {{ none is none }} {{ used }} {{ records == 1200 }}", "3 True True True"),
    ],
)
def test_a_number_links_to_its_place(traced, template, made):
    assert traced(template) == made.rstrip()


@pytest.mark.parametrize(
    "template",
    [
        "# {{ records }} records",
        "`{{ records }}` is code",
        "$x = {{ records }}$",
        "> {{ records }} quoted",
        '{{ "figures/a" | figure("All " ~ records, "a", "Bars of " ~ records) }}',
        '{{ rounds | table("All " ~ records, "rounds") }}',
    ],
)
def test_where_there_is_no_room_for_a_link_the_number_is_bare(traced, template):
    made = traced(template)
    assert "fact:" not in made
    assert "\x0e" not in made
    assert "1200" in made or "1,200" in made


def test_a_box_keeps_the_links_of_its_words(traced):
    made = traced('{{ "note" | callout("Title", "There are " ~ records) }}')
    assert "There are [1200](fact:delphi/records)" in made


def test_numbers_stay_numbers():
    register = traced_facts.Register("delphi")
    facts = traced_facts.placed({"n": 3, "x": 0.5, "rows": pd.DataFrame({"a": [1]})}, register)
    assert isinstance(facts["n"], int)
    assert facts["n"] == 3
    assert (facts["n"] * facts["x"], facts["n"] / 2, round(facts["x"], 1)) == (1.5, 1.5, 0.5)
    assert (facts["n"] * 1.5).place == ("n",)
    assert isinstance(facts["rows"], pd.DataFrame)
    assert traced_facts.without([facts["n"], {"x": facts["x"]}]) == [3, {"x": 0.5}]
    assert type(traced_facts.without(facts["n"])) is int


def test_control_characters_in_words_are_no_marks():
    assert traced_facts.placed({"quote": "a\x0e1\x0fb\x10"}, traced_facts.Register("delphi"))["quote"] == "a1b"
