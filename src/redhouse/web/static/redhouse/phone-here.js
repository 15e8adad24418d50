// On every page: the app is installed behind it, what is not yet sent is counted in sight, and signing out destroys
// what this phone keeps. Without this file the pages work as before.
(() => {
  "use strict";
  const here = document.documentElement.dataset;
  if (!here.worker || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(here.worker, { scope: "/" }).catch(() => {}); // refused: the pages go on without

  const signOut = async (form) => {
    const kept = await import(here.store);
    const owner = kept.canKeep() ? await kept.owner() : null;
    if (owner) {
      const waiting = await kept.unsent(owner.person);
      if (waiting && !window.confirm(here.signOutWords.replace("%n", waiting))) return;
      await kept.forget(owner.person);
    }
    form.dataset.sure = "1";
    form.requestSubmit();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sure || !form.action.endsWith(here.signOut)) return;
    event.preventDefault();
    signOut(form);
  });

  const count = async () => {
    const badge = document.getElementById("unsent");
    if (!badge || !here.person) return;
    const kept = await import(here.store);
    const waiting = kept.canKeep() ? await kept.unsent(Number(here.person)) : 0;
    badge.querySelector("b").textContent = waiting;
    badge.hidden = !waiting;
  };
  count();
  window.addEventListener("pageshow", count);
})();
