"""What a critical reader does: from the model to each condition, its numbers, its pieces, and the words they rest on."""

import html
import json
import re
from urllib.parse import unquote

import pandas as pd
import pytest
from coproduction.report import checking, links

pytestmark = pytest.mark.slow


def table(finished, name):
    return pd.read_csv(finished.path / "results" / name, dtype=str, keep_default_na=False)


def plain(page):
    """The words of a piece of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def squeezed(words):
    return re.sub(r"\W+", "", words.replace("'", "").replace("’", "")).casefold()


def test_from_the_model_each_condition_is_a_click_away_with_all_its_pieces(finished):
    """Figure and text of the report → the condition in the supplement → all pieces, on a page of their own."""
    folder = finished.path / "results" / "report"
    report, supplement, evidence = (
        (folder / f"{name}.html").read_text(encoding="utf-8") for name in ("ecosystem", "supplement", "evidence")
    )
    factors, trace = table(finished, "ecosystem/factors.csv"), table(finished, "ecosystem/trace.csv")
    known = trace[trace["technique"] != ""]
    parts = dict(re.findall(r'<h2[^>]* id="evidence-([\w-]+)"[^>]*>(.*?)(?=<h[12] |</main>|\Z)', supplement, re.S))
    whole = dict(re.findall(r'<h2 id="evidence-([\w-]+)">(.*?)(?=<h2 |</main>)', evidence, re.S))
    assert set(parts) == set(whole) == set(known["factor"])
    explored = json.loads((folder / "explorable.json").read_text(encoding="utf-8"))["pieces"]
    for factor in factors[factors["id"].isin(known["factor"])].to_dict("records"):
        own = known[known["factor"] == factor["id"]]
        ways = (f'href="supplement.html#evidence-{factor["id"]}"', f'href="#evidence-{factor["id"]}"')
        assert ways[0] in report or ways[1] in supplement, factor["id"]
        said = plain(parts[factor["id"]])
        assert f"Strength {float(factor['strength']):.2f}" in said
        assert re.search(rf"(: |of ){len(own)} pieces? \(", said), factor["id"]
        assert f'href="evidence.html#evidence-{factor["id"]}"' in parts[factor["id"]]
        assert 1 < parts[factor["id"]].count("<tr>") <= len(own) + 1
        assert whole[factor["id"]].count("<tr>") == len(own) + 1
        shown = squeezed(plain(whole[factor["id"]]))
        assert all(squeezed(words) in shown for words in own["context"].where(own["context"] != "", own["excerpt"]))
        assert sum(piece["factor"] == factor["id"] for piece in explored) == len(own)


def test_each_number_of_the_model_leads_to_a_fact_and_the_fact_is_told_beside_the_evidence(finished):
    folder = finished.path / "results"
    facts = json.loads((folder / "ecosystem" / "facts.json").read_text(encoding="utf-8"))
    text = (folder / "ecosystem" / "report" / "results.md").read_text(encoding="utf-8")
    page = (folder / "report" / "ecosystem.html").read_text(encoding="utf-8")
    evidence = (folder / "report" / "evidence.html").read_text(encoding="utf-8")
    keys = {unquote(key) for _, _, key in links.FACT.findall(text)}
    assert len(keys) > 20
    for key in keys:
        links.fact_at(facts, key)
    anchors = set(re.findall(r'href="evidence\.html#(fact-[^"]+)"', page))
    assert len(anchors) > 50
    assert anchors <= set(re.findall(r' id="(fact-[^"]+)"', evidence))


def test_each_piece_of_evidence_is_found_in_its_source_in_its_words(finished):
    """The excerpt of every passage, quote, study and rating, and its context, are words of the source."""
    trace = table(finished, "ecosystem/trace.csv")
    pages, turns = table(finished, "desk/pages.csv"), table(finished, "interviews/turns.csv")
    included, statements = table(finished, "screening/included.csv"), table(finished, "delphi/decisions.csv")
    sources = {
        "passage": pages.groupby("document")["text"].agg(" ".join),
        "quote": turns.groupby("transcript")["text"].agg(" ".join),
        "study": included.assign(
            name=included["study"].mask(included["study"] == "", included["record"]),
            words=included["title"] + " " + included["abstract"] + " " + included["keywords"],
        )
        .groupby("name")["words"]
        .agg(" ".join),
        "rating": statements.groupby("statement")["text"].agg(" ".join),
    }
    sources = {kind: {name: squeezed(words) for name, words in found.items()} for kind, found in sources.items()}
    checked = {kind: 0 for kind in sources}
    for piece in trace[trace["kind"].isin(list(sources))].to_dict("records"):
        words = sources[piece["kind"]].get(piece["source"])
        assert words is not None, piece
        assert squeezed(piece["excerpt"]) in words, piece
        checked[piece["kind"]] += 1
        if piece["kind"] in ("passage", "quote") and piece["context"]:
            assert "»" in piece["context"]
            assert "«" in piece["context"]
            assert squeezed(piece["excerpt"]) in squeezed(piece["context"])
    assert min(checked[kind] for kind in sources) > 20
    with_words = trace[trace["kind"].isin(["passage", "quote"])]
    assert (with_words["context"] != "").mean() > 0.7


def test_each_value_of_the_countries_is_a_click_from_its_source_and_is_printed_with_its_year(finished):
    """Country and value in the supplement → its row on the page of the evidence → its indicator and source."""
    folder = finished.path / "results" / "report"
    supplement, evidence = (
        (folder / f"{name}.html").read_text(encoding="utf-8") for name in ("supplement", "evidence")
    )
    values, normalised = table(finished, "desk/values.csv"), table(finished, "desk/normalised.csv")
    codebook = table(finished, "desk/codebook.csv")
    number = {code: place for place, code in enumerate(codebook["indicator"], start=1)}
    about = codebook.set_index("indicator")
    rows = dict(re.findall(r'<tr id="(value-[^"]+)">(.*?)</tr>', evidence))
    sources = dict(re.findall(r'<tr id="(indicator-[^"]+)">(.*?)</tr>', evidence))
    links_ = dict(re.findall(r'<a href="evidence\.html#(value-[^"]+)"[^>]*>(.*?)</a>', supplement, re.S))
    assert len(rows) == len(links_) == len(normalised) > 600
    for entry in values[values["outcome"] == "used"].to_dict("records"):
        anchor = f"value-{entry['country']}-{number[entry['indicator']]}"
        assert plain(links_[anchor]).endswith(f"({entry['year']})")
        told, own = plain(rows[anchor]), about.loc[entry["indicator"]]
        assert f"{entry['file']}, row {entry['row']}" in told
        assert all(words in told for words in (own["name"], entry["year"], own["source"], own["unit"]))
        target = re.search(r'href="#(indicator-\d+)"', rows[anchor])[1]
        assert all(words in plain(sources[target]) for words in (own["name"], own["source"], own["licence"]))
    countries = set(re.findall(r'href="evidence\.html#(values-[A-Z]{3})"', supplement))
    assert countries == set(re.findall(r'<h3 id="(values-[A-Z]{3})"', evidence))
    assert len(countries) == normalised["country"].nunique()
    paper = squeezed(checking._pdf(folder / "supplement.pdf").text)
    printed = {squeezed(plain(words)) for words in links_.values()}
    assert printed
    assert all(words in paper for words in printed)
    assert {f"evidence.html#{anchor}" for anchor in links_} <= checking._pdf(folder / "supplement.pdf").targets
