// The pages of an opened questionnaire are kept on the device, so that they open without a network.
const keepPages = async () => {
  const cache = await caches.open("consult-residents");
  const files = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="preload"], link[rel="icon"]')].map((link) => link.href);
  files.push(...[...document.scripts].map((script) => script.src).filter(Boolean));
  const fonts = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.endsWith(".woff2"));
  const missing = async (address) => !(await cache.match(address));
  for (const address of new Set([...files, ...fonts])) if (await missing(address)) await cache.add(new Request(address, { cache: "force-cache" }));
  for (const address of [device.dataset.whole, device.dataset.waiting]) await cache.add(new Request(address, { cache: "no-store" }));
  document.body.dataset.opensOffline = "";
};

if (keeps && "serviceWorker" in navigator && "caches" in window) {
  navigator.serviceWorker.register(device.dataset.worker, { scope: "/c/" }).catch(() => {});
  if (form && !("whole" in form.dataset)) window.addEventListener("load", () => { keepPages().catch(() => {}); });
}
