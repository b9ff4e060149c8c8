// Search as you type: only the results are asked for. The filters above them narrow what was found; the keyboard goes through both.
import { fragment } from "./net.js";

const waiting = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-live-search]");
  if (!form) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => look(form), 300));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-live-search]") || !event.target.closest("dialog")) return;
  event.preventDefault();
  look(event.target);
});

// What was typed before this script was there counts too.
for (const form of document.querySelectorAll("[data-live-search]")) {
  const field = form.querySelector("[type=search]");
  if (field.value !== field.defaultValue) look(form);
}

async function look(form) {
  const results = resultsOf(form);
  const query = new URLSearchParams(new FormData(form));
  const address = new URL(form.dataset.liveSearch, location.href);
  for (const [name, value] of query) address.searchParams.set(name, value);
  results.setAttribute("aria-busy", "true");
  const found = await fragment(address);
  results.removeAttribute("aria-busy");
  if (form.querySelector("[type=search]").value !== query.get("q")) return; // typed on meanwhile
  if (!found) return tellWhy(form, results);
  const kind = document.activeElement?.closest?.("[data-kind]")?.dataset.kind;
  const isSince = document.activeElement?.matches?.("[data-since]");
  results.replaceChildren(found);
  if (isSince) results.querySelector("[data-since]")?.focus();
  if (kind !== undefined) results.querySelector(`[data-kind="${kind}"]`)?.focus();
  history.replaceState(history.state, "", `${new URL(form.action).pathname}?${query}`);
}

// A list that is on the page already is narrowed as one types.
document.addEventListener("input", ({ target }) => {
  const rows = target.dataset?.narrows;
  if (!rows) return;
  const words = target.value.toLowerCase().split(/\s+/);
  const scope = target.closest("dialog") ?? document;
  for (const row of scope.querySelectorAll(rows)) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
  for (const part of scope.querySelectorAll(".keys section")) part.hidden = !part.querySelector("dl > div:not([hidden])");
});

function resultsOf(form) {
  return (form.closest("dialog") ?? document).querySelector("[data-results]");
}

// What was found before stays; under it stands why there is nothing new.
function tellWhy(form, results) {
  const shell = document.querySelector(".shell");
  const words = navigator.onLine ? shell.dataset.textFailed : document.body.dataset.textSearch;
  const note = results.querySelector("[data-failed]") ?? results.appendChild(document.createElement("p"));
  note.className = "none failed-note";
  note.dataset.failed = "";
  note.setAttribute("role", "status");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "link-button";
  again.textContent = shell.dataset.textAgain;
  again.addEventListener("click", () => look(form));
  note.replaceChildren(words, " ", again);
}

// From when on: a choice beside the filters that belongs to the form.
document.addEventListener("change", ({ target }) => target.matches?.("[data-results] [data-since]") && target.form && look(target.form));

// A filter is a link to the same search, narrowed.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-results] a[data-kind]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const form = (link.closest("dialog") ?? document).querySelector("[data-live-search]");
  const field = form?.elements.kind;
  if (!field) return;
  event.preventDefault();
  field.value = link.dataset.kind;
  field.disabled = !field.value;
  look(form);
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const here = event.target.closest?.(".kinds [data-kind]");
  if (!step || !here) return;
  const all = [...here.parentElement.children];
  const isRtl = document.documentElement.dir === "rtl";
  event.preventDefault();
  all[(all.indexOf(here) + (isRtl ? -step : step) + all.length) % all.length].focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const field = event.target.closest?.("[data-live-search] [type=search], .kinds [data-kind]");
  const hit = event.target.closest?.("[data-result]");
  if (!field && !hit) return;
  const scope = event.target.closest("dialog") ?? document;
  const hits = [...scope.querySelectorAll("[data-result]")];
  const next = hit ? hits[hits.indexOf(hit) + (event.key === "ArrowDown" ? 1 : -1)] : hits[0];
  event.preventDefault();
  (next ?? scope.querySelector("[data-live-search] [type=search]"))?.focus();
});
