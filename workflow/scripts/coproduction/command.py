"""The command `python study.py`: a new study, a run with one line of progress, a check of all files.

    python study.py new PATH        a folder with a config and a form for every table
    python study.py run [PATH]      the report of the study in PATH (or of the bundled study)
    python study.py check [PATH]    what is wrong in its files, all at once, without computing
    python study.py search PATH [queries] [snowball] [complete]    search OpenAlex and Crossref
    python study.py indicators PATH [INDICATOR …]                  fetch series of the World Bank and Eurostat

PATH is a study folder with a study.yaml, or a config file. What follows is handed to Snakemake.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from coproduction.config_file import HOUSE, check_config_file
from coproduction.core import end_of_run
from coproduction.core.errors import StudyError, of_the_machine

RUNNING = Path(".snakemake") / "running.json"
ENDED = "The run was interrupted. Finished steps are kept: run the same command again to continue."
LOCKED = (
    "Another run of this study is in progress: wait until it has finished. If there is none (for example because the "
    "computer "
    "was switched off), release the lock and run again: .venv/bin/snakemake --unlock"
)
_MESSAGE = re.compile(r"^Job \d+: (.*)$")
_COUNT = re.compile(r"^(\d+) of (\d+) steps")


def main(args: list[str]) -> int:
    """Carry out the command; what a person can fix ends it with a sentence."""
    try:
        return _carried_out(args)
    except StudyError as error:
        problem = error
    except OSError as error:  # a full disk, one that can only be read
        of_disk = of_the_machine(error)
        if of_disk is None:
            raise
        problem = of_disk
    print(f"\n{problem}\n", file=sys.stderr)
    return 1


def _carried_out(args: list[str]) -> int:
    match args:
        case ["new", path]:
            return new(Path(path))
        case ["check", *rest]:
            return check(config_of(rest[:1]))
        case ["search" | "indicators" as command, path, *which]:
            return {"search": search, "indicators": indicators}[command](config_of([path]), which)
        case ["run", *rest]:
            path_given = rest[:1] if rest and not rest[0].startswith("-") else []
            return run(config_of(path_given), rest[len(path_given) :])
    print(__doc__, file=sys.stderr)
    return 2


def config_of(path: list[str]) -> Path | None:
    """The config file of a study folder, or the file itself; none for the bundled study."""
    if not path or not path[0]:
        check_config_file(HOUSE / "config" / "config.yaml")
        return None
    config_path = Path(path[0])
    config = config_path / "study.yaml" if config_path.is_dir() else config_path
    check_config_file(config)
    return config


def new(path: Path) -> int:
    from coproduction import new_study

    files = new_study.make(path, HOUSE)
    print(f"Created {path} with {len(files)} files. Read {path}/README.md first, then run: make STUDY={path}")
    return 0


def check(config: Path | None) -> int:
    from coproduction import checking

    wrong, questions = checking.looked_through(config or HOUSE / "config" / "config.yaml")
    print("\n".join(wrong) if wrong else "No problems were found in the files that are there.")
    if questions:
        print("\n".join(["", "Worth checking:", *questions]))
    return int(bool(wrong))


def search(config: Path | None, what: list[str]) -> int:
    """Searches by API, frozen in the study folder; the next run imports them like any export."""
    from coproduction import search_online

    return search_online.search(_settings(config), what)


def indicators(config: Path | None, which: list[str]) -> int:
    """Series of indicators by API, frozen in the study folder; the next run reads them beside indicators.csv."""
    from coproduction import indicators_online

    return indicators_online.fetch(_settings(config), which)


def _settings(config: Path | None) -> Any:
    from coproduction.config import load_config

    config_path = config or HOUSE / "config" / "config.yaml"
    return load_config(yaml.safe_load(config_path.read_text(encoding="utf-8-sig")), str(config_path))


def run(config: Path | None, arguments: list[str]) -> int:
    """Run Snakemake with one line of progress; its own words are kept in the log of the run."""
    command = [sys.executable, "-m", "snakemake"]
    command += [] if config is None else [f"--configfile={config}"]  # without `=` it takes the targets for more of them
    release_lock(command)
    settings = yaml.safe_load((config or HOUSE / "config" / "config.yaml").read_text(encoding="utf-8"))
    results = Path(settings.get("results") or "results")
    log = results / "logs" / "run.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise StudyError(
            "a file or a broken link is in the place of the results folder",
            file=error.filename,
            remedy="Rename or remove it, or name another folder in the setting 'results'",
        ) from None
    with log.open("w", encoding="utf-8") as log_file, log.with_suffix(".out").open("w+") as output_file:
        free, progress = not _locks(), Progress()  # before the run can lock anything itself
        with _handed_on() as (ended, runs):
            process = subprocess.Popen(
                [*command, *arguments], stdout=output_file, stderr=subprocess.PIPE, text=True, errors="replace"
            )
            runs.append(process)
            if ended:  # before anybody could be told
                process.send_signal(signal.SIGTERM)
            if free:  # else it is the run of somebody else that holds the locks
                RUNNING.parent.mkdir(exist_ok=True)
                RUNNING.write_text(json.dumps({"pid": process.pid}), encoding="utf-8")
            assert process.stderr is not None
            for line in process.stderr:
                log_file.write(line)
                progress.hear(line)
            code = process.wait()
        progress.end(ended_well=code == 0)
        output_file.seek(0)
        words = output_file.read().strip()
    killed = code < 0 or (ended and code)
    if not (killed and _locks()):  # what it could not release the next start does
        RUNNING.unlink(missing_ok=True)
    if not words and "--unlock" in progress.last:
        words = LOCKED
    if not words and code == 0:
        words = end_of_run.words(results)  # nothing was to be done
    if killed:
        words = f"{words}\n\n{ENDED}".strip()
    print(words or f"The run {'stopped early' if progress.making else 'could not start'}: see {log}\n{progress.last}")
    return code


@contextmanager
def _handed_on() -> Iterator[tuple[list[int], list[subprocess.Popen[str]]]]:
    """Within this context whoever ends this command ends the run; yields the signals that came, and a list for the run.

    It begins before the run, which may be ended as soon as it is there. The terminal itself tells the run of Ctrl-C.
    """
    signals: list[int] = []
    runs: list[subprocess.Popen[str]] = []

    def hand_on(number: int, _: Any) -> None:
        signals.append(number)
        if number != signal.SIGINT:
            for run in runs:
                run.send_signal(signal.SIGTERM)

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, hand_on) for number in numbers}
    try:
        yield signals, runs
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Progress:
    """One line on the screen: how many steps are done, and what is being made."""

    def __init__(self) -> None:
        self.count, self.making, self.last, self.shown = "", "", "", 0
        self.live = sys.stdout.isatty()

    def hear(self, line: str) -> None:
        """Take a line of Snakemake's."""
        line = line.rstrip()
        self.last = line or self.last
        if message := _MESSAGE.match(line):
            self.making = message[1]
        elif count := _COUNT.match(line):
            self.count = f"{count[1]} of {count[2]} steps"
        else:
            return
        text = ": ".join(part for part in (self.count, self.making) if part)[:100]
        if self.live:
            print(f"\r{text.ljust(self.shown)}", end="", flush=True)
            self.shown = len(text)
        elif message:
            print(text, flush=True)

    def end(self, ended_well: bool = True) -> None:
        """Clear the line, and say how much was done."""
        if self.live and self.shown:
            print("\r" + " " * self.shown + "\r", end="")
        if self.count:
            print(f"{self.count} done.\n")
        elif ended_well:
            print("Everything is up to date.\n")


def release_lock(command: list[str]) -> None:
    """Release the lock that a killed run has left, where its process is gone."""
    if RUNNING.is_file() and _locks() and not _under_way():
        subprocess.run([*command, "--unlock"], capture_output=True, check=False)


def _locks() -> bool:
    """Whether a run has left its lock, or is at work."""
    folder = RUNNING.parent / "locks"
    return folder.is_dir() and any(folder.iterdir())


def _under_way() -> bool:
    """Whether the run that was noted is at work; its number may be that of another program by now."""
    try:
        pid = int(json.loads(RUNNING.read_text(encoding="utf-8"))["pid"])
        os.kill(pid, 0)
    except (OSError, ValueError, KeyError):
        return False
    command_line = Path(f"/proc/{pid}/cmdline")  # Linux alone has it
    return not command_line.is_file() or b"snakemake" in command_line.read_bytes()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
