"""Settings of the report."""

from typing import Literal

from pydantic import Field

from coproduction.settings import Section


class ReportSettings(Section):
    """The report: who renders it and how much evidence its appendix shows."""

    engine: Literal["auto", "quarto", "pandoc"] = Field(
        "auto",
        description=(
            "What renders the report: `quarto` (the command must be on the path), `pandoc` (with "
            "Typst, from the Python packages), or `auto`: Quarto where it is installed."
        ),
    )
    evidence_shown: int = Field(
        4,
        ge=1,
        le=50,
        description="Pieces of evidence of each technique shown per condition in the appendix.",
    )
    excerpt_length: int = Field(
        180, ge=40, le=1000, description="Longest excerpt in the appendix, in characters."
    )
