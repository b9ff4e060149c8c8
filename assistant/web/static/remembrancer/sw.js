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

let isDown = false; // the last page could not be had: only then are files answered from here, so that on other days nothing is slower

async function page(request) {
  try {
    const answer = await fetch(request);
    isDown = false;
    return answer;
  } catch {
    isDown = true;
    return (await caches.match("/offline/")) ?? Response.error();
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if ((isDown || !navigator.onLine) && SHELL.files.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
  }
});
