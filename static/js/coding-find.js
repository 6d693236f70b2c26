/* A theme found by typing a part of its name, and ticked by Enter. */
"use strict";
window.codingFind = (root, { none, onTick }) => {
  const most = 7;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const plan = [...document.querySelectorAll("#plan option")].map((one) => ({ id: one.dataset.id, label: one.value, text: plain(one.value) }));

  const found = (typed) => {
    const words = plain(typed).split(/\s+/).filter(Boolean);
    return words.length ? plan.filter(({ text }) => words.every((word) => text.includes(word))).slice(0, most) : [];
  };

  const draw = (input, list, rank) => {
    const themes = found(input.value);
    list.hidden = !input.value.trim();
    list.replaceChildren(...(themes.length ? themes : [{ label: none }]).map((theme, place) => {
      const line = Object.assign(document.createElement("li"), { textContent: theme.label, id: `trouve-${place}` });
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", String(Boolean(theme.id) && place === rank));
      if (theme.id) line.addEventListener("mousedown", (event) => { event.preventDefault(); take(input, list, theme); });
      return line;
    }));
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (themes.length) input.setAttribute("aria-activedescendant", `trouve-${rank}`);
    else input.removeAttribute("aria-activedescendant");
    return themes;
  };

  const close = (input, list) => { input.value = ""; input.removeAttribute("aria-invalid"); list.hidden = true; input.setAttribute("aria-expanded", "false"); };

  const take = (input, list, theme) => {
    close(input, list);
    onTick(theme);
  };

  return (card) => {
    const input = card.querySelector("#autre"), list = card.querySelector(".coding__found");
    let rank = 0;
    input.removeAttribute("list");
    list.id = "trouves";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", card.querySelector("label[for=autre]").firstChild.textContent.trim());
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "trouves", "aria-expanded": "false" })) input.setAttribute(name, value);
    input.addEventListener("input", () => { rank = 0; draw(input, list, rank); });
    input.addEventListener("blur", () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); });
    input.addEventListener("keydown", (event) => {
      const themes = found(input.value);
      if (event.key === "Escape") { close(input, list); card.focus(); }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        rank = (rank + (event.key === "ArrowDown" ? 1 : -1) + themes.length) % Math.max(themes.length, 1);
        draw(input, list, rank);
      } else if (event.key === "Enter" && input.value.trim()) {
        if (themes[rank]) take(input, list, themes[rank]);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  };
};
