"""The reference of all tables, generated from their schemas."""

import importlib
import pkgutil

import coproduction
from coproduction.core import tables
from coproduction.delphi.texts import TEXTS

HEAD = """# Tables

Generated from the schemas in `workflow/scripts/coproduction/` (`make reference`): every table that
people keep or that the workflow makes. Columns that a table does not name are let through.
"""


def tables_reference() -> str:
    """All schemas of the library as Markdown, by module."""
    parts = [HEAD]
    for name in sorted(_modules()):
        module = importlib.import_module(name)
        own = [value for value in vars(module).values() if isinstance(value, tables.Table)]
        if own:
            parts.append(f"## {name.removeprefix('coproduction.')}\n")
            parts += [tables.describe(form) for form in own]
    return "\n".join(parts)


def _modules():
    path, prefix = coproduction.__path__, "coproduction."
    ends = ("tables", "_tables", "accounting", "factors", "identities")
    for module in pkgutil.walk_packages(path, prefix):
        if module.name.endswith(ends) and module.name != "coproduction.core.tables":
            yield module.name


def texts_reference() -> str:
    """Every fixed text for panellists with its key, in Markdown."""
    lines = [
        "# Texts for panellists",
        "",
        "Generated from `workflow/scripts/coproduction/delphi/texts.py` (`make reference`). To replace a text,",
        "for instance by its translation, put it under its key into `delphi.texts` of the configuration. Words in",
        "braces are filled in; keep those you need, others are refused.",
        "",
        "| key | English text |",
        "|---|---|",
        *(f"| `{key}` | {text} |" for key, text in TEXTS.items()),
    ]
    return "\n".join(lines) + "\n"
