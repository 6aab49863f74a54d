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
  var first = new Date(data.first + "T00:00:00Z"), queued = false, paper = false;

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
  var back = el("g", {}), bars = el("g", {}), over = el("g", {}), names = el("g", {}), head = el("g", {});
  svg.append(back, bars, over, names, head);
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
  function drawRow(row, index) {
    var y = HEAD + index * ROW, mid = y + ROW / 2, group = el("g", {});
    group.append(el("title", {lang: "zh-Hans"}, title(row)));
    var start = row[5], end = row[6];
    if (start === null && end !== null) start = end;
    if (end === null && start !== null) end = start;
    if (start !== null) {
      var w = Math.max(DAY, (end - start + 1) * DAY);
      if (row[15]) {
        group.append(el("rect", { class: "bar " + row[12] + (row[16] ? " free" : ""), "data-row": index, x: x(start), y: mid - 6, width: w, height: 12 }));
        if (row[13]) group.append(el("rect", { class: "did", x: x(start), y: mid - 2, width: w * row[13] / 10000, height: 4 }));
      } else group.append(el("rect", { class: "sum", x: x(start), y: mid - 3, width: w, height: 5 }));
      if (row[11]) group.append(el("rect", { class: "crit", x: x(start) - 2, y: mid - 9, width: w + 4, height: 18 }));
    }
    if (row[18] !== null)
      group.append(el("rect", { class: "then", x: x(row[17] === null ? row[18] : row[17]), y: mid + 7, width: Math.max(DAY, (row[18] - (row[17] === null ? row[18] : row[17]) + 1) * DAY), height: 3 }));
    if (row[8] !== null && row[9] !== null && row[9] > row[8])
      group.append(el("line", { class: "room", x1: x(row[8] + 1), x2: x(row[9] + 1), y1: mid + 9, y2: mid + 9 }));
    if (row[8] !== null && end !== null && row[8] > end)
      group.append(el("line", { class: "due", x1: x(row[8] + 1), x2: x(row[8] + 1), y1: mid - 9, y2: mid + 9 }));
    if (row[14] !== null) group.append(el("path", { class: "was", d: "M" + x(row[14] + 1) + " " + (mid - 8) + "v16" }));
    bars.append(group);
  }
  function drawName(row, index, left) {
    var y = HEAD + index * ROW, link = el("a", { href: "../task/" + row[0] + "/" });
    var indent = left + 4 + Math.min(row[4], 5) * 10;
    var words = clip((narrow ? "" : row[1] + " ") + row[2], NAMES - 12 - Math.min(row[4], 5) * 10);
    var text = el("text", { x: indent, y: y + 17 }, words);
    if (english) text.setAttribute("lang", "zh-Hans");
    link.append(el("title", {lang: "zh-Hans"}, title(row)), text);
    names.append(el("line", { class: "rule", x1: left, x2: left + box.clientWidth, y1: y + ROW, y2: y + ROW }), link);
  }
  function drawLink(pair, from, to) {
    if (Math.max(pair[0], pair[1]) < from || Math.min(pair[0], pair[1]) > to) return;
    var a = data.rows[pair[0]], b = data.rows[pair[1]];
    if (a[6] === null || b[5] === null) return;
    var ax = x(a[6] + 1), ay = HEAD + pair[0] * ROW + ROW / 2, bx = x(b[5]), by = HEAD + pair[1] * ROW + ROW / 2;
    bars.append(el("path", { class: "link", d: "M" + ax + " " + ay + "h4V" + by + "H" + bx }));
  }
  function drawDays(from, to, top, bottom) {
    data.off.forEach(function (day) {
      if (day >= from && day <= to) back.append(el("rect", { class: "off", x: x(day), y: top, width: DAY, height: bottom - top }));
    });
    for (var day = Math.max(0, from); day <= Math.min(to, data.days); day++) {
      var date = dateOf(day);
      if (date.getUTCDate() !== 1) continue;
      back.append(el("line", { class: "month", x1: x(day), x2: x(day), y1: top, y2: bottom }));
      var month = date.getUTCMonth() + 1;
      head.append(el("text", { class: "q", x: x(day) + 4, y: (paper ? 0 : box.scrollTop) + 22 },
        month === 1 ? iso(day).slice(0, 7) : english ? iso(day).slice(5, 7) : month + "月"));
    }
    if (data.today >= from && data.today <= to) {
      back.append(el("line", { class: "now", x1: x(data.today) + 3, x2: x(data.today) + 3, y1: top, y2: bottom }));
      head.append(el("text", { x: x(data.today) + 7, y: (paper ? 0 : box.scrollTop) + 12 }, box.dataset.today));
    }
  }
  function draw() {
    queued = false;
    var top = paper ? 0 : box.scrollTop, left = paper ? 0 : box.scrollLeft, bottom = paper ? height : top + (box.clientHeight || 600);
    var from = Math.max(0, Math.floor((top - HEAD) / ROW) - 1), to = Math.min(data.rows.length - 1, Math.ceil((bottom - HEAD) / ROW) + 1);
    var dayFrom = Math.floor(left / DAY) - 10, dayTo = paper ? data.days : Math.ceil((left + box.clientWidth) / DAY) + 10;
    [back, bars, names, head].forEach(function (g) { g.replaceChildren(); });
    head.append(el("rect", { class: "names", x: left, y: top, width: box.clientWidth, height: HEAD - 2 }));
    drawDays(dayFrom, dayTo, top, Math.min(height, bottom));
    data.links.forEach(function (pair) { drawLink(pair, from, to); });
    names.append(el("rect", { class: "names", x: left, y: top, width: NAMES - 4, height: Math.min(height, bottom) - top }));
    for (var i = from; i <= to; i++) { drawRow(data.rows[i], i); drawName(data.rows[i], i, left); }
    head.append(el("rect", { class: "names", x: left, y: top, width: NAMES - 4, height: HEAD - 2 }));
  }
  // Drag: an end moves that end, the middle both. Let go, and the page of consequences opens.
  var held = null;
  function grip(event) {
    var bar = event.target, row = bar.dataset && bar.dataset.row ? data.rows[+bar.dataset.row] : null;
    if (!row || !row[16] || event.button !== 0 || event.pointerType === "touch") return;
    var at = +bar.getAttribute("x"), size = +bar.getAttribute("width"), to = event.clientX - svg.getBoundingClientRect().left - at;
    var edge = Math.min(7, size / 3), part = to > size - edge || row[16] === 2 ? "due" : to < edge ? "start" : "both";
    held = { row: row, part: part, from: event.clientX, days: 0, x: at, w: size, y: +bar.getAttribute("y") };
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

  function sheet(on) {
    paper = on;
    DAY = on ? Math.max(1, (1480 - NAMES) / data.days) : 6;
    width = NAMES + data.days * DAY;
    svg.setAttribute("width", width);
    if (on) svg.setAttribute("viewBox", "0 0 " + width + " " + height); else svg.removeAttribute("viewBox");
    draw();
  }
  window.addEventListener("beforeprint", function () { sheet(true); });
  window.addEventListener("afterprint", function () { sheet(false); });
  function ask() { if (!queued) { queued = true; window.requestAnimationFrame(draw); } }
  box.addEventListener("scroll", ask, { passive: true });
  window.addEventListener("resize", ask);
  box.scrollLeft = Math.max(0, data.today * DAY - (box.clientWidth - NAMES) / 3);
  draw();
})();
