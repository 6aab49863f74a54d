// Text and table tied both ways; tabs on a narrow screen; "tick all". Everything works without it.
(function () {
  "use strict";
  var reader = document.querySelector("[data-reader]");
  if (!reader) return;
  var source = reader.querySelector(".source"), narrow = window.matchMedia("(max-width:1100px)");

  function mates(id) { return reader.querySelectorAll('[data-draft="' + id + '"]'); }
  function mark(event, on) {
    var one = event.target.closest && event.target.closest("[data-draft]");
    if (!one) return;
    mates(one.dataset.draft).forEach(function (el) { el.classList.toggle("on", on); });
    if (on && one.tagName === "TR") reveal(one.dataset.draft);
  }
  function reveal(id) {
    // Bring the passage into the text's own pane; the page itself stays where it is.
    var passage = document.getElementById("p-" + id);
    if (!passage || narrow.matches) return;
    var top = passage.getBoundingClientRect().top - source.getBoundingClientRect().top;
    if (top < 0 || top > source.clientHeight - 48) source.scrollTop += top - source.clientHeight / 3;
  }
  reader.addEventListener("mouseover", function (event) { mark(event, true); });
  reader.addEventListener("mouseout", function (event) { mark(event, false); });
  reader.addEventListener("focusin", function (event) { mark(event, true); });
  reader.addEventListener("focusout", function (event) { mark(event, false); });

  // "More" opens under its row, and a second click closes it again.
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!event.target.hasAttribute("data-more")) return;
    var open = document.getElementById("m-" + event.target.closest("tr").dataset.draft);
    if (open) { event.preventDefault(); open.remove(); }
  });

  // A field is as tall as its words. By `rows`, not by style: htmx copies style attributes when it
  // swaps a row, and the content policy forbids that.
  function grow(field) {
    var line = parseFloat(getComputedStyle(field).lineHeight) || 22;
    field.rows = 1;
    field.rows = Math.max(1, Math.floor((field.scrollHeight - 6) / line));
  }
  function growAll() { reader.querySelectorAll("textarea").forEach(grow); }
  reader.addEventListener("input", function (event) { if (event.target.tagName === "TEXTAREA") grow(event.target); });
  document.addEventListener("htmx:afterSettle", growAll);
  window.addEventListener("resize", growAll);

  var all = reader.querySelector("[data-pick-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", function () {
      reader.querySelectorAll('input[name="pick"]').forEach(function (box) { box.checked = all.checked; });
    });
  }

  // How many rows are ticked stands beside the buttons that decide on them.
  var picked = reader.querySelector("[data-picked]");
  function count() {
    if (picked) picked.textContent = reader.querySelectorAll('input[name="pick"]:checked').length;
  }
  if (picked) { picked.hidden = false; reader.addEventListener("change", count); count(); }

  // Keys on a row: they act only while the row itself has the focus, never while somebody types.
  function rows() { return Array.prototype.slice.call(reader.querySelectorAll("tr.draft")); }
  function go(row) {
    if (!row) return;
    rows().forEach(function (one) { one.tabIndex = one === row ? 0 : -1; });
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  function beside(row, step) { var all = rows(); return all[all.indexOf(row) + step]; }
  var KEYS = {
    j: function (row) { go(beside(row, 1)); }, arrowdown: function (row) { go(beside(row, 1)); },
    k: function (row) { go(beside(row, -1)); }, arrowup: function (row) { go(beside(row, -1)); },
    a: function (row) { row.querySelector("[name=one]").click(); },
    s: function (row) { row.querySelector("[name=one_study]").click(); },
    x: function (row) { row.querySelector("[name=pick]").click(); },
    e: function (row) { row.querySelector("textarea").focus(); },
    m: function (row) { row.querySelector("[data-more]").click(); },
    n: function (row) {
      var box = row.querySelector("[name=pick]"), why = reader.querySelector("[name=why_not]");
      if (!box.checked) box.click();
      why.closest("details").open = true;
      why.focus();
    }
  };
  reader.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var row = event.target.closest && event.target.closest("tr.draft");
    if (!row) return;
    if (event.target !== row) { if (event.key === "Escape") go(row); return; }
    var act = KEYS[event.key.toLowerCase()], kind = row.querySelector("select");
    if (/^[1-7]$/.test(event.key) && kind) {
      act = function () {
        kind.selectedIndex = Number(event.key) - 1;
        kind.dispatchEvent(new Event("change", { bubbles: true }));
      };
    }
    if (!act) return;
    event.preventDefault();
    act(row);
  });
  // A row that is just being saved comes first: the button waits for it, else its version is stale.
  var saving = new Set(), waits = null;
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.requestConfig.verb === "post") saving.add(event.detail.xhr);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    saving.delete(event.detail.xhr);
    if (saving.size || !waits) return;
    var asked = waits, form = asked.form, again = null;
    waits = null;
    form.querySelectorAll("button").forEach(function (one) {
      if (one.name === asked.name && one.value === asked.value) again = one;
    });
    form.requestSubmit(again || undefined);
  });
  reader.addEventListener("submit", function (event) {
    if (!saving.size) return;
    event.preventDefault();
    var by = event.submitter || {};
    waits = { form: event.target, name: by.name, value: by.value };
  });

  // A saved row comes back as a new one: whoever stood on it with the keyboard stays there.
  var stood = "";
  document.addEventListener("htmx:beforeSwap", function () {
    var row = document.activeElement && document.activeElement.closest("tr.draft");
    stood = row && document.activeElement === row ? row.id : "";
  });
  document.addEventListener("htmx:afterSwap", function () {
    if (stood) go(document.getElementById(stood));
    stood = "";
  });
  // After a decision the keyboard stands on the next row that waits; after the browser has gone to
  // the address's own place, which takes the focus away.
  if (rows()[0]) rows()[0].tabIndex = 0;
  window.addEventListener("load", function () { setTimeout(function () {
    var here = location.hash.indexOf("#d-") === 0 && document.getElementById(location.hash.slice(1));
    while (here && !here.matches("tr.draft")) {
      here = here.nextElementSibling
        || (here.parentNode.nextElementSibling && here.parentNode.nextElementSibling.firstElementChild);
    }
    if (here) go(here);
  }, 0); });

  var tabs = document.querySelectorAll("[data-tab]");
  function show(name) {
    reader.classList.add("tabbed");
    tabs.forEach(function (tab) {
      var here = tab.dataset.tab === name;
      if (here) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current");
      document.getElementById(tab.dataset.tab).classList.toggle("shut", !here);
    });
    growAll();
  }
  tabs.forEach(function (tab) {
    tab.addEventListener("click", function (event) { event.preventDefault(); show(tab.dataset.tab); });
  });
  reader.addEventListener("click", function (event) {
    var link = event.target.closest('a[href^="#"]');
    if (!link || !narrow.matches) return;
    show(link.getAttribute("href").indexOf("#p-") === 0 ? "text" : "drafts");
  });
  show(location.hash === "#text" || location.hash.indexOf("#p-") === 0 ? "text" : "drafts");
})();
