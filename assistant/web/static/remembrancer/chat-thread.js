// The live part of a chat: sends without leaving the page, shows an answer as it grows, and what was remembered of the question.
// The server renders everything that stays; this module only shows what is on its way, and works on the same endpoints as any other client.

const api = "/api/v1";
const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(16).slice(2)}`;

function cookie(name) {
  return document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

async function call(method, path, body, key) {
  const headers = { "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  const response = await fetch(path.startsWith("/") ? path : `${api}/${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const data = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw Object.assign(new Error(data?.detail ?? String(response.status)), { status: response.status, told: data?.detail });
  return data;
}

async function fragment(path) {
  const response = await fetch(path, { headers: { Accept: "text/html", "HX-Request": "true" } });
  if (!response.ok) return null;
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  return template.content;
}

class ChatThread extends HTMLElement {
  connectedCallback() {
    this.turns = this.querySelector("[data-turns]");
    this.scroller = this.querySelector("[data-scroller]");
    this.form = this.querySelector("[data-composer]");
    this.field = this.form.querySelector("textarea");
    this.sendButton = this.form.querySelector("[data-send]");
    this.stopButton = this.form.querySelector("[data-stop]");
    this.note = this.form.querySelector("[data-note]");
    this.announcer = this.querySelector("[data-announce]");
    this.latest = this.querySelector("[data-latest]");
    this.following = true;
    this.draftKey = `draft:${this.conversation || "new"}`;
    if (!this.field.value) this.field.value = sessionStorage.getItem(this.draftKey) ?? "";
    this.listen();
    this.readiness();
    this.tellZone();
    this.scroller.scrollTop = this.scroller.scrollHeight;
    for (const turn of this.querySelectorAll("[data-run]")) this.watch(turn);
    this.openNotices();
    if (location.hash.startsWith("#m-")) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
  }

  disconnectedCallback() {
    this.notices?.close();
    this.stream?.close();
  }

