// Send what waits and take along what changed, in one request where one is enough. One at a time over all tabs; safe to
// break off anywhere and to repeat.
import * as kept from "./phone-store.js";

const ENTRIES = 50; // in one batch
const BYTES = 4 << 20; // of photographs in one batch: a weak signal gets something through
const PHOTOS = 90; // in one batch: the server reads no more than a hundred parts
const SECONDS = 60; // until a request counts as lost
const UNKNOWN = new Set([404, 405, 410, 422]);

const cookie = (name) => document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);

const batchOf = async (me, rows) => {
  const taken = [], form = new FormData();
  let bytes = 0, photos = 0;
  for (const row of rows) {
    const found = await kept.pictures(me, row.entry);
    const size = found.reduce((sum, each) => sum + each.bytes.byteLength, 0);
    if (taken.length && (bytes + size > BYTES || photos + found.length > PHOTOS)) break;
    bytes += size;
    photos += found.length;
    for (const each of found) form.append("photo", new Blob([each.bytes], { type: "image/jpeg" }), each.id);
    taken.push(row);
  }
  form.append("batch", JSON.stringify(taken.map((row) => row.entry)));
  form.append("sent_at", new Date().toISOString());
  if (me) form.append("person", me.person);
  if (taken.length === rows.length && rows.length < ENTRIES) form.append("token", me?.token || ""); // nothing is left
  return { taken, form };
};

const settle = async (entries) => {
  const isTaken = (each) => each.state === "accepted" || each.state === "duplicate";
  await kept.drop(entries.filter(isTaken).map((each) => each.key));
  for (const each of entries) {
    if (!isTaken(each)) await kept.mark(each.key, { state: each.state, reason: each.reason, current: each.current });
  }
};

// Nothing of it was looked at: it waits as before.
const unsend = async (rows) => { for (const row of rows) await kept.mark(row.key, { state: row.state }); };

// "done", "offline", "expired" (sign in again), "other" (somebody else is signed in now), "outdated" (this house does not
// know what this version of the app says), "failed".
// The house takes nothing while somebody else is signed in, so that nothing is ever sent in another person's name.
const once = async (me) => {
  for (;;) {
    const { taken, form } = await batchOf(me, me ? await kept.next(me, ENTRIES) : []);
    for (const row of taken) await kept.mark(row.key, { state: "sent" });
    const connected = navigator.onLine; // false is sure: nothing leaves the phone; true promises nothing
    const answer = await fetch("/api/v1/sync", {
      method: "POST", body: form, headers: { "X-CSRFToken": cookie("csrftoken") || "" },
      signal: AbortSignal.timeout(SECONDS * 1000),
    }).catch(async (error) => {
      if (!connected) await unsend(taken);
      throw error;
    });
    const turnedAway = answer.status === 401 || answer.status === 403 ? "expired" : UNKNOWN.has(answer.status) ? "outdated" : "";
    if (turnedAway) {
      await unsend(taken);
      return { state: turnedAway, me };
    }
    if (!answer.ok) return { state: "failed", me };
    const found = await answer.json();
    if (me && me.person !== found.person) {
      await unsend(taken);
      return { state: "other", me: await kept.enter(found.person, found.name) };
    }
    me ||= await kept.enter(found.person, found.name);
    await settle(found.entries);
    if (found.changes) {
      await kept.keepCaseload(me, found.changes, found.server_at);
      return { state: "done", me };
    }
    if (!found.entries.length) return { state: "failed", me }; // no answer to anything: not again at once
  }
};

const tried = async (me) => {
  try {
    return await once(me);
  } catch (error) {
    if (error instanceof TypeError || ["TimeoutError", "AbortError"].includes(error.name)) return { state: "offline", me };
    throw error;
  }
};

export const sync = (me) => navigator.locks.request("redhouse-sync", () => tried(me));
