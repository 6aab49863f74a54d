// How long a form is worked at, in whole seconds: from the first touch to the sending, without gaps
// of more than half a minute and nothing while the page is hidden. The hidden field asked_seconds
// goes along with the form; the server keeps it as a count, with nobody's name. A refused form goes
// on counting from where it was.
(function () {
  "use strict";
  var IDLE = 30000, KEPT = "luoshi.asked.";
  var told = new WeakMap();

  function field(form) { return form && form.elements && form.elements.namedItem("asked_seconds"); }
  function name(form) {
    return KEPT + form.elements.namedItem("asked").value + form.getAttribute("action") + location.pathname;
  }
  function before(form) {
    var kept = Number(sessionStorage.getItem(name(form))) || 0;
    sessionStorage.removeItem(name(form));
    return document.querySelector(".field.wrong, [data-refusal], #status .toast.error") ? kept : 0;
  }
  // What the page before this one took: read once, before the field is written.
  function earlier(form) { return 1000 * (Number(field(form).defaultValue) || 0); }
  function formOf(el) {
    var far = el.closest && el.closest("[data-asked-for]"); // a grid beside its form
    return far ? document.getElementById(far.dataset.askedFor) : el.form || (el.closest && el.closest("form"));
  }
  function touch(event) {
    var form = formOf(event.target);
    if (!field(form) || document.hidden) return;
    var now = Date.now(), state = told.get(form);
    if (!state) told.set(form, state = { worked: before(form) + earlier(form), last: now });
    if (state.last) state.worked += Math.min(now - state.last, IDLE);
    state.last = now;
  }
  function away() {
    if (!document.hidden) return;
    document.querySelectorAll("form").forEach(function (form) {
      var state = told.get(form);
      if (state) state.last = 0;
    });
  }
  try {
    ["focusin", "input", "keydown", "pointerdown", "change"].forEach(function (kind) {
      document.addEventListener(kind, touch, true);
    });
    document.addEventListener("visibilitychange", away);
    document.addEventListener("submit", function (event) {
      var form = event.target;
      if (!field(form)) return;
      touch(event);
      var worked = told.get(form) ? told.get(form).worked : earlier(form);
      field(form).value = String(Math.max(1, Math.ceil(worked / 1000)));
      sessionStorage.setItem(name(form), String(worked));
    }, true);
  } catch (off) { /* storage is off: the form works, it is only not measured */ }
})();
