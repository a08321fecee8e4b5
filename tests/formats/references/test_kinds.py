"""Exports in which it is easy to go wrong, kind by kind: what comes out of each.

Lines behind an end tag, tags within text, several entries on a line, DOIs in addresses, words for missing,
fields as single databases write them. None is an export that was seen; each is of a kind that was.
"""

import pytest
from coproduction.literature.importing import read_file


def ris(*lines: str, end: str = "ER  - ") -> str:
    return "\n".join(["TY  - JOUR", *lines, end, ""])


# What a file says, how many entries it has, and fields of the first one.
FILES = {
    "1a": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nER  - \nC1  - note\nCN  - 1\n@@ Search history: 1 exp Rivers/ (300) 2 care.mp.\nER  - \nTY  - JOUR\nTI  - Other work\nAU  - Birch, B\nPY  - 2018\nER  - \n",
        2,
        {},
    ),
    "1b": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nER  - \n\nSearch strategy\nTI  - (co-production OR cocreation)\nAB  - (public)\nTY  - JOUR\nTI  - Other work\nAU  - Birch, B\nPY  - 2018\nER  - \n",
        2,
        {},
    ),
    "1c": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nER  - \nUR  - https://a.org\nL2  - https://b.org\n\n\nN1  - retrieved 2024\n",
        1,
        {},
    ),
    "2a": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nAB  - Trials of\nTY - pe 2 diabetes and ER - positive tumours\nended early.\nER  - \n",
        1,
        {"abstract": "Trials of TY - pe 2 diabetes and ER - positive tumours ended early."},
    ),
    "2b": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nAB  - One\nER  - positive cells were seen.\nMore.\nER  - \n",
        1,
        {"abstract": "One ER - positive cells were seen. More."},
    ),
    "2c": (
        "AU  - Alder, Ada\nTI  - Citizens as partners\nTY  - JOUR\nPY  - 2019\nER  - \n\nAU  - Birch, B\nTI  - Other work\nTY  - BOOK\nPY  - 2018\nER  - \n",
        2,
        {},
    ),
    "2d": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nAB  - Line one.\n\nLine two after a blank.\nER  - \n",
        1,
        {"abstract": "Line one. Line two after a blank."},
    ),
    "2e": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\ner  - \nTY  - JOUR\nTI  - Other work\nAU  - Birch, B\nPY  - 2018\nER  - \n",
        2,
        {},
    ),
    "2f": (
        "PMID- 1\nTI  - Citizens as partners\nAB  - A text that\n      PMID- 2 is named in.\nFAU - Alder, Ada\nDP  - 2019\n\nPMID- 3\nTI  - Other\nDP  - 2018\n",
        2,
        {},
    ),
    "2g": (
        "PT J\nAU Alder, A\nTI Citizens as partners\nAB Some text\n   ER\n   goes on\nPY 2019\nER\n\nPT J\nAU Birch, B\nTI Other work\nPY 2018\nER\n\nEF",
        2,
        {},
    ),
    "3a": (
        "@article{a,title={Citizens as partners},author={Alder, Ada},year=2019} , @book{b,title={Other},author={Birch, Bo},year=2018} @misc{c,title={Third},year=2017}",
        3,
        {},
    ),
    "3b": (
        "@article{a, title={Citizens}, subtitle={Partners in care}, titleaddon={A review}, author={family=Berg, given=Anna, prefix=van den, useprefix=true AND Birch, Bo}, date={2019-05}, journaltitle={River Studies}, journalsubtitle={The Journal}, doi={10.5555/a{\\_}b{[}c{]}}}",
        1,
        {"doi": "10.5555/a_b[c]", "authors": "van den Berg, Anna; Birch, Bo", "year": "2019"},
    ),
    "3c": (
        "@article{a, title={Citizens as partners}, author={{Ministry of Health and Care} and Alder, Ada and others}, year={2019}}",
        1,
        {"authors": "Ministry of Health and Care; Alder, Ada"},
    ),
    "3d": (
        '@article{a, title={Citizens {as {partners}} \\& more}, author={M{\\"u}ller, J{\\"o}rg and {\\L}{\\k e}cka, I.}, year={2019}}',
        1,
        {"authors": "Müller, Jörg; Łęcka, I.", "title": "Citizens as partners & more"},
    ),
    "3e": (
        '@article{a, title="A ""quoted"" thing", author={Alder, Ada}, year=2019}\n@article{b,title={Other work},year=2018,author={Birch, B}}',
        2,
        {},
    ),
    "3f": (
        "@article{a,\n title = {Citizens as partners},\n author = {Alder, Ada},\n year = 2019\n\n@article{b,\n title={Other work},\n author={Birch, Bo},\n year=2018}\n",
        2,
        {},
    ),
    "4a": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - 10.1002/(SICI)1099-1743(199901/02)16:1<3::AID-SRES217>3.0.CO;2-S\nER  - \n",
        1,
        {"doi": "10.1002/(sici)1099-1743(199901/02)16:1<3::aid-sres217>3.0.co;2-s"},
    ),
    "4b": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://onlinelibrary.wiley.com/doi/epdf/10.1111/padm.12345?utm=1\nER  - \n",
        1,
        {"doi": "10.1111/padm.12345"},
    ),
    "4c": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://www.tandfonline.com/doi/full/10.1080/14719037.2016.1111111#abstract\nER  - \n",
        1,
        {"doi": "10.1080/14719037.2016.1111111"},
    ),
    "4d": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://journals.sagepub.com/doi/10.1177/0020852310368188/full-xml/\nER  - \n",
        1,
        {},
    ),
    "4e": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - doi:10.5555/abc.full\nER  - \n",
        1,
        {"doi": "10.5555/abc.full"},
    ),
    "4f": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - 10.5555/abc 10.5555/def\nER  - \n",
        1,
        {"doi": "10.5555/abc"},
    ),
    "4g": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - https://doi-org.proxy.example.edu/10.5555/abc\nER  - \n",
        1,
        {"doi": "10.5555/abc"},
    ),
    "4h": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - http://dx.doi.org/10.5555%2Fabc%2812%29\nER  - \n",
        1,
        {"doi": "10.5555/abc(12)"},
    ),
    "4i": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://link.springer.com/content/pdf/10.1007/s11266-019-00123-4.pdf\nER  - \n",
        1,
        {"doi": "10.1007/s11266-019-00123-4"},
    ),
    "4j": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://www.frontiersin.org/articles/10.3389/fpos.2022.123456/full\nER  - \n",
        1,
        {"doi": "10.3389/fpos.2022.123456"},
    ),
    "4k": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://pubs.acs.org/doi/10.1021/acs.est.1c0001?ref=pdf\nER  - \n",
        1,
        {"doi": "10.1021/acs.est.1c0001"},
    ),
    "4l": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - 10.5555/abc, 2019\nER  - \n",
        1,
        {"doi": "10.5555/abc"},
    ),
    "4m": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - DOI: 10.5555/ABC (accessed 3 May)\nER  - \n",
        1,
        {"doi": "10.5555/abc"},
    ),
    "9a": (
        'Document Title,Authors,Author Affiliations,Publication Title,Date Added To Xplore,Publication Year,Volume,Issue,Start Page,End Page,Abstract,ISSN,ISBNs,DOI,Funding Information,PDF Link,Author Keywords,IEEE Terms,Document Identifier\n"Citizens as partners","A. Alder; B. Birch","X; Y","2019 IEEE Conference on Care (CARE)","1 May 2019","2019",,,"1","6","Text here",,"978-1-5386-1234-5;978-1-5386-1235-2","10.1109/CARE.2019.1",,"https://x","co-production;care","Rivers;Care","IEEE Conferences"\n',
        1,
        {"type": "conference paper", "accession": "", "pages": "1-6"},
    ),
    "9b": (
        "TY  - JOUR\nT1  - Citizens as partners\nA1  - Alder, A\nY1  - 2019///\nJO  - J Riv Stud\nJF  - Journal of River Studies\nT2  - Special section\nDP  - EBSCOhost\nER  - \n",
        1,
        {"source": "Journal of River Studies"},
    ),
    "9c": (
        "@article{a,title={Citizens as partners},author={Alder, Ada},year=2019,annote={Read this again!},note={In German},keywords={care, trust,home care}}",
        1,
        {"abstract": "", "keywords": "care; trust; home care"},
    ),
    "9d": (
        'Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type,DOI,ISSN,CitationURL,Volume,Issue,StartPage,EndPage,ECC,CitesPerYear,CitesPerAuthor,AuthorCount,Age,Abstract,FullTextURL,RelatedURL\n12,"A Alder, B Birch...","Citizens as partners: a review of the …",2019,"… of River Studies","Elsevier","https://x","",1,2024-01-01,"PDF","","","",0,0,0,0,12,2,6,2,5,"… we study co-production …","",""\n',
        1,
        {"abstract": "", "volume": "", "pages": "", "authors": "Alder, A; Birch, B"},
    ),
    "9e": (
        'PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n31000001,Citizens as partners.,"Alder A 3rd, Birch B; River Group; Care Consortium.",J Riv Stud. 2019 Mar;3(2):101-119. doi: 10.5555/a.,Alder A,J Riv Stud,2019,2019/01/01,,,10.5555/a\n',
        1,
        {
            "authors": "Alder, A, 3rd; Birch, B; River Group; Care Consortium",
            "pages": "101-119",
            "volume": "3",
            "issue": "2",
        },
    ),
    "9g": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nSN  - 1234-5678 (print); 978-3-16-148410-0 (ebook)\nER  - \n",
        1,
        {"issn": "1234-5678", "isbn": "978-3-16-148410-0"},
    ),
    "9h": (
        'creator,title,date,publisher\n"Alder, Ada | Birch, Bo",Citizens as partners,2019-03-02,River Press\n',
        1,
        {"authors": "Alder, Ada; Birch, Bo", "year": "2019"},
    ),
    "9i": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nC3  - 31000001\nER  - \n",
        1,
        {"pmid": "31000001"},
    ),
    "9j": (
        "PMID- 1\nTI  - Citizens as partners\nFAU - Alder, Ada\nDP  - 2019 Mar\nLID - e12345 [pii]\nLID - 10.5555/a [doi]\n",
        1,
        {"pages": "e12345", "doi": "10.5555/a"},
    ),
    "9k": (
        'title,authors,year,keywords\nCitizens as partners,"Alder, Ada and Birch, Bo",2019,"care, trust"\n',
        1,
        {"authors": "Alder, Ada; Birch, Bo"},
    ),
    "9m": ('title,authors,year\nCitizens as partners,"Ada Birch",2019\n', 1, {"authors": "Birch, Ada"}),
    "9n": (
        'title,authors,year\nCitizens as partners,"van den Berg, Ada; Foundation for Health, Education and Care",2019\n',
        1,
        {"authors": "van den Berg, Ada; Foundation for Health, Education and Care"},
    ),
    "9o": (
        "title;authors;year\nCitizens as partners;Ministry of Social Affairs and Health;2019\n",
        1,
        {"authors": "Ministry of Social Affairs and Health"},
    ),
    "10a": (
        "{Reference Type}: Journal Article\n{Title}: 公民\n{Author}: 王小明\n{Author}: 李四\n{Year}: 2019\n{Journal}: 河流\n\n{Reference Type}: Thesis\n{Title}: Other\n{Author}: Birch\n{Year}: 2018\n",
        2,
        {},
    ),
    "10b": (
        '{\n  "title": "Citizens as partners", "author": [{"family":"Alder","given":"Ada"}], "issued": {"date-parts": [[2019]]}}\n',
        1,
        {"authors": "Alder, Ada", "year": "2019"},
    ),
    "xe1": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nN1  - Accession Number: 104321234. Language: German. Entry Date: 20190501. Revision Date: 20200101. Publication Type: Article\nER  - \n",
        1,
        {"accession": "104321234", "language": "German"},
    ),
    "xe2": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nAN  - 99\nLA  - eng\nN1  - Accession Number: 104321234; Alder, A. 1; Affiliation: 1: River Univ; Language: German; Number of Pages: 19p\nER  - \n",
        1,
        {"accession": "99", "language": "eng"},
    ),
    "x2h": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nAB  - We compare\nTI  - a scale of trust - with others.\nKW  - care\nER  - \n",
        1,
        {},
    ),
    "x2i": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nKW  - a\nAB  - x\nER  -\nER  - \nER  - \nTY  - JOUR\nTI  - Other\nAU  - B, B\nER  - \n",
        2,
        {},
    ),
    "x2j": (
        "Provider: X\n\nTY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nER  - \n\nTY  - JOUR\nTI  - Other\nAU  - Birch, B\nN2  - TY  - JOUR in text\nPY  - 2018\nER  - \n",
        2,
        {},
    ),
    "x2k": (
        "TY  - JOUR\rTI  - Citizens as partners\rAU  - Alder, Ada\rPY  - 2019\rER  - \rTY  - JOUR\r\nTI  - Other\r\nAU  - B, B\r\nER  - \r\n",
        2,
        {},
    ),
    "x2l": (
        "\ufeffTY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nER  - \n\ufeffTY  - JOUR\nTI  - Other\nAU  - B, B\nER  - \n",
        2,
        {},
    ),
    "x2m": (
        "%0 Journal Article\n%T Citizens as partners\n%A Alder, Ada\n%D 2019\n%X The %A in this text\n%T-test was used\n\n%0 Book\n%T Other\n%A Birch, B\n",
        2,
        {},
    ),
    "x2n": (
        "RT Journal Article\nSR Electronic\nID 1\nA1 Alder, Ada\nT1 Citizens as partners\nYR 2019\n\nRT Book, Whole\nID 2\nT1 Other\nA1 Birch, B\n",
        2,
        {},
    ),
    "x2o": (
        "<1>\nUI  - 1\nTI  - Citizens as partners\nAU  - Alder A\nAB  - Some\n      <2>\n      text.\nSO  - River Studies. 3(2):101-119, 2019.\n\n<2>\nUI  - 2\nTI  - Other\nAU  - Birch B\nSO  - River Studies. 4(1):1-9, 2020.\n",
        2,
        {},
    ),
    "x3g": (
        '@comment{jabref-meta: x}\n@string{rs = "River Studies"}\n@article{a, title = {Citizens as partners}, journal = rs # { B}, author={Alder, Ada}, year = 2019}',
        1,
        {"source": "River Studies B"},
    ),
    "x3h": (
        "@article{a, title={Citizens as partners}, author={Alder, Ada}, year={2019}, abstract={An @ sign and a brace \\} within}}\n@article{b,title={Other},year=2018}",
        2,
        {},
    ),
    "x3i": (
        "@InProceedings{a, title={Citizens as partners}, author={Alder, Ada}, booktitle={Proc. of Care}, year={2019}, pages={1--6}}",
        1,
        {"type": "conference paper", "source": "Proc. of Care"},
    ),
    "x3j": (
        "@article{a, Title={Citizens as partners}, AUTHOR={Alder, Ada AND Birch, Bo}, Year={2019}, file={:a.pdf:PDF}}",
        1,
        {"authors": "Alder, Ada; Birch, Bo"},
    ),
    "x3k": (
        "@online{a, title={Citizens as partners}, author={Alder, Ada}, date={2019}, url={https://example.org/a_b~c%20d}}",
        1,
        {"url": "https://example.org/a_b~c%20d", "type": "web page"},
    ),
    "x3l": (
        "@article{a, title={Citizens as partners}, author={Alder, Ada}, year={2019}, doi={https://doi.org/10.5555/a\\_b}}",
        1,
        {"doi": "10.5555/a_b"},
    ),
    "x4n": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://www.nature.com/articles/s41586-019-0001-1.pdf\nER  - \n",
        1,
        {"doi": ""},
    ),
    "x4o": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - 10.5555/abc; 10.5555/def\nER  - \n",
        1,
        {"doi": "10.5555/abc"},
    ),
    "x4p": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://academic.oup.com/x/article-abstract/doi/10.1093/jopart/muz001/5555555\nER  - \n",
        1,
        {"doi": "10.1093/jopart/muz001"},
    ),
    "x4q": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://www.emerald.com/insight/content/doi/10.1108/IJPSM-01-2019-0001/full/html\nER  - \n",
        1,
        {"doi": "10.1108/ijpsm-01-2019-0001"},
    ),
    "x4r": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://library.example.edu/login?url=https://doi.org/10.5555/abc\nER  - \n",
        1,
        {"doi": "10.5555/abc"},
    ),
    "x4s": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - 10.5555/abc.pdf\nER  - \n",
        1,
        {"doi": "10.5555/abc.pdf"},
    ),
    "x4t": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nDO  - 10.1002/14651858.CD000001.pub2/full\nER  - \n",
        1,
        {},
    ),
    "x4u": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nUR  - https://www.cambridge.org/core/services/aop-cambridge-core/content/view/S0047279419000001\nER  - \n",
        1,
        {"doi": ""},
    ),
    "x6z": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nKW  - n/a\nKW  - care\nT2  - NULL\nVL  - n/a\nSP  - N/A\nEP  - N/A\nER  - \n",
        1,
        {"keywords": "care", "source": "", "volume": "", "pages": ""},
    ),
    "x6y": (
        "title,abstract,doi,year\nCitizens as partners,No abstract,none,n.d.\nOther work,#NAME?,#N/A,2019\n",
        2,
        {"abstract": "", "doi": "", "year": ""},
    ),
    "x9p": (
        'Title,Authors,Abstract,Publication Year,Journal,Volume,Issue,Pages,DOI\nCitizens as partners,"Alder, Ada","x",2019.0,River Studies,3.0,2.0,Mar-19,10.5555/a\n',
        1,
        {"year": "2019", "volume": "3", "issue": "2"},
    ),
    "x9q": (
        '"Authors","Author(s) ID","Title","Year","Source title","Volume","Issue","Art. No.","Page start","Page end","Page count","Cited by","DOI","Link","Abstract","Author Keywords","Index Keywords","Document Type","EID"\n"Alder A., Birch B.","1;2;","Citizens as partners","2019","River Studies","3","2","e17","","","","4","10.5555/a","https://x","[No abstract available]","care; trust","Human; Trust","Article","2-s2.0-1"\n',
        1,
        {"authors": "Alder, A.; Birch, B.", "pages": "e17", "abstract": "", "accession": "2-s2.0-1"},
    ),
    "x9r": (
        "TY  - JOUR\nT1  - Citizens as partners\nA1  - Alder, A\nT2  - River Studies\nY1  - 2019\nVL  - 3\nCP  - 2\nER  - \n",
        1,
        {"issue": "2"},
    ),
    "x9s": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nAU  - Birch, B.;Elm, C.\nER  - \n",
        1,
        {"authors": "Alder, Ada; Birch, B.; Elm, C."},
    ),
    "x9t": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada, and Birch, Bo\nPY  - 2019\nER  - \n",
        1,
        {"authors": "Alder, Ada; Birch, Bo"},
    ),
    "x9u": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - ALDER, ADA\nAU  - Birch B.C.\nAU  - Elm, C (Corresponding Author)\nPY  - 2019\nER  - \n",
        1,
        {"authors": "ALDER, ADA; Birch, B.C.; Elm, C"},
    ),
    "x9v": (
        '[{"type":"article-journal","title":"Citizens as partners","author":[{"literal":"Ministry of Health and Care, Norway"},{"family":"Berg","given":"Ada","non-dropping-particle":"van den"}],"issued":{"raw":"May 2019"},"container-title":["River Studies"],"page":"101-19"}]',
        1,
        {"authors": "Ministry of Health and Care, Norway; van den Berg, Ada", "year": "2019"},
    ),
    "x9w": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nSP  - 101-119\nEP  - 119\nER  - \n",
        1,
        {"pages": "101-119"},
    ),
    "x9x": (
        "TY  - JOUR\nTI  - Citizens as partners\nAU  - Alder, Ada\nPY  - 2019\nSP  - e101\nEP  - e119\nVL  - Vol. 3\nIS  - No 2\nER  - \n",
        1,
        {"pages": "e101-e119", "volume": "3", "issue": "2"},
    ),
    "x9y": (
        "Title\tAuthors\tYear\nCitizens as partners\tAlder, Ada; Birch, Bo\t2019\n",
        1,
        {"authors": "Alder, Ada; Birch, Bo"},
    ),
    "x9z": ('sep=;\nTitle;Authors;Year\nCitizens as partners;"Alder, Ada";2019\n', 1, {"authors": "Alder, Ada"}),
    "x9A": (
        "<?xml version='1.0'?><xml><records><record><ref-type name='Journal Article'>17</ref-type><contributors><authors><author><style face='normal'>Alder, Ada</style></author><author>Ministry of Health and Care</author></authors></contributors><titles><title><style face='italic'>Citizens</style><style> as partners</style></title><secondary-title>River Studies</secondary-title></titles><dates><year>2019</year></dates><electronic-resource-num>https://doi.org/10.5555/A</electronic-resource-num></record></records></xml>",
        1,
        {"title": "Citizens as partners", "authors": "Alder, Ada; Ministry of Health and Care", "doi": "10.5555/a"},
    ),
}

