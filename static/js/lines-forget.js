/* On the sign-in page nobody is signed in: what the server has already leaves this device, what it has not is counted. */
import { forget } from "./lines-store.js";

const said = document.querySelector("[data-left]");
if (globalThis.crypto?.subtle && globalThis.indexedDB && globalThis.caches) {
  forget().then((count) => {
    if (!count) return;
    said.textContent = count === 1 ? said.dataset.one : said.dataset.many.replace("#", count);
    said.hidden = false;
  }).catch(() => undefined);
}
