"""A feedback sheet for printing: the source that Typst sets as a PDF."""

from __future__ import annotations

from coproduction.delphi.feedback import Item, intro, plain
from coproduction.delphi.feedback_page import KEY
from coproduction.delphi.histogram import histogram, middle, told
from coproduction.delphi.settings import DelphiSettings
from coproduction.typesetting import quoted

HEAD = """#set document(title: {title}, author: (), date: none)
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 20mm),
  footer: align(center, text(size: 8pt, fill: luma(90), context counter(page).display("1 / 1", both: true))))
#set text(font: "DejaVu Sans", size: 9pt, lang: "en", fill: rgb("#222222"))
#set par(leading: 0.62em)
#let fact(name, value, own: false) = (
  text(fill: luma(90), name), if own {{ strong(value) }} else {{ value }},
)
#let statement(name, words) = block(below: 0.9em, {{
  text(weight: "bold", fill: rgb("#0072B2"), name); h(0.5em); text(weight: "bold", words)
}})
#text(size: 15pt, weight: "bold", {title})
#v(0.2em)
#block(fill: luma(243), inset: 9pt, width: 100%, {intro})
#text(size: 8pt, fill: luma(90), {key})
"""


def source(panellist: str, items: list[Item], number: int, settings: DelphiSettings) -> str:
    """The Typst source of one panellist's sheet for round *number*."""
    title = quoted(f"Feedback before round {number}")
    head = HEAD.format(
        title=title, intro=quoted(intro(panellist, len(items), settings)), key=quoted(KEY)
    )
    return head + "\n".join(_block(item, settings) for item in items)


def _block(item: Item, settings: DelphiSettings) -> str:
    line = "#line(length: 100%, stroke: 0.5pt + luma(180))"
    title = f"#statement({quoted(item.statement)}, {quoted(item.text)})"
    if not item.counts:
        return f"#block(breakable: false)[{line}\n{title}\nNew or reworded: there is no earlier rating.]"
    facts = [f"..fact({quoted('Your rating')}, {quoted(item.own)}, own: true)"]
    rest = [("Median of all", plain(item.median)), ("Middle half", middle(item))]
    rest += [("Ratings", str(item.n))]
    rest += [(f"Median, {group}", plain(value)) for group, value in item.groups]
    facts += [f"..fact({quoted(name)}, {quoted(value)})" for name, value in rest]
    chart = (
        f'image(bytes({quoted(histogram(item, settings))}), format: "svg", width: 72mm, '
        f"alt: {quoted(told(item, settings))})"
    )
    grid = (
        f"#grid(columns: (auto, 1fr), column-gutter: 8mm, align: horizon, {chart}, "
        f"grid(columns: 2, column-gutter: 4mm, row-gutter: 0.75em, {', '.join(facts)}))"
    )
    return f"#block(breakable: false)[{line}\n{title}\n{grid}]\n{_said(item)}"


def _said(item: Item) -> str:
    lines = [quoted(text) for text in item.comments]
    lines += [f"strong({quoted('You:')}) + [ ] + {quoted(text)}" for text in item.mine]
    if not lines:
        return ""
    body = ", ".join(f"[#({line})]" for line in lines)
    return f"#text(weight: {quoted('bold')}, {quoted('Comments')})\n#list({body})"
