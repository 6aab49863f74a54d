// A half-written form survives an expired session: <form method="post" data-keep="task-UUID">.
// What is typed is kept in this browser, put back when the page opens again, and wiped after the
// form went through and at sign-out. Files and passwords are never kept.
(function () {
  "use strict";
  var PREFIX = "luoshi.keep.", SENT = "luoshi.sent";
  function name(form) { return PREFIX + form.dataset.keep; }
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (el) {
      return el.name && !/^(hidden|file|password|submit|button|reset)$/.test(el.type);
    });
  }
  function read(form) {
    return fields(form).map(function (el) {
      if (el.type === "checkbox" || el.type === "radio") return [el.name, el.value, el.checked];
      if (el.multiple) return [el.name, Array.prototype.map.call(el.selectedOptions, function (o) { return o.value; })];
      return [el.name, el.value];
    });
  }
  function write(form, kept) {
    var changed = false;
    fields(form).forEach(function (el, i) {
      var was = kept[i];
      if (!was || was[0] !== el.name) return;
      if (el.type === "checkbox" || el.type === "radio") {
        if (was[1] !== el.value || el.checked === was[2]) return;
        el.checked = was[2];
      } else if (el.multiple) {
        Array.prototype.forEach.call(el.options, function (o) { o.selected = was[1].indexOf(o.value) >= 0; });
      } else {
        if (el.value === was[1]) return;
        el.value = was[1];
      }
      changed = true;
    });
    return changed;
  }
  function say(form) {
    var line = document.createElement("p");
    line.className = "kept";
    line.setAttribute("role", "status");
    line.textContent = document.documentElement.lang === "en" ?
      "What you had typed here was kept and has been put back." : "您上次未提交的内容已保留并恢复。";
    form.insertBefore(line, form.firstChild);
  }
  function wipe() {
    Object.keys(localStorage).forEach(function (key) {
      if (key.indexOf("luoshi.") === 0) localStorage.removeItem(key);
    });
  }
  try {
    // A form that was sent and is not on the page it led to went through. When the session had
    // expired, the answer is the sign-in page, and when it was refused the form is shown again.
    var sent = sessionStorage.getItem(SENT);
    if (sent && document.body.hasAttribute("data-signed-in")) {
      sessionStorage.removeItem(SENT);
      if (!document.querySelector("#status .toast.error, .field.wrong")) localStorage.removeItem(sent);
    }
    document.querySelectorAll("form[data-keep]").forEach(function (form) {
      var kept = localStorage.getItem(name(form));
      if (kept && write(form, JSON.parse(kept))) say(form);
      form.addEventListener("input", function () {
        localStorage.setItem(name(form), JSON.stringify(read(form)));
      });
      form.addEventListener("submit", function () { sessionStorage.setItem(SENT, name(form)); });
    });
    document.addEventListener("submit", function (event) {
      if (event.target.hasAttribute("data-sign-out")) wipe();
    });
  } catch (full) { /* storage is off or full: the form works, it is only not kept */ }
})();
