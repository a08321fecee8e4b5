"""Exports as the platforms write them. All works here are invented for these tests (illustrative).

Each text has the shape of one platform's export, with the tags, names and habits that its real
files have; none is copied from one. Every one says the same of the same work.
"""

import base64
import json
import zlib

import pytest
from coproduction.core.errors import StudyError
from coproduction.literature.importing import read_file

WORK = {
    "title": "Citizens as partners in river care",
    "authors": "Alder, Béla; Birch, Ada",
    "year": "2019",
    "source": "Journal of River Studies",
    "volume": "3",
    "issue": "2",
    "pages": "101-119",
    "doi": "10.5555/river.2019.1",
}
ABSTRACT = "Background: Rivers matter. We asked citizens."

PUBMED_XML = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" "x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">123456</PMID>
<DateRevised><Year>2020</Year><Month>01</Month></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">1234-5678</ISSN><JournalIssue>
<Volume>3</Volume><Issue>2</Issue><PubDate><Year>2019</Year><Month>Jan</Month></PubDate></JournalIssue>
<Title>Journal of River Studies</Title><ISOAbbreviation>J River Stud</ISOAbbreviation></Journal>
<ArticleTitle>Citizens as <i>partners</i> in river care.</ArticleTitle>
<Pagination><MedlinePgn>101-119</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/river.2019.1</ELocationID>
<Abstract><AbstractText Label="Background">Rivers matter.</AbstractText>
<AbstractText>We asked citizens.</AbstractText></Abstract>
<AuthorList><Author><LastName>Alder</LastName><ForeName>Béla</ForeName><Initials>B</Initials>
<AffiliationInfo><Affiliation>Lake Institute, Graz.</Affiliation></AffiliationInfo></Author>
<Author><LastName>Birch</LastName><ForeName>Ada</ForeName></Author></AuthorList>
<Language>eng</Language><GrantList><Grant><GrantID>G-1</GrantID><Agency>River Fund</Agency></Grant></GrantList>
<PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Rivers</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">123456</ArticleId>
<ArticleId IdType="doi">10.5555/river.2019.1</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>"""
ENDNOTE_STYLED = """<xml><records><record><database name="My.enl" path="My.enl">My.enl</database>
<source-app name="EndNote" version="20.0">EndNote</source-app><rec-number>7</rec-number>
<foreign-keys><key app="EN" db-id="x">7</key></foreign-keys>
<ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal" font="default">Alder, Béla</style></author>
<author><style face="normal">Birch, Ada</style></author></authors></contributors>
<titles><title><style face="normal">Citizens as </style><style face="italic">partners</style>
<style face="normal"> in river care</style></title>
<secondary-title>Journal of River Studies</secondary-title></titles>
<periodical><full-title>Journal of River Studies</full-title></periodical>
<pages>101-119</pages><volume>3</volume><number>2</number><dates><year>2019</year></dates>
<urls><related-urls><url>https://example.org/1</url></related-urls></urls>
<electronic-resource-num>https://doi.org/10.5555/river.2019.1</electronic-resource-num>
<custom1>checked</custom1></record></records></xml>"""
ZOTERO_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<bib:Article rdf:about="https://example.org/1"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Alder</foaf:surname>
<foaf:givenName>Béla</foaf:givenName></foaf:Person></rdf:li><rdf:li><foaf:Person>
<foaf:surname>Birch</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<dcterms:abstract>Background: Rivers matter. We asked citizens.</dcterms:abstract>
<dc:date>2019-01</dc:date><bib:pages>101-119</bib:pages>
<dc:identifier>DOI 10.5555/river.2019.1</dc:identifier>
<dc:title>Citizens as partners in river care</dc:title><z:libraryCatalog>Rivers</z:libraryCatalog>
</bib:Article>
<bib:Journal rdf:about="urn:issn:1234-5678"><prism:volume>3</prism:volume>
<dc:title>Journal of River Studies</dc:title><prism:number>2</prism:number>
<dc:identifier>ISSN 1234-5678</dc:identifier></bib:Journal>
<z:Attachment rdf:about="#item_1"><z:itemType>attachment</z:itemType></z:Attachment></rdf:RDF>"""
EBSCO_XML = """<records><rec resultID="1"><header shortDbName="aph" longDbName="Rivers Complete"
 uiTerm="555"><controlInfo><bkinfo/><jinfo><jtl>Journal of River Studies</jtl><issn>12345678</issn></jinfo>
<pubinfo><dt year="2019" month="01" day="01">Jan2019</dt><vid>3</vid><iid>2</iid><pub>Press</pub></pubinfo>
<artinfo><ui type="doi">10.5555/river.2019.1</ui><ppf>101</ppf><ppct>19</ppct><formats/>
<tig><atl>Citizens as partners in river care.</atl></tig><aug><au>Alder, Béla</au><au>Birch, Ada</au>
<affil>Lake Institute</affil></aug><su>RIVERS</su><ab>Rivers matter.</ab><pubtype>Academic Journal</pubtype>
<doctype>Article</doctype></artinfo><language>English</language></controlInfo></header></rec></records>"""
MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo>
<title>Citizens as partners in river care</title></titleInfo>
<name type="personal"><namePart type="family">Alder</namePart><namePart type="given">Béla</namePart>
<role><roleTerm type="code">aut</roleTerm></role></name>
<name type="personal"><namePart type="family">Birch</namePart><namePart type="given">Ada</namePart></name>
<originInfo><copyrightDate>2019</copyrightDate></originInfo>
<relatedItem type="host"><titleInfo><title>Journal of River Studies</title></titleInfo><part>
<detail type="volume"><number>3</number></detail><detail type="issue"><number>2</number></detail>
<extent unit="pages"><start>101</start><end>119</end></extent></part></relatedItem>
<identifier type="doi">10.5555/river.2019.1</identifier></mods></modsCollection>"""
REFWORKS_XML = """<refworks><reference><rt>Journal Article</rt><id>5</id><a1>Alder,Béla</a1><a1>Birch,Ada</a1>
<t1>Citizens as partners in river care</t1><jf>Journal of River Studies</jf><yr>2019</yr><vo>3</vo>
<is>2</is><sp>101</sp><op>119</op><do>10.5555/river.2019.1</do><k1>rivers</k1></reference></refworks>"""
REFWORKS = """RT Journal Article
SR Electronic(1)
ID 5
A1 Alder,Béla
A1 Birch,Ada
T1 Citizens as partners in river care
JF Journal of River Studies
YR 2019
VO 3
IS 2
SP 101
OP 119
AB Rivers matter.
DO 10.5555/river.2019.1
"""
EMBASE_RIS = """TY  - JOUR
M1  - L600000001
M3  - Article
T1  - Citizens as partners in river care
T2  - Journal of River Studies
A1  - Alder, Béla
A1  - Birch, Ada
Y1  - 2019//
VL  - 3
IS  - 2
SP  - 101
EP  - 119
N2  - Rivers matter.
U2  - L600000001
DO  - 10.5555/river.2019.1
AD  - B. Alder, Lake Institute, Graz, Austria
UR  - https://www.embase.com/search/results?subaction=viewrecord&id=L600000001&from=export
ER  -
"""
OVID_RIS = """1.

