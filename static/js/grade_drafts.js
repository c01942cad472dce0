// A grade that is not saved stays on this device until it is: whoever comes back to its answer finds it in the form.
import { asServed, forgetSaved, keep, readKept } from "./kept_words.js";

const PAUSE = 400; // milliseconds without a key before the words are kept
const PREFIX = `colloquy.grade.${document.querySelector('meta[name="csrf-token"]').dataset.person}.`;
const keyOf = (form) => PREFIX + form.getAttribute("action");
const entriesOf = (form) => [...new FormData(form)].filter(([name]) => name !== "csrf_token");
/** What was typed, without what its grader saw. */
const words = (entries) => JSON.stringify(entries.filter(([name, text]) => text && name !== "seen"));
const waiting = new Map();

function settle(form, sent = false) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const entries = entriesOf(form);
  const isSafe = !sent && form.dataset.grading === "saved" && words(entries) === words(entriesOf(asServed(form)));
  keep(keyOf(form), isSafe ? null : { entries, sent });
}

function restore(form) {
  const kept = readKept(keyOf(form));
  if (!kept || words(kept.entries) === words(entriesOf(form))) return;
  for (const [name, value] of kept.entries) if (form.elements[name]) form.elements[name].value = value;
  for (const level of form.querySelectorAll(":checked")) level.dispatchEvent(new Event("change", { bubbles: true }));
  form.querySelector("[data-unsaved]").hidden = false;
}

function forget(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  keep(keyOf(form), null);
  form.querySelector("[data-unsaved]").hidden = true;
}

const gradeOf = ({ target }) => target.closest?.("form[data-grading]");
const restoreIn = (root) => root.querySelectorAll("form[data-grading]").forEach(restore);

forgetSaved(PREFIX);
restoreIn(document);
document.addEventListener("fragment", ({ target }) => restoreIn(target.parentElement ?? document));
document.addEventListener("input", (event) => {
  const form = gradeOf(event);
  if (!form) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(settle, PAUSE, form));
});
document.addEventListener("submit", (event) => gradeOf(event) && settle(gradeOf(event), true), true);
document.addEventListener("reset", (event) => gradeOf(event) && forget(gradeOf(event)));
addEventListener("pagehide", () => [...waiting.keys()].forEach((form) => settle(form)));
