/* A device left for many people: one part of the questions a screen, and nothing left of the person before. */
"use strict";
(() => {
  const form = document.querySelector("form[data-kiosk-form]");
  const start = () => (form ? form.dataset.start : document.querySelector("[data-leave]")?.getAttribute("href"));
  /* The address takes the place of the page in the history: Back finds nothing. */
  const leave = () => { const address = start(); if (address) location.replace(address); };
  const onLeave = (event) => {
    const link = event.target.closest("[data-leave], [data-go]");
    if (!link) return;
    event.preventDefault();
    location.replace(link.href);
  };
  document.addEventListener("click", onLeave);
  /* A page that the browser kept whole would show what the person before wrote. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  let ticking = 0;
  const countDown = (place, sentence, seconds, then) => {
    clearInterval(ticking);
    let left = seconds;
    const say = () => { place.textContent = sentence.replace("#", left); };
    say();
    ticking = setInterval(() => { left -= 1; if (left <= 0) { clearInterval(ticking); then(); } else say(); }, 1000);
  };
  const thank = () => {
    const place = document.querySelector("[data-countdown]");
    const receipt = document.querySelector("[data-thanks]");
    if (place) countDown(place, place.dataset.countdown, receipt ? Number(receipt.dataset.thanks) : 15, leave);
  };
  if (!form) { thank(); return; }

  const words = document.getElementById("mots").dataset;
  const where = document.querySelector("[data-where]");
  const box = document.querySelector("[data-idle-box]");
  const [back, next, end] = ["previous", "next", "end"].map((name) => form.querySelector(`[data-${name}]`));
  const parts = () => [...form.querySelectorAll("[data-part]")].filter((part) => !part.hidden);
  let at = 0;

  form.reset();
  const show = (number, move = true) => {
    const list = parts();
    at = Math.min(Math.max(0, number), list.length - 1);
    for (const part of form.querySelectorAll("[data-part]")) part.classList.toggle("part--away", part !== list[at]);
    back.hidden = at === 0;
    next.hidden = at === list.length - 1;
    end.hidden = at !== list.length - 1;
    where.hidden = false;
    where.textContent = words.where.replace("#", at + 1).replace("@", list.length);
    if (move) { window.scrollTo(0, 0); list[at].tabIndex = -1; list[at].focus({ preventScroll: true }); }
  };
  const firstWrong = () => parts().findIndex((part) => part.querySelector(".field__error"));
  next.addEventListener("click", () => show(at + 1));
  back.addEventListener("click", () => show(at - 1));
  show(Math.max(0, firstWrong()), false);
  /* An answer may open the parts that follow, or close them. */
  form.addEventListener("change", () => show(at, false));

  /* --- somebody went away: ask, then clear --- */
  let idle = 0;
  let asking = false;
  const wait = () => { clearTimeout(idle); if (!asking) idle = setTimeout(ask, Number(form.dataset.idle) * 1000); };
  const sentence = document.getElementById("encore-texte").textContent;
  const ask = () => {
    asking = true;
    box.hidden = false;
    box.querySelector("[data-stay]").focus();
    countDown(document.getElementById("encore-texte"), sentence, Number(form.dataset.lastCall), leave);
  };
  const stay = () => { asking = false; clearInterval(ticking); box.hidden = true; wait(); };
  box.querySelector("[data-stay]").addEventListener("click", stay);
  for (const name of ["pointerdown", "keydown", "input", "scroll"]) window.addEventListener(name, wait, { passive: true });
  wait();

  /* --- sent by the script, so that no page of answers stays in the history --- */
  const replaceMain = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    const heading = document.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    end.disabled = true;
    clearTimeout(idle);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Consult-Kiosk": "1" }, credentials: "same-origin" });
      const text = await answer.text();
      if (!answer.ok) { refuse(text); return; }
      replaceMain(text);
      thank();
    } catch { fail(words.offline); }
  });
  /* Whatever the site says, the answers stay on the screen. */
  const refuse = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (page.querySelector("[data-kiosk-form]")) retry(page);
    else fail(page.querySelector("[data-kiosk-ended]")?.textContent ?? words.refused);
  };
  /* The faults are shown where the answers are, which stay as they were typed. */
  const retry = (page) => {
    form.elements.ticket.value = page.querySelector("[data-kiosk-form] [name=ticket]").value;
    for (const asked of form.querySelectorAll(".asked")) {
      const judged = page.querySelector(`.asked[data-asked="${CSS.escape(asked.dataset.asked)}"]`);
      if (judged) asked.replaceWith(document.adoptNode(judged));
    }
    const summary = page.querySelector("#erreurs, #pourquoi");
    document.querySelector("#erreurs, #pourquoi")?.remove();
    if (summary) form.before(document.adoptNode(summary));
    end.disabled = false;
    show(Math.max(0, firstWrong()), false);
    document.querySelector("#erreurs, #pourquoi")?.focus();
    wait();
  };
  const fail = (why) => {
    end.disabled = false;
    document.getElementById("pourquoi")?.remove();
    const note = document.createElement("div");
    note.className = "note note--error";
    note.id = "pourquoi";
    note.setAttribute("role", "alert");
    note.textContent = why;
    form.before(note);
    note.scrollIntoView({ block: "center" });
    wait();
  };
})();
