// What the device keeps: IndexedDB « consult-residents », two stores. Nothing in them leaves before the person sends it.
//   drafts: { key, slug, step, pairs, at }              an answer being given, by submission
//   queue:  { key, slug, url, step, pairs, state, … }   an answer that was sent: « waiting », « stopped » or « arrived »
const device = document.getElementById("appareil");
const keeps = Boolean(device) && "keeps" in document.body.dataset && "indexedDB" in window;

let opening = null;
const opened = () => {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("consult-residents", 1);
    asked.onupgradeneeded = () => {
      for (const name of ["drafts", "queue"]) if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, { keyPath: "key" });
    };
    asked.onsuccess = () => {
      // Some phones close it behind the page's back: the next call opens it again.
      asked.result.onclose = () => { opening = null; };
      asked.result.onversionchange = () => { asked.result.close(); opening = null; };
      resolve(asked.result);
    };
    asked.onerror = () => { opening = null; reject(asked.error); };
  });
  return opening;
};

// What was sent outlives a battery that dies; a draft, written at each key, outlives the browser alone.
const durabilityOf = (name) => (name === "queue" ? "strict" : "relaxed");
const inStore = async (name, mode, act) => {
  const run = async () => {
    const transaction = (await opened()).transaction(name, mode, { durability: durabilityOf(name) });
    const asked = act(transaction.objectStore(name));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };
  try {
    return await run();
  } catch (error) {
    if (error?.name !== "InvalidStateError") throw error;
    opening = null;
    return run();
  }
};
const put = (name, value) => inStore(name, "readwrite", (store) => store.put(value));
// Written only over what is still there: what somebody took away meanwhile does not come back.
const putOver = (name, value) => inStore(name, "readwrite", (store) => {
  const asked = store.getKey(value.key);
  asked.onsuccess = () => { if (asked.result !== undefined) store.put(value); };
  return asked;
});
const drop = (name, key) => inStore(name, "readwrite", (store) => store.delete(key));
const find = (name, key) => inStore(name, "readonly", (store) => store.get(key));
const all = (name) => inStore(name, "readonly", (store) => store.getAll());
const draftsHere = async () => (await all("drafts")).filter((draft) => draft.slug === device.dataset.slug).sort((a, b) => b.at - a.at);

const newName = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// A form made of pairs, sent as a page is.
const submitPairs = (address, pairs) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  form.hidden = true;
  for (const [name, value] of pairs) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
};
// An answer shown again on its page: nothing is stored.
const openAgain = (step, pairs) => submitPairs(step, [...pairs.filter(([name]) => name !== "aller"), ["aller", "rester"]]);

const makeButton = (words, act, kind = "btn btn--second") => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = kind;
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
};
const makeNote = (title, text = "") => {
  const note = document.createElement("div");
  note.className = "note device-note";
  note.setAttribute("role", "status");
  const line = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = title;
  line.append(strong);
  if (text) line.append(` ${text}`);
  const acts = document.createElement("p");
  acts.className = "device-note__acts";
  note.append(line, acts);
  note.acts = acts;
  return note;
};
const showFirst = (note) => document.querySelector("#contenu .page h1").before(note);
