"use strict";

// One menu of the pages or of the filters at a time: a click elsewhere or Escape closes it, and the focus goes back to its name.
const menus = () => document.querySelectorAll(".top__nav details[open], .filters details[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
