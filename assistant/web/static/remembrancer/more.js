// Lists that go on. "Show more" is a link to the next page; with a script the rows of that page are put under those that are there.
import { wholePage } from "./net.js";

const failed = (link) => location.assign(link.href);

document.addEventListener("click", async (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-more]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const selector = link.dataset.more;
  const list = link.closest(selector) ?? document.querySelector(selector);
  const page = await wholePage(link.href);
  const found = page?.querySelector(selector);
  if (!found || !list) return failed(link);
  const speaks = list.closest("[aria-live]");
  const manner = speaks?.getAttribute("aria-live");
  speaks?.setAttribute("aria-live", "off"); // a whole page of rows is not read out
  const first = add(list, found, link);
  link.after(...[page.querySelector(`a[data-more="${selector}"]`)].filter(Boolean));
  link.remove();
  first?.querySelector("a, button")?.focus({ preventScroll: true });
  requestAnimationFrame(() => speaks?.setAttribute("aria-live", manner));
});

// Rows under a heading that stands already go under that one. Gives the first of the new rows.
function add(list, found, link) {
  const rows = [...found.children].filter((row) => !row.matches("[data-more], [data-once]"));
  const heading = (section) => section?.querySelector(":scope > h2")?.textContent;
  const inner = (section) => section.querySelector(":scope > ul") ?? section;
  const last = [...list.children].filter((row) => !row.matches("[data-more]")).at(-1);
  let first = null;
  if (rows.length && heading(rows[0]) && heading(rows[0]) === heading(last)) {
    const same = [...inner(rows.shift()).children].filter((row) => !row.matches("h2"));
    inner(last).append(...same);
    first = same[0];
  }
  if (list.contains(link)) link.before(...rows);
  else list.append(...rows);
  return first ?? rows[0];
}
