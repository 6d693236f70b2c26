/* The study desk: an analysis seen to advance, a theme found by typing. Both pages work without this script. */
"use strict";
(() => {
  const everyMs = 1000;

  const follow = (part) => {
    const said = part.querySelector(".progress__said");
    const bar = part.querySelector(".progress rect");
    const title = document.title;
    const show = ({ progress, message }) => {
      said.firstElementChild.textContent = message;
      said.lastElementChild.textContent = `${progress}\u202f%`;
      bar.setAttribute("width", `${progress}%`);
      document.title = `${progress}\u202f% – ${title}`;
    };
    const ask = async () => {
      try {
        const answer = await fetch(part.dataset.run, { headers: { Accept: "application/json" }, credentials: "same-origin" });
        const state = answer.ok ? await answer.json() : null;
        if (!state) return location.reload();
        show(state);
      } catch { /* the network is away: ask again later */ }
      return setTimeout(ask, everyMs);
    };
    setTimeout(ask, everyMs);
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const find = (input) => {
    const picks = [...document.querySelectorAll(".pick")].map((pick) => ({ pick, text: plain(pick.textContent), box: pick.querySelector("input") }));
    const found = document.querySelector("[data-found]");
    input.addEventListener("input", () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      picks.forEach(({ pick, text, box }) => { pick.hidden = !box.checked && !words.every((word) => text.includes(word)); });
      const left = picks.filter(({ pick }) => !pick.hidden).length;
      found.textContent = words.length ? `${left} ${found.dataset.found}` : "";
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = picks.find(({ pick, box }) => !pick.hidden && !box.checked);
      if (first && input.value) first.box.focus();
    });
    document.querySelectorAll("[data-script]").forEach((part) => { part.hidden = false; });
  };

  document.querySelectorAll("[data-run]").forEach(follow);
  document.querySelectorAll("[data-find]").forEach(find);
})();
