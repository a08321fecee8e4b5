"""PDFs from Typst, with the package or with Quarto's."""

import sys

import pypdfium2
import pytest
from coproduction.core.errors import StudyError
from coproduction.formats import typst


def test_text_of_people_is_text():
    for words in ('#let x = 1 "quoted" \\ *bold* $x$', "a\nb", "Ä 🙂 \u2028 \x00"):
        made = typst.pdf(f"#set document(date: none)\n#text({typst.quoted(words)})")
        assert made.startswith(b"%PDF")


def test_a_broken_source_is_one_sentence():
    with pytest.raises(StudyError, match="Typst could not typeset the page"):
        typst.pdf("#undefined()")


def test_pages_share_files():
    shared = '#let said = json("said.json")\n#let page(n) = [#said #n]'
    with typst.Typesetter({"shared.typ": shared, "said.json": '"Ä #x"'}) as typesetter:
        first, second, again = (typesetter.pdf(f'#import "shared.typ": page\n#page("{n}")') for n in (1, 2, 1))
    assert first == again != second
    text = pypdfium2.PdfDocument(second)[0].get_textpage().get_text_range()
    assert text.strip() == "Ä #x 2"


def test_quarto_stands_in_where_the_package_is_missing(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StudyError, match="neither Typst nor Quarto"):
        typst.pdf("x")
    program = tmp_path / "quarto"
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        "given, made = map(pathlib.Path, sys.argv[-2:])\n"
        "assert sys.argv[1:3] == ['typst', 'compile'], sys.argv\n"
        "assert 'shared' not in given.read_text() or given.with_name('shared.typ').read_text() == 'it'\n"
        "sys.exit('no good') if 'bad' in given.read_text() else made.write_bytes(b'%PDF made')\n"
    )
    program.chmod(0o755)
    assert typst.pdf("x") == b"%PDF made"
    with typst.Typesetter({"shared.typ": "it"}) as typesetter:
        assert typesetter.pdf('#include "shared.typ"') == b"%PDF made"
    with pytest.raises(StudyError, match="no good"):
        typst.pdf("bad")
