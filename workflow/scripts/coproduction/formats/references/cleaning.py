"""Values of exports as people would write them: text, pages, types. Names are in `author_names.py`.

Each function is total: any text gives text. What it changed is kept by the caller.
"""

import html
import re
import unicodedata
from functools import lru_cache

from coproduction.formats.references.decoding import repair_mojibake
from coproduction.formats.references.missing import is_unsaid

_TAGS = re.compile(
    r"</?(?:[a-z]\w{0,8}:[a-z][a-z-]*|inline-formula|p|i|b|em|u|br|sup|sub|inf|strong|italic|bold|sc"
    r"|scp|span|div|title|sec|section|small|tt|ul|ol|li|h[1-6]|a|abstracttext|label|break|list"
    r"|list-item|tex-math|inline-graphic|alternatives|named-content|math|mark|mrow|mi|mn|mo|msub|msup|underline"
    r"|monospace|strike)(?:\s[^<>]{0,300})?\s*/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"</?(?:[a-z]\w{0,8}:)?(?:p|br|div|title|sec|li|h[1-6]|section)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,31}\d{0,2});", re.IGNORECASE)
_LATEX_ACCENT = re.compile(r"\{?\\([`'^\"~=.]|[uvHckrd](?![A-Za-z]))\s*\{?(\\?[A-Za-z])\}?\}?")
_LATEX_SIGN = re.compile(
    r"\{?\\(?:([&%$#_])|(ss|ae|AE|oe|OE|aa|AA|dh|DH|dj|DJ|th|TH|o|O|l|L|i|j|text[a-z]+)(?![A-Za-z])"
    r"(?:\{\}|\s)?)\}?"
)
_LATEX_STYLE = re.compile(r"\\(?:emph|textit|textbf|textsc|textrm|text|mathrm|url)\s*(?=\{)")
_INVISIBLE = re.compile(r"\\[vh]?phantom\{\\?[{}]?\}")
_TILDE = re.compile(r"\\~(?:\{\}|(?![\s{A-Za-z\\]))")
_ACCENTS = dict(
    zip(
        "`'^\"~=.uvHckrd",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0328\u030a\u0323",
        strict=True,
    )
)
_SIGNS = dict(
    pair.split("=")
    for pair in """
    ss=ß ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å o=ø O=Ø dh=ð DH=Ð dj=đ DJ=Đ th=þ TH=Þ l=ł L=Ł i=ı j=ȷ textendash=–
    textemdash=— textless=< textgreater=> textbar=| textbackslash=\ue003 textbraceleft=\ue000
    textbraceright=\ue001 textasciicircum=^ textasciitilde=\ue002 textquotesingle=' textquotedblleft=“
    textquotedblright=” textquoteleft=‘ textquoteright=’ textdegree=° textregistered=® texttrademark=™
    textcopyright=© textmu=µ textbullet=• textellipsis=… textsterling=£ texteuro=€ textyen=¥ textsection=§
    """.split()
)


def clean_text(text: str) -> str:
    """`text` without markup, entities, mojibake and line breaks."""
    if text.isalnum() and text.isascii():
        return text
    if "&" in text:
        text = html.unescape(text)
        text = html.unescape(text) if "&" in text else text
    if "<" in text:
        text = _TAGS.sub(lambda m: " " if _BLOCK.match(m.group()) else "", text)
    if text.isascii():
        unbroken = text.isprintable() if len(text) < 80 else "\n" not in text and is_unbroken(text)
    else:
        text = repair_mojibake(text)
        unbroken = text.isprintable()
    if unbroken and "  " not in text:
        return text.strip()  # mostly: no white space but single blanks
    return " ".join(text.split())


def without_entities(text: str) -> str:
    """`text` with the signs that its entities stand for, so that their semicolons part nothing.

    >>> without_entities("M&uuml;ller, J.; Birch, B.")
    'Müller, J.; Birch, B.'
    """
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def is_unbroken(text: str) -> bool:
    """Whether a text of ASCII has no white space but blanks and line ends; faster than a look at each character."""
    return not (
        "\t" in text
        or "\r" in text
        or "\v" in text
        or "\f" in text
        or "\x1c" in text
        or "\x1d" in text
        or "\x1e" in text
        or "\x1f" in text
    )


