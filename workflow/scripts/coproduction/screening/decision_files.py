"""Under which names the decisions of a stage are looked for: queues, and exports of screening tools."""

ENDINGS = ("csv", "tsv", "xlsm", "ris", "json", "asreview", "zip")  # .csv stands for .xlsx and .ods, too


def decision_patterns(stage: str) -> list[str]:
    """The patterns of a stage's files, relative to the study folder.

    >>> decision_patterns("full_text")[0]
    'screening/full_text*.csv'
    """
    places = (f"screening/{stage}*", f"screening/{stage}/*", "screening/covidence/*")
    return [f"{place}.{ending}" for place in places for ending in ENDINGS]
