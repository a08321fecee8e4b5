"""Values of exports as people would write them: text, names, pages, types.

Each function is total: any text gives text. What it changed is kept by the caller.
"""

import html
import re
import unicodedata
from functools import lru_cache

from coproduction.formats.references.decoding import repair_mojibake
from coproduction.formats.references.missing import NO_NAMES, is_nobody, is_unsaid
from coproduction.formats.references.normal import is_suffix

_TAGS = re.compile(
    r"</?(?:[a-z]\w{0,8}:[a-z][a-z-]*|inline-formula|p|i|b|em|u|br|sup|sub|inf|strong|italic|bold|sc"
    r"|scp|span|div|title|sec|section|small|tt|ul|ol|li|h[1-6]|a|abstracttext|label|break|list"
    r"|list-item|tex-math|inline-graphic|alternatives|named-content|math|mrow|mi|mn|mo|msub|msup|underline"
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


def _accent(found: re.Match) -> str:
    accent, letter = found.groups()
    letter = letter.lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])


_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_AMPERSAND = re.compile(r",?\s+&\s+")
_AND_FIRST = re.compile(r"\A\s*(?:and|&|und|et|y)\s+(?=\w)")
_ET_AL = re.compile(
    r"[,;]?\s*\b(?:(?i:et\.?\s*al\.?)|u\.\s?a\.|(?i:and others|others))\s*$"
    r"|[,;]?\s*(?:\.{3}|\u2026)\s*$"
)
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[ -]?){1,4}(?:(?:Jr|Sr|II|III|IV)\.?)?\Z")
_FUSED = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ][a-zß-ÿ’']*\.? )")
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_NUMBERED = re.compile(r" 0\d{3}\Z")  # DBLP numbers people of one name
_CORPORATE = re.compile(
    r"\b(?:group|grp\b|consort|organi[sz]ation|universi|institut|committee|comm\b|commission|council"
    r"|minist[eé]r|ministry|agency|association|assoc\b|collaborat|network|team\b|society|soc\b|bank\b"
    r"|office\b|department|dept\b|union\b|nations\b|centre|center\b|foundation|oecd\b|unesco\b|who\b"
    r"|investigators|authors?\b|federation|alliance|initiative|task force|government|programme\b)",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    """
        van von der den de del della di da dos du la le ten ter zu zur af al
    """.split()
)


def split_authors(values: list[str], fused: bool = False) -> list[str]:
    """Single names from the values of an author field, however they were strung together.

    `fused` is for Springer's table, which puts no sign between names ("Ana AlderBo Birch").
    """
    if len(values) == 1:
        return list(_names_in(values[0], fused))
    return [name for value in values for name in _names_in(value, fused)]


# "Family, Given" or "Family, G. H.", several with "; " between, are as they should be. A family name of several
# words comes before one word only; what ends in "al" or "others" may leave names out; no letter is of mojibake.
_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de]"
_LETTER = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c'-]"
_WORD = rf"{_CAPITAL}{_LETTER}*+"
_GIVEN = rf"(?:{_WORD}|{_CAPITAL}\.(?:-?{_CAPITAL}\.)*+)\.?"
_FIRST_WORDS = {re.split(r"\W", name, maxsplit=1)[0] for name in NO_NAMES} | {"not", "no"}
_NO_NAME = "|".join(sorted(form for word in _FIRST_WORDS for form in (word.capitalize(), word.upper())))
_PLAIN_NAME = (
    rf"(?!(?:{_NO_NAME})\b)"
    rf"(?:{_WORD}, {_GIVEN}(?: {_GIVEN})*+|(?:(?:[Vv]an|[Vv]on|de[rnl]?|da|di|la) ){{0,3}}+{_WORD}(?:[ ]{_WORD})*+, {_GIVEN})"
    r"(?<![Aa][Ll])(?<![Aa][Ll]\.)(?<![Oo][Tt][Hh][Ee][Rr][Ss])(?<![Oo][Tt][Hh][Ee][Rr][Ss]\.)"
)
_PLAIN_NAMES = re.compile(rf"{_PLAIN_NAME}(?:; {_PLAIN_NAME})*+\Z")


def are_plain_names(text: str) -> bool:
    """Whether `text` is names as "Family, Given; Family, G. H.", in which nothing is to be changed.

    >>> are_plain_names("Alder, Béla J.; van Berg, A."), are_plain_names("Bo Birch")
    (True, False)
    """
    return _PLAIN_NAMES.match(text) is not None


