// Send what waits, then fetch what changed. One at a time over all tabs; safe to break off anywhere and to repeat.
import * as kept from "./phone-store.js";

const ENTRIES = 50; // in one batch
const BYTES = 4 << 20; // of photographs in one batch: a weak signal gets something through
const PHOTOS = 90; // in one batch: the server reads no more than a hundred parts
const SECONDS = 60; // until a request counts as lost

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
  return { taken, form };
};

const push = async (me) => {
  for (;;) {
    const rows = await kept.next(me, ENTRIES);
    if (!rows.length) return "done";
    const { taken, form } = await batchOf(me, rows);
    for (const row of taken) await kept.mark(row.key, { state: "sent" });
    const answer = await fetch("/api/v1/sync/push", {
      method: "POST", body: form, headers: { "X-CSRFToken": cookie("csrftoken") || "" },
      signal: AbortSignal.timeout(SECONDS * 1000),
    });
    if (answer.status === 401 || answer.status === 403) return "expired";
    if (!answer.ok) return "failed";
    const { entries } = await answer.json();
    await kept.drop(entries.filter((each) => ["accepted", "duplicate"].includes(each.state)).map((each) => each.key));
    for (const each of entries) {
      if (each.state === "accepted" || each.state === "duplicate") continue;
      await kept.mark(each.key, { state: each.state, reason: each.reason, current: each.current });
    }
  }
};

const pull = async (me) => {
  const answer = await fetch(`/api/v1/sync/pull?token=${encodeURIComponent(me?.token || "")}`, {
    signal: AbortSignal.timeout(SECONDS * 1000),
  });
  if (answer.status === 401 || answer.status === 403) return { state: "expired" };
  if (!answer.ok) return { state: "failed" };
  return { state: "done", found: await answer.json() };
};

// "done", "offline", "expired" (sign in again), "other" (somebody else is signed in now), "failed".
// Whoever is signed in is asked first, so that nothing is ever sent in another person's name.
const once = async (me) => {
  try {
    const { state, found } = await pull(me);
    if (state !== "done") return { state, me };
    if (me && me.person !== found.person) return { state: "other", me: await kept.enter(found.person, found.name) };
    const now = me || await kept.enter(found.person, found.name);
    await kept.keepCaseload(now, found);
    const before = await kept.unsent(now.person);
    const sent = await push(now);
    if (sent === "done" && before) {
      const again = await pull(now);
      if (again.state === "done" && again.found.person === now.person) await kept.keepCaseload(now, again.found);
    }
    return { state: sent, me: now };
  } catch (error) {
    if (error instanceof TypeError || ["TimeoutError", "AbortError"].includes(error.name)) return { state: "offline", me };
    throw error;
  }
};

export const sync = (me) => navigator.locks.request("redhouse-sync", () => once(me));
