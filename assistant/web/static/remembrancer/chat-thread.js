// The live part of a chat: sends without leaving the page, shows an answer as it grows, and what was remembered of the question.
// The server renders everything that stays; this module only shows what is on its way, and works on the same endpoints as any other client.
import { stillChip } from "./attach.js";
import { beside } from "./beside.js";
import { kept, wire } from "./composer.js";
import { learned } from "./learned.js";
import { api, call, fragment, newId } from "./net.js";
import { pressed } from "./pressed.js";
import { held, hold, showTail } from "./tail.js";

const END = 48; // pixels below the view within which the end of the thread counts as in sight

const announceWhen = () => document.querySelector(".shell")?.dataset.announceWhen;

class ChatThread extends HTMLElement {
  connectedCallback() {
    this.turns = this.querySelector("[data-turns]");
    this.scroller = this.querySelector("[data-scroller]");
    this.question = this.querySelector("[data-question]");
    this.ideas = this.querySelector("[data-suggestions]");
    this.room = this.querySelector("[data-room]");
    this.form = this.querySelector("[data-composer]");
    this.field = this.form.querySelector("textarea");
    this.sendButton = this.form.querySelector("[data-send]");
    this.stopButton = this.form.querySelector("[data-stop]");
    this.stopHint = this.form.querySelector("[data-stop-hint]");
    this.note = this.form.querySelector("[data-note]");
    this.announcer = this.querySelector("[data-announce]");
    this.latest = this.querySelector("[data-latest]");
    this.watched = new Map(); // run id to its open stream
    Object.assign(this, wire(this.form)); // noted, files, pasted, isReady
    // The first message has arrived: until then its draft was kept, in case the way here broke.
    if (location.hash === "#end") for (const name of ["", "files-", "pasted-"].flatMap((kind) => [`${kind}draft:new`, `${kind}draft:temporary`])) kept.set(name, "");
    this.outbox = JSON.parse(kept.get(`outbox:${this.conversation}`) || "[]");
    this.listen();
    this.tellZone();
    if (location.hash.startsWith("#m-")) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "start" });
    else this.toEnd();
    for (const item of this.outbox) this.showPending(item);
    this.wake();
  }

  disconnectedCallback() {
    this.sleep();
  }

  get conversation() {
    return this.dataset.conversation;
  }

  get running() {
    return this.querySelector(".turn[data-run]")?.dataset.run ?? null;
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("input", () => this.showButtons());
    this.form.addEventListener("noted", () => this.showButtons());
    this.form.querySelector("[data-personal]")?.addEventListener("change", ({ target }) => {
      call("PATCH", `conversations/${this.conversation}`, { personal: target.value }).catch(() => (this.note.textContent = this.dataset.textUnsent));
    });
    this.stopButton.addEventListener("click", () => this.stop());
    this.addEventListener("submit", (event) => this.submitInPlace(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.scroller.addEventListener("scroll", () => (this.latest.hidden = this.isEndInSight()), { passive: true });
    this.latest.addEventListener("click", () => this.toEnd());
    addEventListener("resize", () => this.makeRoom());
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return this.sleep();
      this.wake();
      this.catchUp();
    });
  }

  // Streams are closed while nobody looks: a browser allows few connections. What was missed comes again by number.
  sleep() {
    this.notices?.close();
    this.notices = null;
    for (const state of this.watched.values()) {
      state.stream?.close();
      state.paint(); // a page that is not shown gets no frame
    }
    this.watched.clear();
  }

  wake() {
    if (document.hidden) return;
    for (const turn of this.querySelectorAll(".turn[data-run]")) this.watch(turn);
    this.openNotices();
    this.refreshMargins();
    this.showButtons();
    this.flush();
  }

  tellZone() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (this.dataset.zone === "UTC" && zone && zone !== "UTC") call("PATCH", "me/profile", { time_zone: zone }).catch(() => {});
  }

  // --- where the view stands

  isEndInSight() {
    return this.room.offsetTop <= this.scroller.scrollTop + this.scroller.clientHeight + END;
  }

  toEnd() {
    this.scroller.scrollTop = this.room.offsetTop - this.scroller.clientHeight + 16;
    this.latest.hidden = true;
  }

  // Under the message just sent there is always enough room for it to stand at the top of the view.
  makeRoom() {
    if (!this.top?.isConnected) return;
    const height = Math.max(0, this.scroller.clientHeight - (this.room.offsetTop - this.top.offsetTop) - 32);
    if (height === this.height) return; // what is written anew is laid out anew
    this.height = height;
    this.room.style.setProperty("block-size", `${height}px`);
  }

  toTop(turn) {
    this.top = turn;
    this.makeRoom();
    this.scroller.scrollTop = turn.offsetTop - 16;
  }

  // Changes the thread and stays with its end, if that was in sight.
  change(act) {
    const follows = this.isEndInSight();
    act();
    this.makeRoom();
    const overhang = this.room.offsetTop - this.scroller.clientHeight + 16;
    if (follows && overhang > this.scroller.scrollTop) this.scroller.scrollTop = overhang;
    this.latest.hidden = this.isEndInSight();
  }

  // --- sending: everything goes through the outbox, so that nothing typed is lost and nothing is sent twice

  keep() {
    kept.set(`outbox:${this.conversation}`, this.outbox.length ? JSON.stringify(this.outbox) : "");
  }

  send() {
    if (!this.isReady()) return;
    const { text, spans } = this.pasted.whole();
    const item = { key: newId(), text, pasted: spans, attachments: this.files.sent, model: this.chosen("model"), thinking: this.chosen("thinking") || "auto" };
    this.outbox.push(item);
    this.keep();
    this.field.value = "";
    this.files.clear();
    this.pasted.clear();
    this.noted();
    this.note.textContent = "";
    this.question.replaceChildren();
    this.ideas.replaceChildren();
    const shown = this.showPending(item);
    if (this.running) this.change(() => {});
    else this.toTop(shown);
    this.showButtons();
    this.flush();
  }

  chosen(name) {
    return this.form.querySelector(`.how [name=${name}]:checked`)?.value ?? "";
  }

  showPending(item) {
    const turn = document.createElement("article");
    turn.className = "turn user pending";
    turn.dataset.key = item.key;
    const bubble = document.createElement("div");
    bubble.className = "bubble";
    bubble.dir = "auto";
    bubble.append(...this.pasted.bubble(item.text, item.pasted));
    bubble.hidden = !item.text.trim();
    const files = document.createElement("ul");
    files.className = "files";
    files.append(...(item.attachments ?? []).map(stillChip));
    const margin = document.createElement("div");
    margin.className = "margin";
    const words = document.createElement("span");
    words.className = "pending";
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "link-button second";
    discard.textContent = this.dataset.textDiscard;
    discard.hidden = true;
    discard.addEventListener("click", () => this.takeBack(item));
    const clock = this.querySelector("[data-clock]").content.firstElementChild.cloneNode(true);
    clock.toggleAttribute("hidden", true);
    margin.append(clock, words, discard);
    turn.append(bubble, files, margin);
    this.turns.insertBefore(turn, this.question);
    return turn;
  }

  pendingTurn(item) {
    return this.querySelector(`.pending[data-key="${item.key}"]`);
  }

  sayPending(item, words, canDiscard) {
    const turn = this.pendingTurn(item);
    if (!turn) return;
    turn.querySelector(".margin .pending").textContent = words;
    turn.querySelector("button").hidden = !canDiscard;
    turn.querySelector(".margin .i").toggleAttribute("hidden", !canDiscard); // it waits
  }

  drop(item) {
    this.outbox = this.outbox.filter((other) => other.key !== item.key);
    this.keep();
    this.pendingTurn(item)?.remove();
  }

  takeBack(item) {
    this.drop(item);
    if (!this.field.value && this.pasted.isEmpty) {
      this.field.value = item.text;
      this.pasted.takeApart(item.text, item.pasted);
    }
    this.files.restore(item.attachments);
    this.noted();
    this.field.focus();
    this.makeRoom();
    this.showButtons();
  }

  async flush() {
    const item = this.outbox[0];
    if (!item || this.sending) return;
    if (this.running) return this.outbox.forEach((one) => this.sayPending(one, this.dataset.textLater, true));
    if (!navigator.onLine) return this.outbox.forEach((one) => this.sayPending(one, this.dataset.textOffline, true));
    this.sending = true;
    this.sayPending(item, "", false);
    const slow = setTimeout(() => this.sayPending(item, this.dataset.textSending, false), 1000);
    try {
      const posted = await call("POST", `conversations/${this.conversation}/messages`, { text: item.text, client_id: item.key, model: item.model ?? "", thinking: item.thinking ?? "auto", attachments: (item.attachments ?? []).map((file) => file.id), pasted: item.pasted ?? [] }, item.key);
      await this.show(posted, item);
    } catch (error) {
      if (error.status === 0) return this.sayPending(item, this.dataset.textOffline, true);
      this.takeBack(item);
      this.note.textContent = error.status === 401 || error.status === 403 ? this.dataset.textSignedOut : error.told ?? this.dataset.textUnsent;
    } finally {
      clearTimeout(slow);
      this.sending = false;
    }
  }

  async show(posted, item) {
    const found = await fragment(`/c/${this.conversation}/turns/?after=${posted.message.id}`);
    if (!found) return location.reload();
    const isAtTop = this.top === this.pendingTurn(item);
    const own = found.querySelector(`#m-${posted.message.id}`);
    this.drop(item);
    if (!document.getElementById(`m-${posted.message.id}`)) {
      this.turns.insertBefore(found, this.querySelector(".turn.pending") ?? this.question);
    }
    if (isAtTop && own) this.top = own;
    if (own && (isAtTop || this.isEndInSight())) this.toTop(own);
    const answer = document.getElementById(`m-${posted.run.message}`);
    if (answer?.dataset.run) this.watch(answer);
    this.showButtons();
  }

  showButtons() {
    const isRunning = Boolean(this.running);
    const hasText = this.isReady();
    this.stopButton.hidden = !isRunning || hasText;
    this.sendButton.hidden = isRunning && !hasText;
    this.stopHint.hidden = !isRunning || !hasText;
  }

  stop() {
    if (this.running) call("POST", `runs/${this.running}/cancel`).catch(() => {});
  }

  // --- an answer on its way

  watch(turn) {
    const run = turn.dataset.run;
    if (!run || this.watched.has(run)) return;
    const state = { last: Number(turn.dataset.last ?? 0), due: [], frame: 0, spoken: "" };
    this.watched.set(run, state);
    const blocks = turn.querySelector("[data-blocks]");
    const tail = turn.querySelector("[data-tail]");
    const waiting = turn.querySelector("[data-waiting]");
    const still = setTimeout(() => !tail.textContent && !blocks.childNodes.length && (waiting.textContent = this.dataset.textStill), 8000);
    // However much came, the thread changes once a frame: what is laid out between two frames nobody sees.
    const paint = () => {
      cancelAnimationFrame(state.frame);
      state.frame = 0;
      const due = state.due.splice(0);
      if (!due.length) return;
      this.change(() => {
        due.forEach((act) => act());
        showTail(tail);
      });
      turn.dataset.last = state.last;
    };
    state.paint = paint;
    const soon = (act) => {
      state.due.push(act);
      state.frame ||= requestAnimationFrame(paint);
    };
    const say = (words) => waiting.textContent === words || (waiting.textContent = words);
    const stream = new EventSource(`${api}/runs/${run}/events?after=${state.last}`);
    state.stream = stream;
    const on = (name, act) =>
      stream.addEventListener(name, (event) => {
        const seq = Number(event.lastEventId);
        if (seq && seq <= state.last) return;
        state.last = seq || state.last;
        act(JSON.parse(event.data));
      });
    on("context.ready", ({ memories }) => {
      waiting.textContent = this.dataset.textThinking;
      const chip = turn.querySelector("[data-using]");
      chip.lastElementChild.textContent = memories === 1 ? this.dataset.textUsingOne : this.dataset.textUsing.replace("%n", memories);
      chip.hidden = !memories;
    });
    on("tool.started", ({ label }) => {
      waiting.textContent = this.dataset.textTool.replace("%s", label);
      waiting.classList.remove("quiet");
    });
    on("tool.finished", () => (waiting.textContent = this.dataset.textThinking));
    on("message.delta", ({ text }) => {
      say(this.dataset.textWriting);
      waiting.classList.add("quiet");
      soon(() => hold(tail, held(tail) + text));
      this.speak(state, text);
    });
    on("message.block", ({ html, rest }) => {
      const template = document.createElement("template");
      template.innerHTML = html;
      soon(() => {
        blocks.append(template.content);
        hold(tail, rest);
      });
    });
    on("snapshot", ({ text }) => {
      soon(() => {
        blocks.replaceChildren();
        hold(tail, text);
      });
    });
    on("done", () => {
      paint();
      stream.close();
      clearTimeout(still);
      this.settle(turn);
    });
    let broken = 0;
    stream.addEventListener("open", () => {
      clearTimeout(broken);
      broken = 0;
    });
    stream.addEventListener("error", () => {
      broken ||= setTimeout(() => (waiting.textContent = this.dataset.textConnecting), 5000);
      if (stream.readyState !== EventSource.CLOSED) return;
      this.watched.delete(run);
      setTimeout(() => turn.isConnected && !document.hidden && this.watch(turn), 3000);
    });
  }

  speak(state, text) {
    if (announceWhen() !== "sentences") return;
    state.spoken += text;
    const sentence = state.spoken.match(/^[\s\S]*?[.!?…](?=\s)/);
    if (!sentence) return;
    this.announcer.textContent = sentence[0];
    state.spoken = state.spoken.slice(sentence[0].length);
  }

  async settle(turn) {
    const found = await fragment(`/messages/${turn.dataset.message}/turn/`);
    const fresh = found?.querySelector(".turn");
    this.watched.delete(turn.dataset.run);
    if (!fresh) return setTimeout(() => turn.isConnected && this.settle(turn), 3000);
    const hadFocus = turn.contains(document.activeElement);
    fresh.classList.add("arrived"); // laid out at once: by its estimated size what is read would jump
    this.change(() => turn.replaceWith(fresh));
    requestAnimationFrame(() => requestAnimationFrame(() => fresh.classList.remove("arrived")));
    if (hadFocus) fresh.focus({ preventScroll: true });
    if (fresh.dataset.run) return this.watch(fresh);
    const used = fresh.querySelector("[data-receipt]")?.textContent.trim() ?? "";
    if (announceWhen() !== "off") this.announcer.textContent = `${this.dataset.textFinished} ${used}`;
    document.querySelector(".chats .current .running")?.remove();
    this.showButtons();
    await this.refreshMargins();
    this.refreshQuestion();
    this.flush();
  }
}

Object.assign(ChatThread.prototype, beside, learned, pressed);
customElements.define("chat-thread", ChatThread);
