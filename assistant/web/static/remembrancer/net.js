// Talking to the server: the API as any client does, and parts of pages.

export const api = "/api/v1";

export const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(16).slice(2)}`;

function cookie(name) {
  return document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

// The answer as data. Throws an Error with `status` (0 when there was no answer at all) and `told`, the server's own words.
export async function call(method, path, body, key) {
  const headers = { "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response;
  try {
    response = await fetch(`${api}/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    throw Object.assign(error, { status: 0 });
  }
  const data = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw Object.assign(new Error(String(response.status)), { status: response.status, told: data?.detail });
  return data;
}

// Sends a file up: `done` is the answer as data, or an Error as `call` throws it (`stopped` when it was us); `onPart` hears how much of it is through, 0 to 1.
export function upload(path, file, onPart) {
  const request = new XMLHttpRequest(); // fetch does not say how far it is
  const done = new Promise((resolve, reject) => {
    const fail = (more) => reject(Object.assign(new Error(path), { status: request.status, ...more }));
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onPart(event.loaded / event.total));
    request.addEventListener("load", () => (request.status < 300 ? resolve(request.response) : fail({ told: request.response?.detail })));
    request.addEventListener("error", () => fail({}));
    request.addEventListener("abort", () => fail({ stopped: true }));
    request.open("POST", `${api}/${path}`);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", cookie("csrftoken"));
    request.setRequestHeader("Accept", "application/json");
    const body = new FormData();
    body.set("file", file);
    request.send(body);
  });
  return { done, stop: () => request.abort() };
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// A part of a page, or null when it could not be had.
export async function fragment(path) {
  try {
    const response = await fetch(path, { headers: { Accept: "text/html", "HX-Request": "true" } });
    return response.ok && !response.redirected ? parsed(await response.text()) : null;
  } catch {
    return null;
  }
}

// A whole page, or null when it could not be had.
export async function wholePage(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    return response.ok && !response.redirected ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch {
    return null;
  }
}

// The same as `fragment`, and whether the server says that there is nothing more to wait for.
export async function parts(path) {
  try {
    const response = await fetch(path, { headers: { Accept: "text/html", "HX-Request": "true" } });
    if (response.status === 204) return { content: null, isDone: true };
    return { content: response.ok && !response.redirected ? parsed(await response.text()) : null, isDone: false };
  } catch {
    return { content: null, isDone: false };
  }
}

// Posts to an address and takes what comes back as a part of the page; null when nothing usable came.
export async function send(path, body) {
  try {
    const response = await fetch(path, { method: "POST", body, headers: { "HX-Request": "true" } });
    return response.ok && !response.headers.get("HX-Redirect") ? parsed(await response.text()) : null;
  } catch {
    return null;
  }
}

// Sends a form: {goTo} when the server leads elsewhere, {content} when it answers with a part, null when there was no answer.
export async function submit(form, submitter) {
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form, submitter), headers: { "HX-Request": "true" } });
    const goTo = response.headers.get("HX-Redirect");
    if (goTo) return { goTo };
    return response.ok ? { content: parsed(await response.text()) } : null;
  } catch {
    return null;
  }
}

// To an address, also when only its part behind # differs from the present one.
export function goTo(address) {
  dispatchEvent(new Event("going"));
  const target = new URL(address, location.href);
  if (target.pathname === location.pathname && target.search === location.search) {
    history.replaceState(history.state, "", target);
    location.reload();
  } else {
    location.replace(target);
  }
}
