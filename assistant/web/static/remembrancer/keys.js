// The keys. Single ones act only outside fields; what they do stands in the list that "?" opens.
import { closeTop, hasLayer, leaveFor, openLayer } from "./layers.js";

const inField = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
const places = { c: "/", m: "/memory/", q: "/memory/questions/", p: "/profile/", s: "/settings/" };
let going = 0;

const turns = () => [...document.querySelectorAll("chat-thread .turn")];
const focusedTurn = () => document.activeElement?.closest?.(".turn");
const lastOf = (kind) => turns().filter((turn) => turn.classList.contains(kind)).at(-1);
const turnOf = (kind) => (focusedTurn()?.classList.contains(kind) ? focusedTurn() : lastOf(kind));

function step(by) {
  const all = turns();
  const at = all.indexOf(focusedTurn());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function panes() {
  const shown = [document.getElementById("sidebar"), document.getElementById("content"), document.querySelector("dialog.drawer[open]")].filter((pane) => pane?.checkVisibility());
  const at = shown.findIndex((pane) => pane.contains(document.activeElement));
  const next = shown[(at + 1) % shown.length];
  (next.id === "sidebar" ? next.querySelector("a") : next.querySelector("h2[tabindex]") ?? next).focus();
}

/** Of the focused message, else of the last one that has another. */
function version(way) {
  (focusedTurn()?.querySelector(way) ?? [...document.querySelectorAll(way)].at(-1))?.click();
}

const single = {
  n: () => document.querySelector("[data-new-chat]").click(),
  "/": () => document.getElementById("text")?.focus(),
  "?": () => openLayer("dialog", "/keys/"),
  j: () => step(1),
  k: () => step(-1),
  r: () => turnOf("assistant")?.querySelector("[data-receipt]")?.click(),
  e: () => turnOf("user")?.querySelector("[data-edit]")?.click(),
  c: () => turnOf("assistant")?.querySelector("[data-copy=answer]")?.click(),
  "[": () => version("[data-earlier-version]"),
  "]": () => version("[data-later-version]"),
  u: () => (document.querySelector("[data-toast] [data-undo]") ?? [...document.querySelectorAll("[data-chip] [data-undo]")].at(-1))?.click(),
  t: () => document.querySelector("[data-temporary]")?.click(),
  g: () => (going = Date.now()),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  if (event.key === "Escape") return escape(event);
  if (event.key === "F6") {
    event.preventDefault();
    return panes();
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    const here = document.querySelector("#content #find"); // on the page of the search itself
    if (here) here.focus();
    else if (document.querySelector(".shell")) openLayer("search", "/search/");
    return;
  }
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) return neighbour(event);
  if (inField(event.target)) {
    if (event.key === "ArrowUp" && event.target.id === "text" && !event.target.value) single.e();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || hasLayerInTheWay() || document.querySelector("[data-no-single-keys]")) return;
  if (Date.now() - going < 1500 && places[event.key]) {
    going = 0;
    return leaveFor(places[event.key]);
  }
  if (single[event.key]) {
    if (event.key === "/" || event.key === "e") event.preventDefault();
    single[event.key]();
  }
});

const hasLayerInTheWay = () => Boolean(document.querySelector("dialog:modal"));

function escape(event) {
  const menu = document.querySelector("details[data-menu][open]");
  const sidebar = document.querySelector(".sidebar.open");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (sidebar) {
    sidebar.querySelector("[data-close-sidebar]").click();
  } else if (hasLayer()) {
    event.preventDefault();
    closeTop();
  } else {
    document.querySelector("chat-thread")?.stop?.();
  }
}

function neighbour(event) {
  const chats = [...document.querySelectorAll(".chats .chat > a")];
  const at = chats.findIndex((chat) => chat.hasAttribute("aria-current"));
  const next = chats[event.key === "ArrowDown" ? at + 1 : Math.max(0, at - 1)];
  if (next) {
    event.preventDefault();
    next.click();
  }
}
