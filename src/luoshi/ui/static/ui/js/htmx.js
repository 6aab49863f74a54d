// htmx and the frame: a refusal is said, a conflict is shown, a lost network is said.
(function () {
  "use strict";
  var english = document.documentElement.lang === "en";
  document.addEventListener("htmx:beforeSwap", function (event) {
    var xhr = event.detail.xhr, box;
    if (xhr.status === 409) { // both values side by side, where the answer was to go
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    } else if (xhr.status === 422) { // a refusal is said; the page stays as it was
      event.detail.isError = false;
      box = document.createElement("template");
      box.innerHTML = xhr.responseText;
      box = box.content.querySelector("[data-refusal]");
      window.luoshi.toast(box ? box.textContent : "", "error");
    }
  });
  document.addEventListener("htmx:sendError", function () {
    window.luoshi.toast(english ? "No network. Nothing was saved; please try again." : "网络不通，未作保存，请重试。", "error");
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401) return;
    window.luoshi.toast(english ? "The page could not answer (" + event.detail.xhr.status + "). Nothing was saved." :
      "系统未能处理（" + event.detail.xhr.status + "），未作保存。", "error");
  });
})();
