// The last block of an answer while it is written: not yet rendered by the server, but no longer read as raw signs either.
const raw = new WeakMap(); // of each tail, as it was sent
export const held = (tail) => raw.get(tail) ?? "";
export const hold = (tail, text) => raw.set(tail, text);

const FENCE = /^ {0,3}(`{3,}|~{3,})[^\n]*(\n|$)/;

// What stands for `text` until its block is whole: a list with its dots, words without the signs that make them bold, a heading without its hashes.
function soft(text) {
  return text
    .replace(/^(\s*)[-*+] (?=\S)/gm, "$1• ")
    .replace(/^ {0,3}#{1,6} /gm, "")
    .replace(/\*\*(?=\S)([^*\n]+?)\*\*/g, "$1")
    .replace(/(^|\s)`([^`\n]+)`/gm, "$1$2");
}

// Code that is not finished looks as it will when it is: without its fence, in its own letters, and scrolling in its own box.
export function showTail(tail) {
  const text = held(tail);
  const fence = text.match(FENCE);
  tail.classList.toggle("is-code", Boolean(fence));
  tail.dir = fence ? "ltr" : "auto";
  tail.textContent = fence ? text.slice(fence[0].length) : soft(text);
}
