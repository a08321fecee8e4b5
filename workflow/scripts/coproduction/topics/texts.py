"""The texts that are modelled: title, abstract and keywords without what says nothing of their subject.

Databases put the publisher's notice into the abstract ("(C) 2020 Elsevier Ltd. All rights reserved.")
and journals the headings of structured abstracts. A notice is removed from the end of an abstract, and
only where it has the form of one: an abstract about copyright keeps its words.
"""

import re

import pandas as pd

_YEAR = r"(?:19|20)\d\d"
_COMPANY = (
    r"(?:Ltd|Inc|LLC|B\.?V|GmbH|S\.?A\.?S|AG|Elsevier|Springer|Wiley|Blackwell|Emerald|Publish\w*|Press|"
    r"Society|Association|Federation|APA)\b"
)
# a sign counts with whose it is, or when, soon after it: `(c)` may be the third point of a list
_PARTS_OF_SIGNS = ("©", "(c)", "(C)", "opyright", "OPYRIGHT")
_SIGN = re.compile(r"©|\([cC]\)|[cC]opyright|COPYRIGHT")
_BEFORE_SIGN = re.compile(r"\s*[\[(]?(?:[\w ]{4,30} [Dd]atabase [Rr]ecord\s*|[Cc]rown\s+|Â)?$")
_WHOSE = re.compile(
    rf"\W{{0,4}}(?:{_YEAR}|(?:[Tt]he\s+)?[Aa]uthors?\b|$|[A-Z][^.]{{0,60}}?(?:\b{_YEAR}|{_COMPANY})).{{0,250}}$"
)
_NAME = r"(?:[A-Z][\w'’.-]*|&|and|of|for|the)"
_CASED_NOTICE = re.compile(
    rf"(^|[.!?;)\]])\s*[A-Z][\w'’-]*,?(?: {_NAME},?){{0,8}} (?:LLC|Ltd|Limited|Inc|GmbH|B\.?V)\.?$"
)
_UNSIGNED = [
    r"all rights? reserved\W*",
    r"tous droits r[ée]serv[ée]s\W*",
    r"alle rechte(?:n)? (?:vorbehalten|voorbehouden)\W*",
    r"(?:todos los derechos|todos os direitos|tutti i diritti) (?:reservados|riservati)\W*",
    # what EBSCO, ProQuest and other vendors write behind an abstract
    r"[\[(](?:(?:original |edited |journal )?(?:publication |author |publisher )?abstract|abstract from \w+)[\])]\W*",
    r"copyright of [^.]{3,200}? is the property of .*",
    r"(?:abstract )?adapted from the (?:source document|original)\W*",
    r"reprinted (?:by|with) (?:the )?permission[^.]{0,80}\W*",
    r"this (?:is an )?open[ -]access article\b[^.]{0,60}(?:\blicen[cs]e|\bCC\b|creative commons|distributed|published|under).*",
    r"this article is (?:made available|published|distributed|licensed) under[^.]{0,80}(?:\bCC\b|creative commons|licen[cs]e).*",
    r"this (?:article|work) is a u\.?s\.? government work[^.]{0,90}\W*(?:U\.?S\.?A?\.?)?",
    r"(?:[\w ]{0,40}\bregist(?:ration|ered|ry)\b[\w ]{0,30}\W{0,4})?"
    r"(?:NCT\d{8}|(?:PROSPERO\W{0,3})?CRD\d{9,14}|ISRCTN\d{6,9}|ACTRN\d{10,16})\W*",
    r"(?:clinical )?trial registration\b.{0,150}",
    rf"published(?: online| in)? {_YEAR}\W*",
    rf"published in {_YEAR} by [^.]{{0,60}}\W*",
    rf"(?:published|produced|hosted|distributed) by [^.]{{0,60}}{_COMPANY}[^a-z]*",
    rf"{_YEAR} [^.]{{0,40}}{_COMPANY}[^a-z]*",
    r"\[?(?:https?://(?:dx\.)?doi\.org/|doi:? ?)10\.\S+",
    rf"{_YEAR}\W*",
]
_LONGEST = 330  # letters at the end of an abstract in which a notice with a sign is looked for
_LONGEST_UNSIGNED = 900  # EBSCO's runs over five sentences
_LISTED = re.compile(r"\([aA]\).*\([bB]\).*(?:[,;]|\b(?:and|or))\s*$")  # points before the third
_TRACES = (  # without one of these no notice that has no sign ends a text
    "rights|right reserved|droits|rechte|derechos|direitos|diritti|abstract|property of|adapted from the|permission|"
    "open access|open-access|this article is|this work is|regist|nct0|crd4|isrctn|actrn|published|produced by|"
    "hosted by|distributed by|doi:|doi.org|doi 10"
).split("|")
_ENDS = re.compile(r"(?:(?:19|20)\d\d\W*|(?:LLC|Ltd|Limited|Inc|GmbH|B\.?V)\.?)$", re.IGNORECASE)
_UNSIGNED_NOTICE = re.compile(rf"(^|[.!?;)\]])\s*(?:{'|'.join(_UNSIGNED)})$", re.IGNORECASE)
_HEADING = (
    r"\s*(?:background|introduction|context|purpose|aims?(?: and objectives?)?|"
    r"objectives?|design|study design|settings?|participants|subjects|patients and methods|"
    r"materials? and methods?|methods?|methodology|design/methodology/approach|measurements?|"
    r"interventions?|main outcome measures?|results?|findings|main results|discussion|"
    r"limitations|research limitations/implications|practical implications|social implications|"
    r"originality/value|significance|conclusions?|implications|funding|key ?words)\s*(?::|\s[-–—]\s)"
)
_FIRST_HEADING = re.compile(_HEADING, re.IGNORECASE)
# apart from the first one, since Python looks for signs faster than for signs or the beginning
_LATER_HEADING = re.compile(rf"([.!?;)]){_HEADING}", re.IGNORECASE)