TY  - JOUR
DB  - Ovid MEDLINE(R)
ID  - 31000001
T1  - Citizens as partners in river care.
A1  - Alder, Béla
A1  - Birch, Ada
Y1  - 2019//
N2  - Rivers matter.
JF  - Journal of River Studies
VL  - 3
IS  - 2
SP  - 101
EP  - 119
DO  - https://dx.doi.org/10.5555/river.2019.1
ER  -

2.

TY  - JOUR
T1  - Trust in bridges
ER  -
"""
OVID_TAGGED = """<1. >
VN  - Ovid Technologies
DB  - PsycINFO
AN  - Peer Reviewed Journal: 2019-00001-001.
TI  - Citizens as partners in river care.
DP  - Jan 2019
YR  - 2019
AU  - Alder, Béla
AU  - Birch, Ada
IN  - Alder, Béla: Lake Institute, Graz

      Birch, Ada: Lake Institute, Graz
SO  - Journal of River Studies. Vol.3(2), Jan 2019, pp. 101-119.
DI  - https://dx.doi.org/10.5555/river.2019.1
AB  - Rivers matter.

<2. >
VN  - Ovid Technologies
TI  - Trust in bridges
YR  - 2020
"""
PROQUEST_RIS = """TY  - JOUR
T1  - Citizens as partners in river care
AN  - 2000000001; 201900001
JF  - Journal of River Studies
AU  - Alder, Béla
AU  - Birch, Ada
Y1  - 2019/01//
PY  - 2019
DA  - January 2019
SP  - 101
EP  - 119
VL  - 3
IS  - 2
PB  - River Press
SN  - 1234-5678
AB  - Rivers matter.
N1  - Copyright - © River Press 2019
KW  - rivers
LA  - English
U2  - PubMed: 123456
UR  - https://www.proquest.com/docview/2000000001
DO  - http://dx.doi.org/10.5555/river.2019.1
DB  - Rivers Abstracts (ASSIA)
ER  -
"""
EBSCO_RIS = """TY  - JOUR
ID  - 2019-00001-001
AN  - 2019-00001-001
AU  - Alder, Béla
AU  - Birch, Ada
T1  - Citizens as partners in river care.
JF  - Journal of River Studies
JO  - Journal of River Studies
JA  - J River Stud
Y1  - 2019/01//
VL  - 3
IS  - 2
SP  - 101
EP  - 119
PB  - River Press
SN  - 1234-5678
N2  - Rivers matter. (PsycInfo Database Record (c) 2019 APA, all rights reserved)
L3  - 10.5555/river.2019.1
UR  - https://search.ebscohost.com/login.aspx?direct=true&db=psyh&AN=2019-00001-001
DP  - EBSCOhost
DB  - psyh
ER  -
"""
COCHRANE_RIS = """Record #1 of 2
Provider: John Wiley & Sons, Ltd.
Content: text/plain; charset="UTF-8"