  get conversation() {
    return this.dataset.conversation;
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
    this.field.addEventListener("input", () => this.readiness());
    this.stopButton.addEventListener("click", () => this.stop());
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.running) this.stop();
    });
    this.addEventListener("submit", (event) => this.submitInPlace(event));
    this.scroller.addEventListener("scroll", () => {
      this.following = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 80;
      this.latest.hidden = this.following;
    });
    this.latest.addEventListener("click", () => {
      this.following = true;
      this.follow();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        this.notices?.close();
        this.notices = null;
      } else {
        this.openNotices();
        this.refreshMargins();
      }
    });
  }

  readiness() {
    this.sendButton.classList.toggle("ready", this.field.value.trim() !== "");
    sessionStorage.setItem(this.draftKey, this.field.value);
  }

  follow() {
    if (this.following) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  tellZone() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (this.dataset.zone === "UTC" && zone && zone !== "UTC") call("PATCH", "me/profile", { time_zone: zone }).catch(() => {});
  }

  async send() {
    const text = this.field.value;
    if (!text.trim() || this.sending) return;
    this.sending = true;
    this.note.textContent = "";
    this.sendingKey ??= newId();
    const slow = setTimeout(() => (this.note.textContent = this.dataset.textSending), 1000);
    try {
      const posted = await call("POST", `conversations/${this.conversation}/messages`, { text, client_id: this.sendingKey }, this.sendingKey);
      this.sendingKey = null;
      if (this.field.value === text) this.field.value = "";
      this.readiness();
      this.note.textContent = "";
      this.querySelector("[data-question]").replaceChildren();
      await this.show(posted);
    } catch (error) {
      this.note.textContent = error.told ?? this.dataset.textOffline;
    } finally {
      clearTimeout(slow);
      this.sending = false;
    }
  }

  async show(posted) {
    const found = await fragment(`/c/${this.conversation}/turns/?after=${posted.message.id}`);
    if (!found) return location.reload();
    const anchor = this.querySelector("[data-question]");
    this.turns.insertBefore(found, anchor);
    const own = document.getElementById(`m-${posted.message.id}`);
    const answer = document.getElementById(`m-${posted.run.message}`);
    this.following = true;
    this.follow();
    own?.scrollIntoView({ block: "nearest" });
    if (answer?.dataset.run) this.watch(answer);
  }

  watch(turn) {
    const run = turn.dataset.run;
    const blocks = turn.querySelector("[data-blocks]");
    const tail = turn.querySelector("[data-tail]");
    const waiting = turn.querySelector("[data-waiting]");
    let spoken = "";
    let last = 0;
    let pending = "";
    let frame = 0;
    const say = (words) => {
      waiting.textContent = words;
      waiting.hidden = false;
    };
    const still = setTimeout(() => !waiting.hidden && say(this.dataset.textStill), 8000);
    let broken = 0;
    this.setRunning(run);
    const paint = () => {
      frame = 0;
      if (!pending) return;
      tail.append(pending);
      pending = "";
      this.follow();
    };
    const stream = new EventSource(`${api}/runs/${run}/events`);
    this.stream = stream;
    const on = (name, act) =>
      stream.addEventListener(name, (event) => {
        const seq = Number(event.lastEventId);
        if (seq && seq <= last) return;
        last = seq || last;
        act(JSON.parse(event.data));
      });
    on("context.ready", () => say(this.dataset.textThinking));
    on("message.delta", ({ text }) => {
      waiting.hidden = true;
      pending += text;
      spoken += text;
      frame ||= requestAnimationFrame(paint);
      const sentence = spoken.match(/^[\s\S]*?[.!?…](?=\s)/);
      if (sentence) {
        this.announcer.textContent = sentence[0];
        spoken = spoken.slice(sentence[0].length);
      }
    });
    on("message.block", ({ html, rest }) => {
      paint();
      const template = document.createElement("template");
      template.innerHTML = html;
      blocks.append(template.content);
      tail.textContent = rest;
      this.follow();
    });
    on("snapshot", ({ text }) => {
      blocks.replaceChildren();
      pending = "";
      tail.textContent = text;
    });
    on("done", () => {
      stream.close();
      clearTimeout(still);
      this.settle(turn);
    });
    stream.addEventListener("open", () => {
      clearTimeout(broken);
      broken = 0;
    });
    stream.addEventListener("error", () => {
      broken ||= setTimeout(() => say(this.dataset.textConnecting), 5000);
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => turn.isConnected && this.watch(turn), 2000);
    });
  }

  async settle(turn) {
    const found = await fragment(`/messages/${turn.dataset.message}/turn/`);
    const fresh = found?.querySelector(".turn");
    if (fresh) turn.replaceWith(fresh);
    this.setRunning(null);
    this.announcer.textContent = this.dataset.textFinished;
    this.follow();
    this.refreshQuestion();
    this.refreshMargins();
    for (const waiting of this.querySelectorAll("[data-run]")) this.watch(waiting);
  }

  setRunning(run) {
    this.running = run;
    this.stopButton.hidden = !run;
    this.sendButton.hidden = Boolean(run) && !this.field.value.trim();
    if (run) this.field.addEventListener("input", () => (this.sendButton.hidden = Boolean(this.running) && !this.field.value.trim()), { once: false });
  }

  stop() {
    if (this.running) call("POST", `runs/${this.running}/cancel`).catch(() => {});
  }

  // Notices of the user's own stream: what was learned comes after the answer.
  openNotices() {
    if (this.notices || document.hidden || !this.conversation) return;
    this.notices = new EventSource(`${api}/events`);
    for (const name of ["memory.saved", "memory.undone", "memory.forgotten"]) {
      this.notices.addEventListener(name, (event) => this.refreshMargins(JSON.parse(event.data).messages));
    }
    this.notices.addEventListener("memory.question", () => this.refreshQuestion());
  }

  async refreshMargins(messages) {
    const turns = [...this.querySelectorAll(".turn.user")].slice(-6);
    for (const turn of turns) {
      if (messages && !messages.includes(turn.dataset.message)) continue;
      const found = await fragment(`/messages/${turn.dataset.message}/margin/`);
      const fresh = found?.querySelector("[data-margin]");
      const old = turn.querySelector("[data-margin]");
      if (fresh && old && fresh.textContent.trim() !== old.textContent.trim()) old.replaceWith(fresh);
    }
  }

  async refreshQuestion() {
    if (this.running || this.querySelector("[data-question-card]")) return;
    const found = await fragment(`/c/${this.conversation}/question/`);
    if (found?.querySelector("[data-question-card]")) {
      this.querySelector("[data-question]").replaceChildren(found);
      this.follow();
    }
  }

  // Small forms inside the thread (undo, answer to a question) act without leaving the page.
  async submitInPlace(event) {
    const form = event.target;
    const isChip = form.closest("[data-chip]");
    const isQuestion = form.closest("[data-question-card]");
    if (!isChip && !isQuestion) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const button = event.submitter;
    button.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
      const template = document.createElement("template");
      template.innerHTML = await response.text();
      if (isChip) {
        const fresh = template.content.querySelector("[data-margin]");
        if (fresh) form.closest("[data-margin]").replaceWith(fresh);
      } else {
        this.querySelector("[data-question]").replaceChildren(template.content);
        this.field.focus();
      }
    } finally {
      button.removeAttribute("aria-busy");
    }
  }
}

customElements.define("chat-thread", ChatThread);
