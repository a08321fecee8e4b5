"""Templates: facts in, Markdown out; grammar by filters; errors with the template's line."""

import pandas as pd
import pytest
from coproduction.core import study_files
from coproduction.core.errors import StudyError
from coproduction.core.prose import Templates, listed, some


@pytest.fixture
def written(tmp_path):
    """Write a template and give what fills it."""

    def write(text: str, name: str = "results.md.j2") -> Templates:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return Templates([str(path)])

    return write


@pytest.mark.parametrize(
    ("n", "words"), [(0, "0 records are read"), (1, "1 record is read"), (1200, "1,200 records are read")]
)
def test_counts_and_verbs_agree(written, n, words):
    text = '{{ n | count("record") }} {{ n | verb("is", "are") }} read.'
    assert written(text).fill("results", {"n": n}) == f"{words}.\n"


@pytest.mark.parametrize(("names", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")])
def test_lists(names, words):
    assert listed(names) == words


@pytest.mark.parametrize(("most", "words"), [(3, "a, b and c"), (2, "a, b and 1 more"), (1, "a and 2 more")])
def test_a_long_list_ends_with_the_number_of_the_others(most, words):
    assert listed("abc", most=most) == words


@pytest.mark.parametrize(("names", "words"), [("ab", "a, b"), ("abcde", "a, b, c and 2 more")])
def test_the_first_names_and_the_number_of_the_others(names, words):
    assert some(names) == words


def test_very_many_others_are_counted_with_a_comma():
    assert some(range(3000)) == "0, 1, 2 and 2,997 more"
    assert listed(range(3000), most=2) == "0, 1 and 2,998 more"


def test_wrapped_lines_are_one_paragraph_and_tables_keep_their_lines(written):
    rows = pd.DataFrame({"topic": ["T1", "T2"], "n": [1, 2]})
    text = "One\nsentence\nwrapped.\n\n{{ rows | table('Topics.', 'topics') }}\n\n\n- a point\n- more\n"
    made = written(text).fill("results", {"rows": rows})
    assert made.startswith("One sentence wrapped.\n\n| topic | n |\n|")
    assert "| T1 | 1 |\n| T2 | 2 |\n\n: Topics. {#tbl-topics}\n\n- a point\n- more\n" in made


def test_an_identifier_of_markdown_is_no_comment(written):
    assert written("# Topics {#sec-topics}\n").fill("results", {}) == "# Topics {#sec-topics}\n"


@pytest.mark.parametrize(
    ("text", "row", "problem"),
    [
        ("fine\n{{ unknown }}\n", 2, "'unknown' is undefined"),
        ("fine\nfine\n{% if %}\n", 3, "cannot be read"),
        ("{{ 1 | nosuch }}", 1, "nosuch"),
    ],
)
def test_a_slip_in_a_template_is_named_with_its_line(written, text, row, problem):
    with pytest.raises(StudyError, match=problem) as caught:
        written(text).fill("results", {})
    assert caught.value.row == row
    assert caught.value.file.endswith("results.md.j2")


def test_pages_escape_what_people_write(written):
    made = written("<p>{{ words }}</p>", "form.html.j2").fill_html("form", {"words": "a < b & c"})
    assert made == "<p>a &lt; b &amp; c</p>"


def test_a_study_s_own_template_takes_the_place_of_the_house_s(tmp_path):
    for folder, words in (("house", "house"), ("study", "study")):
        place = tmp_path / folder / "techniques" / "topics"
        place.mkdir(parents=True)
        (place / "methods.md.j2").write_text(words, encoding="utf-8")
    (tmp_path / "house/techniques/topics/results.md.j2").write_text("house", encoding="utf-8")
    files = study_files.templates([tmp_path / "study", tmp_path / "house"], "topics")
    prose = Templates(files)
    assert [prose.fill(name, {}) for name in ("methods", "results")] == ["study\n", "house\n"]


def test_a_figure_of_fixed_words_is_put_in_each_time_its_template_is_filled(written):
    text = "Before.\n\n{{ rows | table('Rows.', 'r') }}\n\n{{ 'a/b' | figure('Caption.', 'x', 'Alt.') }}\n"
    facts = {"rows": pd.DataFrame({"n": [1]})}
    templates = written(text)
    first = templates.fill("results", facts)
    assert "![Caption.](a/b){#fig-x" in first
    assert templates.fill("results", facts) == first
    assert written(text).fill("results", facts) == first  # compiled before
