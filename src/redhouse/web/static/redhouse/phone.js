// The app of the phone: my households, what is to be sent, and what came back. Everything shown here was unsealed from
// this phone's own store; the network is asked in the background, and its absence is a state, not an error.
import * as kept from "./phone-store.js";
import { asText } from "./phone-photos.js";
import { sync } from "./phone-sync.js";
import { dayOf, sheet } from "./phone-sheet.js";

const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
const say = (name, n) => words[name].replace(/%[ns]/, n);
const AGAIN = 30_000; // milliseconds between tries while something waits
const A_LIST = 20; // entries of the queue that are shown at once
const SOON = 14; // days before a visit is due from which the household is on the list

const cookie = (name) => document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);

// The shell rests in a cache; whether it is to be large may have been changed since.
if (cookie("redhouse_mode") === "elder") document.documentElement.dataset.mode = "elder";
else delete document.documentElement.dataset.mode;

const app = { me: null, homes: [], lists: {}, words, net: "", show: null, sync: null };
const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);
const make = (template) => $(template).content.firstElementChild.cloneNode(true);
const put = (row, name, text) => { row.querySelector(`[data-${name}]`).textContent = text; };
const status = (row, text, look) => {
  const place = row.querySelector("[data-state]");
  place.textContent = text;
  place.className = `st ${look}`;
};

const leftOf = (home, today) => {
  if (!home.last_on) return -1e4;
  const left = app.me.everyDays - days(home.last_on, today);
  return home.follow_up_on ? Math.min(left, days(today, home.follow_up_on)) : left; // a promise may come first
};
const careWords = (marks) => marks.map((mark) => (app.lists.care || []).find((item) => item.code === mark.kind)?.name || mark.kind).join("、");

const showHomes = (rows, drafts) => {
  const today = dayOf(app.me), all = location.hash === "#all";
  const waiting = new Set(rows.filter((row) => row.entry.kind === "visit").map((row) => row.entry.household));
  const sorted = [...app.homes].sort((a, b) => leftOf(a, today) - leftOf(b, today) || a.id - b.id);
  const due = sorted.filter((home) => leftOf(home, today) <= SOON || waiting.has(home.id) || drafts.has(home.id));
  const [dueTab, allTab] = $("homes").querySelectorAll(".seg a");
  for (const [tab, on, n] of [[dueTab, !all, due.length], [allTab, all, sorted.length]]) {
    tab.querySelector("span").textContent = `${n}`;
    if (on) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current");
  }
  $("list").replaceChildren(...(all ? sorted : due).map((home) => {
    const row = make("t-home"), left = leftOf(home, today);
    row.dataset.home = home.id;
    put(row, "name", home.name);
    put(row, "door", home.door);
    put(row, "care", careWords(home.care));
    const ago = home.last_on ? days(home.last_on, today) : null;
    put(row, "last", ago === null ? words.never : ago === 0 ? words.today : say("days_ago", ago));
    if (waiting.has(home.id)) status(row, words.recorded, "st-now");
    else if (drafts.has(home.id)) status(row, words.draft, "st-now");
    else if (ago === null) status(row, "", "");
    else if (left < 0) status(row, say("overdue", -left), "st-bad");
    else status(row, say("left", left), left <= SOON ? "st-warn" : "");
    row.querySelector("[data-open]").addEventListener("click", () => editor.open(home));
    return row;
  }));
};

// A person decides between two versions; the answer is a new entry upon what the other wrote.
const resolve = async (row, marks) => {
  const entry = { ...row.entry, key: crypto.randomUUID(), written_at: new Date().toISOString(), base: row.current, marks };
  await kept.enqueue(app.me, [{ entry, title: row.title }]);
  await kept.drop([row.key]);
  await app.show();
  app.sync();
};
const marksIn = (marks) => marks.map((mark) => `${careWords([mark])} ${say("until", mark.until_on)}`).join("、") || words.none;

let shown = A_LIST;
const showQueue = (rows) => {
  const asks = (row) => row.state === "refused" || row.state === "conflict"; // what waits for a person stands first
  const sorted = [...rows.filter(asks), ...rows.filter((row) => !asks(row))];
  $("nothing").hidden = rows.length > 0;
  $("more").hidden = rows.length <= shown;
  $("more").textContent = say("more", rows.length - shown);
  $("queue").replaceChildren(...sorted.slice(0, shown).map((row) => {
    const item = make("t-entry"), { entry } = row;
    item.dataset.key = row.key;
    put(item, "title", row.title);
    put(item, "what", [words[entry.kind], entry.happened_on || "", entry.words || entry.needs || ""].filter(Boolean).join("　"));
    put(item, "reason", row.reason || "");
    status(item, words[`state_${row.state}`], row.state === "refused" || row.state === "conflict" ? "st-bad" : "");
    const button = (name, act) => {
      const found = item.querySelector(`[data-${name}]`);
      found.hidden = false;
      found.addEventListener("click", act);
    };
    if (row.state === "conflict") {
      item.querySelector("[data-both]").hidden = false;
      put(item, "mine", marksIn(entry.marks));
      put(item, "theirs", marksIn(row.current));
      const kinds = new Set(entry.marks.map((mark) => mark.kind));
      button("use-mine", () => resolve(row, entry.marks));
      button("use-both", () => resolve(row, [...entry.marks, ...row.current.filter((mark) => !kinds.has(mark.kind))]));
      button("use-theirs", async () => { await kept.drop([row.key]); await app.show(); });
    } else if (row.state !== "sent") {
      const home = app.homes.find((each) => each.id === entry.household);
      if (row.state === "refused" && (home || entry.kind === "problem" || entry.kind === "note")) button("edit", () => edit(row, home || null));
      button("drop", async () => {
        if (!window.confirm(words.sure)) return;
        await kept.drop([row.key]);
        await app.show();
      });
    }
    return item;
  }));
};

