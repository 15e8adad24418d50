// What a phone keeps: its person's households, what is still to be sent, and drafts. Everything about people rests
// encrypted under a key that never leaves this browser; signing out destroys the key, and with it all that it locks.
const NAME = "redhouse";
const STORES = { people: "person", homes: "id", queue: "key", photos: "id", drafts: "id" };

const ask = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
const finished = (work) => new Promise((done, failed) => {
  work.oncomplete = () => done();
  work.onerror = work.onabort = () => failed(work.error);
});

let opened;
const open = () => {
  opened ||= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, key] of Object.entries(STORES)) {
        const made = request.result.createObjectStore(store, { keyPath: key });
        if (store !== "people") made.createIndex("person", "person");
      }
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); opened = undefined; };
      done(request.result);
    };
    request.onerror = () => failed(request.error);
  });
  return opened;
};
const store = async (name, mode = "readonly") => (await open()).transaction(name, mode).objectStore(name);
const mine = async (name, person) => ask((await store(name)).index("person").getAll(person));

const seal = async (key, value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = value instanceof ArrayBuffer ? value : new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
};
const unsealBytes = (key, row) => crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.data);
const unseal = async (key, row) => JSON.parse(new TextDecoder().decode(await unsealBytes(key, row)));

// Without an encrypted connection (or this very machine) a browser gives neither a key nor a service worker.
export const canKeep = () => Boolean(globalThis.indexedDB && globalThis.crypto && crypto.subtle);

// Whoever used this phone last and did not sign out; undefined where nobody did.
export const owner = async () => {
  const people = await ask((await store("people")).getAll());
  return people.sort((a, b) => b.seen - a.seen)[0];
};

// Begin or go on as this person: the key is made once, and stays until they sign out.
export const enter = async (person, name) => {
  const known = await ask((await store("people")).get(person));
  const row = known || {
    person, token: "", shift: 0,
    key: await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
  };
  Object.assign(row, { name: await seal(row.key, name), seen: Date.now() });
  await ask((await store("people", "readwrite")).put(row));
  return row;
};

export const nameOf = (me) => unseal(me.key, me.name);

// The key first: should the rest break off, what is left cannot be read any more.
export const forget = async (person) => {
  await ask((await store("people", "readwrite")).delete(person));
  for (const name of Object.keys(STORES)) {
    if (name === "people") continue;
    const keys = await ask((await store(name)).index("person").getAllKeys(person));
    const from = await store(name, "readwrite");
    for (const key of keys) from.delete(key);
    await finished(from.transaction);
  }
};

// What changed in the house: its buckets take the place of those here.
export const keepCaseload = async (me, answer, serverAt) => {
  const sealed = [];
  for (const [bucket, homes] of Object.entries(answer.homes)) {
    sealed.push({ id: `${me.person}/${bucket}`, person: me.person, ...await seal(me.key, homes) });
  }
  if (answer.lists) sealed.push({ id: `${me.person}/lists`, person: me.person, ...await seal(me.key, answer.lists) });
  const work = (await open()).transaction(["homes", "people"], "readwrite");
  for (const row of sealed) work.objectStore("homes").put(row);
  Object.assign(me, { token: answer.token, today: answer.today, everyDays: answer.every_days, seen: Date.now() });
  me.shift = Date.parse(serverAt) - Date.now(); // how far the house's clock is from this phone's
  work.objectStore("people").put(me);
  await finished(work);
};

export const caseload = async (me) => {
  const homes = [];
  let lists = {};
  for (const row of await mine("homes", me.person)) {
    const found = await unseal(me.key, row).catch(() => null);
    if (!found) continue;
    if (row.id.endsWith("/lists")) lists = found;
    else homes.push(...found);
  }
  return { homes, lists };
};

export const unsent = async (person) => ask((await store("queue")).index("person").count(person));

