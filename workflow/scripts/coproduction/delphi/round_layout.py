"""What is known of a round file before it is read, and what its columns are."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coproduction.delphi.headings import Doubt, Place

IsAnswer = Callable[[str], bool]
PANELLIST, SUBMITTED, STATEMENT, ROUND, IGNORE = ("panellist", "submitted", "statement", "round", "ignore")  # roles


@dataclass(frozen=True)
class Layout:
    """The columns of a round file: whose row it is, when, the answers, and what is not used.

    panellist: the column that tells who answers; empty where none does, so that rows are persons
    linked: whether its ids are those of the same persons in other files
    email: a column with e-mail addresses, which tell rows of one person where nothing else does
    statement, round: the columns that name them row by row (empty: the columns do, or nothing)
    unused: why each other column is not used; doubts: those of them that people are asked about
    """

    panellist: str
    linked: bool
    submitted: str
    cells: dict[str, Place]
    statement: str = ""
    round: str = ""
    unused: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    email: str = ""


@dataclass(frozen=True)
class Asked:
    """What is known of a round before its file is read.

    number: the round; sharing: the rounds that name the same file; known: ids that people may have
    (lower case); linked: what rounds.csv says of the ids (None: nothing); panellist: the column that
    the settings name; is_answer: whether a cell holds an answer on the scale
    """

    number: int
    sharing: frozenset[int]
    known: frozenset[str]
    is_answer: IsAnswer
    linked: bool | None = None
    panellist: str = ""
