"""What the report is told of how far the study is."""

from typing import Any

import pandas as pd

from coproduction.core.accounting import TECHNIQUES, title_of
from coproduction.core.tables import plain


def facts(status: pd.DataFrame, illustrative: bool) -> dict[str, Any]:
    """The steps of each technique in the order of the study, for the notice and the summary."""
    rows = plain(status)
    names = [*TECHNIQUES, *sorted(set(status["technique"]) - set(TECHNIQUES))]
    steps = {name: [row for row in rows if row["technique"] == name] for name in names}
    return {
        "illustrative": illustrative,
        "steps": len(status),
        "done": int((status["state"] == "done").sum()),
        "awaited": int((status["awaited"] != "").sum()),
        "techniques": [
            {"title": title_of(name), "steps": own} for name, own in steps.items() if own
        ],
    }
