"""Forms of recent years and of single programs. All works are invented for these tests (illustrative)."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.literature.importing import read_file

POP = "Cites,Authors,Title,Year,Source,GSRank,AuthorCount,Volume,Issue,StartPage,EndPage,Abstract\n"
IEEE = "Document Title,Publication Title,Publication Year,Volume,Issue,Start Page,End Page,Document Identifier\n"
LONG = "Citizens and staff kept the doors of forty houses together for two years. " * 5


def read(text):
    one = read_file("export", text.encode())
    assert (len(one.entries), one.refused) == (1, [])
    return one.entries[0], {row["tag"]: row["value"] for row in one.other}


FORMS = {
    "a volume as it is numbered in France": (
        "TY  - JOUR\nTI  - Doors\nVL  - N° 12\nIS  - nº 3\nER  - \n",
        {"volume": "12", "issue": "3"},
    ),
    "a meeting that begins with a number": ("TY  - CPAPER\nTI  - Doors\nCP  - 5th Conf\nER  - \n", {"issue": ""}),
    "an underscore of LaTeX in a DOI of RIS": (
        "TY  - JOUR\nTI  - Doors\nDO  - 10.5555/a\\_1\nER  - \n",
        {"doi": "10.5555/a_1"},
    ),
    "Indonesian names of columns": (
        'Judul;Penulis;Jurnal;Tahun\nPintu;"Alder, B";Jurnal Pintu;2020\n',
        {"title": "Pintu", "year": "2020"},
    ),
    "a DOI that PubMed calls invalid": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>31234567</PMID><Article><ArticleTitle>Doors</ArticleTitle>"
        '<ELocationID EIdType="doi" ValidYN="N">10.5555/wrong</ELocationID></Article></MedlineCitation><PubmedData>'
        '<ArticleIdList><ArticleId IdType="doi">10.5555/right</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>',
        {"doi": "10.5555/right"},
    ),
    "pages and following": ("TY  - JOUR\nTI  - Doors\nSP  - 101\nEP  - +\nER  - \n", {"pages": "101"}),
    "names of BibTeX with commas alone": (
        "@article{a, title={Doors}, author={Béla Alder, Ann Birch, Cy Cedar}, year=2020}\n",
        {"authors": "Alder, Béla; Birch, Ann; Cedar, Cy"},
    ),
    "a name of BibTeX in three parts": (
        "@article{a, title={Doors}, author={de la Torre, III, Ana Maria}, year=2020}\n",
        {"authors": "de la Torre, Ana Maria, III"},
    ),
    "a column for each author": (
        'Author 1,Author 2,Author 3,Title\n"Alder, B","Birch, C",,Doors\n',
        {"authors": "Alder, B; Birch, C"},
    ),
    "JSON of Publish or Perish": (
        '[{"abstract":"Doors … keys","article_url":"https://example.org/d","authors":["B Alder","C Birch"],"cites":3,'
        '"cites_url":"https://example.org/c","source":"Journal of Doors","title":"[PDF] Doors","uid":"GS:4711","volume":0,"year":2020}]',
        {
            "title": "Doors",
            "authors": "Alder, B; Birch, C",
            "abstract": "",
            "pmid": "",
            "volume": "",
            "url": "https://example.org/d",
        },
    ),
    "a number of PubMed Central under pmid": ('title,authors,pmid\nDoors,"Alder, B",PMC1234567\n', {"pmid": ""}),
    "a number of PubMed as a table program has it": (
        'title,authors,pmid\nDoors,"Alder, B",31234567.0\n',
        {"pmid": "31234567"},
    ),
    "an article before a title in MODS, and a title in another language": (
        '<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo type="translated"><title>Die Tür</title></titleInfo>'
        "<titleInfo><nonSort>The</nonSort><title>door</title><subTitle>a history</subTitle></titleInfo>"
        '<relatedItem type="host"><titleInfo><nonSort>L\'</nonSort><title>Architecture</title></titleInfo></relatedItem>'
        "</mods></modsCollection>",
        {"title": "The door: a history", "source": "L'Architecture"},
    ),
    "the line of the Directory of Open Access Journals": (
        'Title,Authors,Source\nDoors,"Alder, B","Journal of Doors, Vol 12, Iss 3, Pp 1-9 (2020)"\n',
        {"source": "Journal of Doors", "volume": "12", "issue": "3", "pages": "1-9", "year": "2020"},
    ),
    "the same without a volume": (
        "TY  - JOUR\nTI  - Doors\nJO  - Doors, Keys and Locks, Iss 7 (2020)\nER  - \n",
        {"source": "Doors, Keys and Locks", "volume": "", "issue": "7", "pages": "", "year": "2020"},
    ),
    "Ovid's table": (
        'VN,DB,UI,AU,TI,SO,DO,PT,LG,YR,IP,PG,IS\nOvid Technologies,MEDLINE,31234567,"Alder B\nBirch C",Doors.,'
        '"Journal of Doors. 12(3):1-9, 2020 Mar.",https://dx.doi.org/10.5555/o.1,Journal Article,English,2020,3,1-9,1234-5678\n',
        {
            "authors": "Alder, B; Birch, C",
            "source": "Journal of Doors",
            "volume": "12",
            "issue": "3",
            "issn": "1234-5678",
            "doi": "10.5555/o.1",
            "pmid": "31234567",
        },
    ),
    "the interface of DOAJ": (
        '{"results":[{"id":"x","bibjson":{"title":"Doors","year":"2020","identifier":[{"type":"doi","id":"10.5555/d.1"},'
        '{"type":"eissn","id":"1234-5678"}],"journal":{"title":"Journal of Doors","volume":"12","number":"3","publisher":"Elm"},'
        '"author":[{"name":"Béla Alder"}]}}]}',
        {"doi": "10.5555/d.1", "issue": "3", "publisher": "Elm", "issn": "1234-5678", "authors": "Alder, Béla"},
    ),
    "DataCite's methods, which are no abstract": (
        '{"data":[{"id":"10.5555/d.2","attributes":{"doi":"10.5555/d.2","creators":[{"name":"Alder, B"}],"publicationYear":2020,'
        '"titles":[{"title":"Türen","titleType":"TranslatedTitle"},{"title":"Doors"}],'
        '"descriptions":[{"description":"We counted.","descriptionType":"Methods"},'
        '{"description":"Doors matter.","descriptionType":"Abstract"}]}}]}',
        {"title": "Doors", "abstract": "Doors matter."},
    ),
    "Zotero's interface": (
        '[{"key":"A","version":1,"data":{"key":"A","itemType":"journalArticle","title":"Doors","publicationTitle":"Journal of Doors",'
        '"creators":[{"creatorType":"author","firstName":"Béla","lastName":"Alder"}],"date":"2020-03","DOI":"10.5555/z.2"}}]',
        {
            "title": "Doors",
            "authors": "Alder, Béla",
            "source": "Journal of Doors",
            "year": "2020",
            "doi": "10.5555/z.2",
        },
    ),
    "Zenodo's interface": (
        '{"hits":{"hits":[{"id":1,"doi":"10.5555/z.3","metadata":{"title":"Doors","description":"<p>Doors matter.</p>",'
        '"creators":[{"name":"Alder, B"}],"publication_date":"2020-03-04","resource_type":{"type":"publication","subtype":"report"}}}]}}',
        {"title": "Doors", "abstract": "Doors matter.", "authors": "Alder, B", "year": "2020", "type": "report"},
    ),
    "HAL's interface": (
        '{"response":{"docs":[{"halId_s":"hal-1","title_s":["Doors"],"authFullName_s":["Béla Alder","Ann Birch"],'
        '"producedDateY_i":2020,"journalTitle_s":"Journal of Doors","doiId_s":"10.5555/h.1","abstract_s":["Doors matter."]}]}}',
        {"authors": "Alder, Béla; Birch, Ann", "year": "2020", "source": "Journal of Doors", "doi": "10.5555/h.1"},
    ),
    "Scopus's interface, with all authors and the first": (
        '{"search-results":{"entry":[{"dc:title":"Doors","dc:creator":"Alder B.","author":[{"authname":"Alder B."},{"authname":"Birch C."}],'
        '"prism:coverDate":"2020-03-04"}]}}',
        {"authors": "Alder, B.; Birch, C."},
    ),
    "Web of Science's interface": (
        '{"hits":[{"uid":"WOS:1","title":"Doors","source":{"sourceTitle":"Journal of Doors","publishYear":2020,"volume":"12",'
        '"pages":{"range":"1-9"}},"names":{"authors":[{"displayName":"Alder, Béla"}]},"identifiers":{"doi":"10.5555/w.1"}}]}',
        {"authors": "Alder, Béla", "source": "Journal of Doors", "year": "2020", "pages": "1-9", "doi": "10.5555/w.1"},
    ),
    "Springer's interface": (
        '{"records":[{"title":"Doors","creators":[{"creator":"Alder, Béla"}],"publicationName":"Journal of Doors",'
        '"publicationDate":"2020-03-04","startingPage":"1","endingPage":"9"}]}',
        {"authors": "Alder, Béla", "source": "Journal of Doors", "pages": "1-9"},
    ),
    "a table of one's own as JSON": (
        '[{"Title":"Doors","Authors":"Alder, B; Birch, C","Year":2020,"Journal":"Journal of Doors","Author Keywords":"keys; locks"}]',
        {"authors": "Alder, B; Birch, C", "source": "Journal of Doors", "keywords": "keys; locks"},
    ),
    "entities in names and keywords": (
        "TY  - JOUR\nTI  - Doors\nAU  - M&uuml;ller, J&ouml;rg\nAU  - O&#39;Brien, A\nKW  - M&uuml;nchen; keys\nER  - \n",
        {"authors": "Müller, Jörg; O'Brien, A", "keywords": "München; keys"},
    ),
    "names of BibTeX of which one is missing": (
        "@article{a, title={Doors}, author={Alder, B and  and Birch, C and}, year=2020}\n",
        {"authors": "Alder, B; Birch, C"},
    ),
    "Paperpile's table": (
        'Item type,Authors,Title,Journal,Full journal,Publication year\nJournal Article,"Alder B,Birch C",Doors,J Doors,Journal of Doors,2020\n',
        {"authors": "Alder, B; Birch, C", "source": "Journal of Doors"},
    ),
    "a cell too narrow for its number": ('Title,Authors,Year,Pages\nDoors,"Alder, B",2020,#######\n', {"pages": ""}),
    "German names of columns": (
        'Titel;Autor(en);Jahr\nTüren;"Alder, B.; Birch, C.";2020\n',
        {"authors": "Alder, B.; Birch, C."},
    ),
    "table of ERIC": (
        "id,title,author,source,publicationdateyear,description,subject,issn,publicationtype,url\n"
        'EJ1,Doors,"Alder, Béla; Birch, Ann",Journal of Doors,2020,Doors matter.,Doors; Keys,ISSN-1234-5678,'
        "Journal Articles; Reports - Research,http://dx.doi.org/10.5555/e.1\n",
        {
            "authors": "Alder, Béla; Birch, Ann",
            "year": "2020",
            "abstract": "Doors matter.",
            "keywords": "Doors; Keys",
            "doi": "10.5555/e.1",
            "type": "article",
        },
    ),
    "Zotero's line for a DOI": (
        'Key,Item Type,Title,Author,DOI,Extra\nA1,report,Doors,"Alder, B","","PMID: 31234567\nDOI: 10.5555/z.1\nsee 10.5555/o"\n',
        {"doi": "10.5555/z.1", "pmid": "31234567"},
    ),
    "a DOI over two lines": (
        "TY  - JOUR\nTI  - Doors\nDO  - 10.5555/abc-\n123.x\nER  - \n",
        {"doi": "10.5555/abc-123.x"},
    ),
    "an address over two lines": (
        "TY  - JOUR\nTI  - Doors\nUR  - https://www.example.org/doi/10.5555/abc\n/def\nER  - \n",
        {"doi": "10.5555/abc/def", "url": "https://www.example.org/doi/10.5555/abc/def"},
    ),
    "PubMed's DOI over two lines": (
        "PMID- 31234567\nTI  - Doors\nLID - 10.5555/jd.2020.a.very.long\n      .suffix [doi]\n",
        {"doi": "10.5555/jd.2020.a.very.long.suffix"},
    ),
    "the number of PsycINFO in Ovid": (
        "TY  - JOUR\nTI  - Doors\nAN  - Peer Reviewed Journal: 2020-12345-001\nER  - \n",
        {"accession": "2020-12345-001"},
    ),
    "RIS with the dashes of a word processor": (
        "TY  – JOUR\nTI  – Doors\nAU  – Alder, B\nPY  – 2020\nER  – \n",
        {"title": "Doors", "authors": "Alder, B", "year": "2020"},
    ),
    "an address under howpublished": (
        "@misc{c, title={Locks}, author={Cedar, C}, howpublished={\\url{https://x.example.org/10.5555/l}}, year=2019}\n",
        {"url": "https://x.example.org/10.5555/l", "doi": "10.5555/l"},
    ),
    "two DOIs on two lines": (
        "TY  - JOUR\nTI  - Doors\nDO  - 10.5555/abc\n10.5555/d\nER  - \n",
        {"doi": "10.5555/abc"},
    ),
    "keywords with signs of China": (
        "TY  - JOUR\nTI  - Doors\nKW  - 合作；信任、社区\nER  - \n",
        {"keywords": "合作; 信任; 社区"},
    ),
    "keywords with dots between": (
        "TY  - JOUR\nTI  - Doors\nKW  - care • trust · keys\nER  - \n",
        {"keywords": "care; trust; keys"},
    ),
    "an article in press": ("TY  - INPR\nTI  - Doors\nT2  - Journal of Doors\nER  - \n", {"type": "article"}),
    "types of other languages": ("TY  - GEN\nTI  - Doors\nM3  - Buchaufsatz\nER  - \n", {"type": "chapter"}),
    "an electronic article of EndNote": ("%0 Electronic Article\n%T Doors\n", {"type": "article"}),
    "keywords of EndNote in one element": (
        "<xml><records><record><titles><title>Doors</title></titles><keywords><keyword>care&#xD;trust and\nhope</keyword>"
        "</keywords></record></records></xml>",
        {"keywords": "care; trust and hope"},
    ),
    "a body of Lens": (
        '{"data": [{"title": "Doors", "authors": [{"first_name": "Béla", "last_name": "Alder"}, {"collective_name": "River Group"}]}]}',
        {"authors": "Alder, Béla; River Group"},
    ),
    "the heading of an abstract of Crossref": (
        '{"items": [{"title": ["Doors"], "DOI": "10.5555/c.1", "abstract": "<jats:title>Abstract</jats:title><jats:p>Doors.</jats:p>"}]}',
        {"abstract": "Doors."},
    ),
    "the heading of an abstract": (
        "TY  - JOUR\nTI  - Doors\nAB  - Abstract: Doors matter.\nER  - \n",
        {"abstract": "Doors matter."},
    ),
    "an abstract on abstract art": (
        "TY  - JOUR\nTI  - Doors\nAB  - Abstract art has doors.\nER  - \n",
        {"abstract": "Abstract art has doors."},
    ),
    "table of Semantic Scholar": (
        "paperId,externalIds.DOI,externalIds.PubMed,title,venue,year,authors,publicationTypes,journal.name,"
        'journal.pages,journal.volume\nab12,10.5555/s.1,38000004,Doors,J. Doors,2024,"Béla Alder, Anna van der Berg",'
        "JournalArticle,Journal of Doors,101-119,12\n",
        {
            "authors": "Alder, Béla; van der Berg, Anna",
            "source": "Journal of Doors",
            "volume": "12",
            "pages": "101-119",
            "doi": "10.5555/s.1",
            "pmid": "38000004",
            "type": "article",
            "accession": "ab12",
        },
    ),
    "Publish or Perish, of Google Scholar": (
        POP + '5,"B Alder, A Berg","[HTML] Doors",2024,Journal of …,1,2,0,0,0,0,"… of doors and keys …"\n',
        {"title": "Doors", "authors": "Alder, B; Berg, A", "volume": "", "issue": "", "pages": "", "abstract": ""},
    ),
    "Publish or Perish, of Crossref": (
        POP + f'5,"Béla Alder, Anna van der Berg",Doors,2024,Journal of Doors,1,2,12,3,101,119,"{LONG}"\n',
        {"authors": "Alder, Béla; van der Berg, Anna", "volume": "12", "pages": "101-119", "abstract": LONG.strip()},
    ),
    "IEEE, in no issue yet": (
        IEEE + "Doors,IEEE Transactions on Doors,2024,PP,99,1,1,IEEE Early Access Articles\n",
        {"volume": "", "issue": "", "pages": "", "type": "article"},
    ),
    "IEEE, first page of an issue": (
        IEEE + "Doors,IEEE Transactions on Doors,2024,7,99,1,9,IEEE Journals\n",
        {"volume": "7", "issue": "99", "pages": "1-9"},
    ),
    "Embase, with its source line beside the volume": (
        "Title,Author Names,Source,Publication Year,Volume,Issue,First Page,Last Page,Article Language\n"
        'Doors,"Alder B., Birch C.","Journal of Doors (2024) 12:3 (101-119). Date of Publication: 5 Mar 2024",'
        "2024,12,3,101,119,English\n",
        {"source": "Journal of Doors", "volume": "12", "pages": "101-119", "language": "English"},
    ),
    "a journal with a year in its name": (
        "Title,Authors,Source title,Year,Volume\nDoors,Alder B.,Annals of Doors (1998) Series B,2024,12\n",
        {"source": "Annals of Doors (1998) Series B", "volume": "12"},
    ),
    "Web of Science table with bodies": (
        "Authors,Group Authors,Author Full Names,Article Title,Publication Year\n"
        '"Alder, B",River Study Grp,"Alder, Bela",Doors,2024\n',
        {"authors": "Alder, Bela; River Study Grp"},
    ),
    "Web of Science table of a body": (
        "Authors,Group Authors,Article Title,Publication Year\n,River Study Grp,Doors,2024\n",
        {"authors": "River Study Grp"},
    ),
    "EndNote tagged with a day of access": (
        "%0 Journal Article\n%T Doors\n%A Alder, B.\n%D 2024\n%G eng\n%[ 2024/05/01\n%] 7\n"
        "%U https://www.ncbi.nlm.nih.gov/pubmed/38000008\n",
        {"language": "eng", "pmid": "38000008"},
    ),
    "EndNote XML with the address of PubMed": (
        "<xml><records><record><ref-type name='Journal Article'>17</ref-type><titles><title>Doors</title></titles>"
        "<urls><related-urls><url>https://pubmed.ncbi.nlm.nih.gov/38000007/</url></related-urls></urls>"
        "</record></records></xml>",
        {"pmid": "38000007", "url": "https://pubmed.ncbi.nlm.nih.gov/38000007/"},
    ),
    "CSL-JSON with keywords as one text": (
        '[{"id": "a", "type": "article-journal", "title": "Doors", "author": [{"family": "Alder"}],'
        ' "keyword": "trust, home care,keys"}]',
        {"keywords": "trust; home care; keys"},
    ),
    "Cochrane's tags in RIS": (
        "TY  - JOUR\nAN  - CN-1\nAU  - Alder, B\nTI  - Doors\nSO  - Journal of doors\nYR  - 2024\nVL  - 12\nNO  - 3\n"
        "PG  - 101‐119\nXR  - EMBASE 630000001,PUBMED 38000024\nKW  - Trust\nDOI - 10.5555/c.1\n"
        "US  - https://library.example.org/CN-1\nER  - \n",
        {
            "source": "Journal of doors",
            "year": "2024",
            "issue": "3",
            "pages": "101-119",
            "doi": "10.5555/c.1",
            "pmid": "38000024",
            "keywords": "Trust",
            "url": "https://library.example.org/CN-1",
        },
    ),
    "numbers of other databases under C3 (Cochrane)": (
        "TY  - JOUR\nTI  - Doors\nT2  - Journal of doors\nC3  - EMBASE 630000001,PUBMED 38000025\nER  - \n",
        {"source": "Journal of doors", "pmid": "38000025"},
    ),
    "a number of Embase alone under C3": (
        "TY  - JOUR\nTI  - Doors\nAU  - Alder, B\nC3  - EMBASE 630000001\nER  - \n",
        {"source": "", "pmid": ""},
    ),
    "Ovid's address with the PubMed number": (
        "TY  - JOUR\nT1  - Doors.\nLA  - und\nUR  - https://a.example.org/?T=JS&AN=38000030\n"
        "UR  - https://b.example.org/x?sid=OVID:medline&id=pmid:38000030&id=doi:10.5555%2Fo.1&issn=1234-5678\nER  - \n",
        {"pmid": "38000030", "doi": "10.5555/o.1", "language": ""},
    ),
    "RefWorks of CNKI": (
        "RT Journal Article\nSR 1\nA1 张三;李四\nT1 公民作为伙伴\nJF 河流研究\nYR 2024\nIS 03\nvo 12\nOP 101-119\n"
        "K1 合作生产;信任\nLA 中文;\nDS CNKI\n",
        {"authors": "张三; 李四", "volume": "12", "pages": "101-119", "language": "中文"},
    ),
}


@pytest.mark.parametrize("form", list(FORMS))
def test_a_form_is_read(form):
    text, expected = FORMS[form]
    entry, _ = read(text)
    assert {name: entry[name] for name in expected} == expected


def test_what_publish_or_perish_adds_is_kept():
    _, other = read(FORMS["Publish or Perish, of Google Scholar"][0])
    assert (other["piece of the page"], other["Volume not known"]) == ("… of doors and keys …", "0")


@pytest.mark.parametrize("line", ["US - based staff and", "NO - not this one", "SO - called keys"])
def test_words_that_are_tags_of_cochrane_stay_in_the_text(line):
    entry, _ = read(f"TY  - JOUR\nTI  - Doors\nAB  - Houses with\n{line} citizens.\nPY  - 2024\nER  - \n")
    assert entry["abstract"] == f"Houses with {line} citizens."


MISSING = {
    "abstract": ("AB", ["[No abstract present]", "Abstract missing", "[]", '""', "Not found", "None provided."]),
    "authors": ("AU", ["Anonymous, A.", "Not Available, Not Available", "null, null", "[Anonymous, Anonymous"]),
    "pages": ("SP", ["N.PAG-N.PAG", "No.pagination", "(no pagination)", "unpaginated", "np", "null-null", "0"]),
    "volume": ("VL", ["0", "NaN", "n/a"]),
    "issue": ("IS", ["0", "<NA>", "--"]),
    "issn": ("SN", ["0000-0000", "nan"]),
}


@pytest.mark.parametrize("field", list(MISSING))
def test_words_for_missing(field):
    tag, words = MISSING[field]
    for word in words:
        entry, _ = read(f"TY  - JOUR\nTI  - Doors\n{tag}  - {word}\nER  - \n")
        assert entry[field] == "", word


@pytest.mark.parametrize(
    ("tag", "field", "written", "read_as"),
    [
        ("VL", "volume", "Vol. 12", "12"),
        ("VL", "volume", "12.0", "12"),
        ("VL", "volume", "v12", "12"),
        ("VL", "volume", "VIII", "VIII"),
        ("VL", "volume", "100", "100"),
        ("IS", "issue", "No. 3", "3"),
        ("IS", "issue", "3 Suppl 1", "3 Suppl 1"),
        ("IS", "issue", "November", "November"),
        ("PY", "year", "202403", "2024"),
        ("SP", "pages", "100", "100"),
        ("TI", "title", "Not found", "Not found"),
        ("AU", "authors", "Nota, Anna", "Nota, Anna"),
    ],
)
def test_numbers_as_programs_write_them(tag, field, written, read_as):
    entry, _ = read(f"TY  - JOUR\nT1  - Doors\n{tag}  - {written}\nER  - \n")
    assert entry[field] == read_as


@pytest.mark.parametrize(
    "said",
    [
        "Zusammenfassung nicht verfügbar",
        "Keine Zusammenfassung vorhanden.",
        "Sin resumen disponible",
        "No hay resumen.",
        "Sem resumo disponível",
        "Nessun riassunto disponibile",
        "Geen samenvatting beschikbaar",
        "Ingen sammendrag",
        "Abstract saknas",
        "Abstract:",
        "ABSTRACT AVAILABLE FROM AUTHOR",
        "Please see the full text.",
        "Not provided by publisher",
        "(c) 2020 APA, all rights reserved",
        "(PsycInfo Database Record (c) 2021 APA, all rights reserved)",
        "© The Author(s) 2020. Published by Oxford University Press on behalf of the River Society. All rights reserved.",
        "© 2020 Informa UK Limited, trading as Taylor & Francis Group",
        "© 2020 The Author(s). Published by Elsevier Ltd. All rights reserved.",
    ],
)
def test_sentences_in_the_place_of_an_abstract(said):
    entry, _ = read(f"TY  - JOUR\nTI  - Doors\nAU  - Alder, B\nAB  - {said}\nER  - \n")
    assert entry["abstract"] == ""


@pytest.mark.parametrize(
    "said",
    [
        "No resumen otra cosa: las puertas de las casas importan mucho.",
        "© 2020 The Authors. Doors and keys matter to all.",
        "© 2020 The Authors. Doors matter.",
    ],
)
def test_short_abstracts_that_are_some(said):
    assert read(f"TY  - JOUR\nTI  - Doors\nAU  - Alder, B\nAB  - {said}\nER  - \n")[0]["abstract"] == said


TEXTS = {
    "PubMed's abstracts as": (
        "1: Alder B. Doors. J Doors. 2020 Mar;12(3):1-9. doi: 10.5555/p.1. PMID: 31234567.\n",
        "PubMed or CSV",
    ),
    "Ovid's citations": ("<1>\nUnique Identifier\n  31234567\nTitle\n  Doors.\n", "Reprint/Medlars"),
    "a row for each field": (
        '"TITLE","Doors"\n"AUTHOR NAMES","Alder B.","Birch C."\n"PUBLICATION YEAR","2020"\n\n"TITLE","Keys"\n',
        "fields by column",
    ),
    "sources of Word": (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"></b:Sources>',
        "Zotero",
    ),
    "YAML": ("references:\n- id: a\n  title: Doors\n", "CSL-JSON"),
    "ProQuest": (
        "_____\n\nReport Information from ProQuest\nMarch 01 2024\n\nDocument 1 of 2\n\nDoors\n\nAuthor: Alder, Béla\n",
        "RIS",
    ),
    "Scopus": (
        "Scopus\nEXPORT DATE: 01 March 2024\n\nAlder B.\nDoors\n(2020) Journal of Doors, 12 (3)\n",
        "CSV, RIS or BibTeX",
    ),
    "PubMed's abstracts": (
        "1. J Doors. 2020 Mar;12(3):1-9. doi: 10.5555/p.1.\n\nDoors.\n\nAlder B(1).\n\nPMID: 31234567\n",
        "PubMed or CSV",
    ),
    "EBSCO": ("Title: Doors.\nAuthors: Alder, Béla\nSource: Journal of Doors. Mar2020\n", "RIS"),
    "list of PubMed numbers": ("31234567\n31234568\n", "format PubMed"),
    "list of DOIs": ("10.5555/a\nhttps://doi.org/10.5555/b\n", "Zotero"),
    "formatted reference list": (
        "Alder, B. (2020). Doors. Journal of Doors, 12(3), 1-9.\nBirch, C. (2021). Keys. Elm.\n",
        "Zotero",
    ),
}


@pytest.mark.parametrize("kind", list(TEXTS))
def test_a_text_to_read_is_named_with_what_to_export_instead(kind):
    text, remedy = TEXTS[kind]
    with pytest.raises(StudyError, match=kind) as asked:
        read_file("export.txt", text.encode())
    assert remedy in asked.value.remedy
