"""Staging: what is put together, what is refused, what is said of gaps."""

import pytest
import yaml
from coproduction.core.errors import StudyError
from coproduction.report import source


def read(build, document="ecosystem"):
    return (build / f"{document}.qmd").read_text(encoding="utf-8")


def test_everything_included_is_there(stage):
    build = stage(whole=False)
    wanted = source.includes(build / "ecosystem.qmd")
    source.compose(build, "A title", {}, 1, 8)
    for name in wanted:
        assert (build / name).is_file(), name
    for document in source.DOCUMENTS:
        assert "{{<" not in (build / f"{document}.qmd").read_text(encoding="utf-8")
    whole = (build / "ecosystem.qmd").read_text(encoding="utf-8")
    assert whole.index("# Introduction") < whole.index("# Results") < whole.index("# Methods")
    assert 'subtitle: "A title"' in (build / "supplement.qmd").read_text(encoding="utf-8")
    assert "has not begun" in (build / "fragments/delphi/results.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("```{python}\n1 + 1\n```", "executable code cell"),
        ("Now `{python} 1 + 1` there", "inline code"),
        ("```{=html}\n<b>\n```", "raw output"),
        ("::: {.panel-tabset}\n:::", "a tabset"),
        ("<div>\n</div>", "raw HTML"),
        ("\\newpage\n", "a command of TeX"),
        ("{{< video x >}}", "a shortcode"),
        ("As shown [see the appendix; @ostrom1996].", "a group of citations"),
        ("As shown [@ostrom1996; and more].", "a group of citations"),
        ("As shown [@ostrom1996; see there; @brandsen2006].", "a group of citations"),
    ],
)
def test_what_only_one_engine_knows_is_refused(stage, text, what):
    with pytest.raises(StudyError) as caught:
        stage("Fine.\n\n" + text)
    assert what in str(caught.value)
    assert "fragments/topics/results.md, row 3" in str(caught.value)


def test_plain_code_and_less_than_signs_pass(stage):
    stage("```\n<div> {python}\n```\n\nWith p < 0.05 and <https://example.org>.\n")


@pytest.mark.parametrize(
    "text",
    [
        "[@ostrom1996; @brandsen2006, p. 3; see also @verschuere2012]",
        "[see the appendix of @ostrom1996]",
        "[a; b] and [words; of mail@example.org](https://example.org)",
        r"\[she said; \@home\]",
    ],
)
def test_citations_with_words_and_brackets_without_keys_pass(stage, text):
    stage(f"As shown {text}.")


def test_missing_section_is_named(stage):
    build = stage(whole=False)
    (build / "sections" / "limitations.qmd").unlink()
    with pytest.raises(StudyError, match=r"limitations\.qmd, which does not exist"):
        source.compose(build, "A title", {}, 1, 8)


def test_metadata_is_yaml_whatever_the_title():
    title = 'A "title": with - # {signs}'
    about = {"title": title, "subtitle": "", "author": ["É. Ö"], "date": ""}
    assert yaml.safe_load(source.metadata(about)) == {"title": title, "author": ["É. Ö"]}


def test_a_study_s_own_words_take_the_place_of_the_house_s(stage, tmp_path):
    own = tmp_path / "study"
    for name, words in (
        ("sections/introduction.qmd", "Our own introduction."),
        ("de/sections/introduction.qmd", "Unsere Einleitung."),
        ("fr/sections/methods.qmd", "En français."),
    ):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(words, encoding="utf-8")
    whole = read(stage(own=own))
    assert "Our own introduction." in whole
    assert "Each technique works with the same codebook" in whole
    assert not (tmp_path / "build" / "fr").exists()
    assert "Unsere Einleitung." in read(stage(own=own, language="de"))
