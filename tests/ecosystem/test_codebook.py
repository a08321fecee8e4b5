"""The bundled codebook keeps what it promises."""

import re
from collections import Counter

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.factors import LEVELS, read_factors
from coproduction.core.text import split_list


@pytest.fixture(scope="module")
def codebook(root):
    return read_factors(root / "config" / "factors.csv")


@pytest.fixture(scope="module")
def keys(root):
    text = (root / "config" / "references.bib").read_text(encoding="utf-8")
    return re.findall(r"^@\w+\{([^,\s]+),", text, re.M)


def test_levels_and_size(codebook):
    assert 25 <= len(codebook) <= 35
    assert set(codebook["level"]) == set(LEVELS)


def test_every_factor_has_a_definition_terms_and_references(codebook, keys):
    for factor in codebook.itertuples():
        assert len(factor.definition) > 60, factor.id
        assert 6 <= len(split_list(factor.terms)) <= 12, factor.id
        assert split_list(factor.references), factor.id
        assert set(split_list(factor.references)) <= set(keys), factor.id


def test_no_term_points_to_two_factors(codebook):
    terms = Counter(term for cell in codebook["terms"] for term in split_list(cell))
    assert [term for term, n in terms.items() if n > 1] == []


def test_terms_are_lower_case(codebook):
    assert all(cell == cell.lower() for cell in codebook["terms"])


def test_reference_keys_and_dois_are_unique(root, keys):
    text = (root / "config" / "references.bib").read_text(encoding="utf-8")
    dois = re.findall(r"doi\s*=\s*\{([^}]+)\}", text)
    assert len(keys) == len(set(keys))
    assert len(dois) == len(set(dois))
    assert all(re.fullmatch(r"10\.\d{4,9}/\S+", doi) for doi in dois)


def test_a_term_that_could_never_be_found_is_named(tmp_path):
    path = tmp_path / "factors.csv"
    path.write_text(
        "id,name,definition,level,dimension,terms,references\nf,F,,citizens,social,trust*;#trust;*isation,\n",
        encoding="utf-8",
    )
    with pytest.raises(StudyError, match=r"row 2, column 'terms': the term '#trust' begins"):
        read_factors(path)
