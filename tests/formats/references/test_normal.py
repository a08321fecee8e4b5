"""Normal forms: DOIs, years and names as exports write them."""

import pytest
from coproduction.core.text import normalise
from coproduction.formats.references.normal import family_name, find_dois, normalise_doi, normalise_year


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/ABC.12(3)",
        "https://doi.org/10.5555/abc.12(3)",
        "http://dx.doi.org/10.5555%2Fabc.12(3)",
        "doi:10.5555/abc.12(3).",
        "10.5555/abc.12(3) [doi]",
        "(https://doi.org/10.5555/abc.12(3))",
        "10.5555/abc.12(3) 10.5555/second",
    ],
)
def test_doi_is_found_in_every_dress(written):
    assert normalise_doi(written) == "10.5555/abc.12(3)"


@pytest.mark.parametrize("written", ["", None, "no doi", "S0140-6736(05)", "10.12/short"])
def test_what_is_no_doi_gives_nothing(written):
    assert normalise_doi(written) == ""


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2019", "2019"),
        ("12/23/2013", "2013"),
        ("2011//", "2011"),
        (2020, "2020"),
        ("n.d.", ""),
        ("12/15", ""),
        ("120199", ""),
    ],
)
def test_year_in_odd_places(written, year):
    assert normalise_year(written) == year


def test_words_ignore_case_accents_and_punctuation():
    assert normalise("Ko-Produktion:  Bürger\u00adinnen Straße") == (
        normalise("KO PRODUKTION – Bu\u0308rgerinnen STRASSE")
    )
    assert normalise("公共服务 2.0") == "公共服务 2 0"


@pytest.mark.parametrize("author", ["Alder, Béla", "Béla Alder", "ALDER, B.", "Alder B", "Alder BC"])
def test_family_name(author):
    assert family_name(author) == "alder"


@pytest.mark.parametrize("written", ["Łódź", "LÓDZ", "łódz"])
def test_letters_that_no_decomposition_makes_plain(written):
    assert normalise(written) == "lodz"
    assert family_name(f"{written}, Ola") == "lodz"


def test_every_doi_of_a_text_once_and_without_what_databases_append():
    text = "10.5555/abc[doi] and https://doi.org/10.5555/ABC; (10.5555/x(1))."
    assert find_dois(text) == ["10.5555/abc", "10.5555/x(1)"]
    assert normalise_year("20190531") == "2019"


SICI = "10.1002/(sici)1097-0001(19960215)15:3<241::aid-jrc111>3.0.co;2-u"


@pytest.mark.parametrize(
    "written",
    [
        SICI.upper(),
        f"https://doi.org/{SICI}",
        f"doi:{SICI}.",
        SICI.replace("<", "&lt;").replace(">", "&gt;"),
        "https://doi.org/10.1002/(SICI)1097-0001(19960215)15:3%3C241::AID-JRC111%3E3.0.CO;2-U",
    ],
)
def test_dois_of_the_nineties_are_whole(written):
    """Wiley's and BioOne's hold "<…>": cut there, all articles of an issue shared one."""
    assert normalise_doi(written) == SICI


def test_markup_behind_a_doi_is_none_of_it():
    assert normalise_doi("<a>10.5555/abc</a>") == "10.5555/abc"
    assert normalise_doi("10.5555/abc&lt;/a&gt;") == "10.5555/abc"


@pytest.mark.parametrize(
    "tail",
    [
        "/full",
        "/full/html",
        "/abstract",
        "/pdf",
        ".pdf",
        "/full?x=1",
        "?download=true",
        "#sec-2",
        "/epdf",
        "/full#abstract",
        "/summary",
    ],
)
def test_what_publishers_put_behind_a_doi_in_addresses(tail):
    assert normalise_doi(f"https://www.example.org/doi/10.5555/frc.17{tail}") == "10.5555/frc.17"


@pytest.mark.parametrize("written", ["10.5555/frc.17/full", "https://doi.org/10.5555/frc.17/full"])
def test_a_doi_that_really_ends_so_keeps_it(written):
    assert normalise_doi(written) == "10.5555/frc.17/full"


def test_a_version_of_a_preprint_in_an_address():
    address = "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf"
    assert normalise_doi(address) == "10.1101/2020.01.02.123456"


@pytest.mark.parametrize(
    "address",
    [
        "https://onlinelibrary.example.com/doi/10.5555/frc.17/abstract;jsessionid=AB12.f01",
        "https://tand.example.com/action/showCitFormats?doi=10.5555%2Ffrc.17&area=1",
        "https://sage.example.com/doi/suppl/10.5555/frc.17/suppl_file/x.pdf",
        "https://cochrane.example.com/cdsr/doi/10.5555/frc.17/full/de",
        "https://cshl.example.org/content/10.5555/frc.17.full.pdf+html",
        "https://cshl.example.org/content/10.5555/frc.17.supplementary-material",
        "https://degruyter.example.com/document/doi/10.5555/frc.17/html?lang=de",
        "https://degruyter.example.com/view/journals/x/10.5555/frc.17/frc.17.xml",
        "https://springer.example.com/content/pdf/10.5555/frc.17.pdf",
        "<https://doi.org/10.5555/frc.17>",
        "https://doi.org/https://doi.org/10.5555/frc.17",
        "http://doi.org.ezproxy.example.edu/10.5555/frc.17",
        "https://doi.org/10.5555/frc.17/",
        "info:doi/10.5555/frc.17",
        "10.5555/frc.17&#x0D;",
        "10.5555/frc.17\u200b",
        "\u202a10.5555/frc.17\u202c",
        "10.5555/frc.17\u00a0",
    ],
)
def test_dois_in_all_wrappings(address):
    assert normalise_doi(address) == "10.5555/frc.17"


@pytest.mark.parametrize("sign", [";", ",", "|", "; ", ";https://doi.org/", " doi:"])
def test_two_dois_in_one_field(sign):
    assert find_dois(f"10.5555/a.1{sign}10.5555/b.2") == ["10.5555/a.1", "10.5555/b.2"]


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://oup.example.com/jpart/article/doi/10.1093/jopart/muy061/5229395", "10.1093/jopart/muy061"),
        ("10.1093/jopart/muy061/5229395", "10.1093/jopart/muy061/5229395"),
        ("https://doi-org.proxy.example.edu/10.5555/abc.full", "10.5555/abc.full"),
        ("https://repository.example.edu/handle/10.5555/123", ""),
        ("https://repository.example.edu/bitstream/handle/10.5555/123/1.pdf", ""),
        ("https://www.example.org/stable/10.2307/123", "10.2307/123"),
    ],
)
def test_addresses_that_are_special(address, doi):
    assert normalise_doi(address) == doi


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "10.1890/0012-9658(2006)87[2153:PEOCL]2.0.CO;2",
        "10.1577/1548-8659(1993)122<0213:ROTEOT>2.3.CO;2",
        "10.2980/1195-6860(2008)15[32:ABC]2.0.CO;2",
        "10.1016/S0140-6736(19)30456-7",
    ],
)
def test_dois_with_brackets_keep_them(doi):
    for written in (doi, f"https://doi.org/{doi}", f"({doi})", f"{doi}; 10.5555/other"):
        assert normalise_doi(written) == doi.lower()
