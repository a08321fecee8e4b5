"""The fixed words of the study: its techniques, the states of a step, the kinds of evidence.

Apart from the tables that use them, because the configuration needs the words and no pandas.
"""

TECHNIQUES = {
    "desk": "Desk research",
    "qca": "Configurations (QCA)",
    "literature": "Literature search",
    "screening": "Screening",
    "topics": "Topics",
    "interviews": "Interviews",
    "delphi": "Delphi",
    "ecosystem": "Ecosystem",
}  # their titles, in the order of the study
STATES = ["done", "partial", "awaited", "not started"]
KINDS = ["passage", "indicator", "configuration", "study", "topic", "quote", "rating"]
# What a panel says of a factor; empty where no panel was asked or its ratings are not judged.
SUPPORTED, REJECTED, UNDECIDED = "supported", "rejected", "no consensus"
VERDICTS = [SUPPORTED, UNDECIDED, REJECTED, ""]
