// A weight is dragged or typed: slider and figure follow each other, and the form asks for a preview.
"use strict";
document.addEventListener("input", (event) => {
  const slider = event.target;
  if (slider.matches("input[data-weight]")) {
    document.getElementById(slider.dataset.weight).value = slider.value;
    choose("weight");
  } else if (slider.id.startsWith("w-")) {
    const other = document.querySelector(`input[data-weight="${slider.id}"]`);
    if (other) other.value = slider.value || "0";
    choose("weight");
  }
});
// Whoever moves a weight means to divide by weight.
function choose(rule) {
  const radio = document.querySelector(`#divide input[name="rule"][value="${rule}"]`);
  if (radio) radio.checked = true;
}
