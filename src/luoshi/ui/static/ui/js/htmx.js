// htmx and the frame: an answer that refuses is shown, a lost network is said.
(function () {
  "use strict";
  var english = document.documentElement.lang === "en";
  document.addEventListener("htmx:beforeSwap", function (event) {
    // 409 and 422 are pages with something to say: show them where the answer was to go.
    if (event.detail.xhr.status === 409 || event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
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
