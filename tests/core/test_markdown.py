"""Markdown for Quarto: escaping, tables, numbers."""

import pandas as pd
import pypandoc
from coproduction.core import markdown as md


def html(text):
    return pypandoc.convert_text(text, "html", format="markdown+pipe_tables")


def test_what_people_write_stays_literal():
    nasty = "a|b *c* [d](e) <i> $x$ @key `q` #h {k} ~s~ ^t^"
    table = md.table(pd.DataFrame({"text": [nasty]}), "C", "x")
    assert ">a|b *c* [d](e) &lt;i&gt; $x$ @key `q` #h {k} ~s~ ^t^<" in html(table).replace("\n", " ")


def test_a_table_has_caption_widths_and_aligned_numbers():
    rows = pd.DataFrame({"name": ["A"], "n": pd.array([1200], "Int64"), "share": [0.256]})
    lines = md.table(rows, "Caption", "demo", {"n": "Count"}, widths=[2, 1, 1]).splitlines()
    assert lines[0] == "| name | Count | share |"
    assert lines[1].count("-:") == 2
    assert lines[2] == "| A | 1,200 | 0.26 |"
    assert lines[-1] == ": Caption {#tbl-demo}"


def test_numbers_read_well():
    assert md.number(None) == "–"
    assert md.number(float("nan")) == "–"
    assert md.number(1234) == "1,234"
    assert md.number(-0.001) == "0.00"
    assert md.number(-1234.5) == "−1,234.50"
    assert md.percent(1, 3) == "33 %"
    assert md.percent(1, 0) == "–"
    assert md.plural(1, "record") == "1 record"
    assert md.plural(2, "study", "studies") == "2 studies"


def test_columns_in_which_nothing_stands_are_left_out():
    rows = pd.DataFrame({"a": ["", ""], "b": ["x", ""], "c": ["", " "], "n": [1, 2]})
    made = md.table(rows, "Caption.", "x-y", {"b": "B", "c": "C"}, widths=[1, 2, 5, 2])
    assert made.splitlines()[0] == "| a | B | n |"
    assert len(made.splitlines()[1].strip("|").split("|")) == 3
    assert "| C |" in md.table(rows.head(0), "Caption.", "x-y", {"c": "C"})


def test_negative_numbers_have_a_minus():
    assert md.number(-1234) == "−1,234"
    assert md.significant(-0.2711) == "−0.271"
    assert "| −0.50 |" in md.table(pd.DataFrame({"a": [-0.5]}), "Caption.", "x-y")


def test_control_characters_of_people_are_left_out():
    assert md.escape("one\x07 two\x0bthree\ufffe_") == "one two three\\_"


def test_a_small_p_is_no_zero():
    values = [0.0004, 0.0351, 1.0, None]
    assert [md.p_value(value) for value in values] == ["< 0.001", "0.035", "1.000", "–"]
    assert [md.p_in_words(value) for value in values[:2]] == ["<\u00a00.001", "=\u00a00.035"]
    rows = pd.DataFrame({"topic": ["T1"], "p": [0.0004]})
    assert md.table(rows, "C", "x", of_p=["p"]).splitlines()[2] == "| T1 | < 0.001 |"


def test_a_very_long_table_that_is_a_result_too_is_cut_and_says_where_all_of_it_is():
    rows = pd.DataFrame({"title": [f"Study {n}" for n in range(1, 1302)]})
    cut = md.table(rows, "Studies.", "x", rest="screening/included.csv").splitlines()
    assert cut[-3:-1] == ["| Study 300 |", ""]
    assert cut[-1] == ": Studies. The first 300 of 1,301; all are in `screening/included.csv` in the results. {#tbl-x}"
    for whole in (md.table(rows, "Studies.", "x"), md.table(rows.head(300), "Studies.", "x", rest="a.csv")):
        assert ": Studies. {#tbl-x}" in whole
    assert "| Study 1301 |" in md.table(rows, "Studies.", "x")
    assert "| 301 |" not in md.table([{"n": n} for n in range(1, 400)], "Studies.", "x", rest="a.csv")
