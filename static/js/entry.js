/* Keying answers in: one line of digits a question, Enter goes on, nothing typed is lost. Every page works without this file. */
"use strict";
(() => {
  const sent = document.querySelector("[data-sent]");
  const form = document.querySelector("form[data-entry]");
  const store = window.localStorage;
  const PREFIX = "consult:entry:";
  const LONGEST = 12 * 3600 * 1000;

  /* --- what the device keeps of a form under way: erased once sent, once another person's, or after half a day --- */
  const read = (key) => { try { return JSON.parse(store.getItem(PREFIX + key)); } catch { return null; } };
  const forget = (key) => store.removeItem(PREFIX + key);
  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  for (const key of keys()) {
    const kept = read(key);
    const isSent = sent && key === sent.dataset.draft && kept && kept.ticket === sent.dataset.sent;
    const isOthers = form && form.dataset.family && key.startsWith(form.dataset.family) && key !== form.dataset.draft;
    if (key !== "mode" && (isSent || isOthers || !kept || Date.now() - kept.at > LONGEST)) forget(key);
  }
  if (!form) return;

  const words = document.getElementById("mots").dataset;
  const asked = [...form.querySelectorAll(".asked")];
  const where = document.querySelector("[data-where]");
  const end = form.querySelector("[data-end]");
  const tools = document.querySelector("[data-tools]");
  const fields = () => [...form.elements].filter((field) => field.name && !["csrf_token", "ticket", "appel"].includes(field.name) && field.type !== "submit");
  const valuesOf = () => fields().filter((field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value)).map((field) => [field.name, field.value]);
  let isLeaving = false;

  const save = () => {
    if (isLeaving || !form.dataset.draft) return;
    const held = { ticket: form.dataset.ticket, signed: form.elements.ticket.value, values: valuesOf(), at: Date.now() };
    try { store.setItem(PREFIX + form.dataset.draft, JSON.stringify(held)); } catch { /* a full device keeps the page itself */ }
  };
  const put = (values) => {
    const given = new Set(values.map(([name, value]) => `${name}\n${value}`));
    const texts = new Map(values);
    for (const field of fields()) {
      if (/radio|checkbox/.test(field.type)) field.checked = given.has(`${field.name}\n${field.value}`);
      else if (texts.has(field.name)) field.value = texts.get(field.name);
    }
  };
  const restore = () => {
    const held = form.dataset.draft && !("filled" in form.dataset) ? read(form.dataset.draft) : null;
    if (!held || !held.values.some(([name]) => name.startsWith("q-"))) return;
    put(held.values);
    form.dataset.ticket = held.ticket;
    form.elements.ticket.value = held.signed;
    document.querySelector("[data-restored]").hidden = false;
  };
  for (const button of document.querySelectorAll("[data-forget]")) {
    button.addEventListener("click", () => { isLeaving = true; forget(form.dataset.draft); if (button.tagName === "BUTTON") location.reload(); });
  }

  /* --- one line of digits for each question answered by choosing --- */
  const partOf = (one) => one.closest(".part");
  const isPut = (one) => !one.hidden && !one.querySelector(":scope > .question[hidden]") && !partOf(one).hidden && !one.closest("[data-hidden]");
  const radios = (one) => [...one.querySelectorAll(".choice:not(.choice--apart) input")];
  const apart = (one, status) => one.querySelector(`.choice--apart input[value$="${status}"]`);
  const rowsOf = (one) => [...one.querySelectorAll(".grid__row")].map((row) => [...row.querySelectorAll("input")]);
  const selects = (one) => [...one.querySelectorAll("select")];
  const most = (one) => {
    if (one.dataset.widget === "grid") return rowsOf(one)[0].length;
    if (one.dataset.widget === "ranking") return selects(one)[0].options.length - 1;
    return radios(one).length;
  };
  const CHOSEN = { radios: "one", scale: "one", checkboxes: "several", grid: "grid", ranking: "ranking" };
  const say = (one, text) => {
    const place = one.querySelector(".keyed__said");
    if (place) place.textContent = text;
  };
  /* A code that is not understood is kept as typed, and the form is not sent with it. */
  const mark = (one, wrong) => {
    const code = one.querySelector(".keyed__code");
    if (wrong) code.dataset.wrong = code.value.trim(); else delete code.dataset.wrong;
    code.setAttribute("aria-invalid", String(Boolean(wrong)));
  };
  const numbersIn = (one, text, kind) => (/[\s,;.]/.test(text) || most(one) > 9 || kind === "one" ? text.split(/[\s,;.]+/) : text.split("")).filter(Boolean);
  const changed = (input) => input.dispatchEvent(new Event("change", { bubbles: true }));
  const setStatus = (one, status) => {
    const box = apart(one, status);
    if (!box) return false;
    for (const input of one.querySelectorAll("input:checked")) if (!input.name.startsWith("notation-")) input.checked = false;
    for (const field of one.querySelectorAll("select, textarea, .question input[type=text]:not(.keyed__code)")) field.value = "";
    box.checked = true;
    changed(box);
    return true;
  };
  const clearStatus = (one) => { for (const box of one.querySelectorAll(".choice--apart input:checked")) box.checked = false; };

  /* What a typed code gives: whether it is whole, and what is wrong with it. */
  const apply = (one, text) => {
    const kind = CHOSEN[one.dataset.widget];
    const known = most(one);
    if (kind === "grid") return applyGrid(one, text, known);
    const typedNumbers = numbersIn(one, text, kind);
    const numbers = typedNumbers.map(Number);
    const wrong = typedNumbers.find((number) => !/^\d+$/.test(number) || Number(number) < 1 || Number(number) > known);
    if (wrong !== undefined) return { wrong: words.unknown.replace("#", wrong).replace("@", known) };
    clearStatus(one);
    if (kind === "ranking") {
      selects(one).forEach((select, rank) => { select.selectedIndex = numbers[rank] || 0; });
      if (selects(one)[0]) changed(selects(one)[0]);
      return { whole: numbers.length === selects(one).length };
    }
    const inputs = radios(one);
    const chosen = kind === "one" ? numbers.slice(-1) : numbers;
    inputs.forEach((input, rank) => { input.checked = chosen.includes(rank + 1); });
    if (inputs[0]) changed(inputs[Math.max(0, (chosen[0] || 1) - 1)]);
    /* « 1 » may still become 10, 11 or 12. */
    return { whole: kind === "one" && numbers.length === 1 && numbers[0] * 10 > known };
  };
  const applyGrid = (one, text, known) => {
    const digits = text.replace(/[^0-9-]/g, "").replace(/-/g, "0").split("").map(Number);
    const rows = rowsOf(one);
    if (digits.length > rows.length) return { wrong: words.long.replace("#", digits.length).replace("@", rows.length) };
    const wrong = digits.find((digit) => digit > known);
    if (wrong !== undefined) return { wrong: words.unknown.replace("#", wrong).replace("@", known) };
    clearStatus(one);
    rows.forEach((inputs, rank) => inputs.forEach((input, place) => { input.checked = digits[rank] === place + 1; }));
    if (rows[0]) changed(rows[0][0]);
    return { whole: digits.length === rows.length };
  };
  const codeOf = (one) => {
    const status = one.querySelector(".choice--apart input:checked");
    if (status) return status.value.endsWith("refused") ? "R" : "S";
    const ranks = (inputs) => inputs.map((input, rank) => (input.checked ? rank + 1 : 0)).filter(Boolean);
    if (one.dataset.widget === "grid") return rowsOf(one).map((inputs) => ranks(inputs)[0] || 0).join("").replace(/0+$/, "");
    if (one.dataset.widget === "ranking") return selects(one).map((select) => select.selectedIndex).filter((rank) => rank > 0).join(" ");
    return ranks(radios(one)).join(" ");
  };
  const addCode = (one) => {
    const kind = CHOSEN[one.dataset.widget];
    if (!kind || !most(one)) return;
    const number = one.querySelector(".asked__number");
    const line = document.createElement("p");
    const code = document.createElement("input");
    const rule = document.createElement("span");
    const said = document.createElement("span");
    line.className = "keyed";
    code.className = "input keyed__code";
    code.type = "text";
    code.autocomplete = "off";
    code.inputMode = kind === "one" ? "numeric" : "text";
    code.setAttribute("aria-label", number ? words.code.replace("#", number.textContent) : words.codePlain);
    rule.className = "keyed__rule";
    rule.textContent = words[kind];
    said.className = "keyed__said";
    said.setAttribute("role", "alert");
    line.append(code, rule, said);
    code.value = codeOf(one);
    one.querySelector(".choices, .grid__row, .ranks").before(line);
    code.addEventListener("input", () => typed(one, code));
    one.addEventListener("change", (event) => {
      if (event.target !== code && document.activeElement !== code) { code.value = codeOf(one); say(one, ""); mark(one, ""); }
    });
  };
  const typed = (one, code) => {
    const text = code.value.trim();
    const letter = text.slice(-1).toLowerCase();
    const status = letter === "s" || text === "98" ? "dont_know" : letter === "r" || text === "99" ? "refused" : "";
    say(one, "");
    mark(one, "");
    if (status) {
      if (!setStatus(one, status)) { code.value = codeOf(one); say(one, words.notOffered); return; }
      code.value = codeOf(one);
      goByItself(one);
      return;
    }
    const result = apply(one, text);
    if (result.wrong) {
      /* 9 may be the beginning of 98 or 99. */
      if (text !== "9") say(one, result.wrong);
      mark(one, result.wrong);
    } else if (result.whole) goByItself(one);
    save();
  };
  /* Whoever types a digit often adds Enter: it confirms, and does not jump over the question just met. */
  let isArmed = false;
  const noted = document.createElement("p");
  noted.className = "entry__noted";
  noted.setAttribute("role", "status");
  const goByItself = (one) => { finish(one); isArmed = true; };
  const confirmed = () => {
    const one = document.activeElement.closest(".asked");
    if (one) one.append(noted); else end.parentElement.before(noted);
    noted.textContent = one ? words.noted : words.notedEnd;
  };
  form.addEventListener("keydown", (event) => {
    noted.textContent = "";
    if (event.key === "Enter" && isArmed) { event.preventDefault(); event.stopPropagation(); confirmed(); }
    isArmed = false;
  }, true);
  form.addEventListener("pointerdown", () => { isArmed = false; });
  /* The precision of « Autre » is asked for before going on. */
  const finish = (one) => {
    const box = one.querySelector(".other .choice input:checked");
    const precision = box && one.querySelector(".other__text .input");
    if (precision && !precision.value && document.activeElement !== precision) { precision.focus(); return; }
    go(one, 1);
  };

  /* --- from one question to the next --- */
  const targetOf = (one) => {
    if (one.dataset.widget === "note") { one.tabIndex = -1; return one; }
    return one.querySelector(".keyed__code") || one.querySelector("textarea, .question input:not([type=hidden]), select");
  };
  /* What is only read aloud is met one question at a time; on a whole page, the keys pass it. */
  const inOrder = () => asked.filter((one) => isPut(one) && (mode === "one" || one.dataset.widget !== "note"));
  const numbered = () => inOrder().filter((one) => one.dataset.widget !== "note");
  let current = null;
  let mode = (read("mode") || {})[form.dataset.entry] || form.dataset.entry;

  const show = (one) => {
    current = one;
    for (const other of asked) other.classList.toggle("asked--away", mode === "one" && other !== one);
    for (const part of form.querySelectorAll(".part")) part.classList.toggle("part--away", mode === "one" && !part.contains(one));
    const isLast = inOrder().at(-1) === one;
    form.querySelector("[data-previous]").hidden = mode !== "one" || inOrder()[0] === one;
    form.querySelector("[data-next]").hidden = mode !== "one" || isLast;
    end.hidden = mode === "one" && !isLast;
    const list = numbered();
    where.textContent = one.dataset.widget === "note" ? words.note : words.where.replace("#", list.indexOf(one) + 1).replace("@", list.length);
  };
  const go = (one, step) => {
    const list = inOrder();
    const next = list[list.indexOf(one) + step];
    if (!next) { if (step > 0) { show(one); review(false); end.focus(); } return; }
    show(next);
    const target = targetOf(next);
    if (target) { target.focus(); if (target.select && target.type === "text") target.select(); }
  };
  /* What is left to answer is listed before saving; false where the form must not leave yet. */
  const review = (isSent, isPartial = false) => form.dispatchEvent(new CustomEvent("review", { cancelable: true, detail: { questions: numbered, go, isSent, isPartial } }));
  form.addEventListener("submit", (event) => {
    if (!review(true, Boolean(event.submitter && event.submitter.name === "fin"))) event.preventDefault();
  });
  const toggleNotation = (one) => {
    const other = one.querySelector(".notation input:not(:checked)");
    if (other) { other.checked = true; changed(other); }
  };

  form.addEventListener("keydown", (event) => {
    const one = event.target.closest(".asked");
    if (!one || event.isComposing || event.ctrlKey || event.metaKey) return;
    const isText = event.target.matches("textarea, input[type=text]:not(.keyed__code)");
    const key = event.key.toLowerCase();
    const step = () => { event.preventDefault(); };
    if (event.altKey) {
      if (key === "m") { step(); toggleNotation(one); }
      else if (key === "s" || key === "r") { step(); if (setStatus(one, key === "s" ? "dont_know" : "refused")) goByItself(one); else say(one, words.notOffered); }
      else if (key === "arrowup" || key === "arrowdown") { step(); go(one, key === "arrowup" ? -1 : 1); }
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.target.matches("button, a, summary, select")) {
      step();
      const code = event.target.matches(".keyed__code") && event.target.value.trim();
      if (code && !/^[sr]$/i.test(code) && apply(one, code).wrong) { say(one, apply(one, code).wrong); mark(one, "wrong"); return; }
      if (event.target.matches(".keyed__code")) finish(one); else go(one, 1);
    } else if (event.key === "ArrowUp" && event.target.matches(".keyed__code, input[type=text], .asked")) { step(); go(one, -1); }
    else if (event.key === "ArrowDown" && event.target.matches(".keyed__code, .asked")) { step(); go(one, 1); }
    else if (isText && key === "escape") { step(); go(one, -1); }
  });
  form.addEventListener("focusin", (event) => {
    const one = event.target.closest(".asked");
    if (one && mode === "all") show(one);
  });
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  /* An answer may open the questions that follow, or close them. */
  form.addEventListener("change", () => { if (current) show(current); });
  form.querySelector("[data-previous]").addEventListener("click", () => go(current, -1));
  form.querySelector("[data-next]").addEventListener("click", () => go(current, 1));
  end.addEventListener("keydown", (event) => {
    if (event.key === "ArrowUp") { event.preventDefault(); go(inOrder().at(-1), 0); }
  });

  const setMode = (chosen) => {
    mode = chosen;
    for (const button of tools.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === chosen));
    const wrong = asked.find((one) => one.querySelector(".field__error"));
    show(inOrder().includes(current) ? current : wrong || inOrder()[0]);
  };
  for (const button of tools.querySelectorAll("[data-mode]")) {
    button.addEventListener("click", () => {
      store.setItem(`${PREFIX}mode`, JSON.stringify({ ...(read("mode") || {}), [form.dataset.entry]: button.dataset.mode, at: Date.now() }));
      setMode(button.dataset.mode);
      go(current, 0);
    });
  }

  restore();
  form.dispatchEvent(new Event("rules"));
  asked.forEach(addCode);
  tools.hidden = false;
  setMode(mode);
  const trouble = document.querySelector("#pourquoi, #erreurs");
  const target = targetOf(current);
  if (target && !trouble) target.focus();
})();
