// A half-written form survives an expired session: <form method="post" data-keep="task-UUID">.
// What is typed is kept in this browser for this account, put back when the form is shown again,
// and wiped once the form went through, at sign-out, or when somebody else signs in here.
// Files and passwords are never kept.
(function () {
  "use strict";
  var HOME = "luoshi.keep.", SENT = "luoshi.sent", WHO = "luoshi.who";
  var who = document.body.dataset.signedIn || "";
  var english = document.documentElement.lang === "en";

  function name(form) { return HOME + form.dataset.keep; }
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (el) {
      return el.name && !/^(hidden|file|password|submit|button|reset)$/.test(el.type);
    });
  }
  function value(el) {
    if (el.type === "checkbox" || el.type === "radio") return el.checked;
    if (el.multiple) return Array.prototype.map.call(el.selectedOptions, function (o) { return o.value; });
    return el.value;
  }
  function read(form) {
    return fields(form).map(function (el) { return [el.name, value(el)]; });
  }
  function put(el, was) {
    if (el.type === "checkbox" || el.type === "radio") el.checked = was;
    else if (el.multiple) Array.prototype.forEach.call(el.options, function (o) { o.selected = was.indexOf(o.value) >= 0; });
    else el.value = was;
  }
  function restore(form) {
    if (form.dataset.restored) return;
    form.dataset.restored = "1";
    var kept = localStorage.getItem(name(form));
    if (!kept) return;
    var items = JSON.parse(kept), changed = false;
    fields(form).forEach(function (el, i) {
      if (!items[i] || items[i][0] !== el.name || String(value(el)) === String(items[i][1])) return;
      put(el, items[i][1]);
      changed = true;
    });
    if (changed) say(form);
  }
  function say(form) {
    var line = document.createElement("p"), drop = document.createElement("button");
    line.className = "kept";
    line.setAttribute("role", "status");
    line.textContent = english ? "What you had typed here was kept and has been put back. " : "上次未提交的内容已恢复。";
    drop.type = "button";
    drop.className = "btn l";
    drop.textContent = english ? "Discard it" : "放弃这些内容";
    drop.addEventListener("click", function () {
      localStorage.removeItem(name(form));
      form.reset();
      line.remove();
    });
    line.appendChild(drop);
    form.insertBefore(line, form.firstChild);
    // What was put back must be seen: a form folded away is opened.
    for (var fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  function wipe(prefix) {
    Object.keys(localStorage).forEach(function (key) {
      if (key.indexOf(prefix) === 0) localStorage.removeItem(key);
    });
  }
  function kept(form) { return form && form.matches && form.matches("form[data-keep]"); }

  try {
    // A form that was sent went through when the page after it is ours and says nothing else: the
    // sign-in page, an error page, an error message or a wrong field all mean that it did not.
    var sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (sent && who && !document.querySelector("body[data-failed], #status .toast.error, .field.wrong")) {
      localStorage.removeItem(sent);
    }
    if (who) {
      var last = localStorage.getItem(WHO);
      if (last && last !== who) wipe(HOME);
      localStorage.setItem(WHO, who);
      document.querySelectorAll("form[data-keep]").forEach(restore);
    }
    document.addEventListener("input", function (event) {
      var form = event.target.form;
      if (who && kept(form)) localStorage.setItem(name(form), JSON.stringify(read(form)));
    });
    document.addEventListener("submit", function (event) {
      if (kept(event.target)) sessionStorage.setItem(SENT, name(event.target));
      else if (event.target.hasAttribute("data-sign-out") && !event.defaultPrevented) wipe("luoshi.");
    });
    document.addEventListener("htmx:afterSettle", function () {
      document.querySelectorAll("form[data-keep]").forEach(restore);
    });
    document.addEventListener("htmx:afterRequest", function (event) {
      if (!kept(event.target)) return;
      sessionStorage.removeItem(SENT);
      if (event.detail.successful) localStorage.removeItem(name(event.target));
    });
  } catch (full) { /* storage is off or full: the form works, it is only not kept */ }
})();
