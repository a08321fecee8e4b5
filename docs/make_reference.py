"""Write the references that are generated from the code: settings, tables and texts."""

from pathlib import Path

from coproduction import config, reference

ROOT = Path(__file__).resolve().parent.parent


def generated() -> dict[Path, str]:
    """Each generated file with its content."""
    return {
        ROOT / "config" / "README.md": config.reference(),
        ROOT / "config" / "schema.json": config.json_schema(),
        ROOT / "docs" / "tables.md": reference.tables_reference(),
        ROOT / "docs" / "delphi_texts.md": reference.texts_reference(),
    }


if __name__ == "__main__":
    for path, content in generated().items():
        path.write_text(content, encoding="utf-8")
