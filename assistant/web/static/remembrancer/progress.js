// Whatever takes its time shows how far it is: a part with data-progress is asked for again until the server says that it is done.
import { parts } from "./net.js";

let isAsking = false;

async function look() {
  if (document.hidden || isAsking) return;
  isAsking = true;
  for (const part of document.querySelectorAll("[data-progress]")) {
    const { content, isDone } = await parts(part.dataset.progress);
    if (!part.isConnected) continue;
    if (isDone) document.dispatchEvent(new CustomEvent("progress-done", { detail: part }));
    else if (content?.firstElementChild && content.firstElementChild.outerHTML !== part.outerHTML) part.replaceWith(content);
  }
  isAsking = false;
}

setInterval(look, 1200);
// In a layer its content is asked for anew; a page is loaded again, so that it stands where it stood.
document.addEventListener("progress-done", (event) => {
  event.detail.removeAttribute("data-progress");
  if (!event.detail.closest("dialog")) location.reload();
});
