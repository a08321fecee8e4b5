#!/bin/sh
# webvtt-py 0.6.0: where two people speak in one cue of a WebVTT file, all words are given to the first.
#
# The standard lets a cue hold several voice spans, and meeting programs write them where people talk at
# once. `Caption.voice` names the first voice and `Caption.text` holds the words of all, so that an
# interviewer's question becomes the participant's answer.
# The workflow therefore reads cues itself (formats/transcripts/cues.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check webvtt-py==0.6.0
"$folder/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import webvtt

text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>Did you agree?</v>\n<v Ben>No.</v>\n"
read = [(caption.voice, caption.text) for caption in webvtt.from_string(text)]
print("webvtt-py", version("webvtt-py"), "reads", read)
sys.exit(0 if read == [("Ann", "Did you agree?\nNo.")] else "the behaviour has changed")
PYTHON
