// The house without this file still works: links are links and forms are forms.
// With it: evidence opens in a drawer beside the page, Esc closes it, focus goes back, and a failed request says so.
(() => {
  "use strict";
  const app = document.querySelector(".app");
  const drawer = document.getElementById("drawer");
  let opener = null;

  const mark = (link, open) => {
    if (link) link.setAttribute("aria-expanded", open ? "true" : "false");
  };

  const openDrawer = () => {
    app.classList.add("has-drawer");
    const title = drawer.querySelector("h2") || drawer;
    title.setAttribute("tabindex", "-1");
    title.focus({ preventScroll: true });
    drawer.scrollTop = 0;
  };

  const closeDrawer = () => {
    app.classList.remove("has-drawer");
    drawer.replaceChildren();
    mark(opener, false);
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  };

  if (app && drawer) {
    // Only a link outside the drawer is its opener; paging inside it keeps the first one.
    document.body.addEventListener("htmx:beforeRequest", (event) => {
      if (event.detail.target !== drawer || drawer.contains(event.detail.elt)) return;
      mark(opener, false);
      opener = event.detail.elt;
    });
    document.body.addEventListener("htmx:afterSwap", (event) => {
      if (event.detail.target !== drawer) return;
      mark(opener, true);
      openDrawer();
    });
    document.addEventListener("click", (event) => {
      const close = event.target.closest("[data-drawer-close]");
      if (!close || !drawer.contains(close)) return;
      // Opened by its own address there is nothing to go back to: follow the link.
      if (!opener && close.hasAttribute("href")) return;
      event.preventDefault();
      closeDrawer();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !app.classList.contains("has-drawer")) return;
      const close = drawer.querySelector("[data-drawer-close]");
      if (close) close.click();
      else closeDrawer();
    });
  }

  const toast = document.getElementById("toast");
  const say = (text) => {
    if (!toast || !text) return;
    toast.textContent = text;
    toast.hidden = false;
  };
  if (toast) {
    document.body.addEventListener("htmx:sendError", () => say(toast.dataset.offline));
    document.body.addEventListener("htmx:responseError", (event) => {
      const status = event.detail.xhr.status;
      say(status === 403 ? toast.dataset.forbidden : status === 404 ? toast.dataset.missing : toast.dataset.failed);
    });
    document.body.addEventListener("htmx:beforeRequest", () => { toast.hidden = true; });
  }
})();
