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
_SIGN = re.compile(r"©|\([cC]\)|[cC]opyright|COPYRIGHT")
_BEFORE_SIGN = re.compile(r"\s*[\[(]?(?:[\w ]{4,30} [Dd]atabase [Rr]ecord\s*|[Cc]rown\s+|Â)?$")
_WHOSE = re.compile(
    rf"\W{{0,4}}(?:{_YEAR}|(?:[Tt]he\s+)?[Aa]uthors?\b|$|[A-Z][^.]{{0,60}}?(?:\b{_YEAR}|{_COMPANY})).{{0,250}}$"
)
_UNSIGNED = [
    r"all rights? reserved\W*",
    r"tous droits r[ée]serv[ée]s\W*",
    rf"(?:published|produced|hosted|distributed) by [^.]{{0,60}}{_COMPANY}[^a-z]*",
    rf"{_YEAR} [^.]{{0,40}}{_COMPANY}[^a-z]*",
    r"\[?(?:https?://(?:dx\.)?doi\.org/|doi:? ?)10\.\S+",
    rf"{_YEAR}\W*",
]
_LONGEST = 330  # letters at the end of an abstract in which a notice is looked for
_UNSIGNED_NOTICE = re.compile(rf"(^|[.!?;)\]])\s*(?:{'|'.join(_UNSIGNED)})$", re.IGNORECASE)
_HEADINGS = re.compile(
    r"(^|[.!?;)])\s*(?:background|introduction|context|purpose|aims?(?: and objectives?)?|"
    r"objectives?|design|study design|settings?|participants|subjects|patients and methods|"
    r"materials? and methods?|methods?|methodology|design/methodology/approach|measurements?|"
    r"interventions?|main outcome measures?|results?|findings|main results|discussion|"
    r"limitations|research limitations/implications|practical implications|social implications|"
    r"originality/value|significance|conclusions?|implications)\s*(?::|\s[-–—]\s)",
    re.IGNORECASE,
)


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
    head, tail, before = text[:-_LONGEST], text[-_LONGEST:], ""
    while tail != before:
        before = tail
        tail = _UNSIGNED_NOTICE.sub(r"\1", tail[: _signed_from(tail)]).rstrip()
    kept = head + tail
    kept = kept if len(kept.split()) > 2 else text  # all notice and no text: it is the subject
    return _HEADINGS.sub(r"\1 ", kept).strip()


def _signed_from(text: str) -> int:
    """Where a notice with a sign of copyright begins that runs to the end; the length if none does."""
    for sign in _SIGN.finditer(text):
        if _WHOSE.match(text, sign.end()):
            found = _BEFORE_SIGN.search(text, max(0, sign.start() - 40), sign.start())
            return found.start() if found else sign.start()
    return len(text)
