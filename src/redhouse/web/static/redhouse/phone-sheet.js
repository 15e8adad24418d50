// The sheet in which a visit or a problem is written down: one tap is enough, the rest is optional, and every stroke is
// kept as a draft at once: a phone may end a page without a word.
import * as kept from "./phone-store.js";
import { asBytes, asText, shrink } from "./phone-photos.js";

const $ = (id) => document.getElementById(id);
const CARE_DAYS = 180;

export const dayOf = (me, shift = 0, at = Date.now()) => new Date(at + me.shift + shift * 864e5)
  .toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

export const sheet = (app) => {
  const { words } = app;
  let home = null, state = null;

  const form = $("form"), field = (name) => form.elements.namedItem(name);
  const NAMES = ["happened_on", "people_met", "needs", "opinion", "supplies", "follow_up_on", "type_code", "words", "spot", "division_code", "note"];
  const OF_VISIT = ["people_met", "needs", "opinion", "supplies", "follow_up_on"];
  const blank = () => ({ values: {}, topics: [], check: "", unmet: [], care: null, pictures: [], place: null, mends: null });

  const chip = (item, pressed, toggle) => {
    const made = $("t-chip").content.firstElementChild.cloneNode(true);
    made.textContent = item.name;
    made.setAttribute("aria-pressed", String(pressed));
    made.addEventListener("click", () => {
      const now = made.getAttribute("aria-pressed") !== "true";
      made.setAttribute("aria-pressed", String(now));
      toggle(now);
      keep();
    });
    return made;
  };
  const options = (select, items) => select.replaceChildren(new Option("", ""), ...items.map((item) => new Option(item.name, item.code)));

  const read = () => { for (const name of NAMES) state.values[name] = field(name).value; };
  const GIVEN = new Set(["happened_on", "division_code", "type_code"]); // chosen for them, so no reason to keep a draft
  const saysSomething = () => state.mends || state.topics.length || state.check || state.care || state.pictures.length || state.place
    || NAMES.some((name) => !GIVEN.has(name) && state.values[name]);
  // One write at a time; what was said during one is in the next.
  let writing = null, isBehind = false, hasNewPictures = false;
  const write = async () => {
    if (!state) return;
    read();
    const place = home ? home.id : 0, pictures = hasNewPictures ? [...state.pictures] : null;
    hasNewPictures = false;
    try {
      if (saysSomething()) await kept.keepDraft(app.me, place, state, pictures);
      else await kept.dropDraft(app.me, place);
    } catch (error) {
      hasNewPictures ||= Boolean(pictures);
      throw error;
    }
  };
  const keep = () => {
    isBehind = true;
    writing ||= (async () => {
      try {
        while (isBehind) { isBehind = false; await write(); }
      } finally { writing = null; }
    })();
    return writing;
  };
  // Nothing more is written of what is done.
  const leave = async () => {
    state = home = null;
    await Promise.allSettled([writing]);
    $("sheet").hidden = $("scrim").hidden = true;
    await app.show();
  };

  const showPictures = () => {
    $("pics").querySelectorAll(".shot").forEach((old) => old.remove());
    for (const picture of state.pictures) {
      const image = new Image();
      image.src = picture.thumb;
      image.alt = "";
      image.className = "pic shot";
      $("pics").append(image);
    }
  };
  const careNow = () => state.care || (home?.care || []).map((mark) => ({ ...mark }));
  const showCare = () => {
    const items = app.lists.care || [];
    $("care").hidden = !home || !items.length;
    $("marks").replaceChildren(...items.map((item) => chip(item, careNow().some((mark) => mark.kind === item.code), (now) => {
      const others = careNow().filter((mark) => mark.kind !== item.code);
      state.care = now ? [...others, { kind: item.code, until_on: dayOf(app.me, CARE_DAYS) }] : others;
    })));
  };
  // The lists of the town, one item a row; what is marked is what was not as it should be.
  const showChecks = () => {
    const lists = new Map();
    for (const item of app.lists.checks || []) lists.set(item.list, [...(lists.get(item.list) || []), item]);
    if (!lists.has(state.check)) Object.assign(state, { check: "", unmet: [] }); // a newer version took its place
    $("checks").hidden = !home || !lists.size;
    $("lists").replaceChildren(...[...lists].map(([code, [first]]) => chip({ name: first.topic }, state.check === code, (now) => {
      Object.assign(state, { check: now ? code : "", unmet: [] });
      showChecks();
      $("lists").querySelector("[aria-pressed=true]")?.focus();
    })));
    $("items").replaceChildren(...(lists.get(state.check) || []).map((item, at) => {
      const row = $("t-check").content.firstElementChild.cloneNode(true), box = row.querySelector("input");
      row.querySelector("span").textContent = item.name;
      box.checked = state.unmet.includes(at + 1);
      box.addEventListener("change", () => {
        state.unmet = state.unmet.filter((number) => number !== at + 1).concat(box.checked ? [at + 1] : []);
      });
      return row;
    }));
  };
  const placeWords = () => (state.place ? `${state.place.lat}, ${state.place.lon}` : "");
  const fault = (text) => { $("fault").textContent = text; $("fault").hidden = !text; };

  // Without a household it is a problem or a note on the way.
  const open = async (chosen, given = null, onTheWay = words.problem) => {
    home = chosen;
    hasNewPictures = false;
    state = given || await kept.draft(app.me, home ? home.id : 0) || blank();
    $("sheet-title").textContent = home ? `${home.name} ${home.door}` : onTheWay;
    $("sheet-sub").textContent = home ? home.place : "";
    const known = home ? [words.known.replace("%n", home.residents), home.asked && words.asked.replace("%s", home.asked)] : [];
    $("ready").hidden = !home;
    $("ready").querySelector("span").textContent = known.filter(Boolean).join("，");
    $("f-visit").hidden = !home;
    $("f-place").hidden = Boolean(home);
    $("note-only").hidden = !home;
    options($("type"), app.lists.types || []);
    options($("division"), app.lists.places || []);
    $("f-problem").hidden = !(app.lists.types || []).length;
    $("f-note").open = Boolean(state.values.note) || (!home && onTheWay === words.note);
    $("f-problem").open = Boolean(state.values.words) || (!home && onTheWay === words.problem);
    field("happened_on").max = dayOf(app.me);
    for (const name of NAMES) field(name).value = state.values[name] || "";
    field("happened_on").value ||= dayOf(app.me);
    $("topics").replaceChildren(...(app.lists.topics || []).map((item) => chip(item, state.topics.includes(item.code), (now) => {
      state.topics = now ? [...state.topics, item.code] : state.topics.filter((code) => code !== item.code);
    })));
    showChecks();
    showCare();
    showPictures();
    fault("");
    $("located").textContent = placeWords();
    $("sheet").hidden = $("scrim").hidden = false;
    $("close").focus();
  };
  const close = async () => {
    await keep();
    await leave();
  };

  // What the sheet says as entries: the visit, the care marks where they were changed, the problem that was found, the
  // note. What mends an entry that was refused keeps its key, and makes no visit of a mark, a problem or a note.
  const entries = () => {
    const { values, mends } = state, written_at = new Date().toISOString(), found = [];
    const keyOf = (kind) => (mends?.kind === kind ? mends.key : crypto.randomUUID());
    const called = !mends || mends.kind === "visit" || state.topics.length || state.check || OF_VISIT.some((name) => values[name]);
    const said = (names) => Object.fromEntries(names.filter((name) => values[name]).map((name) => [name, values[name]]));
    let visit = null;
    if (home && called) {
      visit = { kind: "visit", key: keyOf("visit"), written_at, household: home.id, topics: state.topics,
        ...said(["needs", "opinion", "supplies", "follow_up_on"]) };
      if (state.check) Object.assign(visit, { checklist: Number(state.check), unmet: state.unmet });
      if (values.people_met) visit.people_met = Number(values.people_met);
      if (values.happened_on !== dayOf(app.me)) visit.happened_on = values.happened_on; // else: when it was written
      found.push({ entry: visit, title: `${home.name} ${home.door}`, pictures: values.words ? [] : state.pictures.map((each) => each.bytes) });
    }
    if (home && state.care) {
      const entry = { kind: "care", key: keyOf("care"), written_at, household: home.id, base: home.care, marks: state.care };
      found.push({ entry, title: `${home.name} ${home.door}` });
    }
    if (values.words) {
      const entry = { kind: "problem", key: keyOf("problem"), written_at, ...said(["type_code", "words"]),
        spot: values.spot || (home ? home.door : ""), ...(home ? { household: home.id, visit: visit ? visit.key : mends.visit } : said(["division_code"])), ...state.place };
      found.push({ entry, title: home ? `${home.name} ${home.door}` : values.spot, pictures: state.pictures.map((each) => each.bytes) });
    }
    return [...found, ...note()];
  };
  const note = () => {
    const { values: { note: said }, mends } = state;
    if (!said.trim()) return [];
    const key = mends?.kind === "note" ? mends.key : crypto.randomUUID();
    const entry = { kind: "note", key, written_at: new Date().toISOString(), words: said, ...(home ? { household: home.id } : {}) };
    return [{ entry, title: home ? `${home.name} ${home.door}` : words.note }];
  };

  form.addEventListener("input", keep);
  form.addEventListener("change", keep); // a box is read when it has changed, which comes after its input
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!state) return;
    read();
    // on the way there is a problem or a note to say, and photographs are of a problem
    field("words").required = !home && (!field("note").value.trim() || state.pictures.length > 0);
    if (field("words").required && !field("words").value) $("f-problem").open = true;
    field("spot").required = Boolean(!home && field("words").value);
    if (!form.checkValidity()) { form.reportValidity(); return; }
    const found = entries();
    if (!found.length) return;
    for (const each of found) each.pictures &&= each.pictures.map(asBytes);
    const place = home ? home.id : 0;
    const said = state;
    state = null; // a second tap finds nothing to save
    await Promise.allSettled([writing]);
    try {
      await kept.enqueue(app.me, found, place);
    } catch {
      state = said;
      fault(words.full);
      return;
    }
    await leave();
    app.sync();
  });
  $("camera").addEventListener("change", async () => {
    for (const file of $("camera").files) {
      const picture = await shrink(file);
      if (!state) return; // closed in the meantime
      if (!picture) { fault(words.bad_photo); continue; }
      if (state.pictures.length < 9) state.pictures.push({ thumb: picture.thumb, bytes: asText(picture.bytes) });
    }
    $("camera").value = "";
    hasNewPictures = true;
    showPictures();
    await keep();
  });
  $("locate").addEventListener("click", async () => {
    const place = await placeNow();
    if (!state) return; // closed in the meantime
    state.place = place;
    $("located").textContent = place ? `${place.lat}, ${place.lon}` : words.absurd;
    keep();
  });
  // The note alone, and no visit: whatever else was begun stays a draft.
  $("note-only").addEventListener("click", async ({ currentTarget: button }) => {
    read();
    const found = note();
    if (!found.length) { field("note").focus(); return; }
    button.disabled = true; // a second tap is no second note
    try { await kept.enqueue(app.me, found); } catch { fault(words.full); return; } finally { button.disabled = false; }
    field("note").value = "";
    if (state?.mends?.kind === "note") state.mends = null;
    await close();
    app.sync();
  });
  $("keep").addEventListener("click", close);
  $("close").addEventListener("click", close);
  $("scrim").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state) close(); });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  return { open, isOpen: () => Boolean(state) };
};
