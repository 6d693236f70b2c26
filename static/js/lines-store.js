/* What a device keeps of rencontres: in IndexedDB, every word and photograph sealed with a key that no script can read
   out of the browser. Where the browser offers neither, the page's own memory stands in, and `lasting` says so. */
import { openDB } from "../vendor/idb.js";

const NAME = "consult-rencontres";
const TABLES = { meetings: "id", lines: ["meeting", "line"], photos: ["meeting", "line"] };

const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));
export const newId = () => [...random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/* Signing out in another tab deletes the database under this page: the key it writes with must come back with it. */
const held = new Map();
const withKeys = async (db) => {
  for (const [name, value] of held) if ((await db.get("keys", name)) === undefined) await db.put("keys", value, name);
  return db;
};

const connect = () => {
  let opened = null;
  return () => {
    opened ??= openDB(NAME, 1, {
      upgrade(db) {
        db.createObjectStore("keys");
        for (const [name, keyPath] of Object.entries(TABLES)) db.createObjectStore(name, { keyPath });
      },
      // A tablet that sleeps closes the database under the page; the next use opens it again.
      terminated() { opened = null; },
      blocking(_now, _next, event) { event.target.close(); opened = null; },
    }).then(withKeys);
    return opened;
  };
};

/* The same few calls on plain objects, for a browser that keeps nothing. */
const memory = () => {
  const tables = { keys: new Map(), meetings: new Map(), lines: new Map(), photos: new Map() };
  const keyOf = (table, value) => [].concat(TABLES[table]).map((name) => value[name]).join("\n");
  const flat = (key) => [].concat(key).join("\n");
  return {
    get: async (table, key) => structuredClone(tables[table].get(flat(key))),
    getAll: async (table) => [...tables[table].values()].map((value) => structuredClone(value)),
    put: async (table, value, key) => { tables[table].set(key ?? keyOf(table, value), structuredClone(value)); },
    delete: async (table, key) => { tables[table].delete(flat(key)); },
    keep: async (name, made) => { tables.keys.set(name, tables.keys.get(name) ?? made); return tables.keys.get(name); },
  };
};

const disk = async () => {
  const connection = connect();
  await connection();
  const again = async (use) => {
    try { return await use(await connection()); } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      return use(await connection());
    }
  };
  return {
    get: (table, key) => again((db) => db.get(table, key)),
    getAll: (table) => again((db) => db.getAll(table)),
    put: (table, value, key) => again((db) => (key === undefined ? db.put(table, value) : db.put(table, value, key))),
    delete: (table, key) => again((db) => db.delete(table, key)),
    change: (table, key, alter) => again(async (db) => {
      const work = db.transaction(table, "readwrite");
      const found = await work.store.get(key);
      const altered = found && alter(found);
      if (altered) await work.store.put(altered);
      else if (found && altered === null) await work.store.delete(key);
      await work.done;
    }),
    keep: (name, made) => again(async (db) => {
      const work = db.transaction("keys", "readwrite");
      const found = await work.store.get(name) ?? made;
      await work.store.put(found, name);
      await work.done;
      return found;
    }),
    close: async () => (await connection()).close(),
  };
};

const once = async (base, name, make) => {
  const made = await base.get("keys", name) ?? await make();
  // Two tabs opened together must end up with one key: the first to write it wins.
  const found = await base.keep(name, made);
  held.set(name, found);
  return found;
};

const sealing = async (base) => {
  const key = await once(base, "sealing", () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]));
  return {
    async seal(bytes) {
      const iv = random(12);
      return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
    },
    open: ({ iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data),
  };
};

const plainly = { seal: async (bytes) => ({ data: bytes }), open: async ({ data }) => data };

const open = async () => {
  if (globalThis.crypto?.subtle && globalThis.indexedDB) {
    try {
      const base = await disk();
      return { base, safe: await sealing(base), lasting: true };
    } catch (error) { if (!["InvalidStateError", "SecurityError", "UnknownError", "VersionError", "QuotaExceededError"].includes(error.name)) throw error; }
  }
  return { base: memory(), safe: plainly, lasting: false };
};

const changeIn = (base) => base.change ?? (async (table, key, alter) => {
  const found = await base.get(table, key);
  const altered = found && alter(found);
  if (altered) await base.put(table, altered);
  else if (found && altered === null) await base.delete(table, key);
});

