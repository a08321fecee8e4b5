#!/bin/sh
# country_converter 1.3.2: names of places, peoples and persons are converted to a country, without a warning.
#
# Expected: convert() gives the code of a country's name, and not_found for a name that is none.
# Seen: its patterns are bound neither to the whole name nor to whole words, so that regions ("Southern
#   Italy"), places beside their country ("Cluj Romania"), deltas ("Niger delta"), cities ("Guatemala City"),
#   rests ("Rest of Spain"), persons ("Chad Smith") and words that only begin alike ("Francesca centre") are
#   converted as if they were the country, and nothing tells them from its name.
# What to do: keep what is found only where the whole name is one of that country's names.
# Here: workflow/scripts/coproduction/core/countries.py (_is_whole).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check country_converter==1.3.2 pandas==2.3.3
"$folder/venv/bin/python" - <<'PYTHON'
import logging
import sys

import country_converter

logging.getLogger("country_converter").setLevel(logging.ERROR)
WANTED = {
    "Italy": "ITA", "Southern Italy": "ITA", "Cluj Romania": "ROU", "Niger delta": "NER",
    "Guatemala City": "GTM", "Rest of Spain": "ESP", "Chad Smith": "TCD", "Francesca centre": "FRA",
    "Utopia": "not found",
}
found = {
    name: country_converter.convert(name, to="ISO3", not_found="not found") for name in WANTED
}
for name, code in found.items():
    print(f"{name:18} {code}")
sys.exit(0 if found == WANTED else 1)
PYTHON
