"""All fixed words that panellists read, in questionnaires and feedback sheets, each under a key.

`delphi.texts` replaces any of them, for a panel that answers in another language. Words in braces
are filled in; a translation may leave them out, but has no others. Catalogues of translations
(gettext) were left out: a study has one language, and its team writes the words.
"""

import string

from coproduction.core.errors import did_you_mean

TEXTS = {
    "form_title": "Delphi, round {round}",
    "rate": "How do you rate each statement? ({lowest} = {lowest_label}, {highest} = {highest_label}.)",
    "rank_each": "Which rank do you give each statement? ({lowest} = first: {highest_label}, "
    "{highest} = last: {lowest_label}. Give each rank once.)",
    "rank_all": "Please put all statements in order, from the first ({highest_label}) to the last "
    "({lowest_label}).",
    "first": "first",
    "last": "last",
    "no_opinion": "No opinion",
    "ask_comment": "If you wish: why? Please name no persons or places.",
    "comment_on": "{statement}: if you wish: why? Please name no persons or places.",
    "mark_one": "Mark one circle for each statement.",
    "own_code": "Your code in the panel (not your name)",
    "sends_nothing": "This page sends nothing: at the end it saves your answers as a file on your "
    "computer, to be returned to the organisers.",
    "save": "Save my answers",
    "gaps": "{empty} of {all} statements have no rating. Save all the same?",
    "sheet_title": "Feedback before round {round}",
    "sheet_intro": "For {panellist}. {asked} For each you see your own last rating, how all "
    "panellists rated it, and their comments without names. You may keep your rating or change it; "
    "both are welcome. The scale runs from {lowest} ({lowest_label}) to {highest} ({highest_label}).",
    "one_asked": "1 statement is asked in this round.",
    "many_asked": "{number} statements are asked in this round.",
    "chart_key": "Bars: how many panellists chose each point, your own in dark blue. Orange: the "
    "middle half of the ratings; the diamond is their median.",
    "new_statement": "New or reworded: there is no earlier rating.",
    "your_rating": "Your rating",
    "did_not_answer": "none (you did not answer this round)",
    "left_empty": "none (you left it empty)",
    "had_no_opinion": "no opinion",
    "was_not_asked": "not asked",
    "median_of_all": "Median of all",
    "median_of_group": "Median, {group}",
    "middle_half": "Middle half",
    "from_to": "{low} to {high}",
    "ratings": "Ratings",
    "comments": "Comments",
    "you": "You:",
    "mark": "▲ you",
    "chart_ratings": "{number} rated {point}",
    "chart_middle": "median {median}, middle half {middle}",
    "chart_own": "you rated {point}",
}


def fields(text: str) -> set[str]:
    """The words in braces of a text; ValueError where braces are open or stand for more."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def problems(own: dict[str, str]) -> list[str]:
    """What is wrong with the texts of a study: unknown keys, empty texts, unknown words in braces."""
    found = []
    for key, text in own.items():
        if key not in TEXTS:
            found.append(f"there is no text '{key}'. {did_you_mean(key, list(TEXTS))}".strip())
            continue
        try:
            extra = fields(text) - fields(TEXTS[key])
        except ValueError:
            found.append(f"the braces of '{key}' do not match")
            continue
        if extra:
            allowed = ", ".join(sorted(fields(TEXTS[key]))) or "none"
            found.append(f"'{key}' has {{{sorted(extra)[0]}}}; words in braces here: {allowed}")
        if not text.strip():
            found.append(f"'{key}' is empty")
    return found
