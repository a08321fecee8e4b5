"""Entries of RIS with the same tags, understood field by field instead of entry by entry.

Only where it is plain what a value means; an entry of which one value is not is left to `understand`,
and gives the same by either way (tests/formats/references/test_fast_paths.py).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from coproduction.formats.references import author_names, cleaning, fields
from coproduction.formats.references.entry import HEADED, Entry, said, said_number
from coproduction.formats.references.field_plan import Plan
from coproduction.formats.references.fields import FIELDS
from coproduction.formats.references.missing import MISSING_BEGINS, MISSING_SIGNS, is_missing, is_no_abstract, is_unsaid
from coproduction.formats.references.normal import PLAIN_DOI, normalise_doi
from coproduction.formats.references.plain_ris import WholeEntry
from coproduction.formats.references.source_lines import EBSCO_NOTE


class Columns:
    """The fields of entries (`texts`), all with the tags of one plan; the raw values of what cleaning
    `changed` and what is left over (`rest`), with the place of the entry; and the places of the entries
    that are left to the `careful` way, of which the rest says nothing."""

    def __init__(self, entries: Sequence[WholeEntry], plan: Plan) -> None:
        self.entries, self.plan = entries, plan
        self.orders = {entry.order for entry in entries}
        self.texts: dict[str, list[str]] = {}
        self.changed: list[tuple[int, str, str]] = []
        self.rest: list[tuple[int, str, str]] = []
        self.careful: set[int] = set()
        self.used: set[str] = set()  # tags in `plan.left` of which every value is in a field
        for put, field in plan.steps or ():
            _COLUMN[put](self, field)
        self._check()
        self._leave()

    def rows(self) -> Iterable[tuple[str, ...]]:
        """The values of FIELDS, entry by entry."""
        empty = [""] * len(self.entries)
        return zip(*[self.texts.get(field, empty) for field in FIELDS], strict=True)

    def column(self, field: str) -> list[str]:
        return self.texts.get(field) or [""] * len(self.entries)

    def first(self, tag: str) -> list[str]:
        """The first value of a tag in each entry."""
        if tag == "TY":
            return [entry.kind for entry in self.entries]
        return [entry.given[entry.order.first[tag]] for entry in self.entries]

    def every(self, tag: str) -> list[list[str]]:
        """All values of a tag in each entry, each once."""
        if tag == "TY":
            return [[entry.kind] for entry in self.entries]
        if not self.have_several(tag):
            return [[value] for value in self.first(tag)]
        values_by_entry = [entry.given[entry.order.first[tag] : entry.order.ends[tag]] for entry in self.entries]
        return [values if len(values) == 1 else list(dict.fromkeys(values)) for values in values_by_entry]

    def have_several(self, tag: str) -> bool:
        """Whether an entry has several values of the tag."""
        return any(tag in order.several for order in self.orders)

    def only_one(self, tag: str) -> None:
        """Entries with several values of a tag are left to the careful way."""
        if self.have_several(tag):
            self.careful.update(i for i, entry in enumerate(self.entries) if tag in entry.order.several)

    def not_missing(self, values: list[str]) -> None:
        """Entries of which the value only says that there is none are left to the careful way."""
        begins = MISSING_BEGINS.isdisjoint([value[:3] for value in values])
        if not (begins and MISSING_SIGNS.isdisjoint([value[:1] for value in values])):
            self.careful.update(i for i, value in enumerate(values) if not value or is_missing(value))

    def put(self, field: str, texts: list[str], raw: list[str]) -> None:
        self.texts[field] = texts
        if texts is not raw:
            both = zip(texts, raw, strict=True)
            self.changed += [
                (i, field, raw_text)
                for i, (text, raw_text) in enumerate(both)
                if text is not raw_text and text != raw_text
            ]

    def simple(self, names: tuple[str, ...]) -> None:
        for field in names:
            tag = self.plan[field][0]
            self.only_one(tag)
            raw = self.first(tag)
            clean = said_number if field in ("volume", "issue") else said
            cleaned = {value: "" if is_missing(value) else clean(value, False) for value in set(raw)}
            if "" in cleaned.values():
                self.careful.update(i for i, value in enumerate(raw) if not cleaned[value])
            self.put(field, [cleaned[value] for value in raw], raw)

    def title(self, field: str) -> None:
        tag = self.plan[field][0]
        self.only_one(tag)
        raw = self.first(tag)
        self.not_missing(raw)
        self.put(field, [v[:-1] if v[-1:] == "." and v[-2:] != ".." else v for v in raw], raw)

    def joined(self, field: str) -> None:
        values_by_entry = self.every(self.plan[field][0])
        if all(len(values) == 1 for values in values_by_entry):
            texts = raw = [values[0] for values in values_by_entry]
        else:
            raw = ["; ".join(values) for values in values_by_entry]
            texts = [" ".join(values) for values in values_by_entry] if field == "abstract" else raw
            for i, values in enumerate(values_by_entry):
                if len(values) > 1 and any(not value or is_missing(value) for value in values):
                    self.careful.add(i)
        self.not_missing(texts)
        self.careful.update(i for i, text in enumerate(texts) if len(text) < 50 and is_unsaid(text))
        if field == "abstract":
            self.careful.update(
                i for i, text in enumerate(texts) if text[:8] in HEADED or (len(text) < 300 and is_no_abstract(text))
            )
        if field == "affiliations":
            self.careful.update(
                i for i, text in enumerate(texts) if ";" in text and any(map(is_unsaid, text.split("; ")))
            )
        self.put(field, texts, raw)

    def address(self, field: str) -> None:
        values_by_entry = self.every(self.plan[field][0])
        raw = [values[0] if len(values) == 1 else "; ".join(values) for values in values_by_entry]
        texts = [values[0] for values in values_by_entry]
        ends = (".", ",", ";") if field == "accession" else ()
        for i, text in enumerate(raw):
            if " " in text and (
                len(values_by_entry[i]) == 1 or any(not v or " " in v or is_missing(v) for v in values_by_entry[i])
            ):
                self.careful.add(i)
        self.not_missing(texts)
        if ends:
            self.careful.update(i for i, text in enumerate(texts) if text.endswith(ends))
        self.put(field, texts, raw)

    def names(self, field: str) -> None:
        tags = self.plan[field]
        if len(tags) > 1:
            self.leave_all()
            return
        self.used.add(tags[0])
        values_by_entry = self.every(tags[0])
        raw = ["; ".join(values) for values in values_by_entry]
        plain = list(map(author_names.are_plain_names, raw))
        if all(plain):
            self.put(field, raw, raw)
            return
        texts = raw.copy()
        for i, is_plain in enumerate(plain):
            if not is_plain:
                if any(not value or is_missing(value) for value in values_by_entry[i]):
                    self.careful.add(i)
                else:
                    texts[i] = "; ".join(author_names.split_authors(values_by_entry[i]))
        self.put(field, texts, raw)

    def year(self, _: str) -> None:
        tag = self.plan["year"][0]
        self.used.add(tag)
        self.only_one(tag)
        raw = self.first(tag)
        year_of_value = {value: fields.year_of(value) for value in set(raw)}
        self.careful.update(i for i, value in enumerate(raw) if not year_of_value[value])
        self.put("year", [year_of_value[value] for value in raw], raw)

    def pages(self, _: str) -> None:
        if "start" not in self.plan:
            self.leave_all()
            return
        tag = self.plan["start"][0]
        self.used.add(tag)
        self.only_one(tag)
        raw = self.first(tag)
        numbers = [value.isdecimal() for value in raw]
        if "end" not in self.plan:
            self.careful.update(i for i, number in enumerate(numbers) if not number or raw[i] == "0")
            self.put("pages", raw, raw)
            return
        tag = self.plan["end"][0]
        self.used.add(tag)
        self.only_one(tag)
        last = self.first(tag)
        self.careful.update(
            i for i, number in enumerate(numbers) if not (number and last[i].isdecimal() and last[i] != raw[i])
        )
        texts = [f"{start}-{end}" for start, end in zip(raw, last, strict=True)]
        self.put("pages", texts, texts)

    def doi(self, _: str) -> None:
        tags = self.plan.get("doi", ())
        if "DO" in tags:
            self.used.add("DO")
            self.only_one("DO")
            raw = self.first("DO")
            texts = [v if PLAIN_DOI.match(v) else normalise_doi(v).split("&")[0] for v in raw]
            self.careful.update(i for i, doi in enumerate(texts) if not doi)
            self.put("doi", texts, raw)
            return
        for tag in (*tags, *self.plan.get("doi_url", ())):
            for i, values in enumerate(self.every(tag)):
                if any("10." in value for value in values):
                    self.careful.add(i)

    def pmid(self, _: str) -> None:
        if "pmid" in self.plan:
            self.leave_all()
            return
        for tag in self.plan["pmid_url"]:
            for i, values in enumerate(self.every(tag)):
                if any(fields.names_pmid(value) for value in values):
                    self.careful.add(i)

    def serial_numbers(self, _: str) -> None:
        if "issn" not in self.plan or "isbn" in self.plan:
            self.leave_all()
            return
        tag = self.plan["issn"][0]
        self.used.add(tag)
        self.only_one(tag)
        raw = self.first(tag)
        self.careful.update(i for i, value in enumerate(raw) if not fields.is_plain_issn(value))
        self.put("issn", raw, raw)

    def keywords(self, _: str) -> None:
        values_by_entry = self.every(self.plan["keywords"][0])
        for tag in self.plan["keywords"][1:]:
            values_by_entry = [[*values, *more] for values, more in zip(values_by_entry, self.every(tag), strict=True)]
        raw = ["; ".join(values) for values in values_by_entry]
        texts = [text if fields.are_plain_keywords(text) else "" for text in raw]
        for i, text in enumerate(texts):
            if not text:
                texts[i] = "; ".join(fields.keywords_of(values_by_entry[i]))
                if any(not value or is_missing(value) for value in values_by_entry[i]):
                    self.careful.add(i)
        self.put("keywords", texts, raw)

    def type(self, _: str) -> None:
        tags = self.plan["type"]
        for tag in tags:
            self.only_one(tag)
        values_by_entry = list(zip(*[self.first(tag) for tag in tags], strict=True))
        type_of_values = {
            values: "" if any(not v or is_missing(v) for v in values) else cleaning.clean_type(*values)
            for values in set(values_by_entry)
        }
        self.careful.update(i for i, values in enumerate(values_by_entry) if not type_of_values[values])
        texts = [type_of_values[values] for values in values_by_entry]
        preprint_columns = list(map(self.column, fields.TELLS_PREPRINT))
        servers = {source for source in set(preprint_columns[0]) if not source or cleaning.is_server(source)}
        for i, (source, doi) in enumerate(zip(preprint_columns[0], preprint_columns[1], strict=True)):
            if source in servers or cleaning.PREPRINT_DOI.match(doi):
                texts[i] = fields.type_or_preprint(texts[i], *(column[i] for column in preprint_columns))
        self.put("type", texts, ["; ".join(values) for values in values_by_entry])

    def leave_all(self) -> None:
        self.careful.update(range(len(self.entries)))

    def _check(self) -> None:
        """Leave what `understand` looks at again, and what says nothing, to the careful way."""
        sources, titles = self.column("source"), self.column("title")
        volumes = self.column("volume")
        self.careful.update(
            i
            for i, (source, title) in enumerate(zip(sources, titles, strict=True))
            if not title or source == title or " (" in source
        )
        self.careful.update(i for i, volume in enumerate(volumes) if volume == "PP")
        notes = self.texts.get("notes", ())
        self.careful.update(i for i, note in enumerate(notes) if note.startswith(EBSCO_NOTE))

    def _leave(self) -> None:
        """The tags that no field took."""
        for tag in self.plan.left:
            if tag in self.used:
                continue
            if not self.have_several(tag):
                values = self.first(tag)
                self.not_missing(values)
                self.rest += [(i, tag, value) for i, value in enumerate(values)]
                continue
            for i, several in enumerate(self.every(tag)):
                if any(not value or is_missing(value) for value in several):
                    self.careful.add(i)
                else:
                    self.rest.append((i, tag, "; ".join(several)))


_COLUMN: dict[Callable[[Entry, Any], None], Callable[[Columns, Any], None]] = {
    Entry.put_first: Columns.simple,
    Entry.put_title: Columns.title,
    Entry.put_joined: Columns.joined,
    Entry.put_address: Columns.address,
    fields.put_names: Columns.names,
    fields.put_year: Columns.year,
    fields.put_pages: Columns.pages,
    fields.put_doi: Columns.doi,
    fields.put_pmid: Columns.pmid,
    fields.put_serial_numbers: Columns.serial_numbers,
    fields.put_keywords: Columns.keywords,
    fields.put_type: Columns.type,
}


def understand_together(entries: Sequence[WholeEntry], plan: Plan) -> Columns | None:
    """The fields of clean entries with these tags; None where the plan is not made yet or may mean else."""
    if plan.steps is None or plan.unsure or any(put not in _COLUMN for put, _ in plan.steps):
        return None
    return Columns(entries, plan)
