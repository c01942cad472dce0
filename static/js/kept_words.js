// What is typed and not saved yet stays on this device. Where it has no room or gives no permission, pages work without.
const SENT = "colloquy.sent"; // under which key stands what this tab sent last

/** What is kept under a key, or null. */
export function readKept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Keep a value under a key; null forgets it. */
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // as above
  }
}

/** What stands under this key is sent now: the page that answers says whether it is saved. */
export function noteSent(key) {
  try {
    sessionStorage.setItem(SENT, key);
  } catch {
    // as above
  }
}

/** Forget what was sent before this page, if the page says that it is saved. */
export function forgetSaved() {
  try {
    const key = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (key && document.querySelector('[data-flash="saved"]')) keep(key, null);
  } catch {
    // as above
  }
}

/** A form as it was served, whatever has been typed since. */
export function asServed(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return copy;
}
