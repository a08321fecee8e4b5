"""Two exports of the same two works, one with an empty entry before them."""

import pytest

from .chain import Chain
from .test_importing import BIBTEX, RIS


@pytest.fixture
def two():
    empty = "TY  - JOUR\nER  - \n"
    searches = [{"database": "Rivers", "file": "a.ris", "hits": 3}, {"database": "Trees", "file": "b.bib", "hits": 5}]
    return Chain([("a.ris", (empty + RIS).encode()), ("b.bib", BIBTEX.encode())], searches)
