// Short words of the system in the status region; errors stay until they are put away.
(function () {
  "use strict";
  var PLAIN_MS = 8000;
  function dress(toast) {
    if (toast.dataset.dressed) return;
    toast.dataset.dressed = "1";
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", document.documentElement.lang === "en" ? "Close" : "关闭");
    close.addEventListener("click", function () { toast.remove(); });
    toast.appendChild(close);
    if (!toast.classList.contains("error")) setTimeout(function () { toast.remove(); }, PLAIN_MS);
  }
  window.luoshi = window.luoshi || {};
  window.luoshi.toast = function (text, kind) {
    var toast = document.createElement("div"), words = document.createElement("span");
    toast.className = "toast" + (kind ? " " + kind : "");
    words.textContent = text;
    toast.appendChild(words);
    document.getElementById("status").appendChild(toast);
    dress(toast);
    return toast;
  };
  document.querySelectorAll("#status .toast").forEach(dress);
})();
