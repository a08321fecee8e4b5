// The ecosystem to explore: each condition with its evidence by technique, below the printed figure,
// which stays as it is; without JavaScript there is the figure alone, and the supplement has the
// evidence. Works from the keyboard (Tab to the picture, arrows from condition to condition, Enter
// opens one, Escape goes back), on narrow screens as a list; needs nothing from the network.
(function () {
  "use strict";
  var store = document.getElementById("ecosystem-data");
  var place = document.getElementById("fig-ecosystem-model");
  if (!store || !place) return;
  var data = JSON.parse(store.textContent);
  if (!data.factors.length) return;
  var SVG = "http://www.w3.org/2000/svg", SIZE = 860, MIDDLE = SIZE / 2;
  var INNER = 120, OUTER = 355; // radii of the rings of the first and the last level
  var LABELLED = 20; // conditions on one ring that have room for their names
  var LEVELS = ["citizens", "organisation", "environment"]; // from within; others follow
  var MEASURED = ["rating", "indicator"]; // kinds whose value says something
  var SHADES = { high: "#08306b", moderate: "#3f7fb8", low: "#a6c8e4", "very low": "#ffffff" };
  var OF_CONDITIONS = ["level", "dimension", "confidence"], OF_EVIDENCE = ["technique", "country"];

  function make(name, properties, children) {
    var node = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) { node.setAttribute(key, properties[key]); });
    (children || []).forEach(function (child) { node.append(child); });
    return node;
  }

  function draw(name, properties, words) {
    var node = document.createElementNS(SVG, name);
    Object.keys(properties).forEach(function (key) { node.setAttribute(key, properties[key]); });
    if (words) node.textContent = words;
    return node;
  }

  function distinct(values) {
    return values.filter(function (value, at) { return value && values.indexOf(value) === at; });
  }

  function all(rows, name) { return distinct(rows.map(function (row) { return row[name]; })); }

  function count(n, word) { return n + " " + word + (n === 1 ? "" : "s"); }

  function sum(numbers) { return numbers.reduce(function (all, n) { return all + n; }, 0); }

  // Pieces that only the page of the evidence has, of conditions with very many.
  function elsewhere(factor, technique) { return (data.left_out || {})[factor.id + "|" + technique] || 0; }

  var techniques = all(data.pieces, "technique");
  var levels = LEVELS.concat(all(data.factors, "level")).filter(function (level, at, every) {
    return every.indexOf(level) === at && data.factors.some(function (f) { return f.level === level; });
  });
  var marks = {}, buttons = {}, opened = null, walked = null;

  // The parts on the page.

  function chooser(label, name, values) {
    var select = make("select", { id: "explore-" + name }, [make("option", { value: "" }, ["all"])]);
    values.forEach(function (value) { select.append(make("option", { value: value }, [value])); });
    select.addEventListener("change", filter);
    return values.length ? make("label", { "for": "explore-" + name }, [label + " ", select]) : "";
  }

  var choices = make("form", { "class": "explore-filter", "aria-label": "Filter the conditions" }, [
    chooser("Level", "level", levels),
    chooser("Dimension", "dimension", all(data.factors, "dimension").sort()),
    chooser("Technique", "technique", techniques),
    chooser("Country", "country", all(data.pieces, "country").sort()),
    chooser("Confidence", "confidence",
      Object.keys(SHADES).concat(all(data.factors, "confidence")).filter(function (value, at, every) {
        return every.indexOf(value) === at &&
          data.factors.some(function (factor) { return factor.confidence === value; });
      })),
  ]);
  var anew = make("button", { type: "reset" }, ["Show all"]);
  choices.append(anew);
  var said = make("p", { "class": "explore-count", role: "status" });
  var hint = make("p", { "class": "explore-hint", "aria-hidden": "true" });
  var panel = make("div", { "class": "explore-panel", role: "region", tabindex: "0",
    "aria-label": "Evidence of the chosen condition" });
  var list = make("ol", { "class": "explore-list" });
  var picture = draw("svg", { viewBox: "0 0 " + SIZE + " " + SIZE, role: "group",
    "aria-label": "Conditions on rings, from within: " + levels.join(", ") });

  // What is shown.

  function chosen(name) {
    var select = choices.querySelector("#explore-" + name);
    return select ? select.value : "";
  }

  function wanted(piece) {
    return OF_EVIDENCE.every(function (name) { return !chosen(name) || piece[name] === chosen(name); });
  }

  function piecesOf(factor) {
    return data.pieces.filter(function (piece) { return piece.factor === factor.id; });
  }

  function fits(factor) {
    return OF_CONDITIONS.every(function (name) { return !chosen(name) || factor[name] === chosen(name); })
      && (!OF_EVIDENCE.some(chosen) || piecesOf(factor).some(wanted));
  }

  function filter() {
    var shown = data.factors.filter(fits);
    data.factors.forEach(function (factor) {
      var within = shown.indexOf(factor) >= 0;
      marks[factor.id].classList.toggle("out", !within);
      marks[factor.id].setAttribute("aria-disabled", String(!within));
      buttons[factor.id].parentNode.hidden = !within;
    });
    if (shown.indexOf(walked) < 0) walkTo(shown[0] || null);
    said.textContent = shown.length + " of " + count(data.factors.length, "condition");
    if (opened) show(opened);
  }

  function inShort(factor) {
    var counts = techniques.map(function (technique) {
      var own = piecesOf(factor).filter(function (piece) { return piece.technique === technique; });
      return own.length ? technique + " " + (own.length + elsewhere(factor, technique)) : "";
    }).filter(Boolean);
    return factor.name + ": strength " + factor.strength.toFixed(2) + " (" + factor.band +
      "), confidence " + factor.confidence + (counts.length ? "; " + counts.join(", ") : "");
  }

  function point(factor) { hint.textContent = factor ? inShort(factor) : "\u00a0"; }

  function entry(piece) {
    var title = data.sources[piece.technique + "|" + piece.source];
    var from = [piece.kind, piece.country, title || piece.source, piece.locator].filter(Boolean);
    var words = piece.excerpt || "no words";
    if (piece.value !== null && MEASURED.indexOf(piece.kind) >= 0) words += " (" + piece.value + ")";
    var parts = [make("span", { "class": "explore-source" }, [from.join(", ") + ": "]), words];
    var more = [piece.direction, MEASURED.indexOf(piece.kind) >= 0 ? piece.note : ""].filter(Boolean);
    if (more.length) parts.push(make("span", { "class": "explore-source" }, [" [" + more.join("; ") + "]"]));
    return make("li", {}, parts);
  }

  function show(factor) {
    var own = piecesOf(factor).filter(wanted);
    var whole = piecesOf(factor).length + sum(techniques.map(function (technique) {
      return elsewhere(factor, technique);
    }));
    var open = {};
    panel.querySelectorAll("details[open]").forEach(function (part) { open[part.dataset.technique] = true; });
    var first = panel.querySelector("details") === null;
    var words = "Strength " + factor.strength.toFixed(2) + " (" + factor.band + "), confidence " +
      factor.confidence + (factor.reasons ? " (" + factor.reasons + ")" : "") +
      (factor.verdict ? "; the panel: " + factor.verdict : "") + ". " +
      (own.length === whole ? count(whole, "piece") : own.length + " of " + count(whole, "piece")) +
      " of evidence; how it was weighed is ";
    panel.replaceChildren(make("h3", {}, [factor.name]), make("p", {}, [words,
      make("a", { href: "supplement.html#evidence-" + factor.id }, ["in the supplement"]),
      ", all of it on ",
      make("a", { href: "evidence.html#evidence-" + factor.id }, ["a page of its own"]), "."]));
    techniques.forEach(function (technique) {
      var here = own.filter(function (piece) { return piece.technique === technique; });
      if (!here.length) return;
      var more = elsewhere(factor, technique);
      var part = make("details", { "data-technique": technique }, [
        make("summary", {}, [technique + " (" + here.length + (more ? " of " + (here.length + more) : "") + ")"]),
        make("ul", {}, here.map(entry))]);
      part.open = first || Boolean(open[technique]);
      first = false;
      panel.append(part);
    });
  }

  function open(factor) {
    if (!fits(factor)) return;
    opened = factor;
    data.factors.forEach(function (other) {
      [marks[other.id], buttons[other.id]].forEach(function (mark) {
        mark.setAttribute("aria-pressed", String(other === factor));
      });
    });
    show(factor);
    walkTo(factor);
    said.textContent = factor.name + ": the evidence is shown below";
    panel.scrollTop = 0;
    panel.scrollIntoView({ block: "nearest" });
  }

  // From the keyboard: one condition can be reached by Tab, the arrows lead to the others.

  function walkTo(factor) {
    if (walked) marks[walked.id].setAttribute("tabindex", "-1");
    walked = factor;
    if (factor) marks[factor.id].setAttribute("tabindex", "0");
  }

  function walk(steps) {
    var order = levels.reduce(function (found, level) { return found.concat(onRing(level)); }, []).filter(fits);
    walkTo(order[(order.indexOf(walked) + steps + order.length) % order.length]);
    marks[walked.id].focus();
  }

  picture.addEventListener("keydown", function (event) {
    var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (steps) walk(steps);
    else if ((event.key === "Enter" || event.key === " ") && walked) open(walked);
    else return;
    event.preventDefault();
  });
  panel.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !opened) return;
    var back = [marks[opened.id], buttons[opened.id]].filter(function (mark) {
      return mark.getClientRects().length;
    })[0];
    if (back) back.focus();
  });

  // The picture.

  function onRing(level) {
    return data.factors.filter(function (factor) { return factor.level === level; })
      .sort(function (a, b) { return a.dimension.localeCompare(b.dimension) || a.rank - b.rank; });
  }

  function label(name, x, y) {
    var lines = [""];
    name.split(" ").forEach(function (word) {
      var last = lines[lines.length - 1];
      if (last && last.length + word.length > 15) lines.push(word);
      else lines[lines.length - 1] = last ? last + " " + word : word;
    });
    var node = draw("text", { x: x, y: y, "text-anchor": "middle", "aria-hidden": "true" });
    lines.forEach(function (line, at) { node.append(draw("tspan", { x: x, dy: at ? 13 : 0 }, line)); });
    return node;
  }

  function radius(at) {
    return levels.length > 1 ? INNER + (OUTER - INNER) * at / (levels.length - 1) : OUTER;
  }

  function ring(level, at) {
    var own = onRing(level), far = radius(at);
    var named = own.slice().sort(function (a, b) { return a.rank - b.rank; }).slice(0, LABELLED);
    own.forEach(function (factor, n) {
      var angle = 2 * Math.PI * (n + 0.5) / own.length - Math.PI / 2;
      var x = MIDDLE + far * Math.cos(angle), y = MIDDLE + far * Math.sin(angle);
      var size = 6 + 15 * Math.sqrt(factor.strength);
      var mark = draw("g", { role: "button", "class": "explore-mark", "aria-pressed": "false",
        tabindex: "-1", "aria-label": inShort(factor), "data-factor": factor.id });
      mark.append(draw("circle", { cx: x, cy: y, r: Math.max(size, 14), "class": "explore-reach" }));
      mark.append(draw("circle", { cx: x, cy: y, r: size, "class": "explore-dot",
        fill: SHADES[factor.confidence] || "#e6e6e6" }));
      if (named.indexOf(factor) >= 0) mark.append(label(factor.name, x, y + 11 + size));
      mark.addEventListener("click", function () { open(factor); mark.focus(); });
      ["mouseenter", "focus"].forEach(function (kind) {
        mark.addEventListener(kind, function () { point(factor); });
      });
      ["mouseleave", "blur"].forEach(function (kind) {
        mark.addEventListener(kind, function () { point(opened); });
      });
      marks[factor.id] = mark;
      picture.append(mark);
    });
  }

  levels.forEach(function (level, at) {
    picture.append(draw("circle", { cx: MIDDLE, cy: MIDDLE, r: radius(at), "class": "explore-ring" }));
    picture.append(draw("text", { x: MIDDLE, y: MIDDLE - radius(at) - 24, "text-anchor": "middle",
      "class": "explore-level", "aria-hidden": "true" }, level));
  });
  levels.forEach(ring);
  data.factors.slice().sort(function (a, b) { return a.rank - b.rank; }).forEach(function (factor) {
    var button = make("button", { type: "button", "aria-pressed": "false" },
      [factor.name + ", " + factor.strength.toFixed(2)]);
    button.addEventListener("click", function () { open(factor); });
    buttons[factor.id] = button;
    list.append(make("li", {}, [button]));
  });

  choices.addEventListener("submit", function (event) { event.preventDefault(); });
  choices.addEventListener("reset", function () { setTimeout(filter, 0); });
  panel.append(make("p", {}, ["Choose a condition to see its evidence."]));
  var files = place.nextElementSibling;
  if (files && files.classList.contains("figure-files")) place = files;
  place.after(make("section", { "class": "explore", "aria-label": "Explore the ecosystem" }, [
    make("h2", { "class": "explore-title" }, ["Explore the conditions"]),
    make("p", { "class": "explore-count" }, [
      "The larger, the stronger the evidence; the darker, the more confidence in it."]),
    choices, said, make("div", { "class": "explore-body" }, [picture, list, hint, panel])]));
  point(null);
  filter();
})();
