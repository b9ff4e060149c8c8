// What every page does beyond plain links and forms: menus that close, the sidebar on small screens, copying, keys.
import "./chat-thread.js";

const inField = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!target || !menu.contains(target)) menu.open = false;
  }
  if (!target) return;
  if (target.closest("[data-open-sidebar]")) {
    event.preventDefault();
    const sidebar = document.getElementById("sidebar");
    sidebar.classList.add("open");
    document.querySelector(".shell").classList.remove("narrow");
    sidebar.querySelector("a, button").focus();
  } else if (target.closest("[data-close-sidebar]")) {
    event.preventDefault();
    closeSidebar();
  } else if (document.querySelector(".sidebar.open") && !target.closest(".sidebar")) {
    closeSidebar();
  }
  const copy = target.closest("[data-copy]");
  if (copy) copyText(copy);
});

function closeSidebar() {
  document.getElementById("sidebar")?.classList.remove("open");
  document.querySelector("[data-open-sidebar]")?.focus();
}

async function copyText(button) {
  const kind = button.dataset.copy;
  const source = kind === "code" ? button.closest(".code").querySelector("code") : button.closest(".turn").querySelector(`.${kind}`);
  await navigator.clipboard.writeText(source.innerText);
  const words = document.querySelector("chat-thread")?.dataset.textCopied ?? "Copied";
  const before = button.getAttribute("aria-label") ?? button.textContent;
  if (kind === "code") button.textContent = words;
  else button.setAttribute("aria-label", words);
  const announce = document.querySelector("[data-announce]");
  if (announce) announce.textContent = words;
  setTimeout(() => {
    if (kind === "code") button.textContent = before;
    else button.setAttribute("aria-label", before);
  }, 2000);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details[data-menu][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (document.querySelector(".sidebar.open")) {
      closeSidebar();
    }
    return;
  }
  if (inField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") location.assign("/");
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("text")?.focus();
  }
});

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

// The first message of a chat is an ordinary form; Enter sends it, as everywhere.
for (const form of document.querySelectorAll("[data-composer]")) {
  if (form.closest("chat-thread")) continue;
  const field = form.querySelector("textarea");
  const button = form.querySelector("[data-send]");
  const readiness = () => button.classList.toggle("ready", field.value.trim() !== "");
  readiness();
  field.addEventListener("input", readiness);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && field.value.trim()) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