// What was refused becomes a draft again, photographs and all.
const edit = async (row, home) => {
  const { entry } = row, pictures = [];
  for (const { bytes } of await kept.pictures(app.me, entry)) {
    const text = asText(bytes);
    pictures.push({ bytes: text, thumb: `data:image/jpeg;base64,${text}` });
  }
  const happened_on = entry.happened_on || dayOf(app.me, 0, Date.parse(entry.written_at));
  const place = entry.lat ? { lat: entry.lat, lon: entry.lon } : null;
  const said = entry.kind === "note" ? { note: entry.words } : entry;
  const draft = { values: { ...said, happened_on }, topics: entry.topics || [], check: `${entry.checklist || ""}`,
    unmet: entry.unmet || [], care: entry.marks || null, pictures, place, mends: entry };
  await kept.keepDraft(app.me, home ? home.id : 0, draft, pictures);
  await kept.drop([row.key]);
  await editor.open(home, draft, words[entry.kind === "note" ? "note" : "problem"]);
};

app.show = async () => {
  if (!app.me) return;
  const { homes, lists } = await kept.caseload(app.me);
  Object.assign(app, { homes, lists });
  const rows = await kept.queue(app.me), drafts = new Set(await kept.drafts(app.me));
  const queued = location.hash === "#unsent";
  $("homes").hidden = queued;
  $("waiting").hidden = !queued;
  for (const [tab, on] of [["tab-homes", !queued], ["tab-unsent", queued]]) {
    if (on) $(tab).setAttribute("aria-current", "page"); else $(tab).removeAttribute("aria-current");
  }
  $("tab-unsent").querySelector("b").textContent = rows.length || "";
  $("who").textContent = await kept.nameOf(app.me);
  $("title").textContent = say("homes", homes.length);
  $("report").hidden = !(lists.types || []).length;
  $("jot").hidden = false;
  if (queued) showQueue(rows); else showHomes(rows, drafts);
  const waiting = rows.length ? say("waiting", rows.length) : "";
  const place = $("state");
  place.hidden = false;
  const label = app.net === "offline" ? [words.offline, waiting].filter(Boolean).join("，") : waiting || words.online;
  place.querySelector("span").textContent = app.net === "syncing" ? words.syncing : label;
  place.classList.toggle("is-done", app.net === "done" && !rows.length);
};

const tell = (text, signIn = false) => {
  $("told").hidden = !text;
  $("told").querySelector("p").textContent = text;
  $("sign-in").hidden = !signIn;
};

// What is asked for in the middle of one is done after it: a batch that is under way takes nothing more along.
let timer = 0, running = false, isWanted = false;
app.sync = async () => {
  isWanted = running;
  if (running) return;
  running = true;
  clearTimeout(timer);
  try {
    app.net = "syncing";
    await app.show();
    const { state, me } = await sync(app.me);
    app.net = state;
    app.me = me;
    if (state === "other") tell(say("other", await kept.nameOf(me)));
    else if (state === "expired") tell(me ? words.expired : words.nobody, true);
    else if (state === "outdated") tell(await isReplaced() ? words.outdated : words.failed);
    else if (state === "failed") tell(words.failed);
    else tell(me ? "" : words.nobody, !me);
    await app.show();
    if (state === "other") timer = setTimeout(app.sync, 1000);
    else if (state !== "expired") timer = setTimeout(app.sync, AGAIN * (state === "done" ? 10 : 1));
  } finally {
    running = false;
    if (isWanted) app.sync();
  }
};

const isReplaced = async () => {
  const found = await navigator.serviceWorker?.getRegistration();
  await found?.update().catch(() => {});
  return Boolean(found?.installing || found?.waiting);
};

// A new version waits until the person takes it; drafts and queue lie beside it and stay as they are. One that speaks
// the language which the person has chosen since is what they asked for: it is taken as soon as nothing is being written.
const watchForUpdates = async () => {
  if (!("serviceWorker" in navigator)) return;
  const page = document.documentElement, chosen = cookie("django_language") || page.lang;
  const address = $("app").dataset.worker.replace(/\bl=[^&]*/, `l=${chosen}`);
  const found = await navigator.serviceWorker.register(address, { scope: "/" });
  let taken = false;
  const take = () => { taken = true; found.waiting?.postMessage("take-over"); };
  const offer = () => {
    const ready = Boolean(found.waiting && navigator.serviceWorker.controller);
    if (ready && chosen !== page.lang && !editor.isOpen()) take();
    else $("update").hidden = !ready;
  };
  found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", offer));
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (taken) location.reload(); });
  $("take-over").addEventListener("click", take);
  offer();
  setInterval(() => found.update().catch(() => {}), 3600_000);
};

const editor = sheet(app);
const begin = async () => {
  if (!kept.canKeep()) { tell(words.cannot); return; }
  navigator.storage?.persist?.(); // may say no; what waits is counted in sight either way
  app.me = await kept.owner() || null;
  await app.show();
  $("report").addEventListener("click", () => editor.open(null));
  $("jot").addEventListener("click", () => editor.open(null, null, words.note));
  $("more").addEventListener("click", () => { shown += A_LIST; app.show(); });
  $("again").addEventListener("click", app.sync);
  window.addEventListener("hashchange", app.show);
  window.addEventListener("online", app.sync);
  window.addEventListener("offline", () => { app.net = "offline"; app.show(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) app.sync(); });
  watchForUpdates().catch(() => {});
  await app.sync();
};
begin();
