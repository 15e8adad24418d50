// The service worker. VERSION, SHELL, OFFLINE and FILES stand above, written by the server: one version is one cache, so
// that the app's page and its parts always belong together. A new version waits until the person says so, or until no
// page of the app is open; what is queued lies in the database of the browser and is not touched by either.
const CACHE = `redhouse-${VERSION}`;
const APP = new Set([SHELL, OFFLINE]);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("redhouse-") && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

const kept = async (request) => (await caches.open(CACHE)).match(request);

const page = async (request, path) => {
  if (path === SHELL) return await kept(SHELL) || fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    if (path.startsWith("/visits/")) return Response.redirect(SHELL, 302);
    const offline = await kept(OFFLINE);
    if (offline) return offline;
    throw error;
  }
};

// The app takes its parts from its own version; every other page from the server, as long as there is one.
const part = async (event) => {
  const asking = event.clientId && await self.clients.get(event.clientId);
  if (asking && APP.has(new URL(asking.url).pathname)) return await kept(event.request) || fetch(event.request);
  try {
    return await fetch(event.request);
  } catch (error) {
    const found = await kept(event.request);
    if (found) return found;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, address.pathname));
  else if (FILES.includes(address.pathname)) event.respondWith(part(event));
});