def modelled_texts(records: pd.DataFrame) -> list[str]:
    """What the model reads of each record, in their order.

    records: `title`, `abstract`, `keywords` (separated by ;)
    """
    abstracts = records["abstract"].map(plain_abstract)
    keywords = records["keywords"].str.replace(";", ". ")
    return (records["title"] + ". " + abstracts + " " + keywords).tolist()


def plain_abstract(abstract: str) -> str:
    """An abstract without the publisher's notice at its end and without headings of its parts.

    >>> plain_abstract("Purpose: trust matters. (C) 2020 Elsevier Ltd. All rights reserved.")
    'trust matters.'
    >>> plain_abstract("Copyright law in 2001 changed how authors publish. All rights matter.")
    'Copyright law in 2001 changed how authors publish. All rights matter.'
    """
    text = abstract.strip()
    body, before = text, ""
    while body != before:
        before = body
        body = _without_unsigned(body[: _signed_from(body)])
    body = body if len(body.split(maxsplit=2)) > 2 else text  # all notice and no text: it is the subject
    first = _FIRST_HEADING.match(body)
    return _LATER_HEADING.sub(r"\1 ", body[first.end() :] if first else body).strip()


def _without_unsigned(text: str) -> str:
    """A text without a notice at its end that has no sign of copyright."""
    head, tail = text[:-_LONGEST_UNSIGNED], text[-_LONGEST_UNSIGNED:]
    small = tail[-_LONGEST:].lower()
    if not _ENDS.search(small[-20:]) and not any(trace in small for trace in _TRACES):
        return text
    for notice in (_UNSIGNED_NOTICE, _CASED_NOTICE):
        tail = notice.sub(r"\1", tail).rstrip()
    return head + tail


def _signed_from(text: str) -> int:
    """Where a notice with a sign of copyright begins that runs to the end; the length if none does."""
    tail = text[-_LONGEST:]
    if not any(map(tail.__contains__, _PARTS_OF_SIGNS)):  # quicker than the pattern
        return len(text)
    for sign in _SIGN.finditer(text, max(0, len(text) - _LONGEST)):
        point = sign[0] == "(c)" and _LISTED.search(text, 0, sign.start())
        if not point and _WHOSE.match(text, sign.end()):
            before_sign = _BEFORE_SIGN.search(text, max(0, sign.start() - 40), sign.start())
            return before_sign.start() if before_sign else sign.start()
    return len(text)
