// Files in a message field: chosen, dropped or pasted; each goes up at once and shows how far it is, and the message then names them.
import { call, upload } from "./net.js";

// As the server writes it.
const size = (bytes) => {
  const lang = document.documentElement.lang;
  if (bytes < 1024) return new Intl.NumberFormat(lang, { style: "unit", unit: "byte", unitDisplay: "long" }).format(bytes);
  const [amount, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "KB"] : [bytes / 1024 ** 2, "MB"];
  return `${new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(amount)}\u00a0${unit}`;
};

// A chip of a file that is sent, or on its way: nothing can be done with it.
export function stillChip(file) {
  const chip = document.createElement("li");
  chip.className = "file-chip";
  const name = Object.assign(document.createElement("bdi"), { className: "name", textContent: file.name });
  chip.append(name, Object.assign(document.createElement("span"), { className: "size", textContent: size(file.size) }));
  return chip;
}

export class Attached {
  // `changed` is called when there is something new to send, or less.
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    this.list = form.querySelector("[data-attached]");
    this.model = form.querySelector("[data-file-chip]");
    this.wrong = form.querySelector("[data-file-error]");
    this.files = []; // {chip, name, size, id, going}
    const input = form.querySelector("[data-attach]");
    input.addEventListener("change", () => {
      this.add([...input.files]);
      input.value = "";
    });
    form.querySelector("textarea").addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData;
      if (!files.length || types.includes("text/plain")) return; // a copied table is a picture as well
      event.preventDefault();
      this.add([...files]);
    });
    for (const kept of this.list.querySelectorAll("[data-kept]")) {
      const { id, name, size: bytes } = kept.dataset;
      kept.remove();
      this.show({ id, name, size: Number(bytes) });
    }
    this.listenForDrops();
    if (!input.files.length) return; // else chosen before this script was there
    this.add([...input.files]);
    input.value = "";
  }

  get isEmpty() {
    return !this.files.length;
  }

  // What was uploaded, as it is kept and sent.
  get sent() {
    return this.files.filter((file) => file.id).map(({ id, name, size: bytes }) => ({ id, name, size: bytes }));
  }

  // Resolves when nothing is on its way up any more.
  settled() {
    return Promise.all(this.files.map((file) => file.going));
  }

  get isUploading() {
    return this.files.some((file) => !file.id);
  }

  listenForDrops() {
    let inside = 0;
    const holds = (event) => event.dataTransfer?.types.includes("Files");
    const mark = () => this.form.classList.toggle("dropping", inside > 0);
    document.addEventListener("dragenter", (event) => holds(event) && (inside++, mark()));
    document.addEventListener("dragleave", (event) => holds(event) && (inside--, mark()));
    document.addEventListener("dragover", (event) => holds(event) && event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      inside = 0;
      mark();
      this.add([...event.dataTransfer.files]);
    });
  }

  say(words) {
    this.wrong.hidden = !words;
    this.wrong.querySelector("span").textContent = words;
  }

  add(files) {
    const { limit, most, textTooLarge, textTooMany } = this.list.dataset;
    this.say("");
    for (const file of files) {
      if (this.files.length >= Number(most)) return this.say(textTooMany);
      if (file.size > Number(limit)) {
        this.say(textTooLarge.replace("%n", file.name).replace("%s", size(file.size)).replace("%l", size(Number(limit))));
        continue;
      }
      this.send(file);
    }
  }

  send(file) {
    const entry = this.show({ name: file.name, size: file.size });
    const bar = entry.chip.querySelector("progress");
    bar.hidden = false;
    const { done, stop } = upload("files", file, (part) => (bar.value = part));
    entry.stop = stop;
    entry.going = done.then(
      (kept) => {
        Object.assign(entry, { id: kept.id, name: kept.name });
        bar.hidden = true;
        this.name(entry);
        this.changed();
      },
      (error) => {
        this.take(entry);
        if (!error.stopped) this.say(error.told ?? this.list.dataset.textFailed.replace("%n", file.name));
      },
    );
  }

  show(file) {
    const chip = this.model.content.cloneNode(true).firstElementChild;
    const entry = { ...file, chip, going: null };
    chip.querySelector(".size").textContent = size(file.size);
    chip.querySelector("[data-remove]").addEventListener("click", () => {
      entry.stop?.();
      if (entry.id) call("DELETE", `files/${entry.id}`).catch(() => {});
      this.take(entry);
      this.say("");
      this.form.querySelector("textarea").focus();
    });
    this.files.push(entry);
    this.list.append(chip);
    this.list.hidden = false;
    this.name(entry);
    this.changed();
    return entry;
  }

  name({ chip, id, name }) {
    chip.querySelector(".name").textContent = chip.title = name;
    const button = chip.querySelector("[data-remove]");
    button.setAttribute("aria-label", button.title.replace("%n", name));
    chip.querySelector("input").value = id ?? "";
    chip.querySelector("input").disabled = !id;
  }

  take(entry) {
    this.files = this.files.filter((other) => other !== entry);
    entry.chip.remove();
    this.list.hidden = this.isEmpty;
    this.changed();
  }

  // Empty for the next message; what was in it belongs to the one on its way.
  clear() {
    for (const entry of [...this.files]) this.take(entry);
    this.say("");
  }

  restore(files) {
    const there = new Set(this.files.map((file) => file.id));
    for (const file of files ?? []) if (!there.has(file.id)) this.show(file);
  }
}
