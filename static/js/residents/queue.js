// Sending without a network: what is sent is first kept here, and leaves the device's queue only once the server has said
// that it holds it. It is tried again when the network is back, and each time a page is opened.
const RETRY_MS = 20000;
let isFlushing = false;
let isAskedAgain = false;

const PATIENCE_MS = 30000;
const recordOf = () => ({ key, slug: form.dataset.slug, url: form.action, step: form.dataset.step, pairs: [...new FormData(form)], state: "waiting" });

// Asks the server to hold one answer. What it becomes: « arrived », « stopped », or « waiting » when nothing could be asked.
const sendOne = async (record) => {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(record.url, {
      method: "POST", body: new URLSearchParams(record.pairs), headers: { Accept: "application/json" }, credentials: "omit", signal: patience.signal,
    });
    if (answer.status >= 500 || answer.status === 429) return record;
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok || !said.code) return { ...record, state: "stopped", trouble: said.trouble || device.dataset.trouble };
    return { ...record, state: "arrived", code: said.code, replaced: said.replaced, pairs: [] };
  } catch {
    return record;
  } finally {
    clearTimeout(timer);
  }
};

// The page of thanks, made by the server from the code alone.
const thank = async (record) => {
  await drop("drafts", record.key);
  await drop("queue", record.key);
  const pairs = [["code", record.code], ["faire", "merci"], ["change", record.replaced ? "1" : ""]];
  submitPairs(device.dataset.receipt, pairs);
};

const sendNow = async () => {
  const record = recordOf();
  await save();
  await put("queue", record);
  await leaveDraft();
  const became = navigator.onLine ? await sendOne(record) : record;
  if (became.state === "arrived") return thank(became);
  if (became.state === "stopped") {
    // It is not tried again by itself; the page that says why drops it, if it holds the answer again.
    await putOver("queue", became);
    return form.submit();
  }
  return location.assign(device.dataset.waiting);
};

if (form && ("sends" in form.dataset || "whole" in form.dataset)) {
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    try { await sendNow(); } catch { form.submit(); /* a browser that keeps nothing still sends */ }
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) isSending = false; });
}

const flushOne = async (record) => {
  const became = await sendOne(record);
  if (became === record) return;
  await putOver("queue", became);
  if (became.state === "arrived") await drop("drafts", record.key);
};

// What is asked while a round is under way came too late for it: another follows.
const flush = async () => {
  isAskedAgain = isFlushing;
  if (isFlushing || !navigator.onLine) return;
  isFlushing = true;
  try {
    const alone = (act) => (navigator.locks ? navigator.locks.request("consult-queue", act) : act());
    await alone(async () => {
      do {
        isAskedAgain = false;
        for (const record of await all("queue")) if (record.state === "waiting") await flushOne(record);
      } while (isAskedAgain && navigator.onLine);
    });
  } finally {
    isFlushing = false;
    await showQueue();
  }
};

const download = (record) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(record, null, 2)], { type: "application/json" }));
  link.download = `${device.dataset.file}-${record.key.slice(0, 8)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const forget = async (record) => {
  await drop("queue", record.key);
  await drop("drafts", record.key);
  await showQueue();
};
// It stays in the queue until a page holds it again: a closed site, or no network, would lose it.
const reopen = (record) => openAgain(record.step, record.pairs);

const noteOf = (record) => {
  const words = device.dataset;
  const quiet = "btn btn--quiet";
  if (record.state === "arrived") {
    const note = makeNote(words.arrived, words.code);
    const code = document.createElement("p");
    code.className = "receipt__code";
    code.dir = "ltr";
    code.textContent = record.code;
    note.acts.before(code);
    note.acts.append(makeButton(words.noted, () => forget(record)));
    return note;
  }
  const waits = record.state === "waiting";
  const note = makeNote(waits ? words.waits : words.stopped, waits ? words.waitsHow : record.trouble);
  if (waits) note.acts.append(makeButton(words.retry, flush));
  else note.acts.append(makeButton(words.open, () => reopen(record)));
  note.acts.append(makeButton(words.download, () => download(record), quiet), makeButton(words.drop, () => forget(record), quiet));
  return note;
};

const showQueue = async () => {
  const records = await all("queue");
  document.querySelectorAll("[data-queued]").forEach((note) => note.remove());
  for (const record of records) {
    const note = noteOf(record);
    note.dataset.queued = record.key;
    showFirst(note);
  }
  const none = document.querySelector("[data-none]");
  if (none) none.hidden = records.length > 0;
};

const takeBack = async (file) => {
  const record = JSON.parse(await file.text());
  if (!record.key || !Array.isArray(record.pairs) || new URL(record.url).origin !== location.origin) return;
  await put("queue", { ...record, state: "waiting" });
  await flush();
};

const startQueue = async () => {
  // A page that came back from the server with this answer on it holds it again: it is no longer a sending.
  if (sent) await drop("queue", sent.dataset.sent);
  else if (form && !("whole" in form.dataset)) await drop("queue", form.dataset.submission);
  const file = document.querySelector("[data-import]");
  if (file) {
    file.hidden = false;
    file.querySelector("input").addEventListener("change", (event) => takeBack(event.target.files[0]).catch(() => {}));
  }
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") flush(); });
  await showQueue();
  await flush();
  setInterval(async () => { if ((await all("queue")).some((record) => record.state === "waiting")) await flush(); }, RETRY_MS);
};
if (keeps) startQueue().catch(() => {});
