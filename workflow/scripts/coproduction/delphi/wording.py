"""What the sections on the Delphi share: a figure, a p in words, the panel as a whole."""

from __future__ import annotations

import pandas as pd

from coproduction.core import markdown as md


def figure(name: str, caption: str, alt: str) -> str:
    """A figure of the Delphi by its name."""
    return md.figure(f"figures/delphi/{name}", caption, f"delphi-{name}", alt)


def p_words(value: float) -> str:
    """A p as it stands in a sentence, after the letter p."""
    return "<\u00a00.001" if value < 0.001 else f"=\u00a0{value:.3f}"


def whole_panel(flow: pd.DataFrame) -> pd.DataFrame:
    """The rows of the panel flow for all groups together, by round."""
    return flow[flow["group"] == "all"].sort_values("round")
