"""The parameters of the ranking by relevance, which is made by `relevance` from `text_features`.

They were chosen by leaving one labelled set out at a time (docs/screening_ranking.md) and are the same for
every study. A module of their own, so that whoever only reports them loads no model.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of term: where it is looked for, what counts, and its share of similarity.

    text: "title" or "all". letters: 0 for words and pairs of neighbours, else the length of the
    parts of words, a word with a blank at either end, that count instead. alone: whether terms that no other record
    has count in the length of a text, so that one with many of them is less like all others.
    """

    name: str
    text: str
    letters: int
    share: float
    alone: bool = False


@dataclass(frozen=True)
class Model:
    """Parameters of the ranking model.

    ridge: strength of the penalty. ratio: total weight of the relevant records over that of the
    irrelevant ones, once `many` relevant ones are known; before, as many times more as there are fewer of
    them, up to `largest_ratio`: what is relevant is then sought by likeness to it rather than by difference
    from what is not. constant: added to every similarity (a penalised intercept). bayes: share of
    the Bayes part. smoothing, bayes_ratio: of that part. cited: share of what records cite in
    similarity, where it is known, up to `cited_until` records; with more it falls with their number, to `cited_least`: the
    larger a search, the more works do records cite that have little to do with each other.

    >>> [kind.share for kind in Model().kinds]
    [1.0, 0.12, 0.1]
    """

    kinds: tuple[Kind, ...] = (
        Kind("words and word pairs", "all", 0, 1.0, alone=True),
        Kind("character five-grams", "all", 5, 0.12),
        Kind("words and word pairs of the title alone", "title", 0, 0.1),
    )
    ridge: float = 10.0
    ratio: float = 10.0
    many: int = 30
    largest_ratio: float = 100.0
    constant: float = 1.0
    bayes: float = 0.3
    smoothing: float = 0.7
    bayes_ratio: float = 1.2
    cited: float = 0.3
    cited_until: int = 500
    cited_least: float = 0.1

    def cited_with(self, records: int) -> float:
        """The share of what records cite among so many records.

        >>> [Model().cited_with(records) for records in (200, 1000, 9000)]
        [0.3, 0.15, 0.1]
        """
        return max(min(self.cited, self.cited * self.cited_until / max(records, 1)), min(self.cited, self.cited_least))

    def ratio_with(self, relevant: int) -> float:
        """The ratio while so many relevant records are known.

        >>> [Model().ratio_with(relevant) for relevant in (1, 6, 30, 90)]
        [100.0, 50.0, 10.0, 10.0]
        """
        return min(self.ratio * max(1.0, self.many / max(relevant, 1)), max(self.largest_ratio, self.ratio))