def change_kind(raw: str) -> str:
    """What cleaning had to change in `raw`: characters of a wrong encoding, markup, or its form."""
    if raw.isalnum() and raw.isascii():
        return "form"
    if not raw.isascii() and repair_mojibake(raw) != raw:
        return "characters"
    if ("&" in raw and _ENTITY.search(raw)) or ("<" in raw and _TAGS.search(raw)):
        return "markup"
    tex = "\\" in raw and (_LATEX_ACCENT.search(raw) or _LATEX_SIGN.search(raw))
    return "markup" if tex else "form"


def clean_latex(text: str) -> str:
    """`text` of a BibTeX field with LaTeX accents, signs and braces as plain characters."""
    if "\\" in text:
        text = _LATEX_STYLE.sub("", _INVISIBLE.sub("", text))
        text = _LATEX_ACCENT.sub(_accent, _TILDE.sub("\ue002", text))
        text = _LATEX_SIGN.sub(lambda m: m.group(1) or _SIGNS.get(m.group(2), m.group()), text)
        text = text.replace("\\{", "\ue000").replace("\\}", "\ue001").replace("\\\\", " ")
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    text = text.replace("{", "").replace("}", "").replace("\ue000", "{").replace("\ue001", "}")
    return text.replace("~", " ").replace("\\-", "").replace("\ue002", "~").replace("\ue003", "\\")


def _accent(match: re.Match) -> str:
    accent, letter = match.groups()
    letter = letter.lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])


_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_PAGES_HEAD = re.compile(r"^(?:pages?|pp?|s|art(?:icle)?\.?(?: no\.?)?)\.?:?\s+", re.IGNORECASE)


_PLAIN_PAGES = re.compile(r"\d+-\d+\Z", re.ASCII)


def clean_pages(text: str) -> str:
    """Pages as "12-34", also from "pp. 12 -- 34" and "1219-26" (kept short as written)."""
    if (text.isdecimal() and text != "0") or _PLAIN_PAGES.match(text):
        return "" if text == "0-0" else text
    text = _PAGES_HEAD.sub("", clean_text(text))
    text = _DASHES.sub("-", text).strip(" .,;-+")  # "101-+" is 101 and following
    return "" if text in ("0", "0-0") or is_unsaid(text) or text.lower() in ("n.pag", "np") else text


_NUMBERED_AS = re.compile(
    r"(?:vol(?:ume)?|issue|iss|no|nr|number|v)\b\.?\s*(?=\d)|(?:n[°º]|núm)\.?\s*(?=\d)|v(?=\d+\Z)", re.IGNORECASE
)


def clean_number(text: str) -> str:
    """A volume or issue as "12", also from "Vol. 12" and from the "12.0" of a spreadsheet; 0 is none."""
    text = _NUMBERED_AS.sub("", text, count=1) if _NUMBERED_AS.match(text) else text
    if text.endswith(".0") and text[:-2].isdecimal():
        text = text[:-2]
    return "" if text in ("0", "00") else text


