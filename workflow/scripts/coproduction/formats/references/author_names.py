"""Names of authors as "Family, Given", however an export strings them together.

Names of bodies stay as they are. Each function is total: any text gives text.
"""

import re
from functools import lru_cache

from coproduction.formats.references.cleaning import clean_latex, clean_text, without_entities
from coproduction.formats.references.missing import NO_NAMES, is_nobody
from coproduction.formats.references.normal import is_suffix

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_AMPERSAND = re.compile(r",?\s+&\s+")
_AND_FIRST = re.compile(r"\A\s*(?:and|&|und|et|y)\s+(?=\w)")
_AND_ALONE = re.compile(r"\A\s*(?:and\s+)+(?=\S)|\A\s*and\s*\Z|\s+and\s*\Z")  # no name before or behind it
_ET_AL = re.compile(
    r"[,;]?\s*\b(?:(?i:et\.?\s*al\.?)|u\.\s?a\.|(?i:and others|others))\s*$"
    r"|[,;]?\s*(?:\.{3}|\u2026)\s*$"
)
# The capitals of the Latin, Greek and Cyrillic alphabets.
_UPPER = "".join(sign for sign in map(chr, range(0x41, 0x530)) if sign.isupper())
_INITIALS = re.compile(rf"(?:[{_UPPER}]\.?[ -]?){{1,4}}(?:(?:Jr|Sr|II|III|IV)\.?)?\Z")
_FUSED = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ][a-zß-ÿ’']*\.? )")
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_NUMBERED = re.compile(r" 0\d{3}\Z")  # DBLP numbers people of one name
_CORPORATE = re.compile(
    r"\b(?:group|groupe\b|grp\b|consort|organi[sz]a|universi|institut|committee|comit[eé]|comm\b|commission|kommission|comisi[oó]n"
    r"|council|conseil\b|consejo\b|consiglio\b|minist[eéè]r|ministry|agency|agence\b|agencia\b|agenzia\b|associa[tzcç]|assoc\b"
    r"|asociaci[oó]n|collaborat|network|team\b|society|soc\b|soci[eé]t[eé]\b|sociedad\b|gesellschaft|bank\b|office\b|department"
    r"|dept\b|union\b|nations\b|centre|center\b|centro\b|zentrum\b|foundation|fondation|fondazione|fundaci[oó]n|fundaç|stiftung"
    r"|stichting|oecd\b|unesco\b|unicef\b|who\b|investigators|authors?\b|federation|confederation|alliance|coalition|initiative"
    r"|task ?force|government|gobierno\b|governo\b|programme?\b|college\b|corporation\b|authority|academy\b|akademie\b"
    r"|statistics\b|statistisches\b|services\b|partnership|forum\b|secretariat|directorate|direktorat|parliament|trust\b"
    r"|hospital|charities\b|(?:inc|ltd|llc|llp|gmbh|plc)\b|project\b|laborator|consult(?:ing|ancy)|health\b|national\b"
    r"|international\b|european\b|federal\b|bundes(?:amt|minister|regierung|agentur|verband|institut|anstalt|zentrale|rat\b)"
    r"|landes(?:amt|regierung|zentrale|verband)|beh[öo]rde\b|verband\b|verein\b|vereniging\b|gemeente\b|kommun[e]?\b|observato"
    r"|secretar[ií]a\b|ayuntamiento\b|myndighet)"
    r"|(?<=\S )(?:of|for|für|pour) \S",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    """
        van von vom der den de del della di da dos das do du la le ten ter zu zur zum af al 't ’t bin ibn
    """.split()
)
# What stands beside a name and is none of it: a number of ORCID, a doctorate, a role in a library's catalogue.
_ORCID = re.compile(
    r"[\s,]*[(\[]?(?:https?://(?:www\.)?orcid\.org/|\bORCID:?\s*(?:iD:?\s*)?)?\d{4}-\d{4}-\d{4}-\d{3}[\dXx][)\]]?",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r",\s*(?:Ph\.?\s?D|D\.?\s?Phil|Ed\.?D|M\.?Sc|B\.?Sc|M\.?Phil|Dr\.?PH|Psy\.?D)\b\.?(?=\s*(?:[,;&]|\Z|and\b))"
)
_TITLE = re.compile(r"(?:\A|(?<=, ))(?:(?:Prof|Dr|Univ|Dipl|Ing|habil)\.-?\s*)+(?=\S)")
_ROLE = re.compile(
    r",\s*(?:\d{4}-(?:\d{4})?|(?:author|editor|translator|contributor|creator|compiler|issuing (?:body|agency)|Verfasser(?:in)?"
    r"|Herausgeber(?:in)?|Hrsg|auteur|autor)\b)[.-]*(?=\s*(?:,|\Z))"
)
_WIDE = str.maketrans("；、", ";;")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ONLY_HAN = re.compile(r"[\s·，\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+\Z")
_SLASH = re.compile(r"\s/\s|(?<=[^\W\d_.])/(?=[^\W\d_])")
_OTHER_AND = re.compile(r"\s(?:und|et|y|e)\s")
_SMALL_WORD = re.compile(r"\s[a-zß-ÿ]+\s")


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
_OF_TITLES = r"(?!(?:Prof|Dr|Univ|Dipl|Ing|Hrsg)\.|Hrsg|Verfasser|Herausgeber|PhD|DPhil|EdD|MSc|BSc|MPhil|DrPH|PsyD)"
_GIVEN = rf"{_OF_TITLES}(?:{_WORD}|{_CAPITAL}\.(?:-?{_CAPITAL}\.)*+)\.?"
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
    raw = without_entities(raw) if "&" in raw and ";" in raw else raw
    value = _without_et_al(_only_names(raw.strip(" \t\n;"))).strip()
    if value[:1] == "{" and value.find("}") == len(value) - 1:
        names = [value]  # a body
    elif fused and ";" not in value:
        names = _FUSED.split(value)
    elif ";" in value or "\n" in value or "|" in value or " %A " in value or "//" in value:
        names = [n for part in re.split(r"[;\n|]| %A |//", value) for n in _of_pubmed(part)]
    elif "/" in value and _parted_by(_SLASH, value):
        names = _SLASH.split(value)
    elif " and " in value and _several(value):
        names = _of_list(_AND.split(value))
    elif " & " in value and _of_people(value):
        names = _split_commas(_AMPERSAND.sub(", ", value)) if "," in value else value.split(" & ")
    elif _OTHER_AND.search(value) and _parted_by(_OTHER_AND, value):
        names = _of_list(_OTHER_AND.split(value))
    elif value.count(",") > 1 or (value.count(",") == 1 and _two_names(value)):
        if value.endswith(".") and value.count(".") == 1:
            value = value[:-1]  # the full stop of a list of names without any
        names = _split_commas(value)
    else:
        names = [value]
    plain = (_AND_FIRST.sub("", clean_text(n)).translate(_BRACES) for n in names)
    cleaned = (_without_stop(_without_et_al(n).strip(" ,;*†‡§")) for n in plain)
    return tuple(order_name(n) for n in cleaned if n and not is_nobody(n))


def _only_names(value: str) -> str:
    """The value without what is no part of a name, with the signs of this alphabet between names."""
    if "-" in value and value.count("-") > 2:
        value = _ORCID.sub("", value)
    if ", " in value:
        value = _DEGREE.sub("", value)
    if value.isascii():
        return value
    value = value.translate(_WIDE)
    if "，" in value:
        value = value.replace("，", "; " if "," in value or _ONLY_HAN.match(value) else ", ")
    return value


def _parted_by(sign: re.Pattern[str], value: str) -> bool:
    """Whether a sign stands between names of people: "Béla Alder / Ada Birch", "Ana Ruiz y José Ortega"."""
    sides = [side.strip(" ,") for side in sign.split(value)]
    if len(sides) < 2 or _CORPORATE.search(value):
        return False
    return all((" " in side or "," in side) and _without_particles(side) for side in sides)


def _without_particles(side: str) -> bool:
    """Whether the small words of a name are those that names have."""
    return all(word.group().strip() in _PARTICLES for word in _SMALL_WORD.finditer(side))


def _of_list(parts: list[str]) -> list[str]:
    """Single names of what stood before and behind "and": "Alder, B., Birch, C." and "Cedar, D."

    A comma parts names where the last one has none ("Ada Alder, Bo Birch and Cy Cedar"), or one and no other name has one alone.
    """
    last = parts[-1].strip()
    names: list[str] = []
    for part in parts[:-1]:
        list_parts = [one.strip() for one in part.strip(" ,").split(",")]
        serial = part.rstrip().endswith(",")
        alike = all(" " in one for one in list_parts) and " " in last
        if len(list_parts) < 2 or any(map(is_suffix, list_parts)) or _CORPORATE.search(part):
            names.append(part)
        elif "," not in last and (alike or serial) and not _CORPORATE.search(last):
            names += list_parts
        elif len(list_parts) > 2 and len(list_parts) % 2 == 0 and "," in last:
            names += [f"{family}, {given}" for family, given in zip(list_parts[::2], list_parts[1::2], strict=True)]
        else:
            names += _split_commas(part) if len(list_parts) > 2 else [part]
    return [*names, last]


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
    all_whole = all(len(w) > 1 for w in words) and all(end.isupper() and _INITIALS.match(end) for end in ends)
    return names if all_whole and len(names) > 1 else [part]


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
    for match in re.finditer(r"[{}]|\s+and\s+", value, re.IGNORECASE):
        if match.group() in "{}":
            depth += 1 if match.group() == "{" else -1
        elif depth <= 0:
            names.append(value[start : match.start()])
            start = match.end()
    names = [part for name in [*names, value[start:]] for part in _of_cochrane(name)]
    alone = any(name.lstrip()[:4].rstrip() == "and" or name.rstrip()[-4:] == " and" for name in names)
    names = [_AND_ALONE.sub("", name) for name in names] if alone else names
    cleaned = ((n.strip(), clean_text(clean_latex(n))) for n in names)
    ordered = [
        text if name.startswith("{") and name.endswith("}") else order_name(_suffix_last(_of_parts(text)))
        for name, text in cleaned
        if text and text.lower() != "others" and not is_nobody(text)
    ]
    return [name for name in ordered if name]


def _of_cochrane(name: str) -> list[str]:
    """Names of "Alder, BC, Birch, D" and "Ann Alder, Bo Birch, Cy Cedar", which BibTeX would read as one: a name has no such commas."""
    parts = [part.strip() for part in name.strip().rstrip(",").split(",")]
    if len(parts) == 3 and "{" not in name and all(" " in part for part in parts) and not _CORPORATE.search(name):
        return parts
    if len(parts) < 4 or "{" in name or "=" in name:
        return [name.strip().rstrip(",")] if name.rstrip().endswith(",") else [name]
    names: list[str] = []
    for part in parts:
        if _INITIALS.match(part) and names and "," not in names[-1]:
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    all_whole = sum("," in joined_name for joined_name in names) > 1 and all("," in n or " " in n for n in names)
    return names if all_whole else [name]


_PART = re.compile(r"(?:\A|,)\s*(family|given|prefix|suffix|given-i|useprefix)\s*=\s*\"?([^,\"]*)\"?")


def _of_parts(name: str) -> str:
    """ "van Berg, Anna" of BibLaTeX's "family=Berg, given=Anna, prefix=van"."""
    parts = dict(_PART.findall(name)) if "family" in name and "=" in name else {}
    if not parts.get("family"):
        return name
    family = " ".join(filter(None, (parts.get("prefix", "").strip(), parts["family"].strip())))
    other_parts = (parts.get("given", "").strip(), parts.get("suffix", "").strip())
    return ", ".join(filter(None, (family, *other_parts)))


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
    name = _TITLE.sub("", " ".join(name.split()))
    if "," in name:
        name = _ROLE.sub("", name)
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
    start, end = _family(name, words)
    return f"{' '.join(words[start:end])}, {' '.join(words[:start] + words[end:])}" if end else name


def _family(name: str, words: list[str]) -> tuple[int, int]:
    """Where the family name begins and ends among the words of a name without a comma; 0, 0 for that of a body."""
    if len(words) < 2 or len(words) > 6 or "&" in name or _CORPORATE.search(name):
        return 0, 0
    if not name.isascii() and _HAN.search(name):
        return (0, 1) if len(words) == 2 else (0, 0)  # the family name comes first
    if _INITIALS.match(words[-1]) and (len(words[-1]) < 4 or "." in words[-1]):
        first = len(words) - 1
        while first > 1 and _INITIALS.match(words[first - 1]) and len(words[first - 1]) < 3:
            first -= 1
        return 0, first
    if first := _in_capitals(words):
        return 0, first
    start = len(words) - 1
    if start > 2 and words[start - 1] == "y":  # José Ortega y Gasset
        start -= 2
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return start, len(words)


def _in_capitals(words: list[str]) -> int:
    """How many words in capitals begin a name whose other words are not: 1 in "ALDER Béla"; 0 where it is no such name.

    Up to three capitals are initials ("JRR Alder").
    """
    first = next((at for at, word in enumerate(words) if not word.isupper() or "." in word), 0)
    long = any(len(word) > 3 for word in words[:first])
    particles = all(len(word) > 3 or word.lower() in _PARTICLES for word in words[:first])
    return first if long and particles and any(len(word) > 1 and not word.isupper() for word in words[first:]) else 0
