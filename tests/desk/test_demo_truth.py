"""The bundled desk folder is what its makers make."""

import importlib.util

import pytest


def maker(root, name):
    path = root / "tests" / "demo_truth" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_documents_come_out_as_bundled(root, tmp_path):
    maker(root, "make_documents").make(tmp_path)
    bundled = root / "data" / "demo" / "desk" / "documents"
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(path.name for path in bundled.iterdir())
    for name in names:
        assert (tmp_path / name).read_bytes() == (bundled / name).read_bytes(), name


def test_every_document_says_that_it_is_illustrative(root):
    from coproduction.desk.documents import read_documents

    desk = root / "data" / "demo" / "desk"
    pages = read_documents(desk, desk / "register.csv", [], "").pages
    texts = pages.groupby("document")["text"].agg(" ".join).drop("D09")
    assert texts.str.contains("ILLUSTRATIVE").all()
    assert texts.str.split().str.len().between(400, 900).all()


@pytest.mark.parametrize("name", ["indicators.csv", "codebook.csv"])
def test_indicators_come_out_as_bundled(root, shared_data, tmp_path, name):
    maker(root, "make_indicators").make(shared_data, tmp_path)
    bundled = root / "data" / "demo" / "desk" / name
    assert (tmp_path / name).read_bytes() == bundled.read_bytes()
