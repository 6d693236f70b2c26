/* What waits on this device, on the list of rencontres and on the page kept for when the network is away;
   and a new rencontre opened without the network. */
import { newId, openStore } from "./lines-store.js";
import { makeSync } from "./lines-sync.js";

const words = document.getElementById("sheet-words").dataset;
const page = { base: words.base, slug: words.slug, owner: words.owner };
const shown = document.querySelector("[data-device-list]");
const alertBox = document.querySelector("[data-alert]");
const store = await openStore();

const cellsOf = ({ values }) => [values.text, values.kind, values.speaker, values.wording, values.carried, values.places.join(" "), values.table, values.point];
const HEAD = ["Texte", "Nature", "Qui parle", "Mots", "Votes", "Quartier", "Table", "Point"];
/* A file that the import of notes reads back, and that no spreadsheet takes for a formula. */
const asCsv = (lines) => [HEAD, ...lines.map(cellsOf)]
  .map((cells) => cells.map((cell) => `"${(/^\s*[=+\-@'＝＋－＠]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(";")).join("\r\n");

const download = async (meeting) => {
  const lines = (await store.lines(meeting.id)).filter((line) => line.state !== "saved" && !line.gone).sort((one, other) => one.rank - other.rank);
  const address = URL.createObjectURL(new Blob([`\ufeff${asCsv(lines)}`], { type: "text/csv;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: address, download: `${meeting.client.slice(0, 12)}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
};

const item = (meeting, count, names) => {
  const line = document.createElement("li");
  const title = Object.assign(document.createElement("a"), { textContent: meeting.title, href: meeting.server ? `${page.base}${meeting.server}` : `${page.base}appareil#${meeting.client}` });
  const said = [meeting.state === "saved" ? "" : names.new, count ? (count === 1 ? names.one : names.many.replace("#", count)) : ""].filter(Boolean).join(", ") || names.sent;
  line.append(title, Object.assign(document.createElement("span"), { className: "quiet", textContent: said }));
  if (count) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--quiet btn--small", textContent: names.save });
    button.addEventListener("click", () => download(meeting));
    line.append(button);
  }
  return line;
};

const list = async () => {
  if (!shown) return;
  const names = document.getElementById("device-words").dataset;
  const counts = await store.counts(page.slug);
  const own = (await store.meetings(page.slug)).filter((one) => one.owner === page.owner);
  const wanted = "onlyWaiting" in shown.dataset ? own.filter((one) => one.state !== "saved" || counts.get(one.id)) : own;
  document.querySelector("[data-device-meetings]").replaceChildren(...wanted.map((one) => item(one, counts.get(one.id) ?? 0, names)));
  const none = document.querySelector("[data-device-none]");
  if (none) none.hidden = wanted.length > 0;
  if ("onlyWaiting" in shown.dataset) shown.hidden = wanted.length === 0;
};

const sync = makeSync(store, page, (event) => {
  if (["out", "other"].includes(event.kind) && alertBox) { alertBox.textContent = words[event.kind]; alertBox.hidden = false; }
  if (event.kind === "done" && alertBox) alertBox.hidden = true;
  if (["done", "out", "other", "away", "saved", "meeting-saved"].includes(event.kind)) list();
});

const openNew = (form) => {
  form.elements.client_id.value = newId();
  const keep = async () => {
    const values = [...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "client_id");
    const client = form.elements.client_id.value;
    const kind = form.elements.kind.selectedOptions[0].textContent;
    await store.putMeeting({
      id: `${page.slug}/${client}`, slug: page.slug, owner: page.owner, server: null, state: "waiting", client, form: values,
      kind: form.elements.kind.value, title: form.elements.title.value.trim(), lede: `${kind}, ${form.elements.day.value}.`,
    });
    location.assign(`${page.base}appareil#${client}`);
  };
  const reach = async () => {
    try { return (await fetch(`${page.base}etat`, { headers: { Accept: "application/json" }, redirect: "manual" })).status !== 0; } catch { return false; }
  };
  let leaving = false;
  form.addEventListener("submit", (event) => {
    if (leaving || !store.lasting) return;
    event.preventDefault();
    const title = form.elements.title;
    title.setCustomValidity("");
    reach().then((there) => {
      if (!there && title.value.trim() && form.elements.day.value) return keep();
      // With the network, or where something is missing, the server has the words to say so.
      leaving = true;
      return form.submit();
    });
  });
};

const fresh = document.querySelector("form[data-new-meeting]");
if (fresh) openNew(fresh);
await list();
// Where a sheet is open it sends by itself, and says of each line how it went.
const sheet = document.querySelector("form[data-sheet]") && (location.hash || /\/\d+$/.test(location.pathname));
if (!sheet) {
  sync();
  window.addEventListener("online", () => sync());
  setInterval(sync, 20000);
}
window.addEventListener("hashchange", () => location.reload());
navigator.serviceWorker?.register(`${page.base}ouvrier.js`).catch(() => undefined);
