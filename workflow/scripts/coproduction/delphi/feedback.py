"""Each panellist's feedback before the next round: one self-contained HTML page.

Shows the own rating, the distribution, median and interquartile range of all, medians of groups
that are large enough, and the comments without name or group. Nothing on a page tells who another
panellist is: comments come in an order that depends on their text only, words that people asked to
withhold and pseudonyms, addresses and numbers are taken out, and file names are salted.
"""

from __future__ import annotations

import hashlib
import html
import re

import pandas as pd

from coproduction.delphi.questionnaire import answers
from coproduction.delphi.settings import DelphiSettings

WITHHELD = "[…]"
TRACES = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+|\+?\d[\d ()/-]{6,}\d")
STYLE = """
body{font:16px/1.45 system-ui,sans-serif;color:#222;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin-bottom:.2rem}h2{font-size:1.02rem;margin:0 0 .4rem}
article{border-top:1px solid #bbb;padding:1rem 0;break-inside:avoid}
.row{display:flex;gap:1.5rem;flex-wrap:wrap;align-items:flex-start}
dl{display:grid;grid-template-columns:auto auto;gap:.1rem .8rem;margin:0}dt{color:#555}dd{margin:0}
ul{margin:.5rem 0 0;padding-left:1.1rem}li{margin:.2rem 0}
.note{background:#f3f3f3;padding:.6rem .9rem}svg text{font:11px system-ui,sans-serif}
@media print{body{font-size:11pt;margin:0;max-width:none}}
"""


def sheet_name(panellist: str, number: int, salt: str) -> str:
    """File name of a sheet, not to be guessed from the pseudonym without the salt."""
    digest = hashlib.sha256(f"{salt}|{number}|{panellist}".encode()).hexdigest()
    return f"{digest[:16]}.html"


def salt_of(ratings: pd.DataFrame, settings: DelphiSettings) -> str:
    """The secret of the file names: the one set, else a digest of ratings that nobody else has.

    A constant would let everybody who knows the workflow work out a panellist's file from the
    pseudonym, and chance would give other names on every run.
    """
    if settings.feedback_salt:
        return settings.feedback_salt
    kept = ratings.sort_values(["round", "panellist", "statement"])
    content = kept[["round", "panellist", "statement", "status", "rating", "comment"]].to_csv()
    return hashlib.sha256(content.encode()).hexdigest()


def cleaned(comment: str, panellists: list[str], withhold: list[str]) -> str:
    """The comment without pseudonyms, addresses, long numbers and the words to withhold."""
    words = [w for w in [*panellists, *withhold] if w]
    text = TRACES.sub(WITHHELD, " ".join(comment.split()))
    if words:
        pattern = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
        text = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", WITHHELD, text, flags=re.IGNORECASE)
    return text


def sheet(
    panellist: str,
    asked: pd.DataFrame,
    ratings: pd.DataFrame,
    summary: pd.DataFrame,
    groups: pd.DataFrame,
    number: int,
    settings: DelphiSettings,
) -> str:
    """The page of one panellist for round *number*, from the closed rounds only.

    *asked* are the statements of the next round (questionnaire.next_statements).
    """
    items = [
        _item(panellist, entry, ratings, summary, groups, settings)
        for entry in asked.to_dict("records")
    ]
    scale = settings.scale
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>Feedback before round {number}</title><style>{STYLE}</style></head><body>\n"
        f"<h1>Feedback before round {number}</h1>\n"
        f'<p class="note">For {html.escape(panellist)}. {len(asked)} statements are asked again. '
        "You see your own last rating, what all panellists answered, and comments without names. "
        "You may keep your rating or change it. "
        f"Scale: {scale.lowest} ({html.escape(scale.lowest_label)}) to {scale.highest} "
        f"({html.escape(scale.highest_label)}).</p>\n" + "\n".join(items) + "\n</body></html>\n"
    )


