// The ecosystem to explore: each condition with its evidence by technique. It stands below the printed
// figure, which stays as it is; without JavaScript there is the figure alone. Works from the keyboard
// (Tab to a condition, Enter opens it), needs nothing from the network.
(function () {
  "use strict";
  var store = document.getElementById("ecosystem-data");
  var place = document.getElementById("fig-ecosystem-model");
  if (!store || !place) return;
  var data = JSON.parse(store.textContent);
  var SVG = "http://www.w3.org/2000/svg", SIZE = 860, MIDDLE = SIZE / 2;
  var RINGS = { citizens: 120, organisation: 235, environment: 355 };
  var MEASURED = ["rating", "indicator"]; // kinds whose value says something
  var SHADES = { high: "#08306b", moderate: "#4292c6", low: "#b5d3ea", "very low": "#ffffff" };

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

  function chooser(label, name, values) {
    var select = make("select", { id: "explore-" + name }, [make("option", { value: "" }, ["all"])]);
    values.forEach(function (value) { select.append(make("option", { value: value }, [value])); });
    select.addEventListener("change", filter);
    return make("label", { "for": "explore-" + name }, [label + " ", select]);
  }

  function distinct(values) {
    return values.filter(function (value, at) { return value && values.indexOf(value) === at; });
  }

  function all(name) { return distinct(data.factors.map(function (factor) { return factor[name]; })); }

  var techniques = distinct(data.pieces.map(function (piece) { return piece.technique; }));
  var choices = make("form", { "class": "explore-filter", "aria-label": "Filter the conditions" }, [
    chooser("Level", "level", all("level")), chooser("Dimension", "dimension", all("dimension")),
    chooser("Technique", "technique", techniques), chooser("Confidence", "confidence", all("confidence")),
  ]);
  var jump = make("select", { id: "explore-condition" }, [make("option", { value: "" }, ["choose"])]);
  data.factors.slice().sort(function (a, b) { return a.name.localeCompare(b.name); }).forEach(
    function (factor) { jump.append(make("option", { value: factor.id }, [factor.name])); });
  jump.addEventListener("change", function () {
    var own = data.factors.filter(function (factor) { return factor.id === jump.value; })[0];
    if (own) open(own, marks[own.id]);
  });
  choices.append(make("label", { "for": "explore-condition" }, ["Condition ", jump]));
  var count = make("p", { "class": "explore-count", "aria-live": "polite" });
  var panel = make("div", { "class": "explore-panel", "aria-live": "polite", tabindex: "-1" }, [
    make("p", {}, ["Choose a condition to see its evidence."])]);
  var picture = draw("svg", { viewBox: "0 0 " + SIZE + " " + SIZE, role: "group",
    "aria-label": "Conditions on three rings: citizens, public organisation, environment" });
  var marks = {};

  function piecesOf(id, technique) {
    return data.pieces.filter(function (piece) {
      return piece.factor === id && (!technique || piece.technique === technique);
    });
  }

  function chosen(name) { return choices.querySelector("#explore-" + name).value; }

  function filter() {
    var shown = 0;
    data.factors.forEach(function (factor) {
      var fits = ["level", "dimension", "confidence"].every(function (name) {
        return !chosen(name) || factor[name] === chosen(name);
      }) && (!chosen("technique") || piecesOf(factor.id, chosen("technique")).length);
      var mark = marks[factor.id];
      mark.classList.toggle("out", !fits);
      mark.setAttribute("tabindex", fits ? "0" : "-1");
      mark.setAttribute("aria-disabled", String(!fits));
      shown += fits ? 1 : 0;
    });
    count.textContent = shown + " of " + data.factors.length + " conditions";
  }

  function evidence(factor) {
    return techniques.map(function (technique) {
      var own = piecesOf(factor.id, technique);
      if (!own.length) return "";
      var list = make("ul", {}, own.map(function (piece) {
        var from = make("span", { "class": "explore-source" },
          [piece.kind + ", " + piece.source + (piece.locator ? ", " + piece.locator : "") + ": "]);
        var words = piece.excerpt || "no words";
        if (piece.value !== null && MEASURED.indexOf(piece.kind) >= 0) words += " (" + piece.value + ")";
        return make("li", {}, [from, words]);
      }));
      return make("details", {}, [make("summary", {}, [technique + " (" + own.length + ")"]), list]);
    });
  }

  function open(factor, mark) {
    Object.keys(marks).forEach(function (id) { marks[id].setAttribute("aria-pressed", "false"); });
    mark.setAttribute("aria-pressed", "true");
    var link = make("a", { href: "supplement.html#evidence-" + factor.id }, ["in the supplement"]);
    var words = "Strength " + factor.strength.toFixed(2) + " (" + factor.band + "), confidence " +
      factor.confidence + (factor.reasons ? " (" + factor.reasons + ")" : "") +
      (factor.verdict ? "; the panel: " + factor.verdict : "") + ". ";
    panel.replaceChildren(make("h4", {}, [factor.name]),
      make("p", {}, [words, "All of it ", link, "."]));
    evidence(factor).forEach(function (part) { panel.append(part); });
    panel.scrollIntoView({ block: "nearest" });
  }

  function ring(level) {
    var own = data.factors.filter(function (factor) { return factor.level === level; });
    own.sort(function (a, b) { return a.dimension.localeCompare(b.dimension) || a.rank - b.rank; });
    own.forEach(function (factor, at) {
      var angle = 2 * Math.PI * at / own.length - Math.PI / 2;
      var x = MIDDLE + RINGS[level] * Math.cos(angle), y = MIDDLE + RINGS[level] * Math.sin(angle);
      var mark = draw("g", { role: "button", "class": "explore-mark", "aria-pressed": "false",
        "aria-label": factor.name + ", strength " + factor.strength.toFixed(2) + ", confidence " + factor.confidence });
      mark.append(draw("title", {}, factor.name));
      mark.append(draw("circle", { cx: x, cy: y, r: 6 + 15 * Math.sqrt(factor.strength),
        fill: SHADES[factor.confidence] || "#e6e6e6", stroke: "#1b1f24" }));
      mark.append(label(factor.name, x, y + 17 + 15 * Math.sqrt(factor.strength)));
      mark.addEventListener("click", function () { open(factor, mark); });
      mark.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(factor, mark); }
      });
      marks[factor.id] = mark;
      picture.append(mark);
    });
  }

  function label(name, x, y) {
    var lines = [""];
    name.split(" ").forEach(function (word) {
      var last = lines[lines.length - 1];
      if (last && last.length + word.length > 15) lines.push(word);
      else lines[lines.length - 1] = last ? last + " " + word : word;
    });
    var node = draw("text", { x: x, y: y, "text-anchor": "middle" });
    lines.forEach(function (line, at) {
      node.append(draw("tspan", { x: x, dy: at ? 13 : 0 }, line));
    });
    return node;
  }

  Object.keys(RINGS).forEach(function (level) {
    picture.append(draw("circle", { cx: MIDDLE, cy: MIDDLE, r: RINGS[level], "class": "explore-ring" }));
  });
  picture.append(draw("text", { x: MIDDLE, y: MIDDLE + 4, "text-anchor": "middle", "class": "explore-start" }, "start"));
  Object.keys(RINGS).forEach(ring);
  choices.addEventListener("submit", function (event) { event.preventDefault(); });
  var whole = make("section", { "class": "explore", "aria-label": "Explore the ecosystem" }, [
    make("h3", { "class": "explore-title" }, ["Explore the conditions"]), choices, count,
    make("div", { "class": "explore-body" }, [picture, panel])]);
  place.after(whole);
  filter();
})();
