"""Write envs/Dockerfile: one image with all conda environments, as Snakemake describes it.

    python envs/make_dockerfile.py

Snakemake (`--containerize`) asks conda for its platform, its prefix and the priority of its channels before it
writes what needs none of them, and fails where conda is not installed (9.27.1). A stand-in answers the two
questions for Linux on x86-64; no environment is made. A test compares the file with what Snakemake writes now.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
DOCKERFILE = HOUSE / "envs" / "Dockerfile"
ABOUT = {"conda_prefix": "/opt/conda", "root_prefix": "/opt/conda", "platform": "linux-64", "conda_version": "24.11.0"}
STAND_IN = f"""#!/bin/sh
case "$1" in
--version) echo "conda {ABOUT["conda_version"]}" ;;
info) echo '{json.dumps(ABOUT)}' ;;
config) echo '{{"get": {{"channel_priority": "strict"}}}}' ;;
*) echo "conda is only stood in for, and was asked to $*" >&2; exit 1 ;;
esac
"""
HEAD = (
    "# Written by envs/make_dockerfile.py from envs/*.yaml; build it in the folder of the workflow (docs/cluster.md).\n"
)


def dockerfile() -> str:
    """The Dockerfile as Snakemake writes it for the environments of now."""
    with tempfile.TemporaryDirectory() as folder:
        conda = Path(folder) / "conda"
        conda.write_text(STAND_IN, encoding="utf-8")
        conda.chmod(0o755)
        paths = os.pathsep.join([folder, str(Path(sys.executable).parent), os.environ["PATH"]])
        command = [sys.executable, "-m", "snakemake", "--containerize"]
        done = subprocess.run(
            command, cwd=HOUSE, env=os.environ | {"PATH": paths}, capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(done.stderr)
    begin = done.stdout.index("FROM ")
    return HEAD + "\n".join(line.rstrip() for line in done.stdout[begin:].splitlines()) + "\n"


if __name__ == "__main__":
    DOCKERFILE.write_text(dockerfile(), encoding="utf-8")
