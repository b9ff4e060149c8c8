// Notices that go by themselves.

// Ten seconds, longer while one is looked at or the page is not.
function timed(toast) {
  let left = 10;
  const timer = setInterval(() => {
    if (document.hidden || toast.matches(":hover, :focus-within")) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    toast.remove();
  }, 1000);
}

// Says something that the server did not, one thing at a time.
export function toast(words) {
  const place = document.getElementById("toasts");
  if (!place) return;
  for (const old of place.querySelectorAll("[data-said-here]")) old.remove();
  const fresh = document.createElement("div");
  fresh.className = "toast";
  fresh.dataset.toast = fresh.dataset.saidHere = "";
  fresh.textContent = words;
  place.append(fresh);
  timed(fresh);
}

for (const one of document.querySelectorAll("[data-toast]")) timed(one);
