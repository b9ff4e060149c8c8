// A form that saves each field when it is left, and says by the field how that went. Without a script its button saves all of it.
import { send } from "./net.js";

async function save(form, field) {
  const row = field.closest("[data-row]");
  const body = new FormData();
  const was = form.elements[`${field.name}-was`];
  for (const one of [form.elements.csrfmiddlewaretoken, was, field]) if (one) body.set(one.name, one.value);
  body.set("field", field.name);
  const sent = field.value;
  const fresh = await send(form.action, body);
  if (!fresh) {
    row.querySelector("[data-state]").textContent = navigator.onLine ? form.dataset.textUnsaved : document.body.dataset.textConnection;
    return;
  }
  const theirs = fresh.querySelector("[data-now]")?.dataset.now; // changed elsewhere: saving once more is meant to take its place
  const isWrong = theirs !== undefined || Boolean(fresh.querySelector("[data-state] .error"));
  if (theirs !== undefined && was) was.value = theirs;
  if (!isWrong && field.name === "language") return location.reload();
  for (const part of ["[data-state]", ".from"]) {
    const found = fresh.querySelector(part);
    if (found) row.querySelector(part)?.replaceChildren(...found.childNodes); // in its place, so that it is read out
  }
  field.toggleAttribute("aria-invalid", isWrong);
  if (isWrong) field.setAttribute("aria-invalid", "true");
  else if (was) was.value = sent.trim();
}

// What was changed before this script was there is saved now; what the browser put back by itself is not.
const isChanged = (field) => (field instanceof HTMLSelectElement ? !([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.selected : field.value !== field.defaultValue);
if (performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  for (const field of document.querySelectorAll("[data-saves-by-field] [data-row] .field :is(input:not([type=hidden]), select, textarea)")) {
    if (field !== document.activeElement && isChanged(field)) save(field.form, field);
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-saves-by-field]");
  if (form) save(form, event.target);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-saves-by-field]")) return;
  event.preventDefault();
  const mine = event.submitter?.matches("[data-save-mine]") && event.submitter.closest("[data-row]").querySelector(".field :is(input:not([type=hidden]), select, textarea)");
  if (mine) save(event.target, mine);
  else document.activeElement?.blur(); // Enter: leaving the field is what saves
});
