/* Before a form is saved: the questions left empty, which may stay so, and the codes not understood, which may not. */
"use strict";
(() => {
  const form = document.querySelector("form[data-entry]");
  if (!form) return;
  const words = document.getElementById("mots").dataset;
  const panel = document.createElement("div");
  panel.className = "entry__review";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", words.review);
  panel.hidden = true;
  form.querySelector(".entry__end").before(panel);
  let asked = null;

  const isWrong = (one) => Boolean(one.querySelector(".keyed__code[data-wrong]"));
  const WRITTEN = ".question textarea, .question select, .question input:not([type=radio], [type=checkbox], .keyed__code)";
  const isEmpty = (one) => !one.querySelector(".question input:checked") && ![...one.querySelectorAll(WRITTEN)].some((field) => field.value.trim());
  const linkTo = (one) => {
    const number = one.querySelector(".asked__number");
    const label = one.querySelector(".question__label");
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = "#";
    link.textContent = [number, label].filter(Boolean).map((part) => part.textContent.trim()).join(". ");
    link.addEventListener("click", (event) => { event.preventDefault(); asked.go(one, 0); });
    item.append(link);
    if (isWrong(one)) item.append(` ${words.typed.replace("#", one.querySelector(".keyed__code").dataset.wrong)}`);
    return item;
  };
  const listOf = (title, ones) => {
    if (!ones.length) return [];
    const head = document.createElement("p");
    const list = document.createElement("ul");
    head.textContent = title;
    list.append(...ones.map(linkTo));
    return [head, list];
  };
  const draw = () => {
    const wrong = asked.questions().filter(isWrong);
    const empty = asked.questions().filter((one) => !isWrong(one) && isEmpty(one));
    panel.replaceChildren(...listOf(words.misread, wrong), ...listOf(words.unanswered, empty));
    panel.hidden = !wrong.length && !empty.length;
    return { wrong, empty };
  };
  const refresh = () => { if (!panel.hidden) draw(); };
  form.addEventListener("input", refresh);
  form.addEventListener("change", refresh);
  form.addEventListener("review", (event) => {
    const wasListed = !panel.hidden;
    asked = event.detail;
    const { wrong, empty } = draw();
    if (!asked.isSent) return;
    if (wrong.length) { event.preventDefault(); asked.go(wrong[0], 0); return; }
    if (empty.length && !wasListed && !asked.isPartial) { event.preventDefault(); form.querySelector("[data-end]").focus(); }
  });
})();
