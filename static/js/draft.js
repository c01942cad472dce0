// What is typed into textarea[data-draft] stays on this device until it has been posted, with the tick beside it ([data-kept]).
import { keep, readKept } from "./kept_words.js";

const PREFIX = "colloquy.draft.";
const PAUSE = 400; // milliseconds without a key before the words are kept

const read = (key) => readKept(PREFIX + key);
const tickOf = (area) => area.form?.querySelector("[data-kept]");

const write = (key, text, sent = false, ticked = false) => keep(PREFIX + key, text.trim() ? { text, sent, ticked } : null);

/** Whether words are kept under this key. */
export const isDrafted = (key) => Boolean(read(key)?.text);

export function clearDrafts(root) {
  for (const area of root.querySelectorAll("textarea[data-draft]")) write(area.dataset.draft, "");
}

// A post leads to its own anchor; a detour (log in, a broken line) does not.
function hasArrived() {
  return location.hash.length > 1 && document.getElementById(location.hash.slice(1)) !== null;
}

export function restoreDraft(area) {
  const key = area.dataset.draft;
  const draft = read(key);
  if (!draft) return;
  if (draft.sent && hasArrived() && !area.value) {
    write(key, "");
  } else if (draft.text && (!area.value || "begun" in area.dataset)) {
    area.value = draft.text.includes(area.value) ? draft.text : `${draft.text.trimEnd()}\n\n${area.value}`;
    if (draft.ticked && tickOf(area)) tickOf(area).checked = true;
    area.closest("details")?.setAttribute("open", "");
  }
}

export function startDrafts() {
  const waiting = new Map();
  const settle = (area, sent = false) => {
    clearTimeout(waiting.get(area));
    waiting.delete(area);
    write(area.dataset.draft, area.value, sent, tickOf(area)?.checked);
  };
  for (const area of document.querySelectorAll("textarea[data-draft]")) restoreDraft(area);
  document.addEventListener("input", (event) => {
    const area = event.target.matches?.("[data-kept]") ? event.target.form?.querySelector("textarea") : event.target;
    if (!area?.matches?.("textarea[data-draft]")) return;
    clearTimeout(waiting.get(area));
    waiting.set(area, setTimeout(settle, PAUSE, area));
  });
  document.addEventListener("submit", (event) => {
    for (const area of event.target.querySelectorAll("textarea[data-draft]")) settle(area, true);
  });
  // Whoever leaves between two keys loses nothing.
  addEventListener("pagehide", () => [...waiting.keys()].forEach((area) => settle(area)));
}
