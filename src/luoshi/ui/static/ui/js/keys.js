// "/" goes to the search, "?" to the list of keys; never while somebody is typing.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    var help = document.getElementById("keys");
    if (event.key === "Escape" && help) help.hidden = true;
    else if (event.key === "/") {
      var box = document.querySelector("input[type=search]"), link = document.querySelector("a[data-search]");
      if (!box && !link) return;
      event.preventDefault();
      if (box) box.focus(); else link.click();
    } else if (event.key === "?") {
      if (help) { event.preventDefault(); help.hidden = !help.hidden; }
    }
  });
})();
