// What helps to read the report on a screen: sort and filter tables, enlarge figures, see in
// the contents where one is. Works from the keyboard, needs nothing from the network, and
// without it the report is complete all the same.
(function () {
  "use strict";
  var FILTER_FROM = 12; // rows from which a table gets a filter box

  function make(name, properties, children) {
    var node = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) {
      if (key in node) node[key] = properties[key];
      else node.setAttribute(key, properties[key]);
    });
    (children || []).forEach(function (child) { node.append(child); });
    return node;
  }

  function text(node) { return (node ? node.textContent : "").trim(); }

  function number(value) {
    var clean = value.replace(/[\s\u00a0\u2009\u202f,]/g, "").replace(/\u2212/g, "-").replace(/%$/, "");
    return /^[-+]?\d+(\.\d+)?$/.test(clean) ? parseFloat(clean) : NaN;
  }

  function nothing(key) { return key === "" || key === "\u2013"; }

  function compare(a, b) {
    if (a === b) return 0;
    if (nothing(a)) return 1; // cells in which nothing stands stay last
    if (nothing(b)) return -1;
    var x = number(a), y = number(b);
    if (!isNaN(x) && !isNaN(y)) return x - y;
    return a.localeCompare(b, "en", { numeric: true, sensitivity: "base" });
  }

  function sortBy(table, column, heading) {
    var descending = heading.getAttribute("aria-sort") === "ascending";
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows).map(function (row, place) {
      return { row: row, place: place, key: text(row.cells[column]) };
    });
    rows.sort(function (one, two) {
      var empty = nothing(one.key) || nothing(two.key);
      var order = compare(one.key, two.key);
      return (descending && !empty ? -order : order) || one.place - two.place;
    });
    rows.forEach(function (item) { body.append(item.row); });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) {
      cell.removeAttribute("aria-sort");
    });
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  }

  function makeSortable(table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (heading, column) {
      if (!text(heading)) return;
      var button = make("button", { type: "button", className: "sort" });
      while (heading.firstChild) button.append(heading.firstChild);
      heading.append(button);
      button.addEventListener("click", function () { sortBy(table, column, heading); });
    });
  }

  function makeFilter(table, wrapper) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var count = make("span", { "aria-live": "polite" });
    var input = make("input", { type: "search", placeholder: "Filter rows" });
    input.setAttribute("aria-label", "Filter the rows of " + (text(table.caption) || "this table"));
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase();
      var shown = rows.filter(function (row) {
        row.hidden = wanted !== "" && text(row).toLowerCase().indexOf(wanted) < 0;
        return !row.hidden;
      });
      count.textContent = wanted ? shown.length + " of " + rows.length + " rows" : "";
    });
    wrapper.before(make("div", { className: "table-tools" }, [input, count]));
  }

  function prepareTable(table) {
    if (table.tBodies[0].rows.length > 2) makeSortable(table);
    if (table.tBodies[0].rows.length >= FILTER_FROM) makeFilter(table, table.closest(".table-scroll") || table);
  }

  // What does not scroll is no stop for Tab. All tables are prepared, then all measured, then changed: in turn the
  // browser would lay out the page anew for each.
  function prepareTables(tables) {
    tables.forEach(prepareTable);
    var wrappers = tables.map(function (table) { return table.closest(".table-scroll"); }).filter(Boolean);
    wrappers.filter(function (wrapper) { return wrapper.scrollWidth <= wrapper.clientWidth; }).forEach(function (wrapper) {
      wrapper.removeAttribute("tabindex");
      wrapper.removeAttribute("role");
      wrapper.removeAttribute("aria-label");
    });
  }

  function enlarge(image, caption) {
    var name = make("strong", {}, [caption]);
    var close = make("button", { type: "button" }, ["Close"]);
    var size = make("button", { type: "button", "aria-pressed": "false" }, ["Actual size \u00d7 2"]);
    var copy = make("img", { src: image.src, alt: image.getAttribute("aria-label") || image.alt });
    var stage = make("div", { className: "stage", tabIndex: 0 }, [copy]);
    var view = make("dialog", { className: "figure-view" }, [
      make("div", { className: "bar" }, [name, size, close]), stage]);
    view.setAttribute("aria-label", caption);
    size.addEventListener("click", function () {
      var large = size.getAttribute("aria-pressed") !== "true";
      size.setAttribute("aria-pressed", String(large));
      copy.style.width = copy.style.maxWidth = large ? "220%" : "";
      copy.style.height = large ? "auto" : "";
    });
    close.addEventListener("click", function () { view.close(); });
    view.addEventListener("click", function (event) { if (event.target === view) view.close(); });
    view.addEventListener("close", function () { view.remove(); });
    document.body.append(view);
    view.showModal();
  }

  function prepareFigure(figure) {
    var image = figure.querySelector("img");
    if (!image || typeof HTMLDialogElement === "undefined") return;
    var caption = text(figure.querySelector("figcaption"));
    var button = make("button", { type: "button", className: "zoom", title: "Enlarge" });
    button.setAttribute("aria-label", "Enlarge " + (caption.split(":")[0] || "figure"));
    image.before(button);
    button.append(image);
    button.addEventListener("click", function () { enlarge(image, caption); });
  }

  // On narrow screens the contents show the parts alone; whoever wants all sections gets them.
  function offerAllSections() {
    var contents = document.querySelector("#TOC");
    if (!contents || !contents.querySelector("ul ul")) return;
    var button = make("button", { type: "button", className: "contents-whole", "aria-expanded": "false" }, ["All sections"]);
    button.addEventListener("click", function () {
      var whole = contents.classList.toggle("whole");
      button.setAttribute("aria-expanded", String(whole));
      button.textContent = whole ? "Parts only" : "All sections";
    });
    contents.append(button);
  }

  function followReading() {
    var links = {};
    document.querySelectorAll("#TOC a[href^='#']").forEach(function (link) {
      links[decodeURIComponent(link.hash.slice(1))] = link;
    });
    var headings = Array.prototype.filter.call(
      document.querySelectorAll("h1[id], h2[id]"), function (heading) { return links[heading.id]; });
    if (!headings.length || typeof IntersectionObserver === "undefined") return;
    var current = null;
    function mark() {
      var here = headings[0];
      headings.forEach(function (h) { if (h.getBoundingClientRect().top < 120) here = h; });
      if (here === current) return;
      current = here;
      Object.keys(links).forEach(function (id) { links[id].removeAttribute("aria-current"); });
      links[here.id].setAttribute("aria-current", "true");
    }
    document.addEventListener("scroll", mark, { passive: true });
    mark();
  }

  prepareTables(Array.prototype.filter.call(document.querySelectorAll("table"), function (table) {
    return table.tHead && table.tBodies.length;
  }));
  document.querySelectorAll("figure[id^='fig-'], [id^='fig-'] figure").forEach(prepareFigure);
  offerAllSections();
  followReading();
})();
