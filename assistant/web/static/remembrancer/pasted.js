// What is pasted into a message field and is long: folded under a label that tells its lines, readable, removable, and sent as it is, below
// what was typed. The server is told where it stands, since nothing is learned from what somebody else may have written.

const LONG = 2000; // characters, as the server folds it (assistant/web/turns.py)
const BETWEEN = "\n\n";

const trimmed = (text) => text.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");
const length = (text) => [...text].length; // the server counts code points

// A text cut at its spans: [{text, isPasted}], in order.
export function cut(text, spans) {
  const letters = [...text];
  const parts = [];
  let at = 0;
  for (const [start, end] of spans ?? []) {
    if (start > at) parts.push({ text: letters.slice(at, start).join(""), isPasted: false });
    parts.push({ text: letters.slice(start, end).join(""), isPasted: true });
    at = end;
  }
  if (at < letters.length) parts.push({ text: letters.slice(at).join(""), isPasted: false });
  return parts;
}

export class Pasted {
  // `changed` is called when there is something new to send, or less.
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    this.field = form.querySelector("textarea");
    this.list = form.querySelector("[data-pasted-parts]");
    this.model = form.querySelector("[data-pasted-part]");
    this.parts = []; // {text, row}
    this.field.addEventListener("paste", (event) => {
      const text = trimmed(event.clipboardData.getData("text/plain"));
      if (length(text) <= LONG) return;
      event.preventDefault();
      this.add(text);
    });
    // What is sent is the text and the parts below it. This is asked for whenever the form is, by whatever sends it.
    form.addEventListener("formdata", ({ formData }) => {
      const whole = this.whole();
      formData.set("text", whole.text);
      formData.set("pasted", JSON.stringify(whole.spans));
    });
    this.takeApart(this.field.value, JSON.parse(form.elements.pasted.value || "[]"));
  }

  get isEmpty() {
    return !this.parts.length;
  }

  get texts() {
    return this.parts.map((part) => part.text);
  }

  label(text) {
    const lines = text.split("\n").length;
    const { textLines, textLine } = this.list.dataset;
    return lines === 1 ? textLine : textLines.replace("%n", new Intl.NumberFormat(document.documentElement.lang).format(lines));
  }

  folded(text) {
    const row = this.model.content.cloneNode(true).firstElementChild;
    row.querySelector("[data-label]").textContent = this.label(text);
    row.querySelector("[data-part]").textContent = text;
    return row;
  }

  add(text) {
    const row = this.folded(text);
    const part = { text, row };
    const button = row.querySelector("[data-remove]");
    button.setAttribute("aria-label", button.title.replace("%n", this.label(text)));
    button.title = button.getAttribute("aria-label");
    button.addEventListener("click", () => {
      this.take(part);
      this.field.focus();
    });
    this.parts.push(part);
    this.list.append(row);
    this.list.hidden = false;
    this.changed();
  }

  take(part) {
    this.parts = this.parts.filter((other) => other !== part);
    part.row.remove();
    this.list.hidden = this.isEmpty;
    this.changed();
  }

  clear() {
    for (const part of [...this.parts]) this.take(part);
  }

  restore(texts) {
    const there = new Set(this.texts);
    for (const text of texts ?? []) if (!there.has(text)) this.add(text);
  }

  // The message as it is sent, and where in it stands what was pasted.
  whole() {
    let text = trimmed(this.field.value);
    const spans = [];
    for (const part of this.parts) {
      if (text) text += BETWEEN;
      const start = length(text);
      text += part.text;
      spans.push([start, length(text)]);
    }
    return { text, spans };
  }

  // The other way round: a message that comes back into the field.
  takeApart(text, spans) {
    if (!spans?.length) return;
    const parts = cut(text.replace(/\r\n?/g, "\n"), spans);
    this.field.value = trimmed(parts.filter((part) => !part.isPasted).map((part) => part.text).join(""));
    for (const part of parts) if (part.isPasted) this.add(part.text);
  }

  // A message on its way as it will be shown.
  bubble(text, spans) {
    return cut(text, spans).map((part) => (part.isPasted ? this.folded(part.text).querySelector("details") : document.createTextNode(part.text)));
  }
}
