"""The questionnaire as a page that works offline, and as a form to print.

The page asks, keeps nothing and sends nothing: its button saves the answers as a CSV that the next
run reads as a round file. The printed form is the same questionnaire on paper.
"""

from __future__ import annotations

import html
import json

import pandas as pd

from coproduction.delphi.questionnaire import ends_line, pairs, points, question
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.typst import quoted

STYLE = """
body{font:16px/1.5 system-ui,"Segoe UI",Verdana,sans-serif;color:#222;max-width:50rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}fieldset{border:0;border-top:1px solid #bbb;margin:0;padding:1.1rem 0 1.3rem;break-inside:avoid}
legend{font-weight:700;padding:0;float:left;width:100%;margin-bottom:.6rem}legend span{color:#0072B2;margin-right:.4rem}
.scale{display:flex;flex-wrap:wrap;gap:.2rem .3rem;clear:both;align-items:flex-end}
.scale label{display:flex;flex-direction:column-reverse;align-items:center;min-width:2.3rem;padding:.3rem .2rem;border-radius:.3rem}
.scale label:hover{background:#e8f1f7}.scale .none{margin-left:1rem}.ends{display:flex;justify-content:space-between;color:#555;font-size:.86rem}
.why{display:block;margin-top:.6rem;font-size:.9rem;color:#555}textarea,input[type=text]{font:inherit;width:100%;box-sizing:border-box;border:1px solid #888;border-radius:.3rem;padding:.35rem}
button{font:inherit;font-weight:700;background:#0072B2;color:#fff;border:0;border-radius:.3rem;padding:.6rem 1.1rem}
:focus-visible{outline:3px solid #E69F00;outline-offset:2px}.note{background:#f3f3f3;padding:.7rem 1rem}
@media print{button,.screen{display:none}body{font-size:10.5pt;margin:0;max-width:none}textarea{height:2.4rem}}
"""
SCRIPT = """
"use strict";
const asked = __ASKED__, file = __FILE__, gaps = __GAPS__;
const cell = t => '"' + t.replace(/"/g, '""') + '"';
document.getElementById("form").addEventListener("submit", event => {
  event.preventDefault();
  const head = ["panellist", "submitted"], row = [document.getElementById("who").value.trim(),
    new Date().toISOString().slice(0, 19).replace("T", " ")];
  let empty = 0;
  asked.forEach((id, k) => {
    const chosen = document.querySelector(`input[name="r${k}"]:checked`);
    head.push(id, id + "_comment");
    if (!chosen) empty += 1;
    row.push(chosen ? chosen.value : "", document.getElementById("c" + k).value.trim());
  });
  if (empty && !confirm(gaps.replace("%1", empty).replace("%2", asked.length))) return;
  const text = "\\ufeff" + head.map(cell).join(",") + "\\n" + row.map(cell).join(",") + "\\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}));
  link.download = file;
  document.body.append(link);
  link.click();
  link.remove();
});
"""


def as_page(asked: pd.DataFrame, number: int, settings: DelphiSettings) -> str:
    """The questionnaire as one self-contained HTML page."""
    title = html.escape(settings.say("form_title", round=number))
    blocks = "\n".join(_fieldset(k, s, t, settings) for k, (s, t) in enumerate(pairs(asked)))
    script = (
        SCRIPT.replace("__ASKED__", _script([s for s, _ in pairs(asked)]))
        .replace("__FILE__", _script(f"round{number}.csv"))
        .replace("__GAPS__", _script(settings.say("gaps", empty="%1", all="%2")))
    )
    return (
        f'<!doctype html>\n<html lang="{settings.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>\n<h1>{title}</h1>\n"
        f'<p class="note">{html.escape(question(settings))} '
        f'<span class="screen">{html.escape(settings.say("sends_nothing"))}</span></p>\n'
        f'<form id="form" autocomplete="off"><p><label>{html.escape(settings.say("own_code"))} '
        '<input type="text" id="who" required maxlength="40"></label></p>\n'
        f'{blocks}\n<p><button type="submit">{html.escape(settings.say("save"))}</button></p>'
        "</form></main>\n"
        f"<script>{script}</script></body></html>\n"
    )


def _script(value: object) -> str:
    """A value in the page's script; it cannot end the script."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _fieldset(k: int, statement: str, text: str, settings: DelphiSettings) -> str:
    none, why = (html.escape(settings.say(key)) for key in ("no_opinion", "ask_comment"))
    boxes = "".join(
        f'<label>{value}<input type="radio" name="r{k}" value="{value}"></label>'
        for value, _ in points(settings)
    )
    boxes += f'<label class="none">{none}<input type="radio" name="r{k}" value="NO"></label>'
    return (
        f"<fieldset><legend><span>{html.escape(statement)}</span>{html.escape(text)}</legend>"
        f'<div class="scale">{boxes}</div>'
        f'<div class="ends"><span>{html.escape(ends_line(settings))}</span></div>'
        f'<label class="why">{why}<textarea id="c{k}" rows="2"></textarea></label></fieldset>'
    )


HEAD = """#set document(title: {title}, author: (), date: none)
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 20mm),
  footer: align(center, text(size: 8pt, fill: luma(90), context counter(page).display("1 / 1", both: true))))
#set text(font: "DejaVu Sans", size: 9pt, lang: {lang}, fill: rgb("#222222"))
#set par(leading: 0.62em)
#let box-of(label) = stack(spacing: 3pt, align(center, text(size: 8pt, label)),
  align(center, circle(radius: 4.2pt, stroke: 0.7pt)))
#let ask(name, words, labels, ends) = block(breakable: false, above: 1.1em, {{
  line(length: 100%, stroke: 0.5pt + luma(180))
  block(below: 0.8em, {{ text(weight: "bold", fill: rgb("#0072B2"), name); h(0.5em); text(weight: "bold", words) }})
  grid(columns: labels.map(_ => auto), column-gutter: {gutter}, align: bottom, ..labels.map(box-of))
  text(size: 7.5pt, fill: luma(90), ends)
  v(0.3em)
  text(size: 7.5pt, fill: luma(90), {why})
  for _ in range(2) {{ v(1em); line(length: 100%, stroke: (paint: luma(150), thickness: 0.5pt, dash: "dotted")) }}
}})
#text(size: 15pt, weight: "bold", {title})
#v(0.2em)
#block(fill: luma(243), inset: 9pt, width: 100%, {intro})
#grid(columns: (auto, 60mm), column-gutter: 4mm, align: bottom, [#{code}:], line(length: 100%, stroke: 0.5pt))
"""


def as_print(asked: pd.DataFrame, number: int, settings: DelphiSettings) -> str:
    """The Typst source of the questionnaire on paper."""
    labels = [str(value) for value, _ in points(settings)] + [settings.say("no_opinion")]
    given = f"({', '.join(map(quoted, labels))},)"
    head = HEAD.format(
        title=quoted(settings.say("form_title", round=number)),
        lang=quoted(settings.language.split("-")[0]),
        code=quoted(settings.say("own_code")),
        intro=quoted(f"{question(settings)} {settings.say('mark_one')}"),
        why=quoted(settings.say("ask_comment")),
        gutter="7mm" if len(labels) <= 12 else "2mm",
    )
    return head + "\n".join(
        f"#ask({quoted(s)}, {quoted(t)}, {given}, {quoted(ends_line(settings))})"
        for s, t in pairs(asked)
    )
