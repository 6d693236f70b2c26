/* Decisions on their way: kept on the device until the site says it has them, sent one by one in their order. */
"use strict";
window.codingOutbox = ({ key, token, onState, onAnswer }) => {
  const againMs = 3000;
  let waiting = [], busy = false, state = "sent", timer = 0;

  const read = () => {
    try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return []; }
  };
  const keep = () => {
    try {
      if (waiting.length) localStorage.setItem(key, JSON.stringify(waiting));
      else localStorage.removeItem(key);
    } catch { /* a device that keeps nothing: the decision is still sent */ }
  };
  const say = (now) => { state = now; onState(state, waiting.length); };

  const post = ({ url, fields }) => fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { Accept: "application/json" },
    body: new URLSearchParams([...fields, ["csrf_token", token]]),
    signal: AbortSignal.timeout(20000),
  });

  /* What the site answered: kept, refused for good, or to be sent again later. */
  const ended = async (item, answer) => {
    if ([400, 401, 403].includes(answer.status)) { say("signed-out"); return false; }
    if (answer.status >= 500 || answer.status === 429) { say("waiting"); return false; }
    waiting.shift();
    keep();
    onAnswer(item, answer.status, await answer.json().catch(() => ({})));
    return true;
  };

  const flush = async () => {
    clearTimeout(timer);
    if (busy || !waiting.length) return;
    busy = true;
    try {
      while (waiting.length) if (!await ended(waiting[0], await post(waiting[0]))) break;
    } catch { say("waiting"); }
    busy = false;
    if (!waiting.length) say("sent");
    else timer = setTimeout(flush, againMs);
  };

  window.addEventListener("online", flush);
  waiting = read();
  flush();
  return {
    send(item) { waiting.push(item); keep(); flush(); if (state !== "sent") say(state); },
    /* Takes back what was not sent yet; the first of the queue may be on its way. */
    drop(act) {
      const place = waiting.findIndex((item, rank) => item.act === act && (rank > 0 || !busy));
      if (place >= 0) { waiting.splice(place, 1); keep(); say(waiting.length ? state : "sent"); }
      return place >= 0;
    },
  };
};
