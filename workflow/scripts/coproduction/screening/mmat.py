"""The questions of the Mixed Methods Appraisal Tool, in our own words (`mmat.csv`).

Two questions on every study, and five for each of five kinds of design. The tool advises against an
overall score: what counts is the answer to each question.

Source: Hong et al. (2018), doi:10.3233/EFI-180221.
"""

import csv
from pathlib import Path

with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as _file:
    QUESTIONS = list(csv.DictReader(_file))  # question, design, number, text
