// Large text, kept on the device under « consult.grand-texte »; reading aloud by the browser's own voices; copy and print.
const LARGE = "consult.grand-texte";
const box = document.getElementById("grand-texte");
if (box) {
  try { box.checked = localStorage.getItem(LARGE) === "1"; } catch { /* a browser that keeps nothing still reads */ }
  box.addEventListener("change", () => {
    try { if (box.checked) localStorage.setItem(LARGE, "1"); else localStorage.removeItem(LARGE); } catch { /* the same */ }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
const offerCopy = (button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  });
};
document.querySelectorAll("[data-copy]").forEach(offerCopy);

const voiceFor = (language) => speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);
const languageOf = (element) => element.closest("[lang]").lang.split("-")[0];

// The texts of an element in order, each with the language it is written in; what is only for the eye or hidden is left out.
const spokenIn = (root) => {
  const parts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    const holder = node.parentElement;
    if (!text || holder.closest("[data-read], [hidden], script, option, textarea")) continue;
    const language = languageOf(holder);
    const last = parts.at(-1);
    if (last && last.language === language && last.block === holder.closest("label, legend, p, dt, dd, li, h1, h2")) last.text += ` ${text}`;
    else parts.push({ language, text, block: holder.closest("label, legend, p, dt, dd, li, h1, h2") });
  }
  return parts;
};

let reading = null;
const stopReading = () => {
  speechSynthesis.cancel();
  if (reading) reading.setAttribute("aria-pressed", "false");
  reading = null;
};
const read = (button, root) => {
  const again = reading === button;
  stopReading();
  if (again) return;
  reading = button;
  button.setAttribute("aria-pressed", "true");
  const parts = spokenIn(root).filter((part) => voiceFor(part.language));
  parts.forEach((part, rank) => {
    const said = new SpeechSynthesisUtterance(part.text);
    said.lang = part.language;
    said.voice = voiceFor(part.language);
    said.rate = 0.95;
    if (rank === parts.length - 1) said.onend = () => { if (reading === button) stopReading(); };
    speechSynthesis.speak(said);
  });
  if (parts.length === 0) stopReading();
};

const offerReading = () => {
  const page = document.querySelector("[data-read-page]");
  if (!page || !page.hidden || !voiceFor(document.documentElement.lang)) return;
  page.dataset.read = "";
  page.hidden = false;
  page.setAttribute("aria-pressed", "false");
  page.addEventListener("click", () => read(page, document.getElementById("contenu")));
  for (const question of document.querySelectorAll(".question")) {
    const label = question.querySelector(".question__label");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet listen";
    button.dataset.read = "";
    button.setAttribute("aria-pressed", "false");
    button.textContent = page.dataset.readOne;
    if (label) {
      const named = document.createElement("span");
      named.className = "visually-hidden";
      named.textContent = ` ${label.textContent.trim()}`;
      button.append(named);
      label.after(button);
    } else question.prepend(button);
    button.addEventListener("click", () => read(button, question));
  }
};
if ("speechSynthesis" in window) {
  offerReading();
  speechSynthesis.addEventListener?.("voiceschanged", offerReading);
  window.addEventListener("pagehide", stopReading);
}
