"""Check the library's types and hold what is left against the number stored for each room.

    python tests/check_types.py [--store]

mypy finds no error in `core`, `formats`, `methods`, `config` and `reference`. What older rooms still
have is counted in `tests/type_errors.json`; a count may only become smaller, and `--store` writes
the smaller ones down.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "tests" / "type_errors.json"
ERROR = re.compile(r"^workflow/scripts/coproduction/(?:(\w+)/)?.*: error: ", re.MULTILINE)


def _is_of(room: str, line: str) -> bool:
    match = ERROR.match(line)
    return match is not None and (match[1] or "config") == room


def main(store: bool) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        print(done.stdout, done.stderr)
        return 2
    found = Counter(match[1] or "config" for match in ERROR.finditer(done.stdout))
    allowed = json.loads(STORED.read_text(encoding="utf-8"))
    more = sorted(room for room in found if found[room] > allowed.get(room, 0))
    for room in more:
        print(f"types: {room} has {found[room]} errors, {allowed.get(room, 0)} are stored")
        print(*[line[:300] for line in done.stdout.splitlines() if _is_of(room, line)], sep="\n")
    fewer = {room: found[room] for room in allowed if found[room] < allowed[room]}
    if store and not more:
        kept = {room: n for room, n in sorted(found.items()) if n}
        STORED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    elif fewer:
        print("types: fewer errors than stored; run: make types STORE=--store")
    return int(bool(more))


if __name__ == "__main__":
    sys.exit(main(store="--store" in sys.argv[1:]))
