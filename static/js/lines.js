/* The sheet of a rencontre: each line is kept on the device as it is written, and sent as soon as it is left.
   Without this script the same rows are one form with one button. */
import { openStore } from "./lines-store.js";
import { makeSync } from "./lines-sync.js";
import { control, depthOf, fill, isBlank, isSaved, isTouched, makeRows, sayPlaces, setRevision, textOf, valuesOf } from "./lines-rows.js";

const form = document.querySelector("form[data-sheet]");
const words = document.getElementById("sheet-words").dataset;
const list = form.querySelector(".sheet");
const said = document.querySelector("[data-said]");
const alertBox = document.querySelector("[data-alert]");
const keys = JSON.parse(words.keys);
const page = { base: words.base, slug: words.slug, owner: words.owner };
const typingMs = 400;
const retryMs = 10000;
const bullet = /^\s*(?:[-–—•*·▪◦‣>]+|\(?\d{1,3}[.)°]|[a-z][.)])\s+/;
const apple = /Mac|iPhone|iPad/.test(navigator.platform);

const store = await openStore();
const device = document.querySelector("[data-device-sheet]");
const meeting = await (async () => {
  if (words.meeting) return { id: `${page.slug}/${words.meeting}`, client: words.meeting, server: Number(words.server), kind: words.kind };
  const known = await store.meetings(page.slug);
  const server = Number(location.pathname.split("/").at(-1));
  return known.find((one) => one.client === location.hash.slice(1)) ?? known.find((one) => server && one.server === server);
})();

