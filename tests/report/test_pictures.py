"""The figures as readers take them."""

import io

import matplotlib.pyplot
import pandas as pd
from coproduction.core import figures
from coproduction.report import pictures
from PIL import Image


def drawn(folder):
    folder.mkdir(parents=True)
    with figures.style():
        figure = matplotlib.pyplot.figure(figsize=(3, 2))
        figure.add_subplot().bar(["a", "b"], [1, 2])
        paths = {kind: str(folder / f"bars.{kind}") for kind in ("svg", "pdf", "csv")}
        figures.save(figure, pd.DataFrame({"n": [1]}), **paths)
    return list(paths.values())


def test_figures_and_pages_of_figures_are_named_by_their_technique(tmp_path):
    single = drawn(tmp_path / "results" / "topics" / "figures")
    pages = tmp_path / "results" / "delphi" / "figures" / "pages"
    drawn(pages)
    (pages / "left.txt").touch()
    made = pictures.to_take([*single, *pictures.of_pages([str(pages)])])
    assert set(made) == {
        f"{folder}/bars.{kind}" for folder in ("topics", "delphi/pages") for kind in ("svg", "png", "csv")
    }
    assert made["topics/bars.csv"] == b"n\n1\n"


def test_a_picture_has_its_size_and_the_same_bytes_again(tmp_path):
    _, pdf, _ = drawn(tmp_path / "results" / "topics" / "figures")
    made = pictures.png(pdf)
    picture = Image.open(io.BytesIO(made))
    assert round(picture.info["dpi"][0]) == pictures.RESOLUTION
    assert 2.4 < picture.width / pictures.RESOLUTION < 3.3
    assert pictures.png(pdf) == made
