"""Tables that the report keeps of how it was made."""

from coproduction.core import tables

SOFTWARE = tables.schema(
    "house/software.csv",
    "The software that the steps use, as their scripts and the library behind them import it.",
    {
        "package": tables.text("name of the distribution", filled=True),
        "version": tables.text("version; empty where the settings were kept without it"),
        "steps": tables.text("steps (rules) that use it, separated by ;", filled=True),
    },
)
