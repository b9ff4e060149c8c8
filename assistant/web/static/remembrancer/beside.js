// What is said in this chat elsewhere, in another tab or on another device, is shown here too.
import { fragment, wholePage } from "./net.js";

const shown = (thread) => [...thread.querySelectorAll(".turn[data-message]")];

// Methods of <chat-thread>.
export const beside = {
  // Asks for what stands after the last turn that is shown; when that one is not part of the chat any more, for all of it.
  async catchUp() {
    const last = shown(this).at(-1)?.dataset.message;
    if (this.sending || this.hasAttribute("data-cut") || this.querySelector(".is-edited")) return;
    const found = last && (await fragment(`/c/${this.conversation}/turns/?after=${last}`));
    if (last && !found) return;
    const [same, ...later] = found ? shown(found) : [];
    if (this.sending || shown(this).at(-1)?.dataset.message !== last) return; // something came meanwhile
    if (same?.dataset.message !== last) return this.showAnew();
    if (later.length) this.put(later);
  },

  async showAnew() {
    const fresh = (await wholePage(`/c/${this.conversation}/`))?.querySelector("[data-turns]");
    if (!fresh || this.sending) return;
    for (const state of this.watched.values()) state.stream?.close();
    this.watched.clear();
    for (const old of this.turns.querySelectorAll(":scope > .turn:not(.pending), :scope > [data-earlier]")) old.remove();
    this.put(fresh.querySelectorAll(":scope > .turn, :scope > [data-earlier]"));
  },

  put(turns) {
    const before = this.querySelector(".turn.pending") ?? this.question;
    this.change(() => before.before(...turns));
    for (const turn of turns) if (turn.dataset.run) this.watch(turn);
    this.showButtons();
  },
};
