// Parts of a page that say what there is: [data-live-part] of an answer takes the place of the page's own.
import { isInUse, keepStill } from "./stillness.js";

const late = new Map(); // what came while its part was in use, or would have moved what is read, by name

function replace(fresh) {
  const name = fresh.dataset.livePart;
  const old = document.querySelector(`[data-live-part="${name}"]`);
  late.delete(name);
  if (!old || old.isEqualNode(fresh)) return false;
  const isStill = !isInUse([old]) && keepStill(() => old.replaceWith(fresh));
  if (isStill) return true;
  if (fresh.isConnected) fresh.replaceWith(old);
  late.set(name, fresh);
  return true;
}

function catchUp() {
  if (late.size) setTimeout(() => [...late.values()].forEach(replace));
}

// Returns whether anything was new.
export function replaceParts(content) {
  return [...content.querySelectorAll("[data-live-part]")].filter(replace).length > 0;
}

for (const kind of ["focusout", "selectionchange"]) document.addEventListener(kind, catchUp);
