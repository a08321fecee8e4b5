"""Articles in JATS: what stands in front of the text becomes the record, the rest is counted."""

import pytest
from coproduction.literature.importing import read_file

ARTICLES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" "JATS-archivearticle1.dtd">
<pmc-articleset><article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" xml:lang="en">
<front><journal-meta><journal-id journal-id-type="nlm-ta">River Stud</journal-id><journal-title-group><journal-title>Journal of River Studies</journal-title></journal-title-group>
<issn pub-type="ppub">1234-5678</issn><issn pub-type="epub">8765-4321</issn><publisher><publisher-name>River Press</publisher-name><publisher-loc>Bonn</publisher-loc></publisher></journal-meta>
<article-meta><article-id pub-id-type="pmid">31000001</article-id><article-id pub-id-type="pmc">PMC700</article-id><article-id pub-id-type="doi">10.5555/River.1</article-id><article-id pub-id-type="publisher-id">RS-1</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>Care</subject></subj-group></article-categories>
<title-group><article-title>Citizens as <italic>partners</italic><xref ref-type="fn" rid="f1">*</xref></article-title><subtitle>A review</subtitle><trans-title-group xml:lang="de"><trans-title>Bürger</trans-title></trans-title-group></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Alder</surname><given-names>Béla J.</given-names><suffix>Jr</suffix></name><xref ref-type="aff" rid="a1">1</xref><contrib-id contrib-id-type="orcid">0000</contrib-id></contrib><contrib contrib-type="author"><collab>River Care Group</collab></contrib><contrib contrib-type="editor"><name><surname>Elm</surname><given-names>C</given-names></name></contrib></contrib-group>
<aff id="a1"><label>1</label>River University, Bonn</aff>
<pub-date pub-type="epub"><day>3</day><month>12</month><year>2018</year></pub-date><pub-date pub-type="ppub"><month>3</month><year>2019</year></pub-date>
<volume>3</volume><issue>2</issue><fpage>101</fpage><lpage>119</lpage><permissions><copyright-year>2019</copyright-year></permissions>
<related-article related-article-type="companion"><volume>9</volume></related-article>
<abstract><title>Abstract</title><sec><title>Background</title><p>Rivers &amp; care.</p></sec><sec><title>Results:</title><p>Good.</p></sec></abstract><abstract abstract-type="teaser"><p>Short.</p></abstract>
<kwd-group><kwd>co-production</kwd><kwd>trust</kwd></kwd-group></article-meta></front>
<body><sec><title>Intro</title><p>Text text.</p></sec></body><back><ref-list><ref><element-citation><article-title>Cited</article-title></element-citation></ref></ref-list></back></article>
<article article-type="book-review"><front><article-meta><title-group><article-title>Second</article-title></title-group><pub-date date-type="pub"><year>2020</year></pub-date><elocation-id>e17</elocation-id></article-meta></front></article></pmc-articleset>"""


@pytest.fixture(scope="module")
def imported():
    return read_file("articles.xml", ARTICLES.encode())


def test_the_front_of_an_article_is_its_record(imported):
    first, second = imported.entries
    assert {name: first[name] for name in first if first[name]} == {
        "title": "Citizens as partners: A review",
        "abstract": "Background: Rivers & care. Results: Good.",
        "authors": "Alder, Béla J., Jr; River Care Group",
        "year": "2019",
        "source": "Journal of River Studies",
        "volume": "3",
        "issue": "2",
        "pages": "101-119",
        "doi": "10.5555/river.1",
        "pmid": "31000001",
        "keywords": "co-production; trust",
        "type": "article",
        "language": "en",
        "editors": "Elm, C",
        "publisher": "River Press",
        "place": "Bonn",
        "issn": "1234-5678; 8765-4321",
        "affiliations": "River University, Bonn",
        "number": 1,
        "line": 3,
    }
    assert (second["title"], second["year"], second["pages"]) == ("Second", "2020", "e17")


def test_what_no_field_takes_is_listed(imported):
    other = {row["tag"]: row["value"] for row in imported.other if row["number"] == 1}
    assert other["body"] == "2 words, not read"
    assert other["trans-title-group.trans-title"] == "Bürger"
    assert other["abstract.p"] == "Short."
    assert other["related-article.volume"] == "9"
    assert (imported.refused, imported.outside) == ([], [])


def test_members_of_a_group_are_no_authors():
    group = "<contrib contrib-type='author'><collab>Care Group<contrib-group><contrib contrib-type='author'><name><surname>Fir</surname><given-names>D</given-names></name></contrib></contrib-group></collab></contrib>"
    text = f"<article><front><article-meta><title-group><article-title>A</article-title></title-group><contrib-group>{group}</contrib-group></article-meta></front></article>"
    imported = read_file("a.xml", text.encode())
    assert imported.entries[0]["authors"] == "Care Group"
    assert ("member of a group", "Fir, D") in {(row["tag"], row["value"]) for row in imported.other}


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("River Studies 3 (2019) 1-9", "article"),
        ("Proc. of the 3rd Workshop on Care", "conference paper"),
        ("", "preprint"),
    ],
)
def test_what_arxiv_says_is_printed_has_a_type(printed, kind):
    printed = f"<a:journal_ref>{printed}</a:journal_ref><a:doi>10.5555/a</a:doi>" if printed else ""
    entry = f"<entry><id>http://arxiv.org/abs/1901.1</id><title>Citizens</title><published>2019-01-02</published><author><name>Ada Alder</name></author>{printed}<link href='http://arxiv.org/abs/1901.1' rel='alternate'/></entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:a='http://arxiv.org/schemas/atom'>{entry}</feed>"
    assert read_file("a.xml", feed.encode()).entries[0]["type"] == kind
