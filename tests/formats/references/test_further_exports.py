"""Exports of further providers and programs, each with what it alone writes."""

import json

import pytest
from coproduction.literature.importing import read_file

TITLE = "Citizens as partners in river care"
RIS = {
    "TY": "JOUR",
    "AU": "Alder, Béla",
    "TI": TITLE,
    "T2": "Journal of River Studies",
    "PY": "2019",
    "VL": "3",
    "IS": "2",
    "SP": "101",
    "EP": "119",
}
WORK = {
    "title": TITLE,
    "year": "2019",
    "source": "Journal of River Studies",
    "volume": "3",
    "issue": "2",
    "pages": "101-119",
    "doi": "10.5555/river.2019.1",
}


def only(text):
    """The one entry of a file."""
    one = read_file("export", text.encode())
    assert (len(one.entries), one.refused) == (1, [])
    return one.entries[0]


def ris(**more):
    fields = {tag: value for tag, value in (RIS | more).items() if value is not None}
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields.items()), "ER  - ", ""])


def fields_of(entry, expected):
    return {name: entry[name] for name in expected}


@pytest.mark.parametrize(
    ("note", "doi"),
    [
        ("Comment in: Elm C. Rivers again. J River Stud. 2020;4:1. doi: 10.5555/other.1", ""),
        ("Erratum: see https://doi.org/10.5555/other.1 for the figures", ""),
        ("doi: 10.5555/river.2019.1", "10.5555/river.2019.1"),
        ("https://doi.org/10.5555/river.2019.1", "10.5555/river.2019.1"),
        ("auth-address: Bonn<br/>electronic-resource-num: 10.5555/river.2019.1<br/>number: 4", "10.5555/river.2019.1"),
        ("Export Date: 1 May 2024; DOI: 10.5555/river.2019.1; Cited By: 3", "10.5555/river.2019.1"),
    ],
)
def test_the_doi_of_another_work_in_a_note_is_not_taken(note, doi):
    entry = only(ris(N1=note))
    assert (entry["doi"], entry["notes"]) == (doi, entry["notes"])
    assert doi or note.split(":")[0] in entry["notes"]


def test_cinahl_writes_more_than_the_number_under_its_tag():
    entry = only(ris(AN="134567890. Language: English. Entry Date: 20190401. Publication Type: Article"))
    assert (entry["accession"], entry["language"]) == ("134567890", "English")
    assert only(ris(AN="2214991469; 31000001"))["accession"] == "2214991469"
    assert only(ris(AN="134567890. Language: English. Entry", LA="ger"))["language"] == "ger"


def test_the_volume_and_the_publisher_under_tags_of_single_providers():
    entry = only(ris(VL=None, VO="3", PU="RIVER PRESS", PI="BONN"))
    assert (entry["volume"], entry["publisher"], entry["place"]) == ("3", "RIVER PRESS", "BONN")


def test_cnki_writes_the_tag_of_the_volume_in_small_letters():
    lines = ["RT Journal Article", "A1 张三;李四;", "T1 公民", "JF 河流研究", "YR 2019", "IS 02", "vo 3", "OP 101-119"]
    entry = only("\n".join(lines) + "\n")
    assert (entry["issue"], entry["volume"], entry["authors"]) == ("02", "3", "张三; 李四")


def test_the_numbers_that_dblp_gives_to_people_of_one_name_are_no_names():
    text = "@article{a, author = {B{\\'e}la Alder 0001 and\n Ada Birch 0012}, title = {Rivers}, year = {2019}}"
    assert only(text)["authors"] == "Alder, Béla; Birch, Ada"
    assert only(text.replace(" 0012", " 2nd"))["authors"] == "Alder, Béla; Birch, Ada, 2nd"


@pytest.mark.parametrize(
    ("source", "kind"), [("Available at SSRN 3456789", "preprint"), ("Available Water Journal", "article")]
)
def test_a_working_paper_of_ssrn_in_google_scholar_is_a_preprint(source, kind):
    assert (
        only(f"@article{{a, title={{Rivers}}, author={{Alder, B}}, journal={{{source}}}, year={{2019}}}}")["type"]
        == kind
    )


