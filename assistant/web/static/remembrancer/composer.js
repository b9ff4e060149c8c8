// What every message field does: a key sends, the button shows that there is something to send, and a draft outlives the page.
import { Attached } from "./attach.js";
import { Pasted } from "./pasted.js";

const PREFIX = "remembrancer:";

export const kept = {
  names: (start) => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX + start)).map((name) => name.slice(PREFIX.length)),
  get: (name) => localStorage.getItem(PREFIX + name) ?? "",
  set: (name, value) => {
    try {
      if (value) localStorage.setItem(PREFIX + name, value);
      else localStorage.removeItem(PREFIX + name);
    } catch {
      localStorage.removeItem(PREFIX + name); // there is no room for it: better nothing than what stood there before
    }
  },
  // Signing out leaves nothing of anybody on the device.
  clear: () => {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  },
};

// Enter sends, or Ctrl Enter where that was set (then Enter is a new line). While an input method composes, Enter belongs to it.
function isSending(event) {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false;
  const withCtrl = event.ctrlKey || event.metaKey;
  return document.querySelector("[data-ctrl-enter]") ? withCtrl : !event.shiftKey;
}

export function wire(form) {
  const field = form.querySelector("textarea");
  const button = form.querySelector("[data-send]");
  const draft = `draft:${form.dataset.draft}`;
  const isReady = () => field.value.trim() !== "" || !files.isEmpty || !pasted.isEmpty;
  const noted = () => {
    if (!files || !pasted) return;
    button.classList.toggle("ready", isReady());
    kept.set(draft, field.value);
    kept.set(`files-${draft}`, files.sent.length ? JSON.stringify(files.sent) : "");
    kept.set(`pasted-${draft}`, pasted.isEmpty ? "" : JSON.stringify(pasted.texts));
    form.dispatchEvent(new Event("noted"));
  };
  let files = null;
  let pasted = null;
  const made = new Attached(form, noted);
  pasted = new Pasted(form, noted);
  files = made;
  if (!field.value) field.value = kept.get(draft);
  files.restore(JSON.parse(kept.get(`files-${draft}`) || "[]"));
  pasted.restore(JSON.parse(kept.get(`pasted-${draft}`) || "[]"));
  noted();
  field.addEventListener("input", noted);
  form.addEventListener("kept", () => {
    files.clear();
    pasted.clear();
  });
  field.addEventListener("keydown", (event) => {
    if (!isSending(event)) return;
    event.preventDefault();
    if (isReady()) form.requestSubmit();
  });
  // What is still on its way up goes along; what turns out not to be taken stays to be seen.
  form.addEventListener(
    "submit",
    async (event) => {
      if (isReady() && !files.isUploading) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isReady()) return field.focus();
      const count = files.files.length;
      button.setAttribute("aria-busy", "true");
      await files.settled();
      button.removeAttribute("aria-busy");
      if (files.files.length === count) form.requestSubmit();
    },
    { capture: true },
  );
  return { noted, files, pasted, isReady };
}

// The first message of a chat is an ordinary form. What is suggested is put into the field, never sent.
for (const form of document.querySelectorAll("[data-composer]")) {
  if (!form.closest("chat-thread")) wire(form);
  // The button of the menu says what differs from what is usual.
  const how = form.querySelector("[data-how]");
  const tell = () => {
    how.textContent = [...form.querySelectorAll(".how input:checked[data-label]")].map((input) => input.dataset.label).join(" · ");
  };
  form.querySelector(".how")?.addEventListener("change", tell);
  if (how) tell();
}
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-put]") : null;
  const field = document.querySelector("[data-composer] textarea");
  if (!link || !field || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  field.value = link.dataset.put;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
for (const form of document.querySelectorAll("[data-sign-out]")) form.addEventListener("submit", () => kept.clear());
