// The draft: at each change, everything the page would send is written on the device; coming back offers to go on with it.
const form = keeps ? document.querySelector("form[data-submission]") : null;
const WALKED = "consult.page";
let key = "";
let erased = false;
let writing = Promise.resolve();

const here = (name) => form.dataset.here.trim().split(/\s+/).some((base) => base && (name === base || name.startsWith(`${base}-`)));
const isAnswer = ([name, value]) => name.startsWith("q-") && value.trim() !== "";
const pairsOf = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "complement");
const kept = form && form.parentElement.querySelector("[data-kept]");
const sayKept = (yes) => { if (kept) kept.hidden = !yes; };

const save = () => {
  if (erased) return writing;
  const pairs = pairsOf();
  writing = writing.then(async () => {
    if (erased) return;
    if (!pairs.some(isAnswer)) { await drop("drafts", key); return sayKept(false); }
    await put("drafts", { key, slug: form.dataset.slug, step: form.dataset.step, pairs, at: Date.now() });
    try { sessionStorage.setItem(WALKED, key); } catch { /* only a convenience */ }
    sayKept(true);
  }).catch(() => sayKept(false));
  return writing;
};

// What is in the queue is no longer a draft: the next person on this phone begins anew.
const leaveDraft = async () => {
  erased = true;
  await writing;
  await drop("drafts", key);
  try { sessionStorage.removeItem(WALKED); } catch { /* only a convenience */ }
};

const eraseDrafts = async () => {
  erased = true;
  await writing;
  for (const draft of await draftsHere()) await drop("drafts", draft.key);
  location.assign(device.dataset.notice);
};

const fill = (pairs) => {
  const given = (name, value) => pairs.some(([n, v]) => n === name && v === value);
  for (const field of form.elements) {
    if (!field.name || field.name === "complement") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = given(field.name, field.value);
    else if (field.type !== "submit") {
      const found = pairs.find(([name]) => name === field.name);
      if (found) field.value = found[1];
    }
  }
  for (const field of form.querySelectorAll("input:checked, select")) field.dispatchEvent(new Event("change", { bubbles: true }));
};

// The page as the browser kept it may be older than what was given on later pages: those answers are put back in it.
const catchUp = async () => {
  const draft = await find("drafts", key);
  if (!draft || "whole" in form.dataset) return;
  for (const field of [...form.querySelectorAll("input[type=hidden]")]) if (field.name.startsWith("q-") && !here(field.name)) field.remove();
  for (const [name, value] of draft.pairs) {
    if (!name.startsWith("q-") || here(name)) continue;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
};

const goOnWith = (draft) => {
  if (form && "whole" in form.dataset) {
    drop("drafts", key);
    fill(draft.pairs);
    key = draft.key;
    save();
  } else openAgain(device.dataset.step, draft.pairs);
};

const offerDraft = async () => {
  const draft = (await draftsHere()).find((one) => one.key !== key);
  if (!draft) return;
  const note = makeNote(device.dataset.draftTitle);
  note.acts.append(
    makeButton(device.dataset.draftResume, () => { note.remove(); goOnWith(draft); }),
    makeButton(device.dataset.draftErase, eraseDrafts, "btn btn--quiet"),
  );
  showFirst(note);
};

const startWhole = async () => {
  let walked = "";
  try { walked = sessionStorage.getItem(WALKED) || ""; } catch { /* only a convenience */ }
  const draft = walked && (await draftsHere()).find((one) => one.key === walked);
  if (draft) {
    fill(draft.pairs);
    key = draft.key;
    return;
  }
  form.elements.copie.value = newName();
  key = form.dataset.submission + form.elements.copie.value;
};

const startDraft = async () => {
  if (form) {
    key = form.dataset.submission;
    if ("whole" in form.dataset) await startWhole();
    else await catchUp();
    form.addEventListener("input", save);
    form.addEventListener("change", save);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) { erased = false; catchUp(); } });
    await save();
  }
  const untouched = !form || !pairsOf().some(isAnswer);
  if (untouched && !document.querySelector("[data-sent], [data-none]")) await offerDraft();
};

for (const button of document.querySelectorAll("[data-erase-draft]")) button.addEventListener("click", eraseDrafts);
const sent = document.querySelector("[data-sent]");
if (keeps && sent) drop("drafts", sent.dataset.sent);
if (keeps) startDraft().catch(() => {});
