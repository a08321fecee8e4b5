"""A feedback sheet for printing: the source that Typst sets as a PDF."""

from __future__ import annotations

from coproduction.delphi.feedback import Item, facts, intro
from coproduction.delphi.histogram import histogram, told
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.typst import quoted

HEAD = """#set document(title: {title}, author: (), date: none)
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 20mm),
  footer: align(center, text(size: 8pt, fill: luma(90), context counter(page).display("1 / 1", both: true))))
#set text(font: "DejaVu Sans", size: 9pt, lang: {lang}, fill: rgb("#222222"))
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
    head = HEAD.format(
        title=quoted(settings.say("sheet_title", round=number)),
        lang=quoted(settings.language.split("-")[0]),
        intro=quoted(intro(panellist, len(items), settings)),
        key=quoted(settings.say("chart_key")),
    )
    return head + "\n".join(_block(item, settings) for item in items)


def _block(item: Item, settings: DelphiSettings) -> str:
    line = "#line(length: 100%, stroke: 0.5pt + luma(180))"
    title = f"#statement({quoted(item.statement)}, {quoted(item.text)})"
    if not item.counts:
        new = quoted(settings.say("new_statement"))
        return f"#block(breakable: false)[{line}\n{title}\n#{new}]"
    (mine, rating), *rest = facts(item, settings)
    shown = [f"..fact({quoted(mine)}, {quoted(rating)}, own: true)"]
    shown += [f"..fact({quoted(name)}, {quoted(value)})" for name, value in rest]
    chart = (
        f'image(bytes({quoted(histogram(item, settings))}), format: "svg", width: 72mm, '
        f"alt: {quoted(told(item, settings))})"
    )
    grid = (
        f"#grid(columns: (auto, 1fr), column-gutter: 8mm, align: horizon, {chart}, "
        f"grid(columns: 2, column-gutter: 4mm, row-gutter: 0.75em, {', '.join(shown)}))"
    )
    return f"#block(breakable: false)[{line}\n{title}\n{grid}]\n{_said(item, settings)}"


def _said(item: Item, settings: DelphiSettings) -> str:
    lines = [quoted(text) for text in item.comments]
    you, title = quoted(settings.say("you")), quoted(settings.say("comments"))
    lines += [f"strong({you}) + [ ] + {quoted(text)}" for text in item.mine]
    if not lines:
        return ""
    body = ", ".join(f"[#({line})]" for line in lines)
    return f"#text(weight: {quoted('bold')}, {title})\n#list({body})"
