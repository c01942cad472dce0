// What is typed and not saved yet stays on this device. Where it has no room or gives no permission, pages work without.

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

/** Forget what was sent under keys that begin so, once a page says that it is saved. */
export function forgetSaved(prefix) {
  if (!document.querySelector('[data-flash="saved"]')) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix) && readKept(key)?.sent) keep(key, null);
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
