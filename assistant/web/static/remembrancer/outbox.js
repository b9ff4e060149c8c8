// Messages that could not be sent wait on this device and are sent from whichever page is open when the network is back.
// Each carries an id of its own, so that one sent twice is one. The open chat sends its own (chat-thread.js); this sends the rest.
import { kept } from "./composer.js";
import { call, newId } from "./net.js";

const NEW = "outbox:new"; // first messages of chats that do not exist yet

const read = (name) => JSON.parse(kept.get(name) || "[]");
const write = (name, items) => kept.set(name, items.length ? JSON.stringify(items) : "");

// The form of a new chat: without a network its message is kept instead of lost.
for (const form of document.querySelectorAll("[data-composer]")) {
  if (form.closest("chat-thread")) continue;
  form.addEventListener("submit", (event) => {
    if (navigator.onLine || form.elements.mode?.value === "temporary") return;
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form));
    write(NEW, [...read(NEW), { key: data.client_id || newId(), text: data.text, model: data.model ?? "", thinking: data.thinking ?? "auto", personal: data.personal ?? "normal", pasted: JSON.parse(data.pasted || "[]"), project: data.project || null, attachments: new FormData(form).getAll("attachments") }]);
    form.querySelector("textarea").value = "";
    form.dispatchEvent(new Event("kept"));
    form.elements.client_id.value = newId();
    list();
  });
}

// Of the open chat whole files are kept, to be shown.
const attachmentsOf = (item) => (item.attachments ?? []).map((file) => file.id ?? file);

async function sendAll() {
  const open = document.querySelector("chat-thread")?.conversation;
  for (const name of kept.names("outbox:")) {
    const chat = name.slice("outbox:".length);
    if (chat === open) continue;
    for (const item of read(name)) {
      try {
        const isNew = name === NEW;
        const target = isNew ? (await call("POST", "conversations", { client_id: item.key, personal: item.personal, project: item.project }, `chat-${item.key}`)).id : chat;
        await call("POST", `conversations/${target}/messages`, { text: item.text, client_id: item.key, model: item.model ?? "", thinking: item.thinking ?? "auto", attachments: attachmentsOf(item), pasted: item.pasted ?? [] }, item.key);
        sent = target;
      } catch (error) {
        if (error.status === 0 || error.status === 401 || error.status === 403 || error.status >= 500) return; // later
        if (error.status !== 404) kept.set(`draft:${name === NEW ? "new" : chat}`, item.text); // it is not lost: it waits in the field
      }
      write(name, read(name).filter((other) => other.key !== item.key));
    }
  }
}

let sent = null;
async function flush() {
  if (!navigator.onLine || !kept.names("outbox:").length) return;
  // One page at a time, so that an order of messages stays one.
  if (navigator.locks) await navigator.locks.request("remembrancer-outbox", { ifAvailable: true }, (lock) => lock && sendAll());
  else await sendAll();
  list();
  if (sent && document.querySelector("[data-unsent]")) location.assign(`/c/${sent}/`);
}

// Where a page lists them: what waits, in the words it was written.
function list() {
  const place = document.querySelector("[data-unsent]");
  if (!place) return;
  const items = kept.names("outbox:").flatMap(read);
  place.hidden = !items.length;
  place.querySelector("ul").replaceChildren(
    ...items.map((item) => {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = item.text;
      return line;
    }),
  );
}

list();
addEventListener("online", flush);
setInterval(() => !document.hidden && flush(), 5000); // a browser does not always know that the network is back
flush();
for (const button of document.querySelectorAll("[data-reload]")) button.addEventListener("click", () => location.reload());
