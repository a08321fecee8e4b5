"""What a run was made with: its merged settings, and the software that its steps use.

Nobody lists the software by hand: a step uses what its script and the library modules behind it
import, and a package is known by its distribution, whose version counts.
"""

import platform
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from coproduction.core.digest import third_party
from coproduction.core.packages import distributions
from coproduction.core.vocabulary import TECHNIQUES

_SCRIPT = re.compile(r'"\.\./scripts/(\w+)\.py"')
OTHER_PARTS = {"settings": "Settings", "status": "Status", "report": "Report"}


def software_used(workflow: Path) -> dict[str, Any]:
    """Python, Snakemake and the packages of all steps, with the steps that use them.

    workflow: the folder of rules/ and scripts/. Returns plain values: `python`, `snakemake`
    (versions), `parts` (number of parts of the study) and `packages`: a list of dicts with package,
    version (empty where it is not installed here), steps, parts.
    """
    part_of = {
        script: path.stem
        for path in sorted((workflow / "rules").glob("*.smk"))
        for script in _SCRIPT.findall(path.read_text(encoding="utf-8"))
    }
    titles = TECHNIQUES | OTHER_PARTS
    users: dict[str, list[str]] = {}
    for script in sorted(part_of):
        for module in sorted(third_party(workflow / "scripts" / f"{script}.py")):
            users.setdefault(module, []).append(script)
    packages = []
    for module, (name, version) in distributions(users).items():
        used_in = {part_of[script] for script in users[module]}
        parts = [titles[part] for part in titles if part in used_in]
        packages.append({"package": name, "version": version, "steps": users[module], "parts": parts})
    return {
        "python": platform.python_version(),
        "snakemake": metadata.version("snakemake"),
        "parts": len(set(part_of.values())),
        "packages": sorted(packages, key=lambda row: (-len(row["steps"]), row["package"].lower())),
    }


def own_version(citation: Path) -> str:
    """The version of the workflow, as its CITATION.cff says."""
    match = re.search(r"^version:\s*(\S+)", citation.read_text(encoding="utf-8"), re.MULTILINE)
    return match.group(1) if match else ""


def config_text(config: dict) -> str:
    """The merged settings as YAML, defaults included."""
    head = "# The settings of this run, with all defaults filled in. Made; edit your own config.\n"
    return head + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)
