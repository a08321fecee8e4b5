"""Settings of the report."""

from typing import Literal

from pydantic import Field

from coproduction.core.settings import Section


class ReportSettings(Section):
    """The report: who renders it."""

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
