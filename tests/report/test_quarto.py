"""The Quarto call: arguments, failure, warnings as errors; and a real Quarto where there is one."""

import os
import shutil

import pytest
from coproduction.core.errors import StudyError
from coproduction.report import quarto, render
from coproduction.report.settings import ReportSettings

ABOUT = {"title": "A title: with colon", "notice": "Illustrative"}

REAL = shutil.which("quarto")
FAKE = """#!/bin/sh
if [ "$1" = "--version" ]; then echo "{version}"; exit 0; fi
echo "$@" >> "{log}"
echo "date $SOURCE_DATE_EPOCH" >> "{log}"
{body}
"""
MAKES = 'while [ "$1" != "--output" ]; do shift; done; echo made > "$2"'


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A function that puts a stand-in for quarto on the path; returns its log."""

    def make(body: str = MAKES, version: str = "1.9.38"):
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        log = tmp_path / "calls"
        command = folder / "quarto"
        command.write_text(FAKE.format(version=version, log=log, body=body), encoding="utf-8")
        command.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return log

    return make


def test_one_format_after_the_other(fake, stage, tmp_path):
    log = fake()
    engine = render.choose(ReportSettings())
    assert engine.name == "Quarto 1.9.38"
    quarto.render(engine.command, stage(), "ecosystem", tmp_path / "r.html", "html")
    quarto.render(engine.command, tmp_path / "build", "ecosystem", tmp_path / "r.pdf", "pdf")
    assert log.read_text().splitlines() == [
        "render ecosystem.qmd --to html --output ecosystem.html",
        "date 0",
        "render ecosystem.qmd --to typst --output ecosystem.pdf",
        "date 0",
    ]
    assert (tmp_path / "r.html").read_text() == (tmp_path / "r.pdf").read_text() == "made\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("echo 'ERROR: no such thing' >&2; exit 1", "no such thing"),
        ("exit 0", "could not render"),
        (f"{MAKES}; echo 'ERROR: a filter broke'", "a filter broke"),
        (f"{MAKES}; echo '[WARNING] Citeproc: citation lee1999 not found' >&2", "results.md, row"),
        (f"{MAKES}; echo 'WARNING (main.lua:1) Unable to resolve crossref @fig-x' >&2", "@fig-x"),
    ],
)
def test_failures_and_warnings_leave_earlier_reports(fake, stage, composed, targets, tmp_path, body, said):
    fake(body)
    targets["ecosystem_html"].write_text("earlier")
    build = stage()
    with pytest.raises(StudyError, match=said.replace("[", r"\[")):
        render.render(render.choose(ReportSettings()), build, composed[build], targets, ABOUT)
    assert targets["ecosystem_html"].read_text() == "earlier"
    assert not targets["ecosystem_pdf"].exists()
    assert (tmp_path / "failed_build" / "ecosystem.qmd").is_file()


def test_too_old_and_absent(fake, monkeypatch):
    fake(version="1.2.1")
    with pytest.raises(StudyError, match=r"1\.2\.1 is too old"):
        render.choose(ReportSettings())
    assert render.choose(ReportSettings(engine="pandoc")).command is None
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StudyError, match="no quarto command"):
        render.choose(ReportSettings(engine="quarto"))
    assert "Typst" in render.choose(ReportSettings()).name


@pytest.mark.skipif(REAL is None, reason="Quarto is not installed on this machine")
def test_real_quarto_renders_all(stage, composed, targets):
    build = stage()
    render.render(render.choose(ReportSettings(engine="quarto")), build, composed[build], targets, ABOUT)
    assert "Bars of topics." in targets["ecosystem_html"].read_text(encoding="utf-8")
    assert targets["supplement_pdf"].read_bytes().startswith(b"%PDF")
