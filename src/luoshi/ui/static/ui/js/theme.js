// The display menu at once, without a page load; the cookie is what the server paints from.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("form[data-choices] button[name]");
    if (!button) return;
    event.preventDefault();
    var root = document.documentElement;
    document.cookie = "luoshi_" + button.name + "=" + button.value + "; path=/; max-age=31536000; samesite=lax" +
      (location.protocol === "https:" ? "; secure" : "");
    if (button.name === "theme") {
      if (button.value === "system") root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", button.value);
    } else if (button.value === "large") root.setAttribute("data-print-size", "large");
    else root.removeAttribute("data-print-size");
    button.form.querySelectorAll("button[name=" + button.name + "]").forEach(function (other) {
      other.setAttribute("aria-pressed", String(other === button));
    });
  });
})();
