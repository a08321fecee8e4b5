"""The reference of all tables, generated from their schemas."""

import importlib
import re
from functools import cache
from pathlib import Path

import coproduction
from coproduction.core import tables
from coproduction.delphi.texts import TEXTS

HEAD = """# Tables

Generated from the schemas in `workflow/scripts/coproduction/` (`make reference`): every table that
people keep in the study folder and every table that the workflow makes, by folder. Columns that a
table does not name are let through.
"""
LIBRARY = Path(coproduction.__path__[0])
DECLARES = re.compile(r"^[A-Z_0-9]+ = tables\.(schema|people)\(", re.MULTILINE)


def tables_reference() -> str:
    """All tables of the library as Markdown: people's first, then the results, by folder."""
    of_people = {form.file: form for form in declared_tables() if form.people}
    of_results = [form for form in declared_tables() if not form.people]
    parts = [HEAD]
    for title, forms in (("Study folder", list(of_people.values())), ("Results", of_results)):
        for folder in sorted({_folder(form) for form in forms}):
            parts.append(f"## {title}: {folder}\n")
            inside = [form for form in forms if _folder(form) == folder]
            parts += [tables.describe(form) for form in inside]
    return "\n".join(parts)


def declared_tables() -> list[tables.Table]:
    """Every table that a module of the library declares, in the order of modules and lines."""
    declared: dict[int, tables.Table] = {}
    for name in modules_with_tables():
        module = importlib.import_module(name)
        declared |= {id(v): v for v in vars(module).values() if isinstance(v, tables.Table)}
    return list(declared.values())


@cache
def modules_with_tables() -> tuple[str, ...]:
    """The modules in which a table is declared; all files of the library are looked through for them, once a process."""
    return tuple(
        ".".join(path.relative_to(LIBRARY.parent).with_suffix("").parts)
        for path in sorted(LIBRARY.rglob("*.py"))
        if DECLARES.search(path.read_text(encoding="utf-8"))
    )


def _folder(form: tables.Table) -> str:
    folder = form.file.partition("/")[0] if "/" in form.file else ""
    return "every technique" if folder == "*" else f"{folder}/" if folder else "the folder itself"


def texts_reference() -> str:
    """Every fixed text for panellists with its key, in Markdown."""
    lines = [
        "# Texts for panellists",
        "",
        "Generated from `workflow/scripts/coproduction/delphi/texts.csv` (`make reference`). To replace a text,",
        "for instance by its translation, put it under its key into `delphi.texts` of the configuration. Words in",
        "braces are filled in; keep those you need, others are refused.",
        "",
        "| key | English text |",
        "|---|---|",
        *(f"| `{key}` | {text} |" for key, text in TEXTS.items()),
    ]
    return "\n".join(lines) + "\n"
