// What is typed and not saved yet stays on this device. Where it has no room or gives no permission, pages work without.
const PAUSE = 400; // milliseconds without a key before words are kept
const SENT = "colloquy.sent"; // under which keys stands what this tab sent last
/** Whose page this is; what is kept is its writer's, whoever else uses this browser. */
export const person = document.querySelector('meta[name="csrf-token"]')?.dataset.person ?? "";

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

/** What stands under these keys is sent now; the page that comes next tells whether it is saved. */
export function noteSent(...keys) {
  try {
    sessionStorage.setItem(SENT, JSON.stringify(keys));
  } catch {
    // as above
  }
}

/** Forget what was sent before this page. What is saved leads on to a page; a refusal is the answer itself. */
export function forgetSaved() {
  try {
    const keys = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
    sessionStorage.removeItem(SENT);
    const wasLedHere = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
    if (wasLedHere && person) for (const key of keys) keep(key, null); // nobody's page asks to log in
  } catch {
    // as above
  }
}

/** Settles what is typed in after a pause (`soon`), at once (`now`) or not at all (`never`); whoever leaves loses nothing. */
export function startSettling(settle) {
  const waiting = new Map(); // the timer of each field or form in which somebody types
  const never = (typedIn) => {
    clearTimeout(waiting.get(typedIn));
    waiting.delete(typedIn);
  };
  const now = (typedIn) => {
    never(typedIn);
    settle(typedIn);
  };
  const soon = (typedIn) => {
    never(typedIn);
    waiting.set(typedIn, setTimeout(now, PAUSE, typedIn));
  };
  addEventListener("pagehide", () => [...waiting.keys()].forEach(now));
  return { soon, now, never };
}

/** A form as it was served, whatever has been typed since. */
export function asServed(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return copy;
}
