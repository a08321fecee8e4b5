"""The figure of the topics."""

import matplotlib.pyplot as plt
import pandas as pd

from coproduction import figures
from coproduction.text import split_list

SHOWN_TERMS = 5


def draw_prevalence(topics: pd.DataFrame) -> plt.Figure:
    """Bars of the topics' prevalence, with their terms; a sentence where there are none yet."""
    if topics.empty:
        return figures.awaited("No topics yet: there are too few records with an abstract.")
    figure, axes = plt.subplots(figsize=(figures.DOUBLE, 0.42 * len(topics) + 0.7))
    values = 100 * topics["prevalence"].to_numpy()
    positions = range(len(topics))
    axes.barh(positions, values, height=0.62, color=figures.PALETTE["blue"])
    labels = [
        f"{topic}  {', '.join(split_list(terms)[:SHOWN_TERMS])}"
        for topic, terms in zip(topics["topic"], topics["terms"], strict=True)
    ]
    axes.set_yticks(positions, labels)
    axes.invert_yaxis()
    for position, (value, n) in enumerate(zip(values, topics["documents"], strict=True)):
        axes.annotate(
            f"{value:.0f} %  ({n})",
            (value, position),
            (3, 0),
            textcoords="offset points",
            va="center",
        )
    axes.set_xlim(0, values.max() * 1.2)
    axes.set_xlabel("Prevalence, % (in brackets: records whose strongest topic it is)")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return figure
