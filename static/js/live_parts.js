// Parts of a page that say what there is: [data-live-part] of an answer takes the place of the page's own.
import { isInUse, keepStill } from "./stillness.js";

const late = new Map(); // what came while its part was in use, or would have moved what is read, by name
const last = new Map(); // what came last, by name: a page changes its parts by itself as well (a table is sorted)

// What is folded and what is not is the reader's own.
function keepOpen(old, fresh) {
  for (const folded of fresh.querySelectorAll("details[id]")) {
    const own = old.querySelector(`#${CSS.escape(folded.id)}`);
    if (own) folded.open = own.open;
  }
}

function replace(fresh) {
  const name = fresh.dataset.livePart;
  const old = document.querySelector(`[data-live-part="${name}"]`);
  late.delete(name);
  keepOpen(old ?? fresh, fresh);
  if (!old || old.isEqualNode(fresh)) return false;
  const isStill = !isInUse([old]) && keepStill(() => old.replaceWith(fresh));
  if (isStill) fresh.dispatchEvent(new CustomEvent("fragment", { bubbles: true }));
  if (isStill) return true;
  if (fresh.isConnected) fresh.replaceWith(old);
  late.set(name, fresh);
  return true;
}

function isNew(part) {
  const name = part.dataset.livePart;
  const isKnown = last.get(name)?.isEqualNode(part);
  last.set(name, part.cloneNode(true)); // before anything changes it
  return !isKnown;
}

function catchUp() {
  if (late.size) setTimeout(() => [...late.values()].forEach(replace));
}

// Returns whether anything was new.
export function replaceParts(content) {
  return [...content.querySelectorAll("[data-live-part]")].filter(isNew).filter(replace).length > 0;
}

for (const kind of ["focusout", "selectionchange"]) document.addEventListener(kind, catchUp);
