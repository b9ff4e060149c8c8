// Passkeys: what the server asks for is put to the browser, and its answer goes into the form. The buttons stay hidden where the browser has none to offer.
const shown = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const read = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
const readId = (credential) => ({ ...credential, id: read(credential.id) });

// A passkey belongs to a name, never to a bare address, and only a safe connection may use it.
const isPossible = "PublicKeyCredential" in window && isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname);

async function create({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: read(publicKey.challenge),
    user: { ...publicKey.user, id: read(publicKey.user.id) },
    excludeCredentials: (publicKey.excludeCredentials ?? []).map(readId),
    authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
  };
  const made = await navigator.credentials.create({ publicKey: options });
  const { attestationObject, clientDataJSON } = made.response;
  return told(made, { attestationObject: shown(attestationObject), clientDataJSON: shown(clientDataJSON), transports: made.response.getTransports?.() ?? [] });
}

async function get({ publicKey }) {
  const options = { ...publicKey, challenge: read(publicKey.challenge), allowCredentials: (publicKey.allowCredentials ?? []).map(readId) };
  const found = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  const response = { authenticatorData: shown(authenticatorData), clientDataJSON: shown(clientDataJSON), signature: shown(signature) };
  return told(found, userHandle ? { ...response, userHandle: shown(userHandle) } : response);
}

const told = (credential, response) => ({
  type: credential.type,
  id: credential.id,
  rawId: shown(credential.rawId),
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
  response,
});

async function asked(form) {
  const written = document.getElementById("passkey-options");
  if (written) return JSON.parse(written.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  for (const place of document.querySelectorAll("[data-passkey-only]")) place.hidden = !isPossible;
  for (const place of document.querySelectorAll("[data-no-passkey]")) place.hidden = isPossible;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    if (button.getAttribute("aria-busy") === "true") return;
    const wrong = form.querySelector("[data-passkey-error]");
    wrong.hidden = true;
    button.setAttribute("aria-busy", "true");
    try {
      const options = await asked(form);
      const credential = form.dataset.passkey === "create" ? await create(options.creation_options) : await get(options.request_options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      button.removeAttribute("aria-busy");
      wrong.hidden = false; // stopped by the person, no passkey for this address, or no network
    }
  });
}