NO_ABSTRACT = [
    "[No abstract available.]",
    "Abstract not available",
    "N.A.",
    "#N/A",
    "null",
    "(none)",
    "No abstract is available for this article.",
    "This article has no abstract.",
    "Abstract Not Available.",
    "nan",
    "<NA>",
    "—",
    "[Abstract not available]",
    "An abstract is not available for this content so a preview has been provided",
    "none available",
    "not applicable",
    "Not Available",
    "Abstract unavailable",
    "#NAME?",
    "No abstract provided by publisher",
]
NOBODY = [
    "[Author name not available]",
    "[Anonymous]",
    "No authorship, indicated",
    "Anonymous, A.",
    "anon.",
    "[no author]",
    "Unknown, Author",
    "NA NA",
    "[s.n.]",
    "S.N.",
    "Various",
]
NO_YEAR = ["n.d.", "s.a.", "[n.d.]", "no date", "forthcoming", "in press", "0", "0000", "9999"]


@pytest.mark.parametrize("kind", FILES)
def test_what_comes_out(kind):
    text, entries, first = FILES[kind]
    imported = read_file("export", text.encode())
    assert (len(imported.entries), imported.refused) == (entries, [])
    assert {name: imported.entries[0][name] for name in first} == first


@pytest.mark.parametrize(
    ("tag", "field", "said"),
    [
        *(("AB", "abstract", said) for said in NO_ABSTRACT),
        *(("AU", "authors", said) for said in NOBODY),
        *(("PY", "year", said) for said in NO_YEAR),
    ],
)
def test_what_says_that_there_is_none(tag, field, said):
    (entry,) = read_file("export", ris("TI  - Citizens as partners", f"{tag}  - {said}").encode()).entries
    assert entry[field] == ""


@pytest.mark.parametrize(
    "said",
    [
        "Abstract thinking is not available to all who take part in co-production, we find.",
        "No abstract notion of care helps those who give it.",
        "This paper has no abstractions.",
    ],
)
def test_abstracts_that_only_begin_so(said):
    (entry,) = read_file("export", ris("TI  - Citizens as partners", f"AB  - {said}").encode()).entries
    assert entry["abstract"] == said