_TYPES = (
    ("article", r"book.?reviews?\b|case.?reports?\b"),
    ("erratum", r"errat|corrig|correction|retraction"),
    ("preprint", r"preprint|unpb|posted.content|working.?paper|ssrn"),
    (
        "article",
        r"\binpr\b|data.?paper|electronic article|zeitschriften(?:artikel|aufsatz)|art[íi]culo|artigo|articolo",
    ),
    ("conference paper", r"conf|proceeding|\bcpaper\b|meeting|congress"),
    ("thesis", r"thes|th[èe]se|tesis\b|\btese\b|tesi\b|hochschulschrift|dissertation|\bphd\b"),
    (
        "chapter",
        r"book.?part|buchkapitel|buchaufsatz|sammelwerksbeitrag|cap[íi]tulo|capitolo|chap|incollection|inbook|booksection|book\W{0,2}section|\bechap\b",
    ),
    ("book", r"sammelwerk|monogra[pf]|\bbuch\b|\blibro\b|\blivro\b|\blivre\b|book|monograph|\bser\b"),
    (
        "report",
        r"government.?doc|report|bericht|informe\b|rapport|relat[óo]rio|rprt|govdoc|white-?paper|gray|grey|techreport|\bstand",
    ),
    ("web page", r"web|elec|\bblog|internet|online"),
    ("dataset", r"\bdata"),
    ("article", r"jour|article|jfull|mgzn|news|review|letter|editorial|\bj\b|\bej|magazine|\bfla\b"),
)
_EXACT_TYPES = {"j": "article", "b": "book", "s": "chapter", "c": "conference paper", "proceedings": "book"}


_SERVER = re.compile(
    r"\A(?:available at )?(?:corr\Z|medrxiv|biorxiv|arxiv|chemrxiv|psyarxiv|socarxiv|edarxiv|eartharxiv|lawarxiv|agrirxiv|techrxiv"
    r"|engrxiv|africarxiv|research square|preprints(?:\.org)?|ssrn|osf preprints|authorea|scielo preprints"
    r"|advance: a sage preprints community|jmir preprints|preprints with the lancet)\b",
    re.IGNORECASE,
)
# Cold Spring Harbor's servers number by day; its journals have letters behind the prefix.
PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8}(?:v\d+)?\Z|64898/|48550/|2139/ssrn|21203/rs|20944/preprints"
    r"|31234/|31235/|31219/osf|35542/|31223/|26434/chemrxiv|36227/techrxiv|22541/au|1590/scielopreprints"
    r"|31124/advance)"
)


_SERVER_ADDRESS = re.compile(
    r"\Ahttps?://(?:www\.|export\.|papers\.|dx\.)*(?:arxiv\.org|biorxiv\.org|medrxiv\.org|chemrxiv\.org"
    r"|psyarxiv\.com|ssrn\.com|researchsquare\.com/article|preprints\.org|techrxiv\.org|eartharxiv\.org"
    r"|edarxiv\.org|osf\.io/preprints|authorea\.com|preprints\.jmir\.org|preprints\.scielo\.org)/",
    re.IGNORECASE,
)


def is_preprint(source: str, doi: str, publisher: str = "", url: str = "") -> bool:
    """Whether a server of preprints is named, or the DOI is one that such a server gives.

    Publisher and address count where no journal is named.

    >>> is_preprint("medRxiv", ""), is_preprint("Genome Research", "10.1101/gr.1234.5")
    (True, False)
    >>> is_preprint("", "", url="https://arxiv.org/abs/2001.12345")
    True
    """
    nowhere = not source and bool(_SERVER.match(publisher) or _SERVER_ADDRESS.match(url))
    return nowhere or is_server(source) or PREPRINT_DOI.match(doi) is not None


@lru_cache(maxsize=50_000)
def is_server(source: str) -> bool:
    """Whether a server of preprints is named; kept, since a source has many works."""
    return _SERVER.match(source) is not None


@lru_cache(maxsize=4096)
def clean_type(*values: str) -> str:
    """One of the study's types from what a database calls it; the first value that says wins.

    A correction or retraction counts whichever value names it.
    """
    matches = [_type_of(v) for v in values if v]
    if "erratum" in matches:
        return "erratum"
    kind = next((m for m in matches if m), "other" if any(values) else "")
    if kind == "report" and ("article" in matches or any("journal article" in v.lower() for v in values)):
        return "article"  # of ERIC
    return kind


def _type_of(value: str) -> str:
    exact = _EXACT_TYPES.get(value.strip().lower())
    if exact:
        return exact
    return next((name for name, p in _TYPES if re.search(p, value, re.IGNORECASE)), "")