TY  -  JOUR
AN  -  CN-00000001
AU  -  Alder, Béla
AU  -  Birch, Ada
TI  -  Citizens as partners in river care
JA  -  Journal of River Studies
PY  -  2019
VL  -  3
IS  -  2
SP  -  101-119
M3  -  Journal article
DO  -  10.5555/river.2019.1
ER  -


Record #2 of 2
Provider: John Wiley & Sons, Ltd.
Content: text/plain; charset="UTF-8"

TY  -  JOUR
TI  -  Trust in bridges
ER  -
"""
COCHRANE = """Record #1 of 2
ID: CN-00000001
AU: Alder, Béla
AU: Birch, Ada
TI: Citizens as partners in river care
SO: Journal of River Studies
YR: 2019
VL: 3
NO: 2
PG: 101-119
PM: PUBMED 123456
KY: Rivers; *Citizens
DOI: 10.5555/river.2019.1
AB: Rivers matter.

Record #2 of 2
ID: CN-00000002
TI: Trust in bridges
YR: 2020
"""
SCHOLAR_REFER = """%0 Journal Article
%T Citizens as partners in river care
%A Alder, Béla
%A Birch, Ada
%J Journal of River Studies
%V 3
%N 2
%P 101-119
%@ 1234-5678
%D 2019
%R 10.5555/river.2019.1
%I River Press
"""
MENDELEY = """@article{Alder2019,
abstract = {Rivers matter.},
annote = {From Duplicate 1 (note)},
author = {Alder, B{\\'{e}}la and Birch, Ada},
doi = {10.5555/river.2019.1},
file = {:home/a.pdf:pdf},
issn = {1234-5678},
journal = {Journal of River Studies},
mendeley-groups = {rivers},
number = {2},
pages = {101--119},
title = {{Citizens as partners in river care}},
volume = {3},
year = {2019}
}
"""
BIBLATEX = """@article{alder2019,
  title = {Citizens as Partners in River Care},
  author = {Alder, Béla and Birch, Ada},
  date = {2019-01},
  journaltitle = {Journal of River Studies},
  shortjournal = {J. River Stud.},
  volume = {3},
  number = {2},
  pages = {101--119},
  doi = {10.5555/river.2019.1},
  langid = {english},
}
"""


def table(*rows, mark=","):
    return "\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows) + "\n"


LENS = table(
    (
        "Lens ID",
        "Title",
        "Date Published",
        "Publication Year",
        "Publication Type",
        "Source Title",
        "ISSNs",
        "Publisher",
        "Author/s",
        "Abstract",
        "Volume",
        "Issue Number",
        "Start Page",
        "End Page",
        "Fields of Study",
        "External URL",
        "PMID",
        "DOI",
        "Is Open Access",
    ),
    (
        "000-001",
        WORK["title"],
        "2019-01-01",
        "2019",
        "journal article",
        WORK["source"],
        "12345678",
        "River Press",
        WORK["authors"],
        "Rivers matter.",
        "3",
        "2",
        "101",
        "119",
        "Rivers",
        "",
        "123456",
        WORK["doi"],
        "true",
    ),
)
DIMENSIONS = '"About the data: Exported on Jan 1, 2024. Criteria: rivers"\n' + table(
    (
        "Rank",
        "Publication ID",
        "DOI",
        "PMID",
        "Title",
        "Abstract",
        "Source title",
        "PubYear",
        "Publication date",
        "Volume",
        "Issue",
        "Pagination",
        "Publication Type",
        "Authors",
        "Dimensions URL",
    ),
    (
        "500",
        "pub.1",
        WORK["doi"],
        "123456",
        WORK["title"],
        "Rivers matter.",
        WORK["source"],
        "2019",
        "2019-01-01",
        "3",
        "2",
        "101-119",
        "Article",
        WORK["authors"],
        "https://example.org/pub.1",
    ),
)
PUBLISH_OR_PERISH = table(
    (
        "Cites",
        "Authors",
        "Title",
        "Year",
        "Source",
        "Publisher",
        "ArticleURL",
        "CitesURL",
        "GSRank",
        "QueryDate",
        "Type",
        "DOI",
        "ISSN",
        "Volume",
        "Issue",
        "StartPage",
        "EndPage",
        "Abstract",
    ),
    (
        "7",
        "B Alder, A Birch",
        WORK["title"],
        "2019",
        WORK["source"],
        "River Press",
        "https://example.org/1",
        "",
        "1",
        "2024-01-01",
        "",
        WORK["doi"],
        "",
        "3",
        "2",
        "101",
        "119",
        "",
    ),
)
PUBMED_CSV = table(
    (
        "PMID",
        "Title",
        "Authors",
        "Citation",
        "First Author",
        "Journal/Book",
        "Publication Year",
        "Create Date",
        "PMCID",
        "NIHMS ID",
        "DOI",
    ),
    (
        "123456",
        WORK["title"],
        "Alder B, Birch A.",
        "J River Stud. 2019 Jan;3(2):101-119. doi: x.",
        "Alder B",
        WORK["source"],
        "2019",
        "2019/01/01",
        "",
        "",
        WORK["doi"],
    ),
)
OPENALEX_CSV = table(
    (
        "id",
        "doi",
        "display_name",
        "publication_year",
        "primary_location.source.display_name",
        "authorships.author.display_name",
        "biblio.volume",
        "biblio.issue",
        "biblio.first_page",
        "biblio.last_page",
        "type",
        "ids.pmid",
    ),
    (
        "https://openalex.org/W1",
        "https://doi.org/10.5555/river.2019.1",
        WORK["title"],
        "2019",
        WORK["source"],
        "Béla Alder|Ada Birch",
        "3",
        "2",
        "101",
        "119",
        "article",
        "",
    ),
)
EMBASE_CSV = '"SEARCH QUERY","rivers:ti"\n-----------------\n\n' + table(
    (
        "Title",
        "Original Title",
        "Author Names",
        "Source",
        "Source title",
        "Publication Year",
        "Volume",
        "Issue",
        "First Page",
        "Last Page",
        "Publication Type",
        "Abstract",
        "DOI",
    ),
    (
        WORK["title"],
        "",
        "Alder, Béla; Birch, Ada",
        "Journal of River Studies (2019) 3:2 (101-119)",
        WORK["source"],
        "2019",
        "3",
        "2",
        "101",
        "119",
        "Article",
        "Rivers matter.",
        WORK["doi"],
    ),
)
COVIDENCE = table(
    (
        "Title",
        "Authors",
        "Abstract",
        "Published Year",
        "Published Month",
        "Journal",
        "Volume",
        "Issue",
        "Pages",
        "Accession Number",
        "DOI",
        "Ref",
        "Covidence #",
        "Study",
        "Notes",
        "Tags",
    ),
    (
        WORK["title"],
        WORK["authors"],
        "",
        "2019",
        "",
        WORK["source"],
        "3",
        "2",
        "101-119",
        "",
        WORK["doi"],
        "",
        "#1",
        "Alder 2019",
        "",
        "",
    ),
)
BIBLIOMETRIX = table(
    ("AU", "DE", "C1", "AB", "DI", "SO", "DT", "TI", "PY", "VL", "IS", "BP", "EP", "UT", "DB"),
    (
        "ALDER B;BIRCH A",
        "RIVERS",
        "LAKE INST",
        "RIVERS MATTER.",
        WORK["doi"].upper(),
        WORK["source"].upper(),
        "ARTICLE",
        WORK["title"].upper(),
        "2019",
        "3",
        "2",
        "101",
        "119",
        "W1",
        "ISI",
    ),
)
OPENALEX = json.dumps(
    {
        "meta": {"count": 1},
        "results": [
            {
                "id": "https://openalex.org/W1",
                "doi": "https://doi.org/10.5555/river.2019.1",
                "display_name": WORK["title"],
                "title": WORK["title"],
                "publication_year": 2019,
                "ids": {"openalex": "https://openalex.org/W1", "pmid": "https://pubmed.ncbi.nlm.nih.gov/123456"},
                "primary_location": {"source": {"display_name": WORK["source"], "issn": ["1234-5678"]}},
                "authorships": [
                    {"author": {"display_name": "Béla Alder"}, "raw_affiliation_strings": ["Lake"]},
                    {"author": {"display_name": "Ada Birch"}},
                ],
                "biblio": {"volume": "3", "issue": "2", "first_page": "101", "last_page": "119"},
                "abstract_inverted_index": {"Rivers": [0], "matter.": [1]},
                "cited_by_count": 3,
            }
        ],
    }
)
CROSSREF = json.dumps(
    {
        "status": "ok",
        "message": {
            "items": [
                {
                    "DOI": "10.5555/RIVER.2019.1",
                    "title": [WORK["title"]],
                    "container-title": [WORK["source"]],
                    "author": [
                        {"given": "Béla", "family": "Alder", "affiliation": [{"name": "Lake Institute"}]},
                        {"given": "Ada", "family": "Birch"},
                    ],
                    "issued": {"date-parts": [[2019, 1]]},
                    "volume": "3",
                    "issue": "2",
                    "page": "101-119",
                    "abstract": "<jats:title>Aim</jats:title><jats:p>Rivers matter.</jats:p>",
                    "ISSN": ["1234-5678"],
                }
            ]
        },
    }
)
EUROPE_PMC = json.dumps(
    {
        "hitCount": 1,
        "resultList": {
            "result": [
                {
                    "id": "123456",
                    "source": "MED",
                    "pmid": "123456",
                    "doi": WORK["doi"],
                    "title": WORK["title"] + ".",
                    "authorString": "Alder B, Birch A.",
                    "journalInfo": {"volume": "3", "issue": "2", "journal": {"title": WORK["source"]}},
                    "pubYear": "2019",
                    "pageInfo": "101-119",
                }
            ]
        },
    }
)
SEMANTIC_SCHOLAR = json.dumps(
    {
        "total": 1,
        "data": [
            {
                "paperId": "ab",
                "externalIds": {"DOI": WORK["doi"], "PubMed": "123456"},
                "title": WORK["title"],
                "year": 2019,
                "journal": {"name": WORK["source"], "volume": "3", "pages": "101-119"},
                "authors": [{"authorId": "1", "name": "Béla Alder"}, {"authorId": "2", "name": "Ada Birch"}],
            }
        ],
    }
)
ARXIV = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:arxiv="http://arxiv.org/schemas/atom"><title>ArXiv Query</title><entry>
<id>http://arxiv.org/abs/1901.00001v1</id><published>2019-01-01T00:00:00Z</published>
<title>Citizens as partners\n  in river care</title><summary>Rivers matter.</summary>
<author><name>Béla Alder</name></author><author><name>Ada Birch</name></author>
<arxiv:doi>10.5555/river.2019.1</arxiv:doi><category term="cs.CY"/></entry></feed>"""
MARC = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>x</leader>
<controlfield tag="001">900</controlfield>
<datafield tag="024" ind1="7"><subfield code="a">10.5555/river.2019.1</subfield><subfield code="2">doi</subfield></datafield>
<datafield tag="100"><subfield code="a">Alder, Béla</subfield><subfield code="4">aut</subfield></datafield>
<datafield tag="245"><subfield code="a">Citizens as partners in river care /</subfield><subfield code="c">B. Alder</subfield></datafield>
<datafield tag="264"><subfield code="a">Graz</subfield><subfield code="b">River Press</subfield><subfield code="c">2019</subfield></datafield>
<datafield tag="700"><subfield code="a">Birch, Ada</subfield></datafield></record></collection>"""
DUBLIN_CORE = """<records><record><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Citizens as partners in river care</dc:title>
<dc:creator>Alder, Béla</dc:creator><dc:creator>Birch, Ada</dc:creator><dc:date>2019-01-01</dc:date>
<dc:identifier>https://doi.org/10.5555/river.2019.1</dc:identifier></oai_dc:dc></metadata></record></records>"""

PLATFORMS = {
    "PubMed XML": PUBMED_XML,
    "EndNote XML": ENDNOTE_STYLED,
    "Zotero RDF": ZOTERO_RDF,
    "EBSCO XML": EBSCO_XML,
    "MODS XML": MODS,
    "RefWorks XML": REFWORKS_XML,
    "RefWorks tagged": REFWORKS,
    "RIS of Embase": EMBASE_RIS,
    "RIS of Ovid": OVID_RIS,
    "Ovid tagged": OVID_TAGGED,
    "RIS of ProQuest": PROQUEST_RIS,
    "RIS of EBSCO": EBSCO_RIS,
    "RIS of Cochrane": COCHRANE_RIS,
    "Cochrane citations": COCHRANE,
    "EndNote tagged": SCHOLAR_REFER,
    "BibTeX of Mendeley": MENDELEY,
    "BibTeX of BibLaTeX": BIBLATEX,
    "CSV of Lens": LENS,
    "CSV of Dimensions": DIMENSIONS,
    "CSV of Publish or Perish": PUBLISH_OR_PERISH,
    "CSV of PubMed": PUBMED_CSV,
    "CSV of OpenAlex": OPENALEX_CSV,
    "CSV of Embase": EMBASE_CSV,
    "CSV of Covidence": COVIDENCE,
    "Web of Science table": BIBLIOMETRIX,
    "JSON of OpenAlex": OPENALEX,
    "JSON of Crossref": CROSSREF,
    "JSON of Europe PMC": EUROPE_PMC,
    "JSON of Semantic Scholar": SEMANTIC_SCHOLAR,
    "Atom feed": ARXIV,
    "MARCXML": MARC,
    "Dublin Core XML": DUBLIN_CORE,
}
# What a platform does not say, or says only in part.
LESS = {
    "EBSCO XML": {"pages": "101"},
    "CSV of Publish or Perish": {"authors": "Alder, B; Birch, A"},
    "CSV of PubMed": {"authors": "Alder, B; Birch, A"},
    "JSON of Europe PMC": {"authors": "Alder, B; Birch, A"},
    "Web of Science table": {"authors": "ALDER, B; BIRCH, A"},
    "JSON of Semantic Scholar": {"issue": ""},
    "Atom feed": {"source": "", "volume": "", "issue": "", "pages": ""},
    "MARCXML": {"source": "", "volume": "", "issue": "", "pages": ""},
    "Dublin Core XML": {"source": "", "volume": "", "issue": "", "pages": ""},
}


@pytest.mark.parametrize("platform", list(PLATFORMS))
def test_every_platform_says_the_same_of_the_same_work(platform):
    one = read_file("export", PLATFORMS[platform].encode())
    assert platform.startswith(one.format)
    assert one.refused == []
    expected = WORK | LESS.get(platform, {})
    read = {name: one.entries[0][name] for name in WORK}
    if platform in ("Web of Science table", "BibTeX of BibLaTeX"):
        read, expected = ({k: v.lower() for k, v in d.items()} for d in (read, expected))
    assert read == expected


@pytest.mark.parametrize("platform", ["RIS of Ovid", "Ovid tagged", "RIS of Cochrane", "Cochrane citations"])
def test_counters_and_headings_between_entries_are_no_entries(platform):
    one = read_file("export", PLATFORMS[platform].encode())
    assert [e["title"] for e in one.entries][1:] == ["Trust in bridges"]


def test_pubmed_xml_keeps_what_no_field_takes():
    one = read_file("export", PUBMED_XML.encode())
    entry = one.entries[0]
    assert entry["abstract"] == ABSTRACT
    assert (entry["pmid"], entry["issn"], entry["affiliations"]) == ("123456", "1234-5678", "Lake Institute, Graz.")
    other = {o["tag"]: o["value"] for o in one.other}
    assert (other["Grant.GrantID"], other["Grant.Agency"]) == ("G-1", "River Fund")
    assert other["DateRevised.Year"] == "2020"


# A workbook of Excel 97 with one invented record, compressed.
OLD_WORKBOOK = (
    "c-rk)T}V_x6h3qJ$JPAV)iu(}1|c(BO^cuiUDsB_$e-4qGJ;xnFL-g=mAkt_K9prX7C}!%FNP7lSibZ_1@+cLVAMkp1X"
    "_>v5)|~H-p-u8yR25=LJ8LWE_3FbGiT<^ou6}O?yDKc?8J2G94tcvm|#)M25Xv*VaiSlcEEB?6KpcKVbTn&DP-GlBCQs"
    "9ocA(I%%Pa?IgsF<`8iU6513BC5VS|aGG9eBQ6KzF^r0RpgBz&HhZ5>lA<+QQBBFQ6@(IyK(p(~1kG8YyILx@)tM=-v_"
    "?T2qW%(f5eL!{Ik){rc;e}Ym=dQ4Xtpz-);t#E{f--Y1Oae~mK{+g|LN0(?kOR<%sBUYk_IhW*iIY7E-!u;JHMy&waYM"
    "hldIqTfzEq#}8@&xDak>7gWCj=o?G$a2ad5zAGf<$8`iJG9DhHzTxH8tEN+etpo_K5^qDJ$OQ)5aXB=c@17Ls!Tx*~Bk"
    "po<t5I^+EzCE$-KkudL*{VK+W-bg5ZS~dZAJ6e}nc>OWC5Zep|W!1%-_VXr14Gg%rrxMr!P#}hB1Y`(96kowlbO>`5OT"
    "wsENuwaokyl`tbR2iNu#u4~;v6>dY13xD0pL(akFVWxn0K^rUu$o(k9T$Vcw3vhoVbf?YxW>^s>-me*6gaS+gDSUBZh="
    "xoqb8H%cB^Oi!=xY#5*Vw*m1Du?|gaP*5BzqNt#jmz9qhbTg9M*2IoZ$tej6J5>e4~74bWWUZ7St5?@NxiQ5$Oiq2x4X"
    "&ED%i&R>Hes&YyxVNS8mB^2OI`Xh={G)q2@>2)rMx0Y`-4jrblO4qR;u!-MbFu5!1RlAQInyKNd!i*jMNgY#*ZZ#NpZW"
    "q=5b*-xAexZG=&+O|>0_0UOemRBk{Km)O0uA2Nl8|eth!hB3$Kj4X6g2fyxLNd@G4FrPw|}?dA+<v*yoeigpKegJe`$<"
    "WJSxHw<Tzh3gJFYQe)bwCI<`{Fkrxd0Rsm9CouioYNFE<&?(KTpJK&-odryb#&42;7CwmJ6T{n8Gv2&nc+)zQ(fU~r7M"
    "5&_t*}n=f1$up^sd4n^iw|uGhV-VuVLx$v*L>OKevT4^}m=&KmW4-AMg|r`~"
)


def test_workbook_of_excel_97():
    one = read_file("savedrecs.xls", zlib.decompress(base64.b85decode(OLD_WORKBOOK)))
    entry = one.entries[0]
    assert one.format == "Excel 97"
    assert entry["title"] == "Citizens as partners in river care – “α”"
    assert (entry["year"], entry["volume"], entry["doi"]) == ("2019", "3", "10.5555/river.2019.1")
    assert {o["tag"]: o["value"] for o in one.other} == {"Publication Date": "2019-01-31"}


def test_broken_workbook_of_excel_97_is_named():
    data = zlib.decompress(base64.b85decode(OLD_WORKBOOK))
    for cut in (600, 2000, len(data) - 900):
        with pytest.raises(StudyError, match="not a readable Excel workbook"):
            read_file("a.xls", data[:cut])


def test_sheets_of_a_workbook_that_name_titles_are_all_read(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for name in ("Search 1", "Search 2"):
        sheet = book.create_sheet(name)
        sheet.append(["Query: rivers", "x"])
        sheet.append(["Article Title", "Authors", "Publication Year"])
        sheet.append([f"Rivers in {name}", "Alder, B.", 2019])
    book.active.append(["Notes", "of ours"])
    book.save(tmp_path / "a.xlsx")
    one = read_file("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert [e["title"] for e in one.entries] == ["Rivers in Search 1", "Rivers in Search 2"]


def test_bibtex_entry_takes_from_its_proceedings_what_it_does_not_say():
    text = (
        "@inproceedings{a, title={Rivers}, author={Alder, B.}, crossref={p}}\n"
        "@proceedings{p, title={Proceedings of Rivers}, year=2019, publisher={River Press}}\n"
    )
    first = read_file("a.bib", text.encode()).entries[0]
    assert (first["title"], first["source"], first["year"]) == ("Rivers", "Proceedings of Rivers", "2019")
    assert first["publisher"] == "River Press"


def test_first_author_under_another_tag_stays_first():
    text = "TY  - JOUR\nTI  - Rivers\nA1  - Alder, B.\nAU  - Birch, A.\nAU  - Cedar, C.\nER  - \n"
    assert read_file("a", text.encode()).entries[0]["authors"] == "Alder, B.; Birch, A.; Cedar, C."


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2019///Spring", "2019"),
        ("20190531", "2019"),
        ("Start date: 20170812", "2017"),
        ("c2005.", "2005"),
        ("[2011]", "2011"),
        ("Dec 2016/Jan 2017", "2016"),
        ("05/2018", "2018"),
        ("2019-01-01T00:00:00Z", "2019"),
        ("in press", ""),
        ("0000", ""),
    ],
)
def test_years_in_odd_places(written, year):
    text = f"TY  - JOUR\nTI  - Rivers\nPY  - {written}\nER  - \n"
    assert read_file("a", text.encode()).entries[0]["year"] == year


def test_columns_of_ones_own_table_are_mapped():
    text = "Nr;Verfasser;Werk;Jahr;Signatur\n1;Alder, B.;Rivers;2019;X 1\n"
    one = read_file("a.csv", text.encode(), {"verfasser": "authors", "Werk": "title"})
    entry = one.entries[0]
    assert (entry["title"], entry["authors"], entry["year"]) == ("Rivers", "Alder, B.", "2019")
    assert {o["tag"] for o in one.other} == {"Nr", "Signatur"}
