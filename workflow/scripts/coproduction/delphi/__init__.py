"""Delphi: from the export of each round to verdicts, the next questionnaire and feedback."""
