// The draft: at each change, everything the page would send is written on the device; coming back offers to go on with it.
const form = keeps ? document.querySelector("form[data-submission]") : null;
const WALKED = "consult.page";
const ASKED = "consult.part";
let key = "";
let erased = false;
let isDue = false;
let writing = Promise.resolve();

const here = (name) => form.dataset.here.trim().split(/\s+/).some((base) => base && (name === base || name.startsWith(`${base}-`)));
const isAnswer = ([name, value]) => name.startsWith("q-") && value.trim() !== "";
const pairsOf = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "complement");
const kept = form && form.parentElement.querySelector("[data-kept]");
const sayKept = (yes) => { if (kept) kept.hidden = !yes; };

const write = async () => {
  isDue = false;
  if (erased) return;
  const pairs = pairsOf();
  if (!pairs.some(isAnswer)) { await drop("drafts", key); return sayKept(false); }
  await put("drafts", { key, slug: form.dataset.slug, step: form.dataset.step, pairs, at: Date.now() });
  try { sessionStorage.setItem(WALKED, key); } catch { /* only a convenience */ }
  sayKept(true);
};

// A key may be pressed faster than a slow phone writes: while a write is under way only one more waits, which takes the page
// as it then is, so that what a killed tab loses never grows with what was typed.
const save = () => {
  if (erased || isDue) return writing;
  isDue = true;
  writing = writing.then(write).catch(() => sayKept(false));
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

// Nothing is written before the page has caught up: its older answers would take the place of those of later pages.
const comeBack = () => {
  erased = false;
  writing = writing.then(catchUp).catch(() => {});
};

// A draft opens in the language it was last read in, and on its own questionnaire: both are in the address of its pages.
const parameter = (address, name) => new URL(address, location).searchParams.get(name);
const isOfThisPage = (draft) => ["langue", "questionnaire"].every((name) => parameter(draft.step, name) === parameter(form.dataset.step, name));

const goOnWith = (draft) => {
  if (!form || !("whole" in form.dataset)) return openAgain(draft.step, draft.pairs);
  drop("drafts", key);
  if (isOfThisPage(draft)) {
    fill(draft.pairs);
    key = draft.key;
    return save();
  }
  // Without a network, the page of that language is the one the device kept.
  sessionStorage.setItem(WALKED, draft.key);
  const whole = new URL(device.dataset.whole, location);
  for (const name of ["langue", "questionnaire"]) {
    const value = parameter(draft.step, name);
    if (value) whole.searchParams.set(name, value);
  }
  return location.assign(whole);
};

const offerDraft = async () => {
  const draft = (await draftsHere()).find((one) => one.key !== key);
  if (!draft) return;
  const said = [...device.querySelectorAll("[data-resume]")];
  const own = said.find((words) => words.lang === parameter(draft.step, "langue"));
  const words = own || said.find((one) => one.lang === document.documentElement.lang) || said[0];
  const note = makeNote(words.dataset.title);
  note.lang = words.lang;
  note.dir = words.dir;
  note.acts.append(
    makeButton(words.dataset.resume, () => { note.remove(); goOnWith(draft); }),
    makeButton(words.dataset.erase, eraseDrafts, "btn btn--quiet"),
  );
  showFirst(note);
};

// Which part a button asked for, told to the page that holds them all when there is no network to open that part alone.
const ask = (button) => {
  const [wanted, number] = (button?.value || "suivant").split("-");
  const from = Number(form.elements.page.value);
  const next = { modifier: Number(number), precedent: from - 1, suivant: from + 1, rester: from }[wanted];
  try { sessionStorage.setItem(ASKED, `${wanted === "precedent" ? "-" : "+"}${next || ""}`); } catch { /* only a convenience */ }
};

const showAsked = () => {
  let asked = "";
  try {
    asked = sessionStorage.getItem(ASKED) || "";
    sessionStorage.removeItem(ASKED);
  } catch { /* only a convenience */ }
  if (!("whole" in form.dataset) || asked.length < 2) return;
  const [back, number] = [asked[0] === "-", Number(asked.slice(1))];
  const parts = [...form.querySelectorAll("[data-part]:not([hidden])")];
  const numberOf = (part) => Number(part.dataset.part);
  const found = back ? parts.filter((part) => numberOf(part) <= number).pop() : parts.find((part) => numberOf(part) >= number);
  if (!found && !back) return form.querySelector(".onward").scrollIntoView({ block: "end" });
  const title = (found || parts[0]).querySelector("h2");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  return title.scrollIntoView();
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
    showAsked();
    if (!("whole" in form.dataset)) form.addEventListener("submit", (event) => ask(event.submitter));
    form.addEventListener("input", save);
    form.addEventListener("change", save);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) comeBack(); });
    await save();
  }
  const untouched = !form || !pairsOf().some(isAnswer);
  if (untouched && !document.querySelector("[data-sent], [data-none]")) await offerDraft();
};

for (const button of document.querySelectorAll("[data-erase-draft]")) button.addEventListener("click", eraseDrafts);
const sent = document.querySelector("[data-sent]");
if (keeps && sent) drop("drafts", sent.dataset.sent);
if (keeps) startDraft().catch(() => {});
