"""A feedback sheet as one self-contained HTML page: no script, nothing loaded from elsewhere."""

from __future__ import annotations

import html

from coproduction.delphi.feedback import Item, facts, intro
from coproduction.delphi.histogram import histogram
from coproduction.delphi.settings import DelphiSettings

STYLE = """
body{font:16px/1.5 system-ui,"Segoe UI",Verdana,sans-serif;color:#222;max-width:47rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.05rem;line-height:1.35;margin:0 0 .7rem}
h2 span{color:#0072B2;margin-right:.4rem}article{border-top:1px solid #bbb;padding:1.1rem 0}
.row{display:flex;gap:1.6rem;flex-wrap:wrap;align-items:center}svg{max-width:100%;height:auto}
dl{display:grid;grid-template-columns:auto auto;gap:.15rem .9rem;margin:0;font-size:.94rem}
dt{color:#555}dd{margin:0}dd.own{font-weight:700}h3{font-size:.94rem;margin:.9rem 0 .2rem}
ul{margin:0;padding-left:1.1rem;font-size:.94rem}li{margin:.2rem 0}.key{color:#555;font-size:.88rem}
.note{background:#f3f3f3;padding:.7rem 1rem;margin:0}
@media print{body{font-size:10.5pt;margin:0;max-width:none}article{break-inside:avoid}}
"""


def page(panellist: str, items: list[Item], number: int, settings: DelphiSettings) -> str:
    """The page of one panellist for round *number*."""
    title = html.escape(settings.say("sheet_title", round=number))
    return (
        f'<!doctype html>\n<html lang="{settings.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>\n"
        f"<main><h1>{title}</h1>\n"
        f'<p class="note">{html.escape(intro(panellist, len(items), settings))}</p>\n'
        f'<p class="key">{html.escape(settings.say("chart_key"))}</p>\n'
        + "\n".join(_article(item, settings) for item in items)
        + "\n</main></body></html>\n"
    )


def _article(item: Item, settings: DelphiSettings) -> str:
    name, text = html.escape(item.statement), html.escape(item.text)
    title = f"<h2><span>{name}</span>{text}</h2>"
    if not item.counts:
        return f"<article>{title}<p>{html.escape(settings.say('new_statement'))}</p></article>"
    marks = [' class="own"', *[""] * (len(facts(item, settings)) - 1)]
    rows = "".join(
        f"<dt>{html.escape(name)}</dt><dd{mark}>{html.escape(value)}</dd>"
        for mark, (name, value) in zip(marks, facts(item, settings), strict=True)
    )
    chart = histogram(item, settings)
    return f'<article>{title}<div class="row">{chart}<dl>{rows}</dl></div>{_said(item, settings)}</article>'


def _said(item: Item, settings: DelphiSettings) -> str:
    lines = [f"<li>{html.escape(text)}</li>" for text in item.comments]
    you, title = (html.escape(settings.say(key)) for key in ("you", "comments"))
    lines += [f"<li><b>{you}</b> {html.escape(text)}</li>" for text in item.mine]
    return f"<h3>{title}</h3><ul>{''.join(lines)}</ul>" if lines else ""