def _item(panellist, entry, ratings, summary, groups, settings: DelphiSettings) -> str:
    title = f"<h2>{html.escape(entry['statement'])} · {html.escape(entry['text'])}</h2>"
    if pd.isna(entry["round"]):
        return f"<article>{title}<p>New or reworded: there is no earlier rating.</p></article>"
    number, statement = int(entry["round"]), entry["statement"]
    last = ratings[(ratings["round"] == number) & (ratings["statement"] == statement)]
    result = summary[(summary["round"] == number) & (summary["statement"] == statement)].iloc[0]
    own = last[last["panellist"] == panellist]
    counts = [int(c) for c in result["counts"].split(";")]
    rating = None if own.empty or pd.isna(own["rating"].iloc[0]) else int(own["rating"].iloc[0])
    facts = [("Your rating", _own(own)), ("Median", _plain(result["median"]))]
    facts.append(("Middle half", f"{_plain(result['q1'])} to {_plain(result['q3'])}"))
    facts.append(("Ratings", str(result["n"])))
    facts += _groups(groups, number, statement, settings)
    rows = "".join(f"<dt>{html.escape(k)}</dt><dd>{html.escape(v)}</dd>" for k, v in facts)
    comments = _comments(panellist, last, ratings["panellist"], settings)
    figure = histogram(counts, rating, settings)
    return f'<article>{title}<div class="row">{figure}<dl>{rows}</dl></div>{comments}</article>'


def _own(own: pd.DataFrame) -> str:
    if own.empty:
        return "none (you did not answer this round)"
    entry = own.iloc[0]
    return str(entry["rating"]) if entry["status"] == "rated" else entry["status"]


def _plain(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:g}"


def _groups(groups: pd.DataFrame, number: int, statement: str, settings) -> list[tuple[str, str]]:
    """Medians of groups; none at all where hiding one group would let it be worked out."""
    own = groups[(groups["round"] == number) & (groups["statement"] == statement)]
    large = own[own["n"] >= settings.small_group]
    if len(own) - len(large) == 1 or len(large) < 2:
        return []
    return [
        (f"Median, {g}", _plain(m)) for g, m in zip(large["group"], large["median"], strict=True)
    ]


def _comments(panellist: str, last: pd.DataFrame, everybody, settings: DelphiSettings) -> str:
    if not settings.comments_in_feedback:
        return ""
    people = sorted(set(everybody))
    written = last[last["comment"].str.strip() != ""]
    others = written[written["panellist"] != panellist]["comment"]
    texts = [cleaned(c, people, settings.withhold_words) for c in others]
    texts.sort(key=lambda t: hashlib.sha256(t.encode()).hexdigest())
    lines = [f"<li>{html.escape(t)}</li>" for t in texts]
    mine = written[written["panellist"] == panellist]["comment"]
    lines += [f"<li><b>You:</b> {html.escape(' '.join(t.split()))}</li>" for t in mine]
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def histogram(counts: list[int], rating: int | None, settings: DelphiSettings) -> str:
    """Bars of all ratings as SVG; the own rating is dark and marked in words."""
    wide, tall, most = 26, 70, max(*counts, 1)
    points = [int(code) for code, _ in answers(settings)[:-1]]
    if len(points) > 15:
        wide = max(4, 390 // len(points))
    parts = []
    for i, (point, n) in enumerate(zip(points, counts, strict=True)):
        height = tall * n / most
        colour = "#0072B2" if point == rating else "#9ecae1"
        x, y = i * wide, 14 + tall - height
        parts.append(
            f'<rect x="{x + 1}" y="{y:.1f}" width="{wide - 2}" height="{height:.1f}" '
            f'fill="{colour}"/>'
        )
        if n:
            parts.append(
                f'<text x="{x + wide / 2:g}" y="{y - 3:.1f}" text-anchor="middle">{n}</text>'
            )
        if len(points) <= 15 or i in (0, len(points) - 1):
            weight = ' font-weight="bold"' if point == rating else ""
            parts.append(
                f'<text x="{x + wide / 2:g}" y="{tall + 28}" text-anchor="middle"{weight}>{point}</text>'
            )
    told = ", ".join(f"{n} rated {p}" for p, n in zip(points, counts, strict=True) if n)
    mine = f"; you rated {rating}" if rating is not None else ""
    size = f'width="{wide * len(points)}" height="{tall + 34}"'
    return f'<svg {size} role="img" aria-label="{told}{mine}">{"".join(parts)}</svg>'
