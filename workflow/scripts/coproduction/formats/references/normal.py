"""Normal forms in which references are compared: DOI, year, family name.

Each has its one home here; words are normalised by `core.text.normalise`.
"""

import re
import unicodedata
from urllib.parse import unquote

from coproduction.core.text import normalise

# The suffix is anything but white space (ISO 26324); what stops it in exports is trimmed after.
# A suffix of the nineties holds "<…>" (SICI: …<241::AID-JRC111>3.0.CO;2-U).
_DOI = re.compile(
    r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s\"<>\x00-\x1f]+"
    r"(?:<[^\s\"<>/]*:[^\s\"<>]*>\d\.\d\.[A-Z]{2};2(?:-[A-Z0-9#?])?)?",
    re.ASCII | re.IGNORECASE,
)
# What publishers put behind a DOI in their addresses.
_PAGE = re.compile(
    r"(?:/(?:full(?:[-_/]?(?:html|text|pdf|xml|[a-z]{2}))?|abstract|(?:e|reader/)?pdf|pdfdirect|pdfplus|html"
    r"|meta|summary|references|citations?|figures|tables|fulltext|info|suppinfo|suppl_file/[^/]+|asset/.+)"
    r"|(?:\.full|\.long|\.short|\.abstract|\.full-text|\.e?pdf|\.html?|\.xml|\+html|\.supplementary-material"
    r"|\.article-info|\.article-metrics)+|;jsessionid=.*)/?\Z",
    re.IGNORECASE,
)
# Oxford's addresses have the number of the article behind the DOI; de Gruyter's its end once more.
_TWICE = re.compile(r"\A(10\.1093/[^/]+/[^/]+)/\d{6,9}\Z|\A(10\.\d{4,9}/([^/]+))/\3\Z")
_RESOLVER = re.compile(r"doi[.-]org|/handle/\Z|/bitstream/(?:handle/)?\Z")
_BETWEEN = re.compile(r"[;,|]\s*(?=(?:https?://(?:dx\.)?doi\.org/|doi: ?)?10\.\d{4,9}/)", re.IGNORECASE)
_UNSEEN = re.compile(
    "&#(?:x[0-9a-f]{1,4}|\\d{1,5});|[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064]", re.IGNORECASE
)
_VERSION = re.compile(r"\A(10\.1101/[\d.]+)v\d+\Z")
_SIGNS = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#60;": "<", "&#62;": ">", "&amp;": "&"}
PLAIN_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9._/-]*[a-z0-9]\Z", re.ASCII)  # as it should be
_DOI_TAIL = ".,;:'’”*/"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_YEAR = re.compile(  # also in front of month and day, as in 20190531 and 201905
    r"(?<!\d)(?:1[5-9]\d\d|20\d\d|21[0-4]\d)(?=(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?(?!\d))"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|2nd|3rd)\.?\Z", re.IGNORECASE)


def normalise_doi(text: object) -> str:
    """The first DOI in `text` in lower case without resolver, prefix or trailing punctuation.

    Empty when there is none. DOIs compare without regard to case (DOI Handbook, 2.4).

    >>> normalise_doi("https://doi.org/10.5555/ABC.1.")
    '10.5555/abc.1'
    """
    if isinstance(text, str) and PLAIN_DOI.match(text):
        return text
    dois = find_dois(text)
    return dois[0] if dois else ""


def find_dois(text: object) -> list[str]:
    """All DOIs in `text` in their normal form, in order, each once.

    >>> find_dois("(10.5555/ABC), 10.5555/x[doi]; 10.5555/abc")
    ['10.5555/abc', '10.5555/x']
    """
    words = str(text or "")
    if "10." not in words:
        return []
    if "\\" in words:
        words = words.replace("\\_", "_")  # of LaTeX
    if PLAIN_DOI.match(words):
        return [words]
    if "&" in words:
        for code, sign in _SIGNS.items():
            words = words.replace(code, sign)
    if "&#" in words or not words.isascii():
        words = _UNSEEN.sub(" ", words)
    words = _BETWEEN.sub(" ", unquote(words.strip()) if "%" in words else words)
    candidates = (
        _of_address(m.group(), before) if "://" in before else _trimmed(m.group())
        for m in _DOI.finditer(words)
        for before in (m.string[max(m.string.rfind(" ", 0, m.start()), 0) : m.start()],)
    )
    return [doi for doi in dict.fromkeys(candidates) if doi]


_ANOTHER = re.compile(r"10\.\d{4}|https?:|www\.|doi\b", re.IGNORECASE)


def unwrapped(value: str) -> str:
    """A DOI or address that runs over several lines as one; another that follows stays apart.

    >>> unwrapped("10.5555/abc-\\n123"), unwrapped("10.5555/abc\\n10.5555/d")
    ('10.5555/abc-123', '10.5555/abc\\n10.5555/d')
    """
    if "\n" not in value:
        return value
    lines = [line.strip() for line in value.removesuffix("[doi]").split("\n")]
    one = all(" " not in line for line in lines) and not any(_ANOTHER.match(line) for line in lines[1:])
    return "".join(lines) if one else value


def _of_address(doi: str, before: str) -> str:
    """The DOI without what an address has behind it; on doi.org it may really end in "/full".

    The number of a repository's handle is none.
    """
    doi = _trimmed(re.split(r"[?#&]", doi, maxsplit=1)[0])
    resolver = _RESOLVER.search(before.lower())
    if resolver:
        return doi if resolver.group().startswith("doi") else ""
    while _PAGE.search(doi):
        doi = _PAGE.sub("", doi)
    twice = _TWICE.match(doi)
    if twice:
        doi = twice.group(1) or twice.group(2)
    return _VERSION.sub(r"\1", doi)


def _trimmed(doi: str) -> str:
    doi = doi.lower().split("[doi]")[0].rstrip(_DOI_TAIL)
    while doi[-1:] in _BRACKETS and doi.count(doi[-1]) > doi.count(_BRACKETS[doi[-1]]):
        doi = doi[:-1].rstrip(_DOI_TAIL)
    return doi


def normalise_year(text: object) -> str:
    """The first four-digit year between 1500 and 2149 in `text`, or an empty string.

    >>> normalise_year("20190531"), normalise_year("in press")
    ('2019', '')
    """
    text_given = str(text or "")
    match = _YEAR.search(text_given if text_given.isascii() else unicodedata.normalize("NFKC", text_given))
    return match.group() if match else ""


def family_name(author: object) -> str:
    """The normalised family name of "Family, Given", "Given Family" or "Family GI".

    >>> family_name("Łęcka, Iga"), family_name("Anna van Berg"), family_name("Berg AB")
    ('lecka', 'berg', 'berg')
    """
    name = str(author or "").strip()
    if "," in name:
        return normalise(name.split(",")[0])
    words = name.split()
    if len(words) > 1 and words[-1].isupper() and len(words[-1].strip(".")) <= 3:
        return normalise(" ".join(words[:-1]))
    return normalise(words[-1]) if words else ""


def is_suffix(text: str) -> bool:
    """Whether `text` follows a name: Jr., Sr., III."""
    return bool(_SUFFIX.match(text))


def ascii_words(text: str) -> str:
    """`text` as lower-case words of ASCII letters and digits, as the keys of BibTeX need them."""
    plain = unicodedata.normalize("NFKD", normalise(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()
