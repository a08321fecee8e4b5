"""Which tags of an entry can fill which fields, planned once for all entries with the same tags."""

import re

from coproduction.formats.references.maps import Map

_NOT_NAME = re.compile(r"[\W_]+")
_LANGUAGE = re.compile(r"\[(?:[A-Za-z]{2,3}(?:[_-][A-Za-z]{2,4})?|\*)?\]\Z")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "publicationDate"
KEPT_PLANS = 10_000
_BEHIND = 1_000  # ranks of names of columns behind the tags of a format


class Plan(dict):
    """For each field the tags of an entry that can fill it, the best first; the rest is for who fills
    them, to keep for entries with these tags: `steps`, what is to be done; `left`, the tags of which
    a value may be left over; and `unsure`, whether one of the tags may mean something else."""

    __slots__ = ("_others", "left", "steps", "unsure")

    def __init__(self, tags: dict[str, tuple[str, ...]]) -> None:
        super().__init__(tags)
        self._others: dict[tuple[str, str], Plan] = {}
        self.steps: tuple | None = None
        self.left: tuple[str, ...] = ()
        self.unsure: bool | None = None

    def without(self, field: str, tag: str) -> "Plan":
        """The plan of an entry in which the tag does not fill the field."""
        plan = self._others.get((field, tag))
        if plan is None:
            tags = {name: tags for name, tags in self.items() if name != field}
            other_tags = tuple(other for other in self.get(field, ()) if other != tag)
            plan = self._others[field, tag] = Plan(tags | ({field: other_tags} if other_tags else {}))
        return plan


class Places(dict):
    """For each tag the fields that it can fill, with its rank among the tags of that field.

    With `names`, tags are the names of columns, in any case and punctuation. What no tag of the format is may be such
    a name in `tables`, as where a script wrote a table of its own as JSON.
    """

    def __init__(self, fields: Map, names: bool = False, tables: "Places | None" = None) -> None:
        super().__init__()
        self.names, self.tables = names, tables
        self._plans: dict[tuple[str, ...], Plan] = {}
        for field, tags in fields.items():
            for rank, tag in enumerate(tags):
                self.setdefault(tag, []).append((field, rank))

    def plan(self, tags: tuple[str, ...]) -> Plan:
        """What these tags can fill; kept for the next entry with the same tags."""
        plan_of_tags = self._plans.get(tags)
        if plan_of_tags is None:
            ranked: dict[str, list[tuple[int, str]]] = {}
            for tag in tags:
                for field, rank in self[tag]:
                    ranked.setdefault(field, []).append((rank, tag))
            plan_of_tags = Plan(
                {field: tuple(tag for _, tag in sorted(ranked_tags)) for field, ranked_tags in ranked.items()}
            )
            if len(self._plans) < KEPT_PLANS:
                self._plans[tags] = plan_of_tags
        return plan_of_tags

    def __missing__(self, tag: str) -> list[tuple[str, int]]:
        ranks: list[tuple[str, int]] = []
        if self.names:
            ranks = self.get(column_name(tag)) or self.get(column_name(_HUMP.sub(" ", tag)), [])
        elif self.tables is not None and "." not in tag:
            ranks = [(field, rank + _BEHIND) for field, rank in self.tables[tag]]
        self[tag] = ranks
        return ranks


def column_name(name: str) -> str:
    """The name of a table column in lower case, without punctuation and the language behind it ("dc.title[en]")."""
    if name[-1:] == "]":
        name = _LANGUAGE.sub("", name)
    return _NOT_NAME.sub(" ", name.lower()).strip()
