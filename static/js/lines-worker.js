/* Answers for the network on the field's pages: the page that serves any rencontre, the form of a new one, and the
   files they name. It keeps no page that holds what was said: those words are in the store, sealed. */
"use strict";
const SCOPE = new URL("./", self.location.href).pathname;
const CACHE = `consult-rencontres-${SCOPE}`;
const DEVICE = `${SCOPE}appareil`;
const NEW = `${SCOPE}nouvelle`;
const PATIENCE = 8000;

const isPage = (answer) => answer.ok && !answer.redirected && answer.type === "basic";

/* A page with every file it names, kept together or not at all. */
const keepPage = async (address) => {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!isPage(answer)) return;
  const html = await answer.clone().text();
  const files = new Set([...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1].replaceAll("&amp;", "&")));
  const cache = await caches.open(CACHE);
  await cache.addAll(files);
  await cache.put(address, answer);
};

const keepAll = () => Promise.all([DEVICE, NEW].map(keepPage));

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
/* A page that is open and signed in asks for fresh copies: what the pages offer may have changed. */
self.addEventListener("message", (event) => { if (event.data === "keep") event.waitUntil(keepAll().catch(() => undefined)); });

const kept = async (address) => (await caches.open(CACHE)).match(address, { ignoreSearch: false });

const patiently = (request) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fetch(request, { signal: stop.signal }).finally(() => clearTimeout(timer));
};

const visit = async (request) => {
  const path = new URL(request.url).pathname;
  const copy = await kept(path === NEW ? NEW : DEVICE);
  if (!copy) return fetch(request);
  try {
    const answer = await patiently(request);
    return [502, 503, 504].includes(answer.status) ? copy : answer;
  } catch {
    return copy;
  }
};

const file = async (request) => {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(CACHE)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const copy = await kept(request);
    if (copy) return copy;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && address.pathname.startsWith(SCOPE)) event.respondWith(visit(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
});
