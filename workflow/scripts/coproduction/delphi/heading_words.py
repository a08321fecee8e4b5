"""Words in the headings of round files that tell what a column holds beside or instead of a rating."""

import html
import re

from coproduction.core.text import normalise, one_line
from coproduction.formats.surveys.columns import ORDINALS

COMMENT_WORDS = set(
    """
    com comm comment comments commentaire commentaires kommentar kommentare comentario comentarios comentariu
    comentarii commento commenti remark remarks reason reasons why text feedback rationale justification explain
    explanation opmerking opmerkingen observatii observaciones osservazioni begrundung begruendung begründung
    warum pourquoi perche perché suggestion suggestions rewording rewordings modification modifications amendment
    amendments vorschlag vorschläge sugerencia sugerencias suggerimento suggerimenti proposition propositions sugestie sugestii
""".split()
)
FILLING = set(
    """
    please add any give your on this the a for of rating answer if you wish optional or and other specify free
    response item statement open ended votre ihr zu about to rate score sur su sobre pe
    field box here further facoltativo facoltativi opcional opcionales facultatif facultatifs opțional opţional
    opsional freiwillig eventuell eventuali bitte il la le lo los un une una ein eine der die das my with
    regarding these importance importanza importancia importanță wichtigkeit bedeutung relevance relevanz
    relevancia rilevanza pertinence relevanță agreement zustimmung accord acuerdo accordo acord
""".split()
)
ASKING = set("how what is are it do you agree with important relevant wie wichtig ist".split())  # behind a statement
NOT_RATINGS = set(
    """
    time timing timer seconds click clicks count order do browser submit weight duration random total sum page other
    mean median average sd iqr previous prior confidence certainty expertise familiarity
""".split()
)
# Of what a column beside the rating tells: how sure or how expert somebody is, or another rating.
NOT_THE_RATING = set(
    """
    previous prior earlier former vorherige vorige bisherige précédent précédente anterior precedente
    confident confidence certain certainty sure sureness expertise familiar familiarity knowledgeable
    sicher sicherheit expertise fachwissen confiance certitude seguro seguridad certeza sicuro sicurezza certezza sigur
""".split()
)
RANKS = set(
    "rank ranks ranking ranked rang rangfolge rangplatz rango clasificación classement classifica ordine".split()
)
NO_OPINION_WORDS = re.compile(
    r"no[ _-]?op(in|inion)?\b|don'?t[ _]?know|(^|[ _])dk($|[ _])|sans[ _](avis|opinion)|(?<![a-z])(unable|unsure|abstain|abstention|"
    r"enthaltung)(?![a-z])|can(not|['’]?t)[ _](judge|score|rate|say|assess|answer)|not[ _]able[ _]to[ _](judge|score|rate|answer)"
    r"|weiß[ _]nicht|kann[ _]ich[ _]nicht|keine[ _](angabe|meinung)|n[eo][ _]sa(it|bri)"
)
ROUND_IN_NAME = re.compile(
    r"(?<![a-z0-9])(?:round|runde|ronda|ronde|vuelta|tour|wave|welle|vague|delphi|dft|rd|r|w)[ _.-]?(\d{1,2})(?![a-z0-9])"
)
ROUND_BY_ORDER = re.compile(
    r"(?<!\w)(\d(?:st|nd|rd|th|\.)|[^\W\d_]+) (?:round|runde|ronde|ronda|vuelta|tour|wave|welle)(?!\w)"
)
MOST_WORDS_OF_LABEL = 8  # in a label; longer ones are instructions


def plain_words(text: str) -> str:
    """Words without HTML, in one line."""
    return one_line(html.unescape(re.sub(r"<[^<>]+>", " ", text)))


def round_in(words: str) -> int | None:
    """The round that a few words name, by its number or in the order of rounds ('second round')."""
    if number := ROUND_IN_NAME.search(words):
        return int(number.group(1))
    for match in ROUND_BY_ORDER.finditer(words):
        word = normalise(match[1])
        if word[0].isdigit() or word in ORDINALS:
            return int(word[0]) if word[0].isdigit() else ORDINALS[word]
    return None


def bare_no_opinion(column: str, text: str = "") -> bool:
    """Is the column a box for 'no opinion' that does not say on what ('Unable to score', 'Don't know')?"""
    for words in (column, text):
        plain = plain_words(words).lower().replace("’", "'").removesuffix(" (2)")
        if NO_OPINION_WORDS.match(plain) and len(plain.split()) <= MOST_WORDS_OF_LABEL:
            return True
    return False


def bare_comment(column: str, text: str = "") -> bool:
    """Does the column hold comments without saying on what ('Comments2', 'Please explain')?"""
    for words in (column, text):
        words_found = set(re.findall(r"[^\W\d_]+", plain_words(words).lower()))
        if words_found & COMMENT_WORDS and words_found <= COMMENT_WORDS | FILLING:
            return True
    return False
