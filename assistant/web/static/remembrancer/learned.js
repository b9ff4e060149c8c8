// What comes after an answer, on the user's own stream: chips under messages, a question, ideas, titles, and news of other chats.
import { api, fragment } from "./net.js";

const LOOK_AGAIN = 2000; // while memory still reads a message, its row is looked at again so often

// Methods of <chat-thread>.
export const learned = {
  openNotices() {
    if (this.notices) return;
    this.notices = new EventSource(`${api}/events`);
    for (const name of ["memory.saved", "memory.undone", "memory.forgotten"]) {
      this.notices.addEventListener(name, (event) => this.refreshMargins(JSON.parse(event.data).messages));
    }
    this.notices.addEventListener("run.started", (event) => {
      const { conversation, message } = JSON.parse(event.data);
      if (conversation === this.conversation && !document.getElementById(`m-${message}`)) this.catchUp();
    });
    this.notices.addEventListener("run.finished", (event) => noteNews(JSON.parse(event.data).conversation, this.conversation));
    this.notices.addEventListener("memory.question", () => this.refreshQuestion());
    this.notices.addEventListener("run.suggestions", (event) => JSON.parse(event.data).conversation === this.conversation && this.refreshIdeas());
    this.notices.addEventListener("conversation.titled", (event) => this.retitle(JSON.parse(event.data)));
  },

  async refreshMargins(messages) {
    const turns = [...this.querySelectorAll(".turn.user[data-message]")].slice(-6);
    for (const turn of turns) {
      if (messages && !messages.includes(turn.dataset.message)) continue;
      const old = turn.querySelector("[data-margin]");
      if (!old || old.contains(document.activeElement) || old.querySelector(".undone, .failed")) continue;
      const found = await fragment(`/messages/${turn.dataset.message}/margin/`);
      const fresh = found?.querySelector("[data-margin]");
      const isSame = fresh?.textContent.trim() === old.textContent.trim();
      if (fresh?.querySelector("[data-seeking]")) this.lookAgain();
      if (!fresh || isSame) continue;
      old.replaceWith(fresh);
      const chip = fresh.querySelector("[data-chip] .words");
      if (chip && !this.running) this.announcer.textContent = chip.textContent.trim();
    }
  },

  // Nothing tells when a message was read and nothing was kept of it.
  lookAgain() {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => !document.hidden && this.refreshMargins(), LOOK_AGAIN);
  },

  async refreshIdeas() {
    if (this.running || this.outbox.length) return;
    const found = await fragment(`/c/${this.conversation}/suggestions/`);
    if (found && !this.running) this.change(() => this.ideas.replaceChildren(found));
  },

  retitle({ conversation, title }) {
    const link = document.querySelector(`.chats .chat > a[href="/c/${conversation}/"]`);
    if (link) link.lastChild.textContent = link.title = title;
    if (conversation !== this.conversation) return;
    const heading = document.querySelector("[data-title]");
    if (!heading) return; // a temporary chat has none of its own
    heading.textContent = heading.title = title;
    document.title = `${title} · Remembrancer`;
  },

  async refreshQuestion() {
    if (this.running || this.question.childElementCount) return;
    const found = await fragment(`/c/${this.conversation}/question/`);
    const card = found?.querySelector("[data-question-card]");
    if (!card || this.running) return;
    this.change(() => this.question.replaceChildren(found));
    this.announcer.textContent = card.querySelector("h2").textContent;
  },
};

// An answer that was finished in another chat: bold in the list until it is opened.
function noteNews(conversation, here) {
  if (conversation === here) return;
  const link = document.querySelector(`.chats .chat > a[href="/c/${conversation}/"]`);
  if (!link) return;
  const row = link.parentElement;
  row.querySelector(".running")?.remove();
  if (row.classList.contains("news")) return;
  row.classList.add("news");
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = `${link.closest("[data-chats]").dataset.textNews} `;
  link.prepend(words);
}
