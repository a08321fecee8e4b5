"""Staging: what is put together, what is refused, what is said of gaps."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.report import source


def test_everything_included_is_there(stage):
    build = stage()
    for name in source.includes(build / source.MAIN):
        assert (build / name).is_file(), name
    whole = source.expanded(build)
    assert "{{<" not in whole
    assert whole.index("# Introduction") < whole.index("# Methods") < whole.index("# References")
    assert "has not begun" in (build / "fragments/delphi/results.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("```{python}\n1 + 1\n```", "executable code cell"),
        ("Now `{python} 1 + 1` there", "inline code"),
        ("```{=html}\n<b>\n```", "raw output"),
        ("::: {.panel-tabset}\n:::", "a tabset"),
        ("<div>\n</div>", "raw HTML"),
        ("{{< video x >}}", "a shortcode"),
    ],
)
def test_what_only_one_engine_knows_is_refused(stage, text, what):
    with pytest.raises(StudyError) as caught:
        stage("Fine.\n\n" + text)
    assert what in str(caught.value)
    assert "fragments/topics/results.md, row 3" in str(caught.value)


def test_plain_code_and_less_than_signs_pass(stage):
    stage("```\n<div> {python}\n```\n\nWith p < 0.05 and <https://example.org>.\n")


def test_missing_section_is_named(stage):
    build = stage()
    (build / "sections" / "limitations.qmd").unlink()
    with pytest.raises(StudyError, match=r"limitations\.qmd, which does not exist"):
        source.expanded(build)
