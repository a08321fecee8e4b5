"""Codes with their references as NVivo exports them."""

import docx
import pytest
from coproduction.formats.qda.code_references import references_of

TRUST = """<Files\\\\Interviews\\\\P01> - § 2 references coded  [3.12% Coverage]

Reference 1 - 1.50% Coverage

We began with a garden,
and the town gave a fence.

Reference 2 - 1.62% Coverage

Water came - 5% of it - later.

<Files\\\\Interviews\\\\P02> - § 1 reference coded  [ 0.80% Coverage]

Reference 1 - 0.80% Coverage

Nobody asked us.
"""
READ = [
    ("P01", "We began with a garden, and the town gave a fence.", ""),
    ("P01", "Water came - 5% of it - later.", ""),
    ("P02", "Nobody asked us.", ""),
]


def references(path, name=None):
    return [(row["transcript"], row["text"], row["refused"]) for row in references_of(path, name or path.name)]


def written(path, text):
    if path.suffix == ".docx":
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(path)
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["Trust.txt", "Trust.docx"])
def test_each_reference_has_its_source_and_its_words(name, tmp_path):
    path = written(tmp_path / name, TRUST)
    assert references(path) == READ
    (about,) = {(row["code"], row["coder"]) for row in references_of(path, "Ann/" + name)}
    assert about == ("Trust", "Ann")
    assert {row["coder"] for row in references_of(path, name)} == {"NVivo"}


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("<Dateien\\\\P01> - § 1 Referenz codiert  [1,50% Abdeckung]", "Referenz 1 - 1,50% Abdeckung"),
        ("<Fichiers\\\\P01> - § 1 référence encodée  [Couverture 1,50%]", "Référence 1 - Couverture 1,50%"),
        ("Files\\\\P01 - § 1 reference coded [ 4% Coverage]", "Reference 1 - 4% Coverage"),
        ("<Internals\\\\P01> - § 1 reference coded  [1.50% Coverage]", "Reference 1 - 1.50% Coverage"),
    ],
)
def test_other_languages_and_versions(source, reference, tmp_path):
    path = written(tmp_path / "Trust.txt", f"{source}\n\n{reference}\n\nWe began.\n")
    assert references(path) == [("P01", "We began.", "")]


def test_properties_name_the_code(tmp_path):
    path = written(tmp_path / "export.txt", f"Name: Nodes\\\\Conditions\\\\Trust\nDescription: in others\n\n{TRUST}")
    assert {row["code"] for row in references_of(path, path.name)} == {"Trust"}
    assert references(path) == READ


def test_a_sum_that_is_not_as_stated_is_listed(tmp_path):
    path = written(tmp_path / "Trust.txt", TRUST.replace("§ 2", "§ 3").replace("Nobody asked us.\n", ""))
    head = TRUST.splitlines()[0].replace("§ 2", "§ 3")
    assert references(path)[2:] == [
        ("P01", head, "the file states 3 references here but contains 2"),
        ("P02", "", "the reference contains no words"),
    ]


def test_a_source_without_its_references_is_listed(tmp_path):
    head = TRUST.splitlines()[0]
    path = written(tmp_path / "Trust.txt", f"{head}\n\nWe began.\n")
    assert references(path) == [("P01", head, "the file states 2 references here but contains 0")]


@pytest.mark.parametrize("text", ["I: How?\n\nP: It began.\n", "Notes on § 3 of the law [5% of all]\n"])
def test_other_texts_are_none_of_these(text, tmp_path):
    assert references_of(written(tmp_path / "notes.txt", text), "notes.txt") is None
