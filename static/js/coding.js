/* Reading codings by the keyboard: the next idea is there before its key, what is decided is sent behind.
   Without this script the page is a plain form. */
"use strict";
(() => {
  const root = document.querySelector("[data-coding]");
  const holder = root?.querySelector("[data-card]");
  if (!holder?.querySelector(".coding__card")) return;
  const few = 4, awayMs = 3000;
  const words = root.dataset;
  const said = root.querySelector("[data-said]"), position = root.querySelector("[data-position]");
  const letters = root.querySelector("[data-letters]"), lettersKey = "consult-relecture-lettres";
  const past = [], ahead = [];
  let current = holder.firstElementChild, last = words.next && current.dataset.place, at = Number(words.at), whole = !words.next, loading = null, note = "", network = "";

  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const speak = () => { said.textContent = [network, note].filter(Boolean).join(" "); said.classList.toggle("coding__at--care", Boolean(network)); };
  const tell = (text) => { note = text; speak(); };
  const form = () => current?.querySelector("form");
  const token = form().elements.csrf_token.value;
  const newAct = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const outbox = window.codingOutbox({
    key: `consult-relecture-${words.who}-${words.undo}`,
    token,
    onState: (state, count) => {
      const many = (text) => text.replace("{n}", count);
      network = state === "sent" ? "" : state === "signed-out" ? many(words.signedOut) : count === 1 ? words.waitingOne : many(words.waitingMany);
      speak();
      if (state === "sent") more();
    },
    onAnswer: (item, status, answer) => {
      if (status >= 400) tell(answer.error ?? "");
      else if (item.decides && answer.done < item.decides) tell(words.taken);
    },
  });

  /* --- the cards: those seen, the one shown, those to come ------------------------------------------------ */
  const ready = (card) => {
    find(card);
    card.querySelectorAll("[data-skip]").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); skip(); }));
    card.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); decide(event.submitter?.value ?? "coded"); });
  };

  const show = (card) => {
    current = card;
    holder.replaceChildren(card ?? root.querySelector("[data-over]").content.cloneNode(true));
    if (position) position.textContent = number(at);
    card?.focus({ preventScroll: true });
    if (holder.getBoundingClientRect().top < 0) root.scrollIntoView();
    more();
  };

  const fetchMore = async () => {
    const answer = await fetch(`${words.next}${words.next.includes("?") ? "&" : "?"}apres=${encodeURIComponent(last)}`, { headers: { Accept: "application/json" }, credentials: "same-origin", signal: AbortSignal.timeout(20000) });
    if (!answer.ok) throw new Error(answer.statusText);
    const { cards } = await answer.json();
    const made = cards.map((html) => new DOMParser().parseFromString(html, "text/html").querySelector(".coding__card"));
    whole = made.length === 0;
    made.forEach((card) => { document.adoptNode(card); ready(card); ahead.push(card); last = card.dataset.place; });
  };

  const more = () => {
    if (whole || loading || ahead.length >= few) return loading;
    const away = () => new Promise((again) => { setTimeout(again, awayMs); });
    loading = fetchMore().catch(away).finally(() => {
      loading = null;
      if (current === undefined) advance();
      else more();
    });
    return loading;
  };

  const advance = () => {
    if (ahead.length || whole) { tell(note === words.loading ? "" : note); return show(ahead.shift() ?? null); }
    current = undefined; // shown as soon as it comes
    tell(words.loading);
    return more();
  };

  /* --- what a key does ---------------------------------------------------------------------------------------- */
  const refuse = (text) => {
    const place = current.querySelector(".coding__refused");
    place.replaceChildren(...(text ? [Object.assign(document.createElement("p"), { className: "field__error", textContent: text })] : []));
  };

  const ticked = () => [...form().querySelectorAll("[name=themes]:checked")].map((box) => box.value);

  const decide = (outcome) => {
    const themes = outcome === "coded" ? ticked() : [];
    if (outcome === "coded" && !themes.length) return refuse(words.tick);
    refuse("");
    const { ideas, etat } = form().elements, again = current.dataset.decided, count = Number(current.dataset.count);
    const act = newAct();
    const fields = [["ideas", ideas.value], ["outcome", outcome], ["act", act], ...themes.map((theme) => ["themes", theme]), ...(etat ? [["etat", etat.value]] : [])];
    note = "";
    outbox.send({ url: form().getAttribute("action"), fields, act, decides: count });
    if (!again && words.counting === "oui") at += count;
    past.push({ card: current, act, counted: !again });
    current.dataset.decided = act;
    return advance();
  };

  const skip = () => { past.push({ card: current }); note = ""; return advance(); };

  const back = () => {
    if (!past.length) return;
    if (current) ahead.unshift(current);
    note = "";
    show(past.pop().card);
  };

  const undo = () => {
    const place = past.findLastIndex(({ act }) => act);
    if (place < 0) return tell(words.nothing);
    const { card, act, counted } = past[place];
    if (!outbox.drop(act)) outbox.send({ url: words.undo, fields: [["act", act]], act: `u${act}` });
    const between = past.splice(place).slice(1).map((one) => one.card);
    if (current) between.push(current);
    ahead.unshift(...between);
    delete card.dataset.decided;
    if (counted && words.counting === "oui") at -= Number(card.dataset.count);
    show(card);
    return tell(words.undone);
  };

  const tick = (rank) => {
    const box = current.querySelectorAll("[name=themes]")[rank];
    if (box) { box.checked = !box.checked; refuse(""); }
  };

  const addTheme = ({ id, label }) => {
    let box = [...current.querySelectorAll("[name=themes]")].find((one) => one.value === id);
    if (!box) {
      const make = (name, properties, ...inside) => { const part = Object.assign(document.createElement(name), properties); part.append(...inside); return part; };
      const [, above, name] = /^(?:(.*) › )?(.*)$/.exec(label);
      box = make("input", { type: "checkbox", name: "themes", value: id });
      const key = make("kbd", { ariaHidden: "true" }), said = make("span", {}, name, ...(above ? [" ", make("small", { className: "quiet" }, above)] : []));
      current.querySelector(".coding__themes ol").append(make("li", {}, make("label", { className: "pick" }, key, box, said)));
    }
    box.checked = true;
    refuse("");
    current.focus({ preventScroll: true });
  };

  const find = window.codingFind(root, { none: words.none, onTick: addTheme });

  const byLetter = { s: () => decide("no_opinion"), c: () => decide("unclassified"), p: skip };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code), letter = letters?.checked !== false;
    const act = event.key === "?" ? () => { const keys = root.querySelector(".coding__keys"); keys.open = !keys.open; }
      : event.key === "ArrowLeft" ? back
      : event.key === "u" && letter ? undo
      : !current || event.repeat ? null
      : event.key === "ArrowRight" ? skip
      : event.key === "Enter" && !event.target.closest("a, button, summary") ? () => decide("coded")
      : event.key === "/" && letter ? () => current.querySelector("#autre").focus()
      : digit && letter ? () => tick(Number(digit[1]) - 1)
      : letter ? byLetter[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });

  if (letters) {
    letters.checked = localStorage.getItem(lettersKey) !== "non";
    letters.addEventListener("change", () => localStorage.setItem(lettersKey, letters.checked ? "oui" : "non"));
  }
  root.querySelectorAll("[data-script]").forEach((part) => { part.hidden = false; });
  ready(current);
  if (root.contains(document.activeElement) || document.activeElement === document.body) current.focus({ preventScroll: true });
  more();
})();
