/* One key for each way a call may end; the fields a choice needs appear with it. The page works without this file. */
"use strict";
(() => {
  const form = document.querySelector("form[data-outcome]");
  if (!form) return;
  const begin = document.querySelector("a[data-key]");
  const extras = [...form.querySelectorAll("[data-more]")];
  const show = () => {
    const chosen = form.querySelector("input[name=issue]:checked");
    for (const extra of extras) extra.hidden = !chosen || extra.dataset.more !== chosen.value;
  };
  const choose = (input) => {
    input.checked = true;
    show();
    const field = extras.find((extra) => !extra.hidden);
    (field ? field.querySelector("input") : input).focus();
  };
  form.addEventListener("change", show);
  /* Only from the link or the form themselves: a letter said aloud elsewhere does nothing. */
  const press = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input[type=text], textarea, select")) return;
    const key = event.key.toLowerCase();
    if (begin && key === begin.dataset.key) { event.preventDefault(); begin.click(); return; }
    const input = form.querySelector(`input[data-key="${CSS.escape(key)}"]`);
    if (input) { event.preventDefault(); choose(input); }
  };
  /* A form to mend is typed in: a letter there is a letter. */
  for (const place of "refused" in form.dataset ? [] : [begin, form]) if (place) place.addEventListener("keydown", press);
  show();
  /* The field was hidden when the page looked for it. */
  if ("refused" in form.dataset) form.querySelector("[aria-invalid]")?.focus();
})();