@lru_cache(maxsize=50_000)
def _names_in(raw: str, fused: bool) -> tuple[str, ...]:
    """The names of one value; kept, since people write more than one work."""
    value = _without_et_al(raw.strip(" \t\n;")).strip()
    if value[:1] == "{" and value.find("}") == len(value) - 1:
        names = [value]  # a body
    elif fused and ";" not in value:
        names = _FUSED.split(value)
    elif ";" in value or "\n" in value or "|" in value or " %A " in value or "//" in value:
        names = [n for part in re.split(r"[;\n|]| %A |//", value) for n in _of_pubmed(part)]
    elif " and " in value and _several(value):
        names = _AND.split(value)
    elif " & " in value and _of_people(value):
        names = _split_commas(_AMPERSAND.sub(", ", value)) if "," in value else value.split(" & ")
    elif value.count(",") > 1 or (value.count(",") == 1 and _two_names(value)):
        if value.endswith(".") and value.count(".") == 1:
            value = value[:-1]  # the full stop of a list of names without any
        names = _split_commas(value)
    else:
        names = [value]
    plain = (_AND_FIRST.sub("", clean_text(n)).translate(_BRACES) for n in names)
    cleaned = (_without_stop(_without_et_al(n).strip(" ,;")) for n in plain)
    return tuple(order_name(n) for n in cleaned if n and not is_nobody(n))


_BRACES = str.maketrans("", "", "{}")  # IEEE's table has names of BibTeX


def _without_stop(name: str) -> str:
    """The name of a body without the full stop that ends PubMed's list of names."""
    ends = name.endswith(".") and name[-3:-1].islower() and " " in name and "," not in name
    return name[:-1] if ends and _CORPORATE.search(name) else name


def _of_people(value: str) -> bool:
    """Whether "&" stands between names of people: not in "Elm & Sons"."""
    sides = value.split(" & ")
    return not _CORPORATE.search(value) and all(" " in side.strip() for side in sides)


def _of_pubmed(part: str) -> list[str]:
    """Names of "Alder B 2nd, Birch C", which PubMed's table parts from groups by a semicolon."""
    names = [name.strip() for name in part.rstrip(".").split(",")]
    words = [name.split() for name in names]
    ends = (w[-2] if is_suffix(w[-1]) else w[-1] for w in words if len(w) > 1)
    whole = all(len(w) > 1 for w in words) and all(end.isupper() and _INITIALS.match(end) for end in ends)
    return names if whole and len(names) > 1 else [part]


def _several(value: str) -> bool:
    """Whether "and" stands between names: not in "Ministry of Health, Labour and Welfare"."""
    if not _CORPORATE.search(value):
        return True
    parts = [part.strip(" ,") for part in _AND.split(value)]
    people = [part for part in parts if not _CORPORATE.search(part)]
    return bool(people) and "," in value and all(" " in part for part in people)


def _without_et_al(text: str) -> str:
    ending = text[-8:].lower().rstrip(" .")
    others = (
        text.rstrip().endswith(("...", "\u2026"))
        or ending.endswith(("al", "others"))
        or (ending.endswith("a") and "u." in ending[-4:])
    )
    return _ET_AL.sub("", text) if others else text


def bibtex_authors(value: str) -> list[str]:
    """Names of a BibTeX author field; a name in braces is that of a body and stays whole."""
    names, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", value, re.IGNORECASE):
        if found.group() in "{}":
            depth += 1 if found.group() == "{" else -1
        elif depth <= 0:
            names.append(value[start : found.start()])
            start = found.end()
    names = [one for name in [*names, value[start:]] for one in _of_cochrane(name)]
    cleaned = ((n.strip(), clean_text(clean_latex(n))) for n in names)
    ordered = [
        text if name.startswith("{") and name.endswith("}") else order_name(_suffix_last(_of_parts(text)))
        for name, text in cleaned
        if text and text.lower() != "others" and not is_nobody(text)
    ]
    return [name for name in ordered if name]


def _of_cochrane(name: str) -> list[str]:
    """Names of "Alder, BC, Birch, D", which BibTeX would read as one: it has more commas than a name."""
    parts = [part.strip() for part in name.strip().rstrip(",").split(",")]
    if len(parts) < 4 or "{" in name or "=" in name:
        return [name.strip().rstrip(",")] if name.rstrip().endswith(",") else [name]
    names: list[str] = []
    for part in parts:
        if _INITIALS.match(part) and names and "," not in names[-1]:
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    whole = sum("," in one for one in names) > 1 and all("," in n or " " in n for n in names)
    return names if whole else [name]


_PART = re.compile(r"(?:\A|,)\s*(family|given|prefix|suffix|given-i|useprefix)\s*=\s*\"?([^,\"]*)\"?")


def _of_parts(name: str) -> str:
    """ "van Berg, Anna" of BibLaTeX's "family=Berg, given=Anna, prefix=van"."""
    parts = dict(_PART.findall(name)) if "family" in name and "=" in name else {}
    if not parts.get("family"):
        return name
    family = " ".join(filter(None, (parts.get("prefix", "").strip(), parts["family"].strip())))
    rest = (parts.get("given", "").strip(), parts.get("suffix", "").strip())
    return ", ".join(filter(None, (family, *rest)))


