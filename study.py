"""Start the workflow without make: python study.py new PATH, run [PATH], check [PATH]."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "workflow" / "scripts"))

from coproduction.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
