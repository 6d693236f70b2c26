/* Sends what a device kept, in the order it was written, once the network is back and the person is signed in.
   A line leaves the queue only when the server has said that it is stored; sent twice, it is still one line. */
const REFUSED = new Set([400, 401, 403]);

class Stop extends Error {
  constructor(reason) { super(reason); this.reason = reason; }
}

export const makeSync = (store, page, heard) => {
  let token = "";
  let running = null;
  let again = false;

  const fetched = async (path, options) => {
    try {
      return await fetch(page.base + path, { credentials: "same-origin", redirect: "manual", ...options, headers: { Accept: "application/json", ...options?.headers } });
    } catch { throw new Stop("away"); }
  };

  const enter = async () => {
    const answer = await fetched("etat");
    if (answer.status === 0 || REFUSED.has(answer.status) || answer.status === 404) throw new Stop("out");
    if (!answer.ok) throw new Stop("away");
    const found = await answer.json();
    if (String(found.owner) !== page.owner) throw new Stop("other");
    token = found.token;
  };

  const ask = async (path, method, body, headers = {}) => {
    if (!token) await enter();
    const send = () => fetched(path, { method, body, headers: { ...headers, "X-CSRFToken": token } });
    let answer = await send();
    if (REFUSED.has(answer.status) || answer.status === 0) {
      // The session is another one since: its token is asked once, and whether it is still this person's.
      token = "";
      await enter();
      answer = await send();
    }
    if (REFUSED.has(answer.status)) throw new Stop("out");
    if (answer.status >= 500 || answer.status === 429 || answer.status === 0) throw new Stop("away");
    return answer;
  };

  const sendMeeting = async (meeting) => {
    const answer = await ask(`appareil/${meeting.client}`, "PUT", new URLSearchParams(meeting.form));
    if (!answer.ok) {
      await store.markMeeting(meeting.id, { state: "refused" });
      heard({ kind: "meeting-refused", meeting: meeting.id, errors: answer.status === 422 ? (await answer.json()).errors : {} });
      return;
    }
    const { id, url } = await answer.json();
    await store.markMeeting(meeting.id, { server: id, state: "saved" });
    heard({ kind: "meeting-saved", meeting: meeting.id, server: id, url });
  };

  const bodyOf = (line) => {
    const body = new URLSearchParams({ revision: line.revision, writer: `${store.writer}-${page.owner}`, after: line.after ?? "" });
    for (const [name, value] of Object.entries(line.values)) for (const one of [].concat(value)) body.append(name, one);
    return body;
  };

  const sendLine = async (line, server) => {
    const path = `${server}/lignes/${line.line}`;
    heard({ kind: "sending", ...line });
    const query = `?revision=${line.revision}&writer=${store.writer}-${page.owner}`;
    const answer = line.gone ? await ask(path + query, "DELETE") : await ask(path, "PUT", bodyOf(line));
    if (answer.ok) {
      const said = await answer.json();
      await store.settleLine(line.meeting, line.line, line.version, String(said.revision ?? ""));
      if (line.gone) await store.dropPhoto(line.meeting, line.line);
      heard({ ...line, kind: "saved", revision: String(said.revision ?? ""), uncoded: said.uncoded });
    } else if (answer.status === 409) {
      const { theirs } = await answer.json();
      await store.markLine(line.meeting, line.line, line.version, { state: "conflict" });
      heard({ ...line, kind: "conflict", theirs });
    } else {
      const errors = answer.status === 422 ? (await answer.json()).errors : null;
      await store.markLine(line.meeting, line.line, line.version, { state: "refused" });
      heard({ ...line, kind: "refused", errors });
    }
  };

  const sendPhoto = async (photo, server) => {
    const answer = await ask(`${server}/lignes/${photo.line}/photo`, "PUT", photo.bytes, { "Content-Type": "application/octet-stream" });
    if (answer.status === 404) return;  // Its line is not there yet, or any more.
    if (answer.ok) {
      await store.dropPhoto(photo.meeting, photo.line, photo.version);
      heard({ kind: "photo-saved", ...photo });
      return;
    }
    // It may be the only one: it stays here, and goes again when its sheet is opened.
    await store.markPhoto(photo.meeting, photo.line, photo.version, { state: "refused" });
    const said = await answer.json().catch(() => ({}));  // A relay answers with a page.
    heard({ kind: "photo-refused", ...photo, errors: said.errors });
  };

  const sendOrder = async (meeting) => {
    const lines = (await store.lines(meeting.id)).filter((line) => !line.gone).sort((one, other) => one.rank - other.rank);
    const body = new URLSearchParams(lines.map((line) => ["id", line.line]));
    if ((await ask(`${meeting.server}/ordre`, "PUT", body)).ok) await store.markMeeting(meeting.id, { ordered: false });
  };

  const sendAll = async () => {
    const own = async () => (await store.meetings(page.slug)).filter((meeting) => meeting.owner === page.owner);
    for (const meeting of await own()) if (meeting.state === "waiting") await sendMeeting(meeting);
    const meetings = await own();
    const servers = new Map(meetings.filter((one) => one.server).map((one) => [one.id, one.server]));
    for (const line of await store.waiting(page.slug, page.owner)) if (servers.has(line.meeting)) await sendLine(line, servers.get(line.meeting));
    for (const photo of await store.photos(page.slug, page.owner)) if (servers.has(photo.meeting)) await sendPhoto(photo, servers.get(photo.meeting));
    for (const meeting of meetings) if (meeting.server && meeting.ordered) await sendOrder(meeting);
  };

  const attempt = async () => {
    try {
      await sendAll();
      heard({ kind: "done" });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      heard({ kind: error.reason });
    }
  };

  /* One tab at a time sends what the device holds. */
  const alone = (work) => (navigator.locks ? navigator.locks.request(`consult-rencontres-${page.slug}`, work) : work());

  const sync = () => {
    if (running) { again = true; return running; }
    running = alone(attempt).finally(() => {
      running = null;
      if (again) { again = false; sync(); }
    });
    return running;
  };
  return sync;
};
