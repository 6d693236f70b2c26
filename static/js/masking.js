/* The masking by the keyboard: a letter is a press on the button that shows it; words selected are words to mask.
   Both pages work without this script. */
"use strict";
(() => {
  const typing = (target) => target.matches?.("input:not([type=checkbox]), textarea, select");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    const pressed = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });

  document.querySelector("[data-passage]")?.focus({ preventScroll: true });

  const words = document.querySelector("[data-selected]");
  if (words) {
    document.addEventListener("selectionchange", () => {
      const selection = document.getSelection();
      const inside = document.querySelector("[data-original]")?.contains(selection.anchorNode);
      const text = selection.toString().trim();
      if (inside && text) words.value = text;
    });
  }
})();
