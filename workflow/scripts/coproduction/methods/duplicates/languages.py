"""In which language a title is, as far as its small words and its script tell.

Only asked whether two titles of one place are in different languages, so a few languages and a
doubtful "unknown" are enough. lingua and langdetect (considered) need models or are not
deterministic, and are unsure of a dozen words as well.
"""

import re

_SMALL = {
    "en": "the of and for with from by on is are to its how what an at does their between",
    "de": "der die das und für von zur zum im des eine einer ein den auf mit zu als bei ist am vom",
    "fr": "le les des du et dans pour sur une aux chez par est au avec l d",
    "es": "el los las del y para por una con como entre la su al",
    "pt": "o os do da dos das em e para uma um no na ao pela com",
    "it": "il lo gli della del di per nel nella dei delle una con alla",
    "nl": "het een van voor op met bij de en naar door",
    "pl": "w i z na do oraz dla o jako u",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _SMALL.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)
_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("cjk", re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("greek", re.compile("[\u0370-\u03ff]{3}")),
)
_CODES = {
    "en": "en eng",
    "de": "de deu ger",
    "fr": "fr fra fre",
    "es": "es spa",
    "pt": "pt por",
    "it": "it ita",
    "nl": "nl dut nld",
    "pl": "pl pol",
    "ru": "ru rus",
    "uk": "uk ukr",
    "zh": "zh chi zho",
    "ja": "ja jpn jap",
    "ko": "ko kor",
    "tr": "tr tur",
    "cs": "cs cze ces",
}
_CODE = {name: code for code, names in _CODES.items() for name in names.split()}


def language_code(text: str) -> str:
    """Two letters for "German", "ger", "de" …; empty for several languages or unknown ones.

    >>> language_code("German"), language_code("English; French")
    ('de', '')
    """
    return _CODE.get(text[:3].lower(), "") if text.isalpha() else ""


def language_of(title: str) -> str:
    """The language (or script) of a title in lower case; empty where its words do not decide.

    >>> language_of("die rolle der bürger"), language_of("coproduction")
    ('de', '')
    """
    if not title.isascii():
        for name, letters in _SCRIPTS:
            if letters.search(title):
                return name
    counts: dict[str, int] = {}
    for word in [word for word in _LETTERS.findall(title) if word in _LANGUAGES_OF]:
        for language in _LANGUAGES_OF[word]:
            counts[language] = counts.get(language, 0) + 1
    best = max(counts.values(), default=0)
    leaders = [language for language, count in counts.items() if count == best]
    return leaders[0] if len(leaders) == 1 else ""
