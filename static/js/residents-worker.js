// Without a network, the pages of a questionnaire that was opened before are those the device kept; see offline.js.
"use strict";
const CACHE = "consult-residents";
const VERSION = "__VERSION__";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A relay that finds no server behind it answers in its place: nothing that the person sent was read.
const isRelayAlone = (response) => response.status === 502 || response.status === 504;
const slugOf = (url) => url.pathname.split("/")[2];

// Where several questionnaires are online, each has its own pages: one is never shown in the place of another.
const OURS = ["", "questions", "envoi", "recu", "attente"];
const questionnaireOf = (url) => {
  const third = url.pathname.split("/")[3] ?? "";
  return url.searchParams.get("questionnaire") ?? (OURS.includes(third) ? null : third);
};

const kept = async (url, page) => (await keptPage(url, page)) || keptPage(url, "questions/tout");
const keptPage = async (url, page) => {
  const cache = await caches.open(CACHE);
  const path = `/c/${slugOf(url)}/${page}`;
  const wanted = page === "attente" ? null : questionnaireOf(url);
  const said = (request, name) => new URL(request.url).searchParams.get(name);
  const found = (await cache.keys())
    .filter((request) => new URL(request.url).pathname === path)
    .filter((request) => wanted === null || said(request, "questionnaire") === wanted);
  const inLanguage = found.find((request) => said(request, "langue") === url.searchParams.get("langue"));
  const request = inLanguage ?? found[0];
  return request && cache.match(request);
};

const pageFor = (request, url) => (url.pathname.endsWith("/envoi") || url.pathname.endsWith("/attente") ? "attente" : "questions/tout");

const navigate = async (request) => {
  const url = new URL(request.url);
  try {
    const response = await fetch(request);
    if (!isRelayAlone(response)) return response;
    return (await kept(url, pageFor(request, url))) || response;
  } catch (error) {
    const found = await kept(url, pageFor(request, url));
    if (found) return found;
    throw error;
  }
};

const file = async (request) => {
  const cache = await caches.open(CACHE);
  try {
    return await fetch(request);
  } catch (error) {
    const found = (await cache.match(request)) || (await cache.match(request, { ignoreSearch: true }));
    if (found) return found;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  // With a network, what a page sends goes its own way: only so does the Back button find the page again.
  if (request.mode === "navigate" && request.method === "POST" && navigator.onLine) return;
  if (request.mode === "navigate") event.respondWith(navigate(request));
  else if (request.method === "GET" && (url.pathname.startsWith("/static/") || url.pathname.startsWith("/residents."))) event.respondWith(file(request));
});
