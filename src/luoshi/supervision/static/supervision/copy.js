// One button copies the chase list: <button data-copy="id of a textarea" data-copied="said after" hidden>.
// Without this script the button stays hidden and the list is copied by hand.
(function () {
  "use strict";
  function old(box) { // plain http in an office network has no clipboard interface
    var fold = box.closest("details"), was = fold && fold.open, done;
    if (fold) fold.open = true;
    box.focus();
    box.select();
    done = document.execCommand("copy");
    if (fold && done) fold.open = was;
    return done;
  }
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var box = document.getElementById(button.dataset.copy);
    if (!box) return;
    function said() { window.luoshi.toast(button.dataset.copied); button.focus(); }
    button.hidden = false;
    button.addEventListener("click", function () {
      if (navigator.clipboard) {
        navigator.clipboard.writeText(box.value).then(said, function () { if (old(box)) said(); });
      } else if (old(box)) said();
    });
  });
})();
