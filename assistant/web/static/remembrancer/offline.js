// Without a network what is open can be read, and messages wait to be sent. Whatever else is done says that it needs a connection, and loses nothing.
import { toast } from "./toast.js";

const words = () => document.body.dataset.textConnection;

function tellOffline() {
  for (const banner of document.querySelectorAll("[data-offline]")) banner.hidden = navigator.onLine;
  if (navigator.onLine) for (const note of document.querySelectorAll("[data-needs-connection]")) note.remove();
}
addEventListener("online", tellOffline);
addEventListener("offline", tellOffline);
tellOffline();

// A picture of the sprite that the page shows others of; none where there is none.
function icon(name) {
  const model = document.querySelector("svg.i:has(use)");
  const svg = model?.cloneNode(true);
  svg?.setAttribute("class", "i");
  svg?.querySelector("use").setAttribute("href", model.querySelector("use").getAttribute("href").replace(/#.*/, `#${name}`));
  return svg ? [svg] : [];
}

// Messages of remembered chats wait in the outbox (composer.js, outbox.js).
const canWait = (form) => form.matches("[data-composer]") && (form.closest("chat-thread") || form.elements.mode?.value !== "temporary");

// Where something is typed it is said beside it; a lone button has no room for words.
function tell(form, submitter) {
  const isTyped = form.querySelector("textarea, select, input:not([type=hidden], [type=search])");
  if (!isTyped || form.closest(".menu-items, [data-margin]")) return toast(words());
  let note = form.querySelector("[data-needs-connection]");
  if (!note) {
    note = document.createElement("p");
    note.className = "error";
    note.dataset.needsConnection = "";
    note.setAttribute("role", "alert");
    const row = submitter?.closest(".choices, .bar, form > div") ?? null;
    if (row && row.parentElement === form) row.before(note);
    else form.append(note);
  }
  note.replaceChildren();
  requestAnimationFrame(() => note.replaceChildren(...icon("warning"), words())); // said again, too
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (navigator.onLine || canWait(form) || form.matches("[data-live-search], [data-saves-by-field]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(form, event.submitter);
  },
  { capture: true },
);