// Entry and photographs in one transaction: either all of it waits to be sent, or none, and the draft of `home` goes with
// it. It is on the disk when this is done, not on its way there: a battery may end.
export const enqueue = async (me, entries, home = null) => {
  const rows = [], photos = [];
  for (const { entry, pictures = [], title = "" } of entries) {
    const parts = [];
    for (const [number, picture] of pictures.entries()) {
      const id = `${entry.key}-${number}.jpg`;
      parts.push(id);
      photos.push({ id, person: me.person, entry: entry.key, ...await seal(me.key, picture) });
    }
    const whole = parts.length ? { ...entry, photos: parts } : entry;
    rows.push({
      key: entry.key, person: me.person, state: "waiting", at: Date.now() + rows.length / 1000,
      ...await seal(me.key, { entry: whole, title }),
    });
  }
  const work = (await open()).transaction(["queue", "photos", "drafts"], "readwrite", { durability: "strict" });
  for (const row of rows) work.objectStore("queue").put(row);
  for (const row of photos) work.objectStore("photos").put(row);
  if (home !== null) strikeDraft(work, me, home);
  await finished(work);
};

// Rows as they were before they were sealed, no more than `most`. What cannot be read any more, because a sign-out was
// broken off after its key was gone, is left out.
const readable = async (me, rows, most = Infinity) => {
  const found = [];
  for (const row of rows) {
    if (found.length === most) break;
    const held = await unseal(me.key, row).catch(() => null);
    if (held) found.push({ ...row, ...held });
  }
  return found;
};

// What this phone has not settled, oldest first; and of it what is to be sent next.
const byAge = async (me) => (await mine("queue", me.person)).sort((a, b) => a.at - b.at);
export const queue = async (me) => readable(me, await byAge(me));
export const next = async (me, most) => readable(
  me, (await byAge(me)).filter((row) => row.state === "waiting" || row.state === "sent"), most,
);

export const pictures = async (me, entry) => {
  const found = [];
  for (const id of entry.photos || []) {
    const row = await ask((await store("photos")).get(id));
    if (row) found.push({ id, bytes: await unsealBytes(me.key, row) });
  }
  return found;
};

// An entry that was sent is not changed under its key until it was refused: an answer may have been lost on the way.
export const mark = async (key, changes) => {
  const rows = await store("queue", "readwrite");
  const row = await ask(rows.get(key));
  if (row) await ask(rows.put(Object.assign(row, changes)));
};

export const drop = async (keys) => {
  const work = (await open()).transaction(["queue", "photos"], "readwrite");
  for (const key of keys) {
    work.objectStore("queue").delete(key);
    const photos = work.objectStore("photos");
    photos.delete(IDBKeyRange.bound(`${key}-`, `${key}-\uffff`));
  }
  await finished(work);
};

// A draft's photographs lie beside it, so that a stroke writes what is said and not the pictures once more; `pictures` is
// null where they are as they were.
const draftId = (me, home) => `${me.person}/${home}`;
const shotsOf = (me, home) => IDBKeyRange.bound(`draft/${draftId(me, home)}/`, `draft/${draftId(me, home)}/\uffff`);
const strikeDraft = (work, me, home) => {
  work.objectStore("drafts").delete(draftId(me, home));
  work.objectStore("photos").delete(shotsOf(me, home));
};
const draftWork = async () => (await open()).transaction(["drafts", "photos"], "readwrite");

export const keepDraft = async (me, home, value, pictures) => {
  const said = await seal(me.key, { ...value, pictures: [] }), shots = [];
  for (const [number, picture] of (pictures || []).entries()) {
    shots.push({ id: `draft/${draftId(me, home)}/${number}`, person: me.person, ...await seal(me.key, picture) });
  }
  const work = await draftWork();
  work.objectStore("drafts").put({ id: draftId(me, home), person: me.person, ...said });
  if (pictures) work.objectStore("photos").delete(shotsOf(me, home));
  for (const row of shots) work.objectStore("photos").put(row);
  await finished(work);
};
export const draft = async (me, home) => {
  const row = await ask((await store("drafts")).get(draftId(me, home)));
  const found = row && await unseal(me.key, row).catch(() => null);
  if (!found) return null;
  if (found.pictures.length) await keepDraft(me, home, found, found.pictures); // of a version that kept them inside
  const shots = await ask((await store("photos")).getAll(shotsOf(me, home)));
  return { ...found, pictures: await Promise.all(shots.map((shot) => unseal(me.key, shot))) };
};
export const drafts = async (me) => (await mine("drafts", me.person)).map((row) => Number(row.id.split("/")[1]));
export const dropDraft = async (me, home) => {
  const work = await draftWork();
  strikeDraft(work, me, home);
  await finished(work);
};
