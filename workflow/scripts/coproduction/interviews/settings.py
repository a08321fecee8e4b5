"""Settings of the interviews."""

from typing import Literal

from pydantic import Field

from coproduction.core.settings import Section


class InterviewsSettings(Section):
    """Interviews: turns of speakers, places of coded quotes, agreement and saturation."""

    interviewer_marks: list[str] = Field(
        default=["I", "INT", "Interviewer", "Interviewerin", "Moderator", "Researcher"],
        description="Words before a colon that begin a turn of the interviewer.",
    )
    participant_marks: list[str] = Field(
        default=["P", "R", "B", "IP", "Participant", "Respondent", "Interviewee", "Befragte", "Befragter"],
        description="Words before a colon that begin a turn of the participant (the participant's own id counts too).",
    )
    other_marks: list[str] = Field(
        default=[],
        description="Words before a colon at the start of lines that are not speakers, so that "
        "you are not asked about them.",
    )
    table_columns: list[str] = Field(
        default=[],
        description="Which columns of tables say who speaks and what was said, by their headings or their numbers from "
        "the left (such as [Speaker, English]), where transcripts have several that may: an original beside its "
        "translation, notes or codes. The others are not read.",
    )
    replace_identifiers: bool = Field(
        True,
        description="Whether e-mail and postal addresses, telephone numbers, bank accounts, national identity "
        "numbers, links, handles and case numbers become tokens such as [EMAIL_1].",
    )
    replace_dates: bool = Field(False, description="Whether dates also become tokens, if identifiers do.")
    seed_codes: list[Literal["factors", "guide"]] = Field(
        default=["factors", "guide"],
        description="What the project for the coders contains as codes besides the data structure: "
        "the conditions of factors.csv, the topics of interviews/guide.csv; an empty list if codes "
        "are to come from the interviews alone.",
    )
    search_window: int = Field(
        400,
        ge=0,
        le=100_000,
        description="Distance in characters from its stated position within which a quote is searched for "
        "before the whole transcript is searched.",
    )
    agreement_on: Literal["codes", "concepts"] = Field(
        "concepts", description="Whether coders are compared on all codes or on those of the data structure."
    )
    agreement_unit: Literal["turn", "sentence", "segment", "character"] = Field(
        "turn",
        description="Units over which coders are compared: turns of the participant, their sentences, the passages that "
        "somebody coded, or single characters. Where passages begin and end is compared besides (unitizing alpha).",
    )
    saturation_base: int = Field(
        4, ge=1, le=50, description="Number of interviews that form the base of the saturation ratio."
    )
    saturation_run: int = Field(
        2, ge=1, le=20, description="Number of interviews per run after the base of the saturation ratio."
    )
    saturation_threshold: float = Field(
        0.05, ge=0, le=1, description="Share of new concepts in a run that counts as saturation."
    )
    structure_look: Literal["colour", "classic"] = Field(
        "colour",
        description="Style of the data structure in the report: in colour, or black on white with "
        "one box of first-order concepts per theme, as printed in management journals.",
    )
    quotes_per_theme: int = Field(2, ge=1, le=10, description="Number of quotes that the report shows for each theme.")
    quote_length: int = Field(
        320, ge=80, le=5000, description="Maximum length of a quote in the report, in characters."
    )
