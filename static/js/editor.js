/* The questionnaire editor: each form is saved when a field is left, and the plan and the preview follow.
   Without this script the same forms have a button, and every button inside them is a plain submission. */
"use strict";
(() => {
  const pauseMs = 900;
  const json = { Accept: "application/json" };

  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  const swap = (found, selector) => {
    const here = document.querySelector(selector);
    const next = found.querySelector(selector);
    if (!here || !next) return;
    const seen = here.scrollTop;
    here.replaceWith(document.adoptNode(next));
    next.scrollTop = seen;
  };

  const refresh = async () => {
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const found = await read(answer);
    // What is being used stays as it is: it is drawn anew at the next saving.
    const free = (part) => !document.querySelector(part)?.contains(document.activeElement);
    for (const part of ["[data-preview]", "[data-plan]", ".desk__tools"].filter(free)) swap(found, part);
  };

  const say = (form, words, wrong = false) => {
    const place = form.querySelector("[data-said]");
    place.textContent = words;
    place.classList.toggle("desk__said--wrong", wrong);
  };

  const showErrors = (form, errors) => {
    for (const place of form.querySelectorAll("[data-error-of]")) {
      place.textContent = (errors[place.dataset.errorOf] || []).join(" ");
      place.hidden = !place.textContent;
    }
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    for (const old of form.querySelectorAll("[data-added]")) old.remove();
    for (const [name, messages] of Object.entries(errors)) {
      const field = form.elements[name];
      if (!(field instanceof HTMLElement) || field.type === "hidden" || !messages.length) continue;
      field.setAttribute("aria-invalid", "true");
      const said = document.createElement("p");
      said.className = "field__error";
      said.dataset.added = "";
      said.id = `${field.id}-erreur`;
      said.textContent = messages.join(" ");
      field.before(said);
      field.setAttribute("aria-describedby", said.id);
    }
  };

  const keepCodes = (form, codes) => {
    for (const [list, given] of Object.entries(codes || {})) {
      for (const line of form.querySelectorAll(`[data-lines="${list}"] [data-line]`)) {
        const code = given[line.querySelector(`[name="${list}-key"]`).value];
        if (code) line.querySelector(`[name="${list}-code"]`).value = code;
      }
    }
  };

  /* --- saving ------------------------------------------------------------------------------- */
  const savers = [];

  const autosave = (form) => {
    const words = document.getElementById("editor-words").dataset;
    let queue = Promise.resolve(true);
    let timer = 0;
    let version = 0;
    let saved = 0;
    let failed = 0;

    const isWaiting = () => [...form.querySelectorAll("select.if__subject, .if__value")].some((field) => !field.value.trim());

    const receive = async (answer, sent) => {
      const told = await answer.json();
      if (answer.ok) {
        if (told.seen) form.elements.seen.value = told.seen;
        keepCodes(form, told.codes);
        showErrors(form, {});
        say(form, told.said);
        saved = sent;
        await refresh();
        return true;
      }
      showErrors(form, told.errors || {});
      const conflict = form.querySelector("[data-conflict]");
      if (told.conflict && conflict) {
        conflict.querySelector("[data-conflict-words]").textContent = told.conflict;
        conflict.hidden = false;
      }
      say(form, words.wrong, true);
      failed = sent;
      return false;
    };

    /* True once nothing is left to save. */
    const send = async () => {
      clearTimeout(timer);
      if (version === saved) return true;
      const sent = version;
      if (isWaiting()) {
        say(form, words.waiting, true);
        failed = sent;
        return false;
      }
      try {
        const body = new URLSearchParams(new FormData(form));
        return await receive(await fetch(form.action, { method: "POST", body, headers: json, credentials: "same-origin", keepalive: true }), sent);
      } catch {
        say(form, words.away, true);
        failed = sent;
        return false;
      }
    };
    const save = () => { queue = queue.then(send); return queue; };
    const touch = () => { version += 1; };

    form.addEventListener("change", (event) => {
      if (event.target.closest("[data-condition]") && event.target.tagName === "SELECT" && event.target.id !== "if-joint") return;
      touch();
      save();
    });
    form.addEventListener("input", (event) => {
      touch();
      say(form, "");
      clearTimeout(timer);
      if (event.target.matches("textarea:not([name$=-paste])") && !event.target.closest("[data-condition]")) timer = setTimeout(save, pauseMs);
    });
    form.addEventListener("submit", () => { saved = version; });
    addEventListener("beforeunload", (event) => { if (version !== saved) event.preventDefault(); });
    const saver = { form, touch, save, isWaiting, isDirty: () => version !== saved, hasFailed: () => failed === version };
    savers.push(saver);
    return saver;
  };

  /* Going elsewhere waits for what was typed; what cannot be saved keeps the person here, once. */
  const settle = async (goOn) => {
    const dirty = savers.filter((saver) => saver.isDirty());
    for (const saver of dirty) {
      if (!await saver.save()) {
        saver.form.querySelector("[aria-invalid]")?.focus();
        return;
      }
    }
    goOn();
  };
  const holds = () => savers.some((saver) => saver.isDirty() && !saver.hasFailed());

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || link.hasAttribute("download") || !holds()) return;
    event.preventDefault();
    settle(() => { location.assign(link.href); });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (savers.some((saver) => saver.form === form) || !holds()) return;
    event.preventDefault();
    const { submitter } = event;
    settle(() => { form.isConnected ? form.requestSubmit(submitter) : document.querySelector(`form[action="${form.getAttribute("action")}"]`)?.requestSubmit(); });
  });

  /* --- lines of options ------------------------------------------------------------------------ */
  const newKey = () => `j${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(36)).join("")}`;

  const listOf = (set, saver) => {
    const name = set.dataset.lines;
    const list = set.querySelector(".opts__list");
    const grows = "grows" in set.dataset;
    const lines = () => [...list.querySelectorAll("[data-line]")];
    const text = (line) => line.querySelector(`[name="${name}-label"]`);
    const last = lines().at(-1);
    if (!last) return;
    const prototype = last.cloneNode(true);

    const blank = () => {
      const line = prototype.cloneNode(true);
      const key = newKey();
      line.querySelector(`[name="${name}-key"]`).value = key;
      line.querySelector(`[name="${name}-code"]`).value = "";
      text(line).value = "";
      text(line).id = `${name}-${key}`;
      line.querySelector("label").htmlFor = text(line).id;
      for (const box of line.querySelectorAll(".opt__flag input")) { box.checked = false; box.value = key; }
      for (const button of line.querySelectorAll("[name=do]")) button.value = button.value.replace(/:.*$/, `:${key}`);
      return line;
    };

    const rename = () => lines().forEach((line, rank) => {
      const named = `${set.dataset.one} ${rank + 1}`;
      line.querySelector("label").textContent = named;
      for (const button of line.querySelectorAll("[data-words]")) button.querySelector(".visually-hidden").textContent = `${button.dataset.words} ${text(line).value || named}`;
    });

    /* One empty line, the last; the one being written in is left alone. */
    const tidy = () => {
      const here = document.activeElement?.closest("[data-line]");
      const spare = grows ? lines().filter((line) => !text(line).value && !line.querySelector(`[name="${name}-code"]`).value) : [];
      for (const line of spare.slice(1)) if (line !== here) line.remove();
      if (grows && (!spare.length || (spare[0] === here && lines().at(-1) !== here))) list.append(blank());
      else if (spare.length && spare[0] !== lines().at(-1)) list.append(spare[0]);
      rename();
    };

    const act = (line, way) => {
      const rows = lines();
      const rank = rows.indexOf(line);
      if (way === "up" && rank > 0) rows[rank - 1].before(line);
      if (way === "down" && rows[rank + 1]) rows[rank + 1].after(line);
      const button = line.querySelector(`[value^="${name}-${way}"]`);
      if (way === "remove") {
        text(line).value = "";
        const near = rows[rank + 1] || rows[rank - 1];
        if (grows) line.remove();
        (near ? text(near) : text(lines()[0] || line)).focus();
      } else button.focus();
      tidy();
      saver.touch();
      saver.save();
    };

    set.addEventListener("click", (event) => {
      const button = event.target.closest("[name=do]");
      if (!button) return;
      event.preventDefault();
      act(button.closest("[data-line]"), button.value.replace(/:.*$/, "").slice(name.length + 1));
    });
    set.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches(".opt__text")) return;
      event.preventDefault();
      tidy();
      const next = event.target.closest("[data-line]").nextElementSibling;
      if (next) text(next).focus();
    });
    set.addEventListener("input", tidy);
    set.addEventListener("paste", (event) => {
      if (!event.target.matches(".opt__text") || !grows) return;
      const pieces = event.clipboardData.getData("text").split(/\r?\n/).map((piece) => piece.replace(/^[\s\-–—•*·]+/, "").trim()).filter(Boolean);
      if (pieces.length < 2) return;
      event.preventDefault();
      let line = event.target.closest("[data-line]");
      pieces.forEach((piece, rank) => {
        if (rank || text(line).value) { const added = blank(); line.after(added); line = added; }
        text(line).value = piece;
      });
      text(line).focus();
      tidy();
      saver.touch();
      saver.save();
    });
    tidy();
  };

  /* --- conditions -------------------------------------------------------------------------------- */
  const condition = (form, saver) => {
    const redraw = async (act, focus) => {
      const body = new URLSearchParams(new FormData(form));
      body.set("do", act);
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (answer.redirected) return;
      swap(await read(answer), "[data-condition]");
      hideplain();
      [...form.querySelectorAll(`[data-condition] ${focus}`)].at(-1)?.focus();
      saver.touch();
      if (!saver.isWaiting()) await saver.save();
    };
    const hideplain = () => form.querySelectorAll("[data-plain]").forEach((part) => { part.hidden = true; });

    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-condition] [name=do]");
      if (!button) return;
      event.preventDefault();
      redraw(button.value, { "if-text": "textarea", "if-more": ".if__subject" }[button.value] || "[value=if-more]");
    });
    form.addEventListener("change", (event) => {
      const field = event.target;
      if (!field.closest("[data-condition]") || field.tagName !== "SELECT" || field.id === "if-joint") return;
      if (field.matches(".if__value")) { saver.touch(); saver.save(); return; }
      redraw("if-refresh", `#${field.id}`);
    });
    hideplain();
  };

  /* --- translations --------------------------------------------------------------------------------- */
  const translation = (form) => {
    const counted = document.querySelector("[data-left]");
    const send = async (row) => {
      const field = row.querySelector("textarea");
      const was = row.querySelector("input[name^=was-]");
      if (field.value.trim() === was.value) return;
      const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, [field.name]: field.value, [was.name]: was.value });
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: json, credentials: "same-origin", keepalive: true });
        const told = await answer.json();
        const wrong = Object.values(told.errors || {}).join(" ");
        const place = row.querySelector("[data-error]");
        place.textContent = wrong;
        place.hidden = !wrong;
        say(form, wrong ? "" : told.said);
        if (wrong) return;
        was.value = field.value.trim();
        row.classList.toggle("tr--missing", !was.value);
        counted.textContent = told.left;
      } catch { say(form, document.getElementById("editor-words").dataset.away, true); }
    };
    form.addEventListener("change", (event) => { send(event.target.closest("[data-row]")); });
  };

  /* --- the page ---------------------------------------------------------------------------------------- */
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const saver = autosave(form);
    for (const set of form.querySelectorAll("[data-lines]")) listOf(set, saver);
    condition(form, saver);
  }
  document.querySelectorAll("form[data-translate]").forEach(translation);

  const keys = { ArrowUp: "[value=up], [value=section-up]", ArrowDown: "[value=down], [value=section-down]", n: "[data-plan] a.btn" };
  document.addEventListener("keydown", (event) => {
    const target = event.altKey && keys[event.key] && document.querySelector(keys[event.key]);
    if (!target) return;
    event.preventDefault();
    target.click();
  });

  /* The plan shows where one is; the page itself does not move. */
  const current = document.querySelector(".plan [aria-current]");
  if (current) {
    const plan = current.closest(".plan");
    plan.scrollTop += current.getBoundingClientRect().top - plan.getBoundingClientRect().top - plan.clientHeight / 3;
  }
})();
