"""What a run was made with: its merged settings and the versions of the software."""

import platform
from importlib import metadata

import pandas as pd
import yaml

from coproduction.core import markdown as md

PACKAGES = {
    "snakemake": "workflow",
    "pandas": "tables",
    "pandera": "checks of tables",
    "scikit-learn": "text models, agreement",
    "scipy": "statistics",
    "matplotlib": "figures",
    "networkx": "ecosystem model",
    "rapidfuzz": "similarity of records",
    "rispy": "RIS import",
    "bibtexparser": "BibTeX import",
    "pypdfium2": "text of PDF documents",
    "python-docx": "text of Word documents",
    "country-converter": "country names",
}


def versions() -> dict[str, str]:
    """Version of Python and of each package that shapes results, as installed."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def config_text(config: dict) -> str:
    """The merged settings as YAML, defaults included."""
    head = "# The settings of this run, with all defaults filled in. Made; edit your own config.\n"
    return head + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)


def methods(found: dict[str, str]) -> str:
    """The note on software for the report."""
    roles = {"python": "language"} | PACKAGES
    rows = pd.DataFrame(
        [(name, version, roles[name]) for name, version in found.items()],
        columns=["name", "version", "role"],
    )
    names = {"name": "Software", "version": "Version", "role": "Used for"}
    return md.paragraphs(
        "All steps were run as a Snakemake workflow [@molder2021] with the software in "
        "@tbl-house-software; the settings of the run, with all defaults, are in "
        "`house/config.yaml` among the results.",
        md.table(rows, "Software used.", "house-software", names, widths=[3, 2, 5]),
    )