def _suffix_last(name: str) -> str:
    """ "Heppner, D. G., Jr." from the "Heppner, Jr., D. G." of BibTeX."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3 and is_suffix(parts[1]):
        return f"{parts[0]}, {parts[2]}, {parts[1]}"
    return name


def _two_names(value: str) -> bool:
    """Whether "A B., C D." holds two names: both sides of several words end or begin in initials."""
    sides = [part.split() for part in value.rstrip(".").split(",")]
    if any(len(words) < 2 for words in sides):
        return False
    ends = all(_INITIALS.match(words[-1]) for words in sides)
    return ends or all(_INITIALS.match(w[0]) and not _INITIALS.match(w[-1]) for w in sides)


def _split_commas(value: str) -> list[str]:
    """Names of "Pan, Y., Yu, C." (family, given pairs) or "Liu R., Adler D.G." (one per comma)."""
    parts = [p.strip() for p in value.split(",") if p.strip()]
    initials = [bool(_INITIALS.match(p)) for p in parts]
    if len(parts) % 2 == 0 and all(initials[1::2]) and not any(initials[::2]):
        return [f"{f}, {g}" for f, g in zip(parts[::2], parts[1::2], strict=True)]
    if all(" " in p for p in parts):
        return parts
    return [value]


def is_corporate(name: str) -> bool:
    """Whether a name has a word that only names of bodies have."""
    return _CORPORATE.search(name) is not None


def order_name(name: str) -> str:
    """ "Family, Given" of a personal name in any order; names of bodies stay as they are."""
    name = " ".join(name.split())
    if name.endswith((")", "]")):
        name = _NOTE.sub("", name) or name
    if name[-1:].isdigit():
        name = _NUMBERED.sub("", name)
    if "," in name:
        family, given = name.split(",", 1)
        return f"{family.strip()}, {given.strip()}".strip(", ")
    words = name.split()
    if len(words) > 2 and is_suffix(words[-1]):  # "Alder B 2nd"
        return f"{order_name(' '.join(words[:-1]))}, {words[-1]}"
    if len(words) < 2 or len(words) > 6 or "&" in name or _CORPORATE.search(name):
        return name
    if _INITIALS.match(words[-1]) and (len(words[-1]) < 4 or "." in words[-1]):
        first = len(words) - 1
        while first > 1 and _INITIALS.match(words[first - 1]) and len(words[first - 1]) < 3:
            first -= 1
        return f"{' '.join(words[:first])}, {' '.join(words[first:])}"
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"


_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_PAGES_HEAD = re.compile(r"^(?:pages?|pp?|s|art(?:icle)?\.?(?: no\.?)?)\.?:?\s+", re.IGNORECASE)


_PLAIN_PAGES = re.compile(r"\d+-\d+\Z", re.ASCII)


def clean_pages(text: str) -> str:
    """Pages as "12-34", also from "pp. 12 -- 34" and "1219-26" (kept short as written)."""
    if (text.isdecimal() and text != "0") or _PLAIN_PAGES.match(text):
        return "" if text == "0-0" else text
    text = _PAGES_HEAD.sub("", clean_text(text))
    text = _DASHES.sub("-", text).strip(" .,;-")
    return "" if text in ("0", "0-0") or is_unsaid(text) or text.lower() in ("n.pag", "np") else text


_NUMBERED_AS = re.compile(r"(?:vol(?:ume)?|issue|iss|no|nr|number|v)\b\.?\s*(?=\d)|v(?=\d+\Z)", re.IGNORECASE)


def clean_number(text: str) -> str:
    """A volume or issue as "12", also from "Vol. 12" and from the "12.0" of a spreadsheet; 0 is none."""
    text = _NUMBERED_AS.sub("", text, count=1) if _NUMBERED_AS.match(text) else text
    if text.endswith(".0") and text[:-2].isdecimal():
        text = text[:-2]
    return "" if text in ("0", "00") else text


_TYPES = (
    ("article", r"book.?reviews?\b|case.?reports?\b"),
    ("erratum", r"errat|corrig|correction|retraction"),
    ("preprint", r"preprint|unpb|posted.content|working.?paper|\binpr\b|ssrn"),
    ("conference paper", r"conf|proceeding|\bcpaper\b|meeting|congress"),
    ("thesis", r"thes|dissertation|\bphd\b"),
    ("chapter", r"chap|incollection|inbook|booksection|book\W{0,2}section|\bechap\b"),
    ("book", r"book|monograph|\bser\b"),
    ("report", r"report|rprt|govdoc|white-?paper|gray|grey|techreport|\bstand"),
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
    return "article" if kind == "report" and "article" in matches else kind  # of ERIC


def _type_of(value: str) -> str:
    exact = _EXACT_TYPES.get(value.strip().lower())
    if exact:
        return exact
    return next((name for name, p in _TYPES if re.search(p, value, re.IGNORECASE)), "")
