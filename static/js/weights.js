"use strict";

// A slider moved asks for the ranking at once; without this script, the button does.
for (const form of document.querySelectorAll("form[data-weights]")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("input", (event) => {
    const said = form.querySelector(`output[for="${event.target.id}"]`);
    if (said) said.value = event.target.value;
  });
  form.addEventListener("change", (event) => {
    sessionStorage.setItem("weight", event.target.id);
    form.requestSubmit();
  });
  // The page comes back: the focus returns to the slider that was moved.
  const last = sessionStorage.getItem("weight");
  sessionStorage.removeItem("weight");
  if (last && form.querySelector(`#${CSS.escape(last)}`)) document.getElementById(last).focus({ preventScroll: true });
}
