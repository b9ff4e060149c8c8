// What every page does beyond plain links and forms: menus, the sidebar, copying, notices that go by themselves.
import "./composer.js";
import "./fields.js";
import "./chat-thread.js";
import "./keys.js";
import "./layers.js";
import "./more.js";
import "./offline.js";
import "./outbox.js";
import "./passkeys.js";
import "./progress.js";
import "./search.js";
import "./toast.js";
import { fragment, submit } from "./net.js";

const shell = document.querySelector(".shell");
const isSmall = matchMedia("(max-width: 1023px)");

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
  if (!target) return;
  if (target.closest("[data-open-sidebar]")) {
    event.preventDefault();
    openSidebar();
  } else if (target.closest("[data-close-sidebar]")) {
    event.preventDefault();
    closeSidebar();
  } else if (document.querySelector(".sidebar.open") && !target.closest(".sidebar, dialog")) {
    closeSidebar();
  }
  const copy = target.closest("[data-copy]");
  if (copy) copyText(copy);
  const source = target.closest("[data-show-source]");
  if (source) {
    event.preventDefault();
    showSource(source);
  }
});

// Wide screens remember whether the sidebar stands beside the page; small ones show it over the page.
function openSidebar() {
  const sidebar = document.getElementById("sidebar");
  if (isSmall.matches) sidebar.classList.add("open");
  else remember(false);
  sidebar.querySelector("a").focus();
}

function closeSidebar() {
  const sidebar = document.getElementById("sidebar");
  if (!isSmall.matches) remember(true);
  sidebar.classList.remove("open");
  [...document.querySelectorAll("[data-open-sidebar]")].find((button) => button.checkVisibility())?.focus();
}

function remember(isClosed) {
  shell.classList.toggle("narrow", isClosed);
  document.cookie = `sidebar=${isClosed ? "closed" : ""}; path=/; max-age=31536000; samesite=lax`;
}

async function copyText(button) {
  const kind = button.dataset.copy;
  const source = kind === "code" ? button.closest(".code").querySelector("code") : button.closest(".turn").querySelector(`.${kind}`);
  const parts = [...source.querySelectorAll("[data-part]")].map((part) => part.textContent); // what is folded is copied as well
  try {
    await navigator.clipboard.writeText(parts.join("") || source.innerText);
  } catch {
    getSelection().selectAllChildren(source); // no clipboard without https: what is selected can be copied by hand
    return;
  }
  const words = shell.dataset.textCopied;
  const before = button.getAttribute("aria-label") ?? button.textContent;
  const say = (text) => (kind === "code" ? (button.textContent = text) : button.setAttribute("aria-label", text));
  say(words);
  button.classList.add("copied");
  const announce = document.querySelector("[data-announce]");
  if (announce) announce.textContent = words;
  setTimeout(() => {
    say(before);
    button.classList.remove("copied");
  }, 2000);
}

async function showSource(link) {
  const row = link.closest(".row");
  link.closest("details").open = false;
  if (!row.querySelector("[data-source]")) {
    const found = await fragment(link.dataset.showSource);
    if (!found) return location.assign(link.href);
    row.append(found);
  }
  row.scrollIntoView({ block: "nearest" });
}

// Menus stand where there is room, whatever they stand in.
document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLDetailsElement) || !("menu" in menu.dataset)) return;
    const items = menu.querySelector(".menu-items");
    items.classList.toggle("placed", menu.open);
    if (!menu.open) return items.removeAttribute("style");
    const button = menu.querySelector("summary").getBoundingClientRect();
    const size = items.getBoundingClientRect();
    const isRtl = document.documentElement.dir === "rtl";
    const below = button.bottom + 4 + size.height < innerHeight;
    const atStart = items.classList.contains("options-menu"); // beside the start of its button; others at its end
    const [near, far] = isRtl ? [innerWidth - button.right, innerWidth - button.left] : [button.left, button.right];
    const start = atStart ? near : far - size.width;
    items.style.setProperty("inset-block-start", `${Math.max(8, below ? button.bottom + 4 : button.top - 4 - size.height)}px`);
    items.style.setProperty("inset-inline-start", `${Math.max(8, Math.min(start, innerWidth - size.width - 8))}px`);
    if (menu.matches(":has(summary:focus-visible)")) items.querySelector("a, button")?.focus();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const items = event.target instanceof Element ? event.target.closest(".menu-items") : null;
  if (!items) return;
  const all = [...items.querySelectorAll("a, button")].filter((item) => item.checkVisibility());
  const at = all.indexOf(document.activeElement);
  const letter = event.key.length === 1 && /\p{L}/u.test(event.key) ? event.key.toLowerCase() : "";
  const next = {
    ArrowDown: all[(at + 1) % all.length],
    ArrowUp: all[(at - 1 + all.length) % all.length],
    Home: all[0],
    End: all.at(-1),
  }[event.key] ?? (letter && [...all.slice(at + 1), ...all].find((item) => item.textContent.trim().toLowerCase().startsWith(letter)));
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
});

// Where tabs and chips run past the edge of a small screen, the one that is open is in sight.
for (const here of document.querySelectorAll(":is(.tabs, .topics) [aria-current]")) {
  const bar = here.parentElement;
  const [inner, outer] = [here.getBoundingClientRect(), bar.getBoundingClientRect()];
  bar.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2; // only sideways: the page itself stays where it is
}

// What takes a while says so on the button that was pressed; a second press does nothing.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.dataset.busy) return;
  if (button.getAttribute("aria-busy") === "true") return event.preventDefault();
  button.setAttribute("aria-busy", "true");
  button.textContent = button.dataset.busy;
});

for (const form of document.querySelectorAll("[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
// The first run: what is understood of a sentence appears as soon as its field is left, also of one left before this script was there.
for (const form of document.querySelectorAll("[data-tell]")) {
  const tell = async () => {
    const answer = await submit(form);
    const known = answer?.content?.querySelector("[data-known]");
    if (known) document.querySelector("[data-known]").replaceWith(known);
  };
  form.addEventListener("change", tell);
  if ([...form.querySelectorAll("input:not([type=hidden])")].some((field) => field !== document.activeElement && field.value !== field.defaultValue)) tell();
}
// The page that is kept for no network is the same for everybody, so it takes its colours from what this browser was told last.
if (document.querySelector("[data-own-look]")) {
  const [, theme, size] = document.cookie.match(/(?:^|; )look=(\w+)-(\d+)/) ?? [];
  if (theme) Object.assign(document.documentElement.dataset, { theme, text: size });
}
// Installable: a worker keeps the files that every page is made of, and nothing of anybody.
if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
// The zone of whoever sets the account up or signs in for the first time.
for (const field of document.querySelectorAll("input[data-zone-field]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
for (const button of document.querySelectorAll("[data-reveal]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.reveal);
    field.type = field.type === "password" ? "text" : "password";
    button.setAttribute("aria-pressed", String(field.type === "text"));
  });
}
