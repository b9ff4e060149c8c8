// The administration's theme says neither where its content begins nor which column a field in a table belongs to; this says it to whoever listens.
const addMissing = (element, name, value) => value && !element.hasAttribute(name) && element.setAttribute(name, value);

// The head of a field's column. A hidden cell and an empty one stand for none.
function nameFields(table) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  for (const row of table.querySelectorAll("tr")) {
    for (const field of row.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      if (!field.labels?.length) addMissing(field, "aria-label", heads[field.closest("td")?.cellIndex]);
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const main = document.getElementById("main") ?? document.querySelector("#page > div");
  if (main) addMissing(main, "role", "main");
  for (const [number, box] of [...document.querySelectorAll("[data-simplebar]")].entries()) {
    addMissing(box, "data-simplebar-aria-label", `${document.title.trim()} ${number + 1}`); // boxes that scroll are told apart
  }
  for (const table of document.querySelectorAll("table.formset")) nameFields(table);
  for (const head of document.querySelectorAll("thead th")) if (!head.textContent.trim() && !head.querySelector("input")) head.setAttribute("role", "presentation");
});
document.addEventListener("formset:added", (event) => nameFields(event.target.closest("table.formset") ?? event.target));
