// What is typed into textarea[data-draft] stays on this device until it has been posted, with the tick beside it ([data-kept]).
import { keep, noteSent, person, readKept, startSettling } from "./kept_words.js";

const PREFIX = `colloquy.draft.${person}.`;

const read = (key) => readKept(PREFIX + key);
const tickOf = (area) => area.form?.querySelector("[data-kept]");

const write = (key, text, ticked = false) => keep(PREFIX + key, text.trim() ? { text, ticked } : null);

/** Whether words are kept under this key. */
export const isDrafted = (key) => Boolean(read(key)?.text);

export function clearDrafts(root) {
  for (const area of root.querySelectorAll("textarea[data-draft]")) write(area.dataset.draft, "");
}

export function restoreDraft(area) {
  const key = area.dataset.draft;
  const draft = read(key);
  if (draft?.text && (!area.value || "begun" in area.dataset)) {
    area.value = draft.text.includes(area.value) ? draft.text : `${draft.text.trimEnd()}\n\n${area.value}`;
    if (draft.ticked && tickOf(area)) tickOf(area).checked = true;
    area.closest("details")?.setAttribute("open", "");
  }
}

export function startDrafts() {
  const settling = startSettling((area) => write(area.dataset.draft, area.value, tickOf(area)?.checked));
  for (const area of document.querySelectorAll("textarea[data-draft]")) restoreDraft(area);
  document.addEventListener("input", (event) => {
    const area = event.target.matches?.("[data-kept]") ? event.target.form?.querySelector("textarea") : event.target;
    if (area?.matches?.("textarea[data-draft]")) settling.soon(area);
  });
  // After all who send in the background: they forget by themselves.
  addEventListener("submit", (event) => {
    const areas = [...event.target.querySelectorAll("textarea[data-draft]")];
    for (const area of areas) settling.now(area);
    if (areas.length && !event.defaultPrevented) noteSent(...areas.map((area) => PREFIX + area.dataset.draft));
  });
}
