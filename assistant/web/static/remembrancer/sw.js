// Keeps the files that pages are made of, so that the app opens without a network. No page with anything of anybody in it is ever kept.
const NAME = `shell-${SHELL.version}`;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(SHELL.files)));
  skipWaiting();
});

addEventListener("activate", (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(drop());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match("/offline/")) ?? Response.error()));
  } else if (SHELL.files.includes(url.pathname) && url.pathname !== "/offline/") {
    // The network's copy is the newer one where names hold no hash; the kept one serves when there is no network.
    event.respondWith(fetch(request).catch(async () => (await caches.match(url.pathname)) ?? Response.error()));
  }
});
