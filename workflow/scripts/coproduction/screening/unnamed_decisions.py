"""What is asked of a sheet that does not say who decided, or of which no column is headed as that of decisions."""

from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError
from coproduction.screening import marked_cells
from coproduction.screening.decision_words import decision_in, says_nothing, says_so
from coproduction.screening.tables import ANSWERS
from coproduction.screening.wide_sheets import KNOWN

_OF_TEAM = "if it is what the team came to, head it 'final decision'"
_OF_MANAGERS = frozenset(["Item Type", "Manual Tags", "Reference Type", "Item type"])  # Zotero, EndNote, Paperpile


def ask_whose(table: pd.DataFrame, path: Path) -> None:
    """Raise StudyError where no column is headed 'decision' but one holds some, or where nobody is named who decided.

    In the place of decisions there may be colours, or tags of a reference manager.
    """
    if "decision" in table:
        if "reviewer" not in table:
            raise StudyError(
                "nothing says who decided: there is no column 'reviewer'",
                file=path,
                row=1,
                remedy=f"Add a column 'reviewer' with the initials of who decided; {_OF_TEAM}",
            )
        return
    marked_cells.refuse_colours(path, table.index)
    if _OF_MANAGERS & set(table):
        raise StudyError(
            "this is an export of a reference manager, in which no column is headed 'decision'; tags and collections are not "
            "read as decisions",
            file=path,
            row=1,
            remedy="Write the decisions into a column 'decision' beside a column 'reviewer'",
        )
    likely = [name for name in table if name not in KNOWN and _may_decide(table[name])]
    if likely:
        beside = "" if "reviewer" in table else f" beside a column 'reviewer'; {_OF_TEAM}"
        raise StudyError(
            f"the column '{likely[0]}' seems to contain decisions under another heading",
            file=path,
            row=1,
            remedy=f"Head it 'decision'{beside}",
        )


def _may_decide(cells: pd.Series) -> bool:
    """Whether a column names inclusions or exclusions, in at least half of the cells that say something."""
    filled = [cell for cell in cells if not says_nothing(cell)]
    decided = [cell for cell in filled if decision_in(cell, ANSWERS)[0]]
    return bool(filled) and 2 * len(decided) >= len(filled) and any(map(says_so, decided))
