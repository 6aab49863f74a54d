// Draws the timetable from compact rows: only the rows and days in view are in the page.
// Row: id, number, title, unit, depth, start, end, earliest start, earliest finish, latest finish,
// slack, critical, word, share (basis points), first due date, leaf, moves: 0 no, 1 both ends, 2 its end
// only (begun); baseline start, end where others. Days count from `first`. A bar or its end is dragged; what would move is told by the server.
(function () {
  "use strict";
  var box = document.getElementById("gantt"), source = document.getElementById("timetable-data");
  if (!box || !source) return;
  var data = JSON.parse(source.textContent), NS = "http://www.w3.org/2000/svg";
  // On paper the whole year is drawn on the sheet, and every row of it.
  var DAY = 6, ROW = 26, HEAD = 34, narrow = window.innerWidth < 720, NAMES = narrow ? 132 : 320;
  var english = document.documentElement.lang === "en";
  var width = NAMES + data.days * DAY, height = HEAD + data.rows.length * ROW;
  var first = new Date(data.first + "T00:00:00Z"), queued = false, paper = null;

  function el(name, attrs, text) {
    var node = document.createElementNS(NS, name);
    for (var key in attrs) node.setAttribute(key, attrs[key]);
    if (text !== undefined) node.textContent = text;
    return node;
  }
  function dateOf(day) { return new Date(first.getTime() + day * 86400000); }
  function iso(day) { return dateOf(day).toISOString().slice(0, 10); }
  function x(day) { return NAMES + day * DAY; }

  box.hidden = false;
  // A short chart takes no more room than it needs; a long one keeps the fixed height, so that drawing
  // never lays out the page around it.
  if (height + 18 < box.clientHeight) box.style.height = height + 18 + "px";
  var svg = el("svg", { width: width, height: height });
  // What stands still while days scroll under it is moved as a whole: names sideways, months downwards.
  var back = el("g", {}), ties = el("g", {}), bars = el("g", {}), over = el("g", {}), side = el("g", {}), names = el("g", {}), head = el("g", {}), months = el("g", {}), corner;
  svg.append(back, ties, bars, over, side, head);
  box.replaceChildren(svg);

  function clip(text, room) {
    var size = 0, i = 0;
    for (; i < text.length; i++) {
      size += text.charCodeAt(i) > 255 ? 13 : 7;
      if (size > room) break;
    }
    return i < text.length ? text.slice(0, Math.max(1, i - 1)) + "…" : text;
  }
  function title(row) {
    var slack = row[10] === null ? box.dataset.unknown : box.dataset.slack + " " + row[10] + " " + box.dataset.days;
    return row[1] + " " + row[2] + " · " + row[3] + " · " + (row[5] === null ? "?" : iso(row[5])) + " – " +
      (row[6] === null ? "?" : iso(row[6])) + " · " + slack;
  }
  // A row that scrolls out gives its nodes to one that scrolls in: `live` by row, `spare` at rest.
  var live = new Map(), spare = [], tied = new Map();

  function part(slot, name, shape, kind, facts) {
    var node = slot[name];
    if (!facts) { if (node && !slot.off[name]) { node.setAttribute("display", "none"); slot.off[name] = true; } return; }
    if (!node) { node = slot[name] = el(shape, {}); slot.bars.append(node); }
    else if (slot.off[name]) { node.removeAttribute("display"); }
    slot.off[name] = false;
    if (slot.kinds[name] !== kind) { node.setAttribute("class", kind); slot.kinds[name] = kind; }
    for (var key in facts) node.setAttribute(key, facts[key]);
  }
  function fresh() {
    var slot = { bars: el("g", {}), name: el("a", {}), text: el("text", {}), rule: el("line", { class: "rule", x1: 0 }), off: {}, kinds: {} };
    if (english) slot.name.setAttribute("lang", "zh-Hans");
    slot.name.append(slot.text);
    bars.append(slot.bars);
    names.append(slot.rule, slot.name);
    return slot;
  }
  function fill(slot, row, index) {
    var y = HEAD + index * ROW, mid = ROW / 2, start = row[5], end = row[6], depth = Math.min(row[4], 5) * 10;
    slot.bars.setAttribute("transform", "translate(0 " + y + ")");
    slot.bars.dataset.at = index;
    if (start === null && end !== null) start = end;
    if (end === null && start !== null) end = start;
    var shown = start !== null, w = shown ? Math.max(DAY, (end - start + 1) * DAY) : 0, then = row[17] === null ? row[18] : row[17];
    part(slot, "bar", "rect", "bar " + row[12] + (row[16] ? " free" : ""), shown && row[15] ? { "data-row": index, x: x(start), y: mid - 6, width: w, height: 12 } : null);
    part(slot, "did", "rect", "did", shown && row[15] && row[13] ? { x: x(start), y: mid - 2, width: w * row[13] / 10000, height: 4 } : null);
    part(slot, "sum", "rect", "sum", shown && !row[15] ? { x: x(start), y: mid - 3, width: w, height: 5 } : null);
    part(slot, "crit", "rect", "crit", shown && row[11] ? { x: x(start) - 2, y: mid - 9, width: w + 4, height: 18 } : null);
    part(slot, "then", "rect", "then", row[18] !== null ? { x: x(then), y: mid + 7, width: Math.max(DAY, (row[18] - then + 1) * DAY), height: 3 } : null);
    part(slot, "room", "line", "room", row[8] !== null && row[9] !== null && row[9] > row[8] ? { x1: x(row[8] + 1), x2: x(row[9] + 1), y1: mid + 9, y2: mid + 9 } : null);
    part(slot, "due", "line", "due", row[8] !== null && end !== null && row[8] > end ? { x1: x(row[8] + 1), x2: x(row[8] + 1), y1: mid - 9, y2: mid + 9 } : null);
    part(slot, "was", "path", "was", row[14] !== null ? { d: "M" + x(row[14] + 1) + " " + (mid - 8) + "v16" } : null);
    slot.name.setAttribute("href", "../task/" + row[0] + "/");
    slot.name.dataset.at = index;
    slot.name.setAttribute("aria-label", row[1] + " " + row[2]);
    slot.text.setAttribute("x", 4 + depth);
    slot.text.setAttribute("y", y + 17);
    slot.text.textContent = clip((narrow ? "" : row[1] + " ") + row[2], NAMES - 12 - depth);
    slot.rule.setAttribute("x2", paper ? width : box.clientWidth);
    slot.rule.setAttribute("y1", y + ROW);
    slot.rule.setAttribute("y2", y + ROW);
  }
  function tie(n) {
    var pair = data.links[n], a = data.rows[pair[0]], b = data.rows[pair[1]];
    if (tied.has(n) || a[6] === null || b[5] === null) return;
    var ax = x(a[6] + 1), ay = HEAD + pair[0] * ROW + ROW / 2, bx = x(b[5]), by = HEAD + pair[1] * ROW + ROW / 2;
    var node = el("path", { class: "link", d: "M" + ax + " " + ay + "h4V" + by + "H" + bx });
    ties.append(node);
    tied.set(n, node);
  }
  // Days off, months and today are drawn once: a node each, whatever scrolls.
  function lay() {
    back.replaceChildren(); months.replaceChildren(); side.replaceChildren(); head.replaceChildren();
    bars.replaceChildren(); names.replaceChildren(); ties.replaceChildren();
    live.clear(); tied.clear(); spare = [];
    var off = data.off.map(function (day) { return "M" + x(day) + " 0h" + DAY + "V" + height + "h-" + DAY + "z"; }).join("");
    back.append(el("path", { class: "off", d: off }));
    for (var day = 0; day <= data.days; day++) {
      var date = dateOf(day);
      if (date.getUTCDate() !== 1) continue;
      back.append(el("line", { class: "month", x1: x(day), x2: x(day), y1: 0, y2: height }));
      var month = date.getUTCMonth() + 1;
      months.append(el("text", { class: "q", x: x(day) + 4, y: 22 }, month === 1 ? iso(day).slice(0, 7) : english ? iso(day).slice(5, 7) : month + "月"));
    }
    back.append(el("line", { class: "now", x1: x(data.today) + 3, x2: x(data.today) + 3, y1: 0, y2: height }));
    months.append(el("text", { x: x(data.today) + 7, y: 12 }, box.dataset.today));
    side.append(el("rect", { class: "names", x: 0, y: 0, width: NAMES - 4, height: height }), names);
    corner = el("rect", { class: "names", x: 0, y: 0, width: NAMES - 4, height: HEAD - 2 });
    head.append(el("rect", { class: "names", x: 0, y: 0, width: width, height: HEAD - 2 }), months, corner);
  }
  function draw() {
    queued = false;
    var top = paper ? paper.from * ROW : box.scrollTop, left = paper ? 0 : box.scrollLeft, bottom = top + (box.clientHeight || 600);
    var from = paper ? paper.from : Math.max(0, Math.floor((top - HEAD) / ROW) - 1);
    var to = paper ? paper.to : Math.min(data.rows.length - 1, Math.ceil((bottom - HEAD) / ROW) + 1);
    side.setAttribute("transform", "translate(" + left + " 0)");
    head.setAttribute("transform", "translate(0 " + top + ")");
    corner.setAttribute("x", left);
    live.forEach(function (slot, index) {
      if (index < from || index > to) { live.delete(index); spare.push(slot); }
    });
    data.links.forEach(function (pair, n) {
      if (Math.max(pair[0], pair[1]) >= from && Math.min(pair[0], pair[1]) <= to) tie(n);
      else if (tied.has(n)) { tied.get(n).remove(); tied.delete(n); }
    });
    for (var i = from; i <= to; i++) {
      if (!live.has(i)) { var slot = spare.pop() || fresh(); fill(slot, data.rows[i], i); live.set(i, slot); }
    }
    // What is left at rest stands beyond the view; a chart that shrank leaves none in it.
    spare.forEach(function (slot) { slot.bars.remove(); slot.rule.remove(); slot.name.remove(); });
    spare = [];
  }
  // What a row says is put together when somebody asks: the pointer is on its bar or its name.
  svg.addEventListener("pointerover", function (event) {
    var group = event.target.parentNode, row = group.dataset && group.dataset.at ? data.rows[+group.dataset.at] : null;
    if (!row) return;
    var told = group.querySelector("title") || group.insertBefore(el("title", { lang: "zh-Hans" }), group.firstChild);
    told.textContent = title(row);
  });
  // Drag: an end moves that end, the middle both. Let go, and the page of consequences opens.
  var held = null;
  function grip(event) {
    var bar = event.target, row = bar.dataset && bar.dataset.row ? data.rows[+bar.dataset.row] : null;
    if (!row || !row[16] || event.button !== 0 || event.pointerType === "touch") return;
    var at = +bar.getAttribute("x"), size = +bar.getAttribute("width"), to = event.clientX - svg.getBoundingClientRect().left - at;
    var edge = Math.min(7, size / 3), part = to > size - edge || row[16] === 2 ? "due" : to < edge ? "start" : "both";
    held = { row: row, part: part, from: event.clientX, days: 0, x: at, w: size, y: HEAD + +bar.dataset.row * ROW + +bar.getAttribute("y") };
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  }
  function pull(event) {
    if (!held) return;
    held.days = Math.round((event.clientX - held.from) / DAY);
    var shift = held.days * DAY, left = held.part === "due" ? held.x : held.x + shift;
    var right = held.part === "start" ? held.x + held.w : held.x + held.w + shift;
    over.replaceChildren(
      el("rect", { class: "drag", x: Math.min(left, right - DAY), y: held.y - 3, width: Math.max(DAY, right - left), height: 18 }),
      el("text", { x: Math.min(right + 6, box.scrollLeft + box.clientWidth - 170), y: held.y + (right + 176 > box.scrollLeft + box.clientWidth ? -6 : 10) }, dates().map(function (pair) { return pair[1]; }).join(" – ")));
  }
  function dates() {
    var found = [];
    if (held.part !== "due") found.push(["start", iso(held.row[5] + held.days)]);
    if (held.part !== "start") found.push(["due", iso(held.row[6] + held.days)]);
    return found;
  }
  function drop() {
    if (!held) return;
    var words = dates().map(function (pair) { return "&" + pair[0] + "." + held.row[0] + "=" + pair[1]; }).join("");
    if (held.days) window.location.assign(box.dataset.consider + words); else over.replaceChildren();
    held = null;
  }
  function leave() { held = null; over.replaceChildren(); }
  svg.addEventListener("pointerdown", grip);
  svg.addEventListener("pointermove", pull);
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", leave);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") leave(); });

  // On paper each sheet is a drawing of its own under its own months, so that no page cuts a row.
  var SHEET = 36, sheets;
  function sheet(on) {
    sheets = [];
    DAY = on ? Math.max(1, (1480 - NAMES) / data.days) : 6;
    width = NAMES + data.days * DAY;
    svg.setAttribute("width", width);
    for (var from = 0; on && from < data.rows.length; from += SHEET) {
      paper = { from: from, to: Math.min(data.rows.length, from + SHEET) - 1 };
      lay();
      draw();
      var one = svg.cloneNode(true), high = HEAD + (paper.to - from + 1) * ROW;
      one.setAttribute("height", high);
      one.setAttribute("viewBox", "0 " + from * ROW + " " + width + " " + high);
      sheets.push(one);
    }
    paper = null;
    box.replaceChildren.apply(box, on ? sheets : [svg]);
    if (!on) { lay(); draw(); }
  }
  window.addEventListener("beforeprint", function () { sheet(true); });
  window.addEventListener("afterprint", function () { sheet(false); });
  function ask() { if (!queued) { queued = true; window.requestAnimationFrame(draw); } }
  box.addEventListener("scroll", ask, { passive: true });
  window.addEventListener("resize", function () { live.clear(); lay(); ask(); });
  box.scrollLeft = Math.max(0, data.today * DAY - (box.clientWidth - NAMES) / 3);
  lay();
  draw();
})();
