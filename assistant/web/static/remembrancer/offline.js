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
  note.textContent = "";
  requestAnimationFrame(() => (note.textContent = words())); // said again, too
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
