"""Text of pages that are images, by an engine that is installed: Tesseract.

The command is called as it is: the wrappers for Python (pytesseract, tesserocr) would add a package, or a
compiler, to every installation for one line.
"""

import logging
import os
import shutil
import subprocess

COMMAND = "tesseract"
DOTS = 300  # an inch, as Tesseract's documentation asks for
LONGEST = 120  # seconds for a page


def available() -> bool:
    """Whether the engine is installed."""
    return shutil.which(COMMAND) is not None


def recognise(grey: bytes, width: int, height: int, languages: str, name: str) -> str:
    """The text of a page, lines as lines; empty, with a note in the log, where the engine fails.

    grey: width x height bytes, 0 black to 255 white, DOTS an inch; languages: codes of Tesseract, joined by +;
    name: how the log calls the page.
    """
    command = [COMMAND, "stdin", "stdout", "-l", languages, "--dpi", str(DOTS)]
    picture = b"P5 %d %d 255\n" % (width, height) + grey
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}  # threads make it slower, and pages are read side by side
    try:
        process = subprocess.run(command, input=picture, capture_output=True, timeout=LONGEST, env=alone, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        logging.warning("%s: its text could not be recognised (%s)", name, type(error).__name__)
        return ""
    if process.returncode:
        error_lines = process.stderr.decode("utf-8", "replace").strip().splitlines()
        logging.warning(
            "%s: its text could not be recognised: %s", name, error_lines[-1] if error_lines else "no reason given"
        )
        return ""
    return process.stdout.decode("utf-8", "replace").replace("\f", "").strip()