const start = async () => {
  // Before a row is taken as the model of the others.
  document.querySelectorAll("[data-script]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-no-script]").forEach((part) => { part.hidden = true; });
  const blanks = [...list.querySelectorAll(".line")].filter(isBlank);
  const rows = makeRows(list, blanks[0]);
  blanks.slice(1).forEach((row) => row.remove());
  const branches = meeting.kind === "seminaire";
  const timers = new Map();
  const versions = new Map();
  const leaving = new Map();
  let seq = Date.now();
  let writing = Promise.resolve();

  const say = (text) => { said.textContent = text; };
  const warn = (text) => { alertBox.textContent = text; alertBox.hidden = !text; };
  const setState = (row, name) => {
    row.querySelector("[data-state]").textContent = name ? words[name] : "";
    row.classList.toggle("line--waiting", name === "waiting");
    row.classList.toggle("line--conflict", name === "conflict");
  };
  const isWaiting = (row) => "kept" in row.dataset && row.dataset.kept !== "typing";

  const sayAll = () => {
    const saved = rows.all().filter((row) => isSaved(row) && !("kept" in row.dataset)).length;
    const left = rows.all().filter(isWaiting).length;
    const counted = saved === 0 ? (left ? "" : words.none) : saved === 1 ? words.one : words.many.replace("#", saved);
    const kept = left === 0 ? "" : left === 1 ? words.leftOne : words.left.replace("#", left);
    say([counted, kept].filter(Boolean).join(", "));
  };

  const showErrors = (row, errors) => {
    const place = row.querySelector("[data-error]");
    place.textContent = Object.values(errors).join(" ");
    place.hidden = !place.textContent;
    row.classList.toggle("line--error", !place.hidden);
    for (const field of row.querySelectorAll("input, select, textarea")) {
      if (errors[field.name]) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  };

  const sizesItself = CSS.supports("field-sizing", "content");
  const grow = (area) => {
    if (sizesItself) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  };

  const record = (row, state, gone = false) => {
    const version = (versions.get(row.dataset.line) ?? 0) + 1;
    versions.set(row.dataset.line, version);
    const before = row.previousElementSibling;
    return {
      meeting: meeting.id, line: row.dataset.line, slug: page.slug, owner: page.owner, state, gone, version, seq: (seq += 1),
      rank: rows.all().indexOf(row), revision: control(row, "revision").value, values: valuesOf(row),
      after: isSaved(row) || !before?.dataset.line || !row.nextElementSibling ? "" : before.dataset.line,
    };
  };

  const write = (work) => { writing = writing.then(work).catch((error) => { console.error(error); }); return writing; };
  const keep = (row, state, gone) => {
    clearTimeout(timers.get(row.dataset.line));
    if (!gone) row.dataset.kept = state;
    const snapshot = record(row, state, gone);
    return write(() => store.putLine(snapshot));
  };

  /* Typed but not left yet: kept, and sent only if the page does not come back. */
  const keepSoon = (row) => {
    row.dataset.kept = "typing";
    clearTimeout(timers.get(row.dataset.line));
    timers.set(row.dataset.line, setTimeout(() => { if (!isBlank(row)) keep(row, "typing"); }, typingMs));
  };

  const save = (row) => {
    if (row.dataset.kept !== "typing") return;
    if (!textOf(row) && !isSaved(row)) { delete row.dataset.kept; write(() => store.dropLine(meeting.id, row.dataset.line)); return; }
    keep(row, "waiting");
    setState(row, "saving");
    write(() => { sync(); });
  };
  const saveAll = () => { letGo(); rows.all().forEach(save); };

  const saved = (row, event) => {
    row.dataset.saved = "";
    setRevision(row, event.revision);
    control(row, "remove").hidden = false;
    showErrors(row, {});
    if (event.version === versions.get(row.dataset.line) && row.dataset.kept !== "typing") { delete row.dataset.kept; setState(row, "saved"); }
    if (event.uncoded) warn(words.uncoded);
  };

  const choose = (label, action) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--second btn--small", textContent: label });
    button.addEventListener("click", action);
    return button;
  };

  const said2 = (label, text) => {
    const part = document.createElement("p");
    part.append(Object.assign(document.createElement("b"), { textContent: `${label}\u202f: ` }), text);
    return part;
  };

  /* Two people corrected the same line: both texts are shown, and neither wins by itself. */
  const disagree = (row, theirs) => {
    row.querySelector(".line__two")?.remove();
    const box = Object.assign(document.createElement("div"), { className: "line__two" });
    box.setAttribute("role", "group");
    box.append(Object.assign(document.createElement("p"), { textContent: words.theirs }), said2(words.theirText, theirs.text), said2(words.myText, textOf(row)));
    const end = () => { box.remove(); control(row, "text").focus(); };
    const mine = choose(words.keepMine, () => { setRevision(row, theirs.revision); row.dataset.kept = "typing"; save(row); end(); });
    const other = choose(words.takeTheirs, () => {
      fill(row, theirs);
      setRevision(row, theirs.revision);
      grow(control(row, "text"));
      keep(row, "saved").then(() => { delete row.dataset.kept; setState(row, "saved"); sayAll(); });
      end();
    });
    const acts = Object.assign(document.createElement("p"), { className: "row" });
    acts.append(mine, other);
    box.append(acts);
    row.querySelector("fieldset").append(box);
    setState(row, "conflict");
    mine.focus();
  };

  const show = (row, event) => {
    if (event.kind === "sending") setState(row, "saving");
    else if (event.kind === "saved") saved(row, event);
    else if (event.kind === "conflict") disagree(row, event.theirs);
    else if (event.kind === "refused") { showErrors(row, event.errors ?? { text: words.gone }); setState(row, "wrong"); }
    else if (event.kind === "photo-saved") sayPhoto(row, words.photoSent);
    else if (event.kind === "photo-refused") { showErrors(row, event.errors ?? { photo: words.photoRefused }); sayPhoto(row, words.photoAgain); }
  };

  /* Another tab may have sent what this one shows as waiting. */
  const reconcile = async () => {
    for (const one of await store.lines(meeting.id)) {
      const row = rows.find(one.line);
      if (row && isWaiting(row) && one.state === "saved") saved(row, one);
    }
    sayAll();
  };

  const heard = (event) => {
    if (event.meeting && event.meeting !== meeting.id) return;
    if (event.kind === "meeting-saved") { meeting.server = event.server; if (!words.meeting) history.replaceState(null, "", event.url); }
    const row = rows.find(event.line) ?? leaving.get(event.line)?.row;
    if (row) show(row, event);
    else if (event.kind === "conflict" && event.gone) bringBack(event);
    if (event.kind === "done" && rows.all().some(isWaiting)) reconcile();
    if (event.kind === "out" || event.kind === "other") warn(words[event.kind]);
    else if (event.kind === "done" && alertBox.textContent !== words.uncoded) warn(store.lasting ? "" : words.memory);
    if (["out", "other", "away"].includes(event.kind)) for (const one of rows.all()) if (isWaiting(one) && !one.classList.contains("line--error") && !one.classList.contains("line--conflict")) setState(one, "waiting");
    sayAll();
  };
  const sync = makeSync(store, page, heard);

  const bringBack = (event) => {
    const row = rows.add(rows.all().at(-1), event.line);
    fill(row, event.theirs);
    setRevision(row, event.theirs.revision);
    row.dataset.saved = "";
    rows.renumber();
    keep(row, "saved").then(() => { delete row.dataset.kept; });
    warn(words.theirs);
  };

  const inherit = (row, from) => {
    for (const name of ["kind", "speaker", "table"]) control(row, name).value = control(from, name).value;
    row.dataset.parent = from.dataset.parent ?? "";
    row.dataset.depth = from.dataset.depth ?? 0;
  };

  const goOn = (row, insert) => {
    if (isBlank(row)) return;
    save(row);
    const last = branches ? rows.branch(row).at(-1) : row;
    let next = branches && !insert ? row.nextElementSibling : last.nextElementSibling;
    if (insert || !next?.dataset.line || (branches && !isBlank(next) && depthOf(next) !== depthOf(row))) next = rows.add(last);
    if (isBlank(next)) inherit(next, row);
    rows.renumber();
    control(next, "text").focus();
  };

  const set = (row, [name, value]) => {
    const select = control(row, name);
    const other = [...select.options].find((option) => option.value !== value).value;
    select.value = name === "wording" && select.value === value ? other : value;
    say(select.selectedOptions[0].textContent);
    if (!isBlank(row)) keepSoon(row);
  };

  const cut = (area, count) => {
    if (!count) return;
    const at = Math.max(0, area.selectionStart - count);
    area.value = area.value.slice(count);
    area.setSelectionRange(at, at);
  };

  /* « pa: une benne » is a piste said by an acteur: letters of different fields, then a colon. */
  const prefix = (row, area) => {
    const found = /^\s*([a-z]{1,3})\s?:\s*/i.exec(area.value);
    const chosen = found && [...found[1].toUpperCase()].map((letter) => keys[letter]);
    if (!chosen?.every(Boolean) || new Set(chosen.map(([name]) => name)).size < chosen.length) return;
    cut(area, found[0].length);
    for (const [name, value] of chosen) control(row, name).value = value;
    say(chosen.map(([name]) => control(row, name).selectedOptions[0].textContent).join(", "));
  };

  const spread = (row, pieces) => {
    let last = row;
    pieces.forEach((piece, rank) => {
      if (rank > 0 || !isBlank(row)) { const added = rows.add(last); inherit(added, row); last = added; }
      const area = control(last, "text");
      area.value = piece;
      prefix(last, area);
      grow(area);
      last.dataset.kept = "typing";
      save(last);
    });
    const next = last.nextElementSibling ?? rows.add(last);
    if (isBlank(next)) inherit(next, last);
    rows.renumber();
    control(next, "text").focus();
  };

  /* The server erases a photograph with its line: it is told once the line can no longer be put back. */
  const letGo = () => {
    for (const { row, gone } of leaving.values()) {
      gone.remove();
      keep(row, "waiting", true);
    }
    if (leaving.size) write(() => { sync(); });
    leaving.clear();
  };

  const remove = (row) => {
    letGo();
    const waits = "photo" in row.dataset;
    for (const child of rows.branch(row).slice(1)) {
      if (child.dataset.parent === row.dataset.line) { child.dataset.parent = row.dataset.parent ?? ""; }
      child.dataset.depth = Math.max(0, depthOf(child) - 1);
    }
    keep(row, waits ? "leaving" : "waiting", true).then(() => sync());
    const gone = document.createElement("li");
    gone.className = "line line--gone";
    const undo = choose(words.undo, () => {
      gone.replaceWith(row);
      if (!leaving.delete(row.dataset.line)) {
        setRevision(row, "");
        delete row.dataset.saved;
      }
      row.dataset.kept = "typing";
      save(row);
      rows.renumber();
      control(row, "text").focus();
    });
    gone.append(`${words.removed} `, undo);
    row.replaceWith(gone);
    if (waits) leaving.set(row.dataset.line, { row, gone });
    rows.renumber();
    if (!rows.all().length) rows.add(gone);
    undo.focus();
    sayAll();
  };

  const sayPhoto = (row, text) => { row.dataset.photo = ""; const place = row.querySelector("[data-photo-words]"); if (place) place.textContent = text; };
  const keepPhoto = async (row, file) => {
    if (!file) return;
    const bytes = await file.arrayBuffer();
    await store.putPhoto(meeting.id, row.dataset.line, page.slug, page.owner, bytes);
    sayPhoto(row, words.photoKept);
    if (!isSaved(row)) { row.dataset.kept = "typing"; save(row); }
    sync();
  };

  const locate = (row) => {
    say(words.locating);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      control(row, "latitude").value = coords.latitude.toFixed(6).replace(".", ",");
      control(row, "longitude").value = coords.longitude.toFixed(6).replace(".", ",");
      say(words.located);
      if (!isBlank(row)) keepSoon(row);
    }, () => say(words.lost), { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 });
  };

  const moved = (row) => {
    rows.renumber();
    if (!isBlank(row)) { row.dataset.kept = "typing"; save(row); }
    control(row, "text").focus();
  };

  const reorder = (row, up) => {
    if (isBlank(row) || !rows.move(row, up)) return;
    rows.renumber();
    control(row, "text").focus();
    rows.all().filter((one) => !isBlank(one)).forEach((one) => { const state = one.dataset.kept ?? "saved"; keep(one, state); if (state === "saved") delete one.dataset.kept; });
    write(() => store.markMeeting(meeting.id, { ordered: true })).then(() => sync());
  };

  const atStart = (area) => area.name === "text" && area.selectionStart === 0 && area.selectionEnd === 0;
  const pressed = (event, row) => {
    if (event.key === "Enter") return () => goOn(row, event.shiftKey || event.ctrlKey);
    if (branches && event.key === "Tab" && atStart(event.target)) {
      if (!event.shiftKey && !rows.indent(row)) return null;
      if (event.shiftKey && !rows.outdent(row)) return null;
      return () => moved(row);
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return null;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") return () => reorder(row, event.key === "ArrowUp");
    const chosen = !apple && /^[a-z]$/i.test(event.key) && keys[event.key.toUpperCase()];
    return chosen ? () => set(row, chosen) : null;
  };

  const rowOf = (element) => element.closest(".line[data-line]");
  list.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || event.isComposing) return;
    if (event.key === "Escape" && event.target.closest("details[open]")) { const open = event.target.closest("details"); open.open = false; open.querySelector("summary").focus(); return; }
    if (["BUTTON", "SUMMARY"].includes(event.target.tagName) || event.target.type === "file") return;
    const act = pressed(event, row);
    if (act) { event.preventDefault(); act(); }
  });

  list.addEventListener("paste", (event) => {
    if (event.target.name !== "text") return;
    const pieces = event.clipboardData.getData("text/plain").split(/\r?\n/).map((piece) => piece.replace(bullet, "").trim()).filter(Boolean);
    if (pieces.length < 2) return;
    event.preventDefault();
    spread(rowOf(event.target), pieces);
  });

  list.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row || event.target.type === "file") return;
    if (event.target.name === "text") {
      prefix(row, event.target);
      cut(event.target, event.target.value.length - event.target.value.trimStart().length);
      grow(event.target);
    }
    if (event.target.closest(".pick-places")) sayPlaces(row);
    if (!isBlank(row)) keepSoon(row);
  });

  list.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if ("photoInput" in event.target.dataset) keepPhoto(row, event.target.files[0]);
    if (event.target.name !== "under") return;
    const parent = rows.all()[Number(event.target.value) - 1] ?? null;
    if (parent !== row && rows.hang(row, parent)) moved(row); else rows.renumber();
  });

  /* On a narrow screen a stored line shows what was said and sums the rest up; it opens where it is touched. The others
     close only when a text is entered, never under a finger that goes for a button. */
  const open = (row, alone) => {
    if (alone) for (const other of list.querySelectorAll(".line[data-open]")) if (other !== row) delete other.dataset.open;
    if (row) row.dataset.open = "";
  };

  list.addEventListener("focusin", (event) => {
    if (!event.target.closest(".line--gone")) letGo();
    open(rowOf(event.target), event.target.name === "text");
  });

  list.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (!row || row.contains(event.relatedTarget)) return;
    for (const open of row.querySelectorAll("details[open]")) open.open = false;
    save(row);
  });

  list.addEventListener("click", (event) => {
    const row = rowOf(event.target);
    if (row && !("open" in row.dataset)) control(row, "text").focus();
    if (event.target.closest("button[name=remove]")) { event.preventDefault(); remove(row); }
    if (event.target.closest("[data-here]")) locate(row);
  });

  form.addEventListener("submit", (event) => { event.preventDefault(); saveAll(); });
  const retry = () => { if (rows.all().some(isWaiting) || !store.lasting) sync(); };
  window.addEventListener("online", () => sync());
  window.addEventListener("focus", retry);
  setInterval(retry, retryMs);
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAll(); });
  window.addEventListener("pagehide", saveAll);
  window.addEventListener("beforeunload", (event) => { if (!store.lasting && rows.all().some((row) => "kept" in row.dataset)) event.preventDefault(); });

  /* What the device holds of this rencontre, beside what the server has just said of it. */
  const overlay = (one) => {
    let row = rows.find(one.line);
    if (row?.dataset.kept === "typing") return;
    if (one.gone) {
      row?.remove();
      if (one.state === "leaving") store.markLine(one.meeting, one.line, one.version, { state: "waiting" });
      return;
    }
    row ??= rows.add(one.after ? rows.find(one.after) : rows.all().filter((other) => !isBlank(other)).at(-1), one.line);
    fill(row, one.values);
    const parent = rows.find(one.values.parent);
    row.dataset.depth = parent ? depthOf(parent) + 1 : 0;
    setRevision(row, one.revision);
    if (one.revision || one.state === "saved") { row.dataset.saved = ""; control(row, "remove").hidden = false; }
    if (one.state === "saved") { setState(row, "saved"); return; }
    row.dataset.kept = one.state === "typing" ? "typing" : "waiting";
    setState(row, "waiting");
    if (["refused", "conflict"].includes(one.state)) store.markLine(one.meeting, one.line, one.version, { state: "waiting" });
  };

  const restore = async () => {
    // What somebody typed before this script was ready is theirs, as what is typed while it reads: it is sent, and nothing covers it.
    for (const row of rows.all()) if (isTouched(row)) row.dataset.kept = "typing";
    const known = new Map((await store.lines(meeting.id)).map((one) => [one.line, one]));
    for (const one of known.values()) { versions.set(one.line, one.version); seq = Math.max(seq, one.seq); }
    if (words.meeting) {
      const lede = document.querySelector("[data-lede]").firstChild.textContent.trim();
      await store.putMeeting({ id: meeting.id, slug: page.slug, owner: page.owner, server: meeting.server, state: "saved", client: meeting.client, kind: meeting.kind, title: document.querySelector("h1").textContent, lede });
      for (const one of known.values()) if (one.state === "saved" && !rows.find(one.line)) { await store.dropLine(meeting.id, one.line); known.delete(one.line); }
      for (const row of rows.all().filter(isSaved)) {
        const one = known.get(row.dataset.line);
        if (one && one.state !== "saved") continue;
        known.delete(row.dataset.line);
        if ("kept" in row.dataset) continue;
        await keep(row, "saved");
        if (row.dataset.kept === "saved") delete row.dataset.kept;
      }
    }
    [...known.values()].sort((one, other) => one.rank - other.rank).forEach(overlay);
    for (const row of rows.all()) if (row.dataset.kept === "typing") save(row);
    for (const row of rows.all()) {
      if (!await store.hasPhoto(meeting.id, row.dataset.line)) continue;
      await store.markPhoto(meeting.id, row.dataset.line, "", { state: "waiting" });
      sayPhoto(row, words.photoKept);
    }
  };

  const dress = () => {
    if (!apple) document.querySelectorAll("[data-alt]").forEach((part) => { part.hidden = false; });
    if (matchMedia("(max-width: 40rem)").matches) document.querySelectorAll(".keys").forEach((part) => { part.open = false; });
    form.dataset.kind = meeting.kind;
    form.dataset.fold = "";
    if (device) {
      device.hidden = false;
      document.querySelector("[data-device-list]").hidden = true;
      document.querySelector("[data-title]").textContent = meeting.title;
      document.querySelector("[data-lede]").textContent = meeting.lede;
      document.title = meeting.title;
    }
  };

  dress();
  if (!store.lasting) warn(words.memory);
  const ready = rows.all().filter(isBlank);
  const continueHere = () => control(rows.all().at(-1), "text").focus();
  document.querySelectorAll("[data-continue]").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); continueHere(); }));
  window.addEventListener("resize", () => list.querySelectorAll("textarea").forEach(grow));
  await restore();
  if (ready[0]) list.append(ready[0]);
  const last = rows.all().filter((row) => !isBlank(row)).at(-1);
  if (last && ready[0]) inherit(ready[0], last);
  rows.renumber();
  list.querySelectorAll("textarea").forEach(grow);
  if (!rows.all().some(isSaved)) continueHere();
  sayAll();
  form.dataset.ready = "";
  // A worker just installed has kept its pages; an older one takes them anew.
  if (words.meeting) navigator.serviceWorker?.controller?.postMessage("keep");
  navigator.serviceWorker?.register(`${page.base}ouvrier.js`).catch(() => undefined);
  sync();
};

if (meeting) await start();
