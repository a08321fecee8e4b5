"""The feedback sheets on paper.

What all sheets share is one file of Typst (`feedback_sheet.typ.j2`), which is read and laid out once; a sheet hands it
what is the panellist's own. The chart comes in layers: that of a statement, and the own bar and place upon it.
"""

from typing import Any

from coproduction.core.prose import Templates
from coproduction.delphi import feedback, histogram
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.typst import Typesetter, data, quoted

SHARED = "sheets.typ"
NOBODY = ""


def printed(
    sheets: list[tuple[str, str]],
    prepared: list[feedback.StatementFeedback],
    number: int,
    templates: Templates,
    settings: DelphiSettings,
) -> dict[str, bytes]:
    """The PDF of each sheet by its file name, for pairs of panellist and file name."""
    for_all = feedback.items(NOBODY, prepared, settings)
    facts = shared_facts(for_all, feedback.ratings(prepared, settings), number, settings)
    own_parts = OwnParts(for_all, settings)
    with Typesetter({SHARED: templates.fill_text("feedback_sheet.typ", facts)}) as typesetter:
        return {
            name: typesetter.pdf(source(own_parts.facts(panellist, feedback.items(panellist, prepared, settings))))
            for panellist, name in sheets
        }


def source(sheet_parts: dict[str, Any]) -> str:
    """The Typst source of the sheet with these own parts."""
    return f'#import "{SHARED}": sheet\n#sheet({data(sheet_parts)})'


def shared_facts(
    for_all: list[feedback.Item], ratings: set[float | None], number: int, settings: DelphiSettings
) -> dict[str, Any]:
    """What the shared file is filled with: the statements as somebody sees them who rated nothing, and all ratings."""
    return {
        "settings": settings,
        "say": settings.say,
        "quoted": quoted,
        "data": data,
        "number": number,
        "items": [_shared(item, settings) for item in for_all],
        "places": {_key(rating): histogram.own_place(rating, settings) for rating in sorted(ratings, key=_key)},
    }


def _shared(item: feedback.Item, settings: DelphiSettings) -> dict[str, Any]:
    shared = {"statement": item.statement, "text": item.text}
    if not item.counts:
        return shared
    return shared | {
        "chart": histogram.of_all(item, settings),
        "numbers": feedback.numbers(item, settings)[1:],
        "comments": feedback.counted(item.comments),
    }


class OwnParts:
    """What a panellist's own sheet adds to the shared file; all who rated alike have the same bar."""

    def __init__(self, for_all: list[feedback.Item], settings: DelphiSettings) -> None:
        self._for_all, self._settings = for_all, settings
        self._drawn: dict[tuple[str, float | None], dict[str, Any]] = {}

    def facts(self, panellist: str, items: list[feedback.Item]) -> dict[str, Any]:
        """What `sheet` of the shared file is called with; `items` are the statements as the panellist sees them."""
        parts = [self._own(*pair) for pair in zip(items, self._for_all, strict=True)]
        return {"intro": feedback.intro(panellist, len(items), self._settings), "own": parts}

    def _own(self, item: feedback.Item, for_all: feedback.Item) -> dict[str, Any]:
        if not item.counts:
            return {}
        parts = self._chart(item) | {"rating": item.own}
        if item.mine or item.comments != for_all.comments:
            parts |= {"comments": feedback.counted(item.comments), "mine": item.mine}
        return parts

    def _chart(self, item: feedback.Item) -> dict[str, Any]:
        key = item.statement, item.rating
        if key not in self._drawn:
            self._drawn[key] = {
                "place": _key(item.rating),
                "bar": histogram.own_bar(item, self._settings),
                "chart_in_words": histogram.in_words(item, self._settings),
            }
        return self._drawn[key]


def _key(rating: float | None) -> str:
    return "" if rating is None else str(rating)