TABLES = {
    "Citavi": (
        "Autor;Titel;Jahr;Zeitschrift;Jahrgang;Heftnummer;Seiten von-bis;DOI-Name;Dokumententyp\n"
        f'"Alder, Béla; Birch, Ada";{TITLE};2019;Journal of River Studies;3;2;101-119;10.5555/river.2019.1;Article\n',
        {"authors": "Alder, Béla; Birch, Ada", "type": "article"},
    ),
    "Europe PMC": (
        "SOURCE,EXT_ID,PMID,DOI,TITLE,AUTHOR_STRING,JOURNAL_TITLE,ISSUE,JOURNAL_VOLUME,PUB_YEAR,JOURNAL_ISSN,PAGE_INFO,"
        f'PUB_TYPE\nMED,31,31,10.5555/river.2019.1,{TITLE}.,"Alder B, Birch A.",Journal of River Studies,2,3,2019,'
        "1234-5678,101-119,journal article\n",
        {"authors": "Alder, B; Birch, A", "issn": "1234-5678", "type": "article", "pmid": "31"},
    ),
    "OpenAlex": (
        "id,doi,title,publication_year,primary_location.source.display_name,primary_location.source.issn,"
        "authorships.author.display_name,biblio.volume,biblio.issue,biblio.first_page,biblio.last_page\n"
        f"https://openalex.org/W1,https://doi.org/10.5555/river.2019.1,{TITLE},2019,Journal of River Studies,"
        "1234-5678|8765-4321,Béla Alder|Ada Birch,3,2,101,119\n",
        {"authors": "Alder, Béla; Birch, Ada", "issn": "1234-5678; 8765-4321"},
    ),
    "names in humps": (
        "an,title,contributors,source,publicationDate,volume,issue,pageStart,pageEnd,doi,docTypes\n"
        f'13,{TITLE},"Alder, Béla; Birch, Ada",Journal of River Studies,20190301,3,2,101,119,10.5555/river.2019.1,Article\n',
        {"authors": "Alder, Béla; Birch, Ada", "accession": "13", "type": "article"},
    ),
    "EndNote, tab-delimited": (
        "Reference Type\tAuthor\tYear\tTitle\tJournal\tVolume\tIssue\tPages\tDOI\n"
        f"Journal Article\tAlder, Béla//Birch, Ada\t2019\t{TITLE}\tJournal of River Studies\t3\t2\t101-119\t"
        "10.5555/river.2019.1\n",
        {"authors": "Alder, Béla; Birch, Ada"},
    ),
    "Spanish": (
        "Título;Autores;Año;Revista;Volumen;Número;Páginas;DOI;Palabras clave\n"
        f"{TITLE};Alder, Béla|Birch, Ada;2019;Journal of River Studies;3;2;101-119;10.5555/river.2019.1;ríos\n",
        {"authors": "Alder, Béla; Birch, Ada", "keywords": "ríos"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_with_names_of_its_own(name):
    text, more = TABLES[name]
    entry = only(text)
    assert fields_of(entry, WORK | more) == WORK | more


def test_registers_of_trials_and_of_policy_documents():
    trial = only("NCT Number,Study Title,Study URL,Brief Summary\nNCT01,Rivers,https://example.org/a,A trial.\n")
    expected = {"title": "Rivers", "accession": "NCT01", "url": "https://example.org/a", "abstract": "A trial."}
    assert fields_of(trial, expected) == expected
    policy = only(
        "Overton id,Title,Source title,Published_on,Document URL\na,Rivers,Ministry,2019-03-01,https://example.org\n"
    )
    assert (policy["year"], policy["source"], policy["url"]) == ("2019", "Ministry", "https://example.org")


OBJECTS = {
    "Scopus": {
        "search-results": {
            "entry": [
                {
                    "eid": "2-s2.0-85",
                    "dc:title": TITLE,
                    "dc:creator": "Alder B.",
                    "prism:publicationName": "Journal of River Studies",
                    "prism:volume": "3",
                    "prism:issueIdentifier": "2",
                    "prism:pageRange": "101-119",
                    "prism:coverDate": "2019-03-01",
                    "prism:doi": "10.5555/river.2019.1",
                }
            ]
        }
    },
    "PubMed": {
        "result": {
            "uids": ["31"],
            "31": {
                "uid": "31",
                "pubdate": "2019 Mar",
                "source": "J River Stud",
                "authors": [{"name": "Alder B", "authtype": "Author"}],
                "title": f"{TITLE}.",
                "volume": "3",
                "issue": "2",
                "pages": "101-119",
                "articleids": [{"idtype": "pubmed", "value": "31"}, {"idtype": "doi", "value": "10.5555/river.2019.1"}],
                "fulljournalname": "Journal of River Studies",
            },
        }
    },
    "EPPI-Reviewer": {
        "CodeSets": [],
        "References": [
            {
                "ItemId": 1,
                "Title": TITLE,
                "ParentTitle": "Journal of River Studies",
                "Year": "2019",
                "Volume": "3",
                "Issue": "2",
                "Pages": "101-119",
                "DOI": "10.5555/river.2019.1",
                "Authors": "Alder B ;",
            }
        ],
    },
}


@pytest.mark.parametrize("name", OBJECTS)
def test_works_of_programming_interfaces(name):
    entry = only(json.dumps(OBJECTS[name]))
    assert fields_of(entry, WORK) == WORK
    assert entry["authors"].rstrip(".") == "Alder, B"


def test_core_names_year_and_journal_in_its_own_way():
    work = {
        "title": "Rivers",
        "authors": [{"name": "Alder, B"}],
        "yearPublished": 2019,
        "journals": [{"title": "Eels"}],
    }
    entry = only(json.dumps({"totalHits": 1, "results": [work]}))
    assert (entry["year"], entry["source"]) == ("2019", "Eels")
