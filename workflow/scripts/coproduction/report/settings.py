"""Settings of the report."""

from typing import Literal

from pydantic import Field

from coproduction.core.settings import Section


class ReportSettings(Section):
    """The report: its question, how much of the evidence it shows itself, who renders it."""

    question: str = Field(
        "Which conditions favour the outcome, and how do they form an ecosystem?",
        description="The question of the study, as the first page asks it.",
    )
    leading: int = Field(
        7, ge=1, le=12, description="Number of conditions that the first page and the policy brief name."
    )
    figures: int = Field(
        1, ge=0, description="Number of figures of each technique in the report; the others are in the supplement."
    )
    rows: int = Field(
        8,
        ge=0,
        description="Maximum number of rows of a table of results in the report; longer tables are in the supplement.",
    )
    checklists: list[Literal["PRISMA 2020", "PRISMA-S", "COREQ", "SRQR", "DELPHISTAR", "ACCORD", "GRAMMS"]] = Field(
        ["PRISMA 2020", "PRISMA-S", "COREQ", "DELPHISTAR", "GRAMMS"],
        description="Reporting guidelines whose checklists the supplement prints, in this order; all "
        "are in `report/checklists.csv` in the results.",
    )
    formats: list[Literal["html", "pdf", "docx"]] = Field(
        ["html", "pdf", "docx"],
        min_length=1,
        description="Formats of the report: web pages (`html`), PDF (`pdf`), and the report itself for Word "
        "(`docx`). Fewer formats take less time.",
    )
    engine: Literal["auto", "quarto", "pandoc"] = Field(
        "auto",
        description=(
            "What renders the report: `quarto` (the command must be on the path), `pandoc` (with "
            "Typst, from the Python packages), or `auto`: Quarto where it is installed."
        ),
    )
    archive_license: str = Field(
        "https://creativecommons.org/licenses/by/4.0/",
        description="Address of the licence under which the archive of the study is published.",
    )
