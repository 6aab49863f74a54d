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
