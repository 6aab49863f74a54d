// A grid of figures: only the rows in view are in the page. Type, move with arrows, paste a block.
// A row: [indicator, unit, open, months a period, what it is instead, values, marks seen].
// What is typed is kept in this browser until it has been saved (see ui/js/keep.js for the wiping).
(function () {
  "use strict";
  var box = document.getElementById("grid"), source = document.getElementById("grid-data");
  if (!box || !source) return;
  var form = document.getElementById("grid-form"), count = document.getElementById("grid-count");
  var drop = document.getElementById("grid-drop");
  var data = JSON.parse(source.textContent), words = box.dataset, english = document.documentElement.lang === "en";
  var ROW = window.innerWidth <= 720 ? 45 : 35, MONTHS = 12, SPARE = 8;
  var NAME = "luoshi.keep.grid", edits = {}, from = 0, to = 0, head, body;

  function node(name, attrs, text) {
    var el = document.createElement(name);
    for (var key in attrs) el.setAttribute(key, attrs[key]);
    if (text !== undefined) el.textContent = text;
    return el;
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function lastDay(month) { return new Date(Date.UTC(data.year, month, 0)).getUTCDate(); }
  function end(col) { return data.year + "-" + two(col + 1) + "-" + two(lastDay(col + 1)); }
  function start(row, col) { return data.year + "-" + two(col + 2 - row[3]) + "-01"; }
  function key(row, col) { return data.indicators[row[0]][0] + " " + data.units[row[1]][0] + " " + end(col); }
  function openCell(row, col) { return row && row[2] && row[5][col] !== null && end(col) <= data.until; }
  function several(which) {
    var first = data.rows[0][which];
    return data.rows.some(function (row) { return row[which] !== first; });
  }
  var manyUnits = several(1), manyIndicators = several(0);

  function labelOf(row) {
    var indicator = data.indicators[row[0]], unit = data.units[row[1]][1];
    if (row[4] === "total") unit += " " + words.total;
    if (!manyIndicators) return unit;
    return indicator[1] + (manyUnits ? " " + unit : "");
  }
  function restore() {
    var kept = {}, saved = document.querySelector("#status .toast:not(.error)"), put = 0;
    try { kept = JSON.parse(localStorage.getItem(NAME) || "{}"); } catch (bad) { kept = {}; }
    data.rows.forEach(function (row) {
      for (var col = 0; col < MONTHS; col++) {
        var was = kept[key(row, col)];
        if (!was) continue;
        if ((saved && was.seen !== row[6][col]) || !openCell(row, col)) delete kept[key(row, col)];
        else { edits[key(row, col)] = was; put++; }
      }
    });
    store(kept);
    if (put && !saved) {
      var line = node("p", { "class": "kept", role: "status" }, words.kept);
      box.parentNode.insertBefore(line, box);
    }
  }
  function store(others) {
    var all = others || {};
    try {
      if (!others) all = JSON.parse(localStorage.getItem(NAME) || "{}");
      data.rows.forEach(function (row) {
        for (var col = 0; col < MONTHS; col++) {
          if (edits[key(row, col)]) all[key(row, col)] = edits[key(row, col)];
          else delete all[key(row, col)];
        }
      });
      localStorage.setItem(NAME, JSON.stringify(all));
    } catch (full) { /* storage is off: the grid works, it is only not kept */ }
  }
  function put(row, col, text) {
    var name = key(row, col), seen = edits[name] ? edits[name].seen : row[6][col];
    if (text.trim() === row[5][col]) delete edits[name];
    else edits[name] = { text: text, seen: seen };
  }
  function told() {
    var n = Object.keys(edits).length;
    if (!form) return;
    form.querySelector("button.p").disabled = !n;
    drop.hidden = !n;
    count.textContent = n ? words.changed + " " + n + " " + words.cells : "";
  }

  function cell(row, r, col) {
    var value = row[5][col], edit = edits[key(row, col)];
    if (value === null || end(col) > data.until) return node("td", { "class": "none" }, value || "");
    if (!row[2]) {
      return value === "" ? node("td", { "class": "none" }, words.missing) : node("td", {}, value);
    }
    var td = node("td", { "class": "in-cell" + (edit ? " edited" : "") });
    var input = node("input", {
      "data-r": r, "data-c": col, autocomplete: "off", inputmode: "decimal", placeholder: words.missing,
      "aria-label": labelOf(row) + " " + (col + 1) + (english ? "" : "月")
    });
    input.value = edit ? edit.text : value;
    td.appendChild(input);
    return td;
  }
  function line(r) {
    var row = data.rows[r], tr = node("tr", { "aria-rowindex": r + 2 });
    if (row[4] === "total") tr.className = "total";
    var name = labelOf(row), measure = data.indicators[row[0]][2];
    var th = node("th", { scope: "row", title: name + " " + measure });
    var text = node("span", {}, name);
    th.append(text);
    if (manyIndicators) {
      var unit = node("span", { "class": "q s" }, " " + measure);
      th.append(unit);
    }
    tr.append(th);
    for (var col = 0; col < MONTHS; col++) tr.append(cell(row, r, col));
    return tr;
  }
  function gap(rows) {
    var tr = node("tr", { "class": "gap", "aria-hidden": "true" }), td = node("td", { colspan: MONTHS + 1 });
    td.style.height = rows * ROW + "px";
    tr.append(td);
    return tr;
  }
  function draw(force) {
    var first = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
    var room = Math.max(box.clientHeight, window.innerHeight * 0.7);
    var last = Math.min(data.rows.length, Math.ceil((box.scrollTop + room) / ROW) + SPARE);
    if (!force && first === from && last === to) return;
    var active = document.activeElement, at = active && active.dataset && active.dataset.r !== undefined ?
      [Number(active.dataset.r), Number(active.dataset.c), active.selectionStart, active.selectionEnd] : null;
    from = first; to = last;
    var lines = [];
    if (first) lines.push(gap(first));
    for (var r = first; r < last; r++) lines.push(line(r));
    if (last < data.rows.length) lines.push(gap(data.rows.length - last));
    body.replaceChildren.apply(body, lines);
    if (at && at[0] >= first && at[0] < last) {
      var input = inputAt(at[0], at[1]);
      if (input) { input.focus({ preventScroll: true }); input.setSelectionRange(at[2], at[3]); }
    }
  }
  function inputAt(r, c) { return body.querySelector('input[data-r="' + r + '"][data-c="' + c + '"]'); }
  function goTo(r, c) {
    if (!openCell(data.rows[r], c)) return false;
    var top = r * ROW, headroom = head.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW + headroom > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW + headroom - box.clientHeight;
    draw();
    var input = inputAt(r, c);
    if (input) { input.focus(); input.select(); }
    return !!input;
  }
  function step(r, c, dr, dc) {
    for (r += dr, c += dc; r >= 0 && r < data.rows.length && c >= 0 && c < MONTHS; r += dr, c += dc) {
      if (goTo(r, c)) return true;
    }
    return false;
  }
  function block(text) {
    var lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
    return lines.map(function (one) { return one.split("\t"); });
  }

  function build() {
    var table = node("table", { role: "grid", "aria-rowcount": data.rows.length + 1, "aria-label": document.querySelector("h1").textContent });
    head = node("thead");
    var tr = node("tr");
    tr.append(node("th", { scope: "col" }, manyIndicators ? words.head : data.indicators[data.rows[0][0]][2]));
    for (var col = 0; col < MONTHS; col++) tr.append(node("th", { scope: "col" }, (col + 1) + (english ? "" : "月")));
    head.append(tr);
    body = node("tbody");
    table.append(head, body);
    if (english) box.lang = "zh-Hans"; // names are data, as typed
    box.hidden = false;
    box.append(table);
    draw(true);
  }

  restore();
  build();
  told();
  var queued = false;
  box.addEventListener("scroll", function () {
    if (queued) return;
    queued = true;
    requestAnimationFrame(function () { queued = false; draw(); });
  });
  box.addEventListener("focusin", function (event) { if (event.target.select) event.target.select(); });
  box.addEventListener("input", function (event) {
    var input = event.target, row = data.rows[input.dataset.r], col = Number(input.dataset.c);
    put(row, col, input.value);
    input.parentNode.classList.toggle("edited", !!edits[key(row, col)]);
    store();
    told();
  });
  box.addEventListener("keydown", function (event) {
    var input = event.target, r = Number(input.dataset.r), c = Number(input.dataset.c), all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    if (input.dataset.r === undefined || event.isComposing) return;
    var move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] }[event.key];
    if (event.key === "ArrowLeft" && (all || input.selectionEnd === 0)) move = [0, -1];
    if (event.key === "ArrowRight" && (all || input.selectionStart === input.value.length)) move = [0, 1];
    if (event.key === "Escape") {
      input.value = data.rows[r][5][c];
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.select();
    }
    if (!move) return;
    event.preventDefault();
    step(r, c, move[0], move[1]);
  });
  box.addEventListener("paste", function (event) {
    var input = event.target, text = (event.clipboardData || window.clipboardData).getData("text");
    if (input.dataset.r === undefined || !/[\t\n]/.test(text.replace(/\n+$/, ""))) return;
    event.preventDefault();
    var r = Number(input.dataset.r), c = Number(input.dataset.c), left = 0;
    block(text).forEach(function (cells, i) {
      cells.forEach(function (said, j) {
        if (openCell(data.rows[r + i], c + j) && c + j < MONTHS) put(data.rows[r + i], c + j, said);
        else if (said.trim()) left++;
      });
    });
    store();
    draw(true);
    told();
    if (left) count.textContent += english ? " (" + left + " pasted cells fell outside and were left out)" : "（有" + left + "格落在不可填的位置，未填入）";
    goTo(r, c);
  });
  if (!form) return;
  drop.addEventListener("click", function () {
    edits = {};
    store();
    draw(true);
    told();
  });
  form.addEventListener("submit", function () {
    var cells = [];
    data.rows.forEach(function (row) {
      for (var col = 0; col < MONTHS; col++) {
        var edit = edits[key(row, col)];
        if (edit) cells.push([data.indicators[row[0]][0], data.units[row[1]][0], start(row, col), end(col), edit.text, edit.seen]);
      }
    });
    form.elements.cells.value = JSON.stringify(cells);
  }, true);
})();