export const openStore = async () => {
  const { base, safe, lasting } = await open();
  const writer = await once(base, "writer", async () => newId());
  const change = changeIn(base);
  const pack = async (record, words) => ({ ...record, box: await safe.seal(new TextEncoder().encode(JSON.stringify(words))) });
  const unpack = async ({ box, ...record }) => ({ ...record, ...JSON.parse(new TextDecoder().decode(await safe.open(box))) });
  /* What another key sealed cannot be read by anybody any more: it is passed over, and never stops the rest. */
  const unpackAll = async (found) => (await Promise.all(found.map((one) => unpack(one).catch(() => null)))).filter(Boolean);
  return {
    lasting,
    writer,
    async meetings(slug) { return unpackAll((await base.getAll("meetings")).filter((one) => one.slug === slug)); },
    async putMeeting({ id, slug, owner, server, state, ordered, ...words }) {
      await base.put("meetings", await pack({ id, slug, owner, server: server ?? null, state, ordered: ordered ?? false }, words));
    },
    markMeeting: (id, marks) => change("meetings", id, (found) => ({ ...found, ...marks })),
    async lines(meeting) { return unpackAll((await base.getAll("lines")).filter((one) => one.meeting === meeting)); },
    async waiting(slug, owner) {
      const mine = (one) => one.slug === slug && one.owner === owner && one.state === "waiting";
      return unpackAll((await base.getAll("lines")).filter(mine).sort((one, other) => one.seq - other.seq));
    },
    /* How many lines wait, by rencontre, without opening any. */
    async counts(slug) {
      const found = new Map();
      for (const one of await base.getAll("lines")) {
        if (one.slug === slug && one.state !== "saved") found.set(one.meeting, (found.get(one.meeting) ?? 0) + 1);
      }
      for (const one of await base.getAll("photos")) if (one.slug === slug) found.set(one.meeting, found.get(one.meeting) ?? 0);
      return found;
    },
    async putLine({ meeting, line, slug, owner, state, seq, version, gone, rank, revision, ...words }) {
      await base.put("lines", await pack({ meeting, line, slug, owner, state, seq, version, gone: gone ?? false, rank, revision: revision ?? "" }, words));
    },
    /* What was sent is saved, unless it was written again meanwhile: that is still to be sent. */
    settleLine: (meeting, line, version, revision) => change("lines", [meeting, line], (found) => {
      if (found.version !== version) return { ...found, revision };
      return found.gone ? null : { ...found, state: "saved", revision };
    }),
    markLine: (meeting, line, version, marks) => change("lines", [meeting, line], (found) => (found.version === version ? { ...found, ...marks } : found)),
    dropLine: (meeting, line) => base.delete("lines", [meeting, line]),
    async putPhoto(meeting, line, slug, owner, bytes) { await base.put("photos", { meeting, line, slug, owner, version: newId(), box: await safe.seal(bytes) }); },
    async photos(slug, owner) {
      const found = (await base.getAll("photos")).filter((one) => one.slug === slug && one.owner === owner && one.state !== "refused");
      return Promise.all(found.map(async ({ box, ...one }) => ({ ...one, bytes: await safe.open(box) })));
    },
    markPhoto: (meeting, line, version, marks) => change("photos", [meeting, line], (found) => (!version || found.version === version ? { ...found, ...marks } : found)),
    async hasPhoto(meeting, line) { return Boolean(await base.get("photos", [meeting, line])); },
    dropPhoto: (meeting, line, version) => change("photos", [meeting, line], (found) => (!version || found.version === version ? null : found)),
    async dropMeeting(id) {
      for (const table of ["lines", "photos"]) {
        for (const one of await base.getAll(table)) if (one.meeting === id) await base.delete(table, [one.meeting, one.line]);
      }
      await base.delete("meetings", id);
    },
  };
};

/* Signed out: what is saved on the server leaves the device; what is not yet stays sealed, and is counted. */
export const forget = async () => {
  for (const name of await caches.keys()) if (name.startsWith(`${NAME}-`)) await caches.delete(name);
  for (const one of await navigator.serviceWorker?.getRegistrations() ?? []) if (one.scope.endsWith("/rencontres/")) await one.unregister();
  if (!(await indexedDB.databases?.() ?? [{ name: NAME }]).some((one) => one.name === NAME)) return 0;
  const base = await disk();
  const left = new Set();
  let count = 0;
  for (const one of await base.getAll("lines")) {
    if (one.state === "saved") await base.delete("lines", [one.meeting, one.line]);
    else { left.add(one.meeting); count += 1; }
  }
  for (const one of await base.getAll("photos")) left.add(one.meeting);
  for (const one of await base.getAll("meetings")) {
    if (one.state !== "saved") left.add(one.id);
    else if (!left.has(one.id)) await base.delete("meetings", one.id);
  }
  await base.close();
  if (!left.size) indexedDB.deleteDatabase(NAME);
  return count;
};
