// Pages that can also lie over another page: dialogs, the search, and the receipt beside a chat. Each keeps its own address; Back closes it.
import { fragment, goTo, send, submit } from "./net.js";
import { toast } from "./toast.js";

const shell = document.querySelector(".shell");
const open = []; // from the bottom up: {dialog, url, opener, title}
const docked = matchMedia("(min-width: 1280px)");

export const hasLayer = () => open.length > 0;

// What a layer shows, under a heading that names it: of several layers each has its own.
function put(layer, content) {
  const heading = content.querySelector("#layer-title");
  layer.place ??= open.length;
  heading.id = `layer-title-${layer.place}`;
  layer.dialog.setAttribute("aria-labelledby", heading.id);
  layer.dialog.replaceChildren(content);
}

async function fill(layer) {
  const found = await fragment(layer.url);
  const content = found?.querySelector("[data-layer-content]");
  if (!content) return false;
  put(layer, content);
  document.title = content.dataset.title;
  return true;
}

export async function openLayer(kind, url, { opener = document.activeElement, byKeyboard = true } = {}) {
  if (open.some((layer) => layer.url === url)) return;
  if (!navigator.onLine) return toast(kind === "search" ? document.body.dataset.textSearch : document.body.dataset.textConnection); // the page stays
  const dialog = document.createElement("dialog");
  dialog.className = kind === "drawer" ? "drawer" : "over";
  dialog.dataset.kind = kind;
  const layer = { dialog, url, opener, title: document.title, kind };
  if (!(await fill(layer))) return location.assign(url);
  const atOnce = dialog.querySelector("form[data-at-once]"); // nothing to choose, and it can be undone
  if (atOnce) {
    document.title = layer.title;
    return goTo((await submit(atOnce))?.goTo ?? url);
  }
  if (kind === "drawer") for (const other of open.filter((one) => one.kind === "drawer")) drop(other);
  const isReplacing = history.state?.layers > open.length;
  open.push(layer);
  history[isReplacing ? "replaceState" : "pushState"]({ layers: open.length }, "", url);
  if (kind === "drawer" && docked.matches) {
    shell.append(dialog);
    const focused = document.activeElement;
    dialog.show();
    if (byKeyboard) dialog.querySelector("h2").focus();
    else focused?.focus({ preventScroll: true });
    opener?.setAttribute?.("aria-expanded", "true");
  } else {
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector("h2")).focus();
  }
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    closeTop();
  });
  dialog.addEventListener("mousedown", (event) => event.target === dialog && dialog.matches(":modal") && closeTop());
}

document.addEventListener("progress-done", (event) => {
  const layer = open.find(({ dialog }) => dialog.contains(event.detail));
  if (layer) fill(layer);
});

function isChanged(dialog) {
  return [...dialog.querySelectorAll("form:not([role=search]) :is(input[type=text], input:not([type]), textarea)")].some((field) => field.value !== field.defaultValue);
}

export function closeTop() {
  const layer = open.at(-1);
  if (layer && (!isChanged(layer.dialog) || confirm(shell.dataset.textDiscard))) history.back();
}

function drop(layer) {
  open.splice(open.indexOf(layer), 1);
  layer.dialog.close();
  layer.dialog.remove();
  layer.opener?.removeAttribute?.("aria-expanded");
}

addEventListener("popstate", (event) => {
  const wanted = event.state?.layers ?? 0;
  if (wanted > open.length) return location.reload();
  while (open.length > wanted) {
    const layer = open.at(-1);
    drop(layer);
    document.title = layer.title;
    if (layer.opener?.isConnected) layer.opener.focus({ preventScroll: true });
  }
});

// Nobody finds the way back to a temporary chat, so leaving it is its end. Whether that is asked first.
function asksBeforeLeaving(next, how) {
  const temporary = document.querySelector("chat-thread[data-ends]");
  if (temporary) openLayer("dialog", `/c/${temporary.dataset.conversation}/delete/?${new URLSearchParams({ next })}`, how);
  return Boolean(temporary);
}

export function leaveFor(path) {
  if (!asksBeforeLeaving(path)) location.assign(path);
}

// Closing the tab, Back, another address: the browser itself asks, in words of its own. What is pressed on the page is not that.
let pressed = 0;
const press = () => (pressed = Date.now());
addEventListener("click", (event) => event.target.closest?.("a, button") && press(), { capture: true });
for (const name of ["submit", "going"]) addEventListener(name, press, { capture: true });
addEventListener("beforeunload", (event) => {
  if (document.querySelector("chat-thread[data-ends]") && Date.now() - pressed > 1000) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const leaving = target.closest(":is(.sidebar, .topbar, dialog [data-results]) a[href]:not([data-layer], [data-more], [href^='#'])");
  if (leaving && asksBeforeLeaving(leaving.getAttribute("href"), { opener: leaving, byKeyboard: event.detail === 0 })) return event.preventDefault();
  const link = target.closest("a[data-layer]");
  if (link) {
    event.preventDefault();
    const menu = link.closest("details[data-menu]");
    if (menu) menu.open = false;
    openLayer(link.dataset.layer, link.getAttribute("href"), { opener: menu?.querySelector("summary") ?? link, byKeyboard: event.detail === 0 });
    return;
  }
  if (target.closest("[data-close-layer]") || (target.closest("[data-cancel]") && target.closest("dialog"))) {
    event.preventDefault();
    closeTop();
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const layer = open.find(({ dialog }) => dialog.contains(form));
  if (!layer || form.method !== "post") return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.getAttribute("aria-busy") === "true") return;
  button?.setAttribute("aria-busy", "true");
  const answer = await submit(form, event.submitter);
  button?.removeAttribute("aria-busy");
  if (answer?.goTo && new URL(answer.goTo, location.href).pathname === new URL(layer.url, location.href).pathname) {
    fill(layer);
  } else if (answer?.goTo) {
    const below = open.find((one) => one !== layer && one.kind === "drawer");
    if (!below || answer.goTo.includes("/forget/")) return goTo(answer.goTo);
    addEventListener("popstate", () => fill(below), { once: true });
    history.back();
  } else if (answer?.content?.querySelector("[data-layer-content]")) {
    put(layer, answer.content.querySelector("[data-layer-content]"));
    layer.dialog.querySelector("[aria-invalid]")?.focus();
  } else {
    const failed = layer.dialog.querySelector(".failed-note") ?? form.appendChild(document.createElement("p"));
    failed.className = "error failed-note";
    failed.setAttribute("role", "alert");
    failed.textContent = shell.dataset.textFailed;
  }
});

// A form that can say what it would do says so before it does it.
const due = new WeakMap();
for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("[data-preview]");
    if (!form) return;
    clearTimeout(due.get(form));
    due.set(form, setTimeout(() => preview(form), 300));
  });
}

async function preview(form) {
  const body = new FormData(form);
  body.set("do", "preview");
  const place = form.querySelector(form.dataset.preview);
  const found = body.get("kind") === "forget" ? null : await send(form.action, body);
  if (place) place.replaceChildren(found ?? "");
}
