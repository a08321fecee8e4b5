"""A small staged report: the real prose with stand-in fragments and one figure."""

import matplotlib
import pandas as pd
import pytest
from coproduction.core import figures, markdown, study_files
from coproduction.report import pictures, render, source

matplotlib.use("Agg")

ABOUT = {
    "title": "A title: with colon",
    "subtitle": "Sub",
    "author": ["A. Author"],
    "date": "",
    "notice": "Illustrative",
}
RESULTS = """The topics are in @fig-topics-bars and [@tbl-topics-terms; @fig-topics-bars], as
[-@tbl-topics-terms] and @sec-methods say; see also @lee1999.

"""


@pytest.fixture
def composed():
    """The documents of each staged build."""
    return {}


@pytest.fixture(scope="module")
def kept():
    """What the tests of a module render once."""
    return {}


@pytest.fixture(scope="session")
def bars(tmp_path_factory):
    """A figure by ending of its files; tests leave them as they are."""
    folder = tmp_path_factory.mktemp("bars")
    paths = {ending: folder / f"bars.{ending}" for ending in ("svg", "pdf", "csv")}
    with figures.style():
        drawn = matplotlib.pyplot.figure(figsize=(3, 2))
        drawn.add_subplot().bar(["a", "b"], [1, 2])
        figures.save(drawn, pd.DataFrame({"n": [1]}), **{k: str(v) for k, v in paths.items()})
    paths["png"] = folder / "bars.png"
    paths["png"].write_bytes(pictures.png(paths["pdf"]))
    return paths


@pytest.fixture
def stage(root, tmp_path, prose, composed, bars):
    """A function that stages the report.

    `results` is the text of the topics' fragment; `own` is a study's folder of words in `language`;
    `figures` and `rows` say what of the fragment stays in the report.
    """

    def make(results: str | None = None, own=None, language="en", figures_kept=99, rows=9999, whole=True):
        pieces = tmp_path / "pieces"
        pieces.mkdir(exist_ok=True)
        terms = pd.DataFrame({"term": ["care_x", "trust | <b>"], "n": [10, 9]})
        text = RESULTS + markdown.figure(
            "figures/topics/bars", "Bars of topics.", "topics-bars", "Two bars, the second higher"
        )
        text += "\n" + markdown.table(terms, "Terms of topics.", "topics-terms")
        (pieces / "results.md").write_text(text if results is None else results, encoding="utf-8")
        (pieces / "notice.md").write_text(prose("report").fill("notice", {"illustrative": True}), encoding="utf-8")
        build = tmp_path / "build"
        source.stage(
            study_files.report_sources(study_files.report_folders(own or tmp_path / "none", root / "report", language)),
            {"topics/results.md": pieces / "results.md", "report/notice.md": pieces / "notice.md"},
            {f"topics/bars.{kind}": bars[kind] for kind in ("svg", "png", "csv")},
            root / "config" / "references.bib",
            ABOUT | {"lang": language},
            build,
        )
        if whole:
            states = {"topics": {"state": "done", "text": ""}}
            composed[build], _ = source.compose(build, ABOUT["title"], states, figures_kept, rows)
        return build

    return make


@pytest.fixture
def targets(tmp_path):
    """Where each document goes in each format."""
    return {f"{name}_{kind}": tmp_path / f"{name}.{kind}" for name in source.DOCUMENTS for kind in render.KINDS}
