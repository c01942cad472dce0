// A grade that is not saved stays on this device until it is: whoever comes back to its answer finds it in the form.
import { asServed, keep, noteSent, person, readKept, startSettling } from "./kept_words.js";

const PREFIX = `colloquy.grade.${person}.`;
const held = new WeakSet(); // forms of which this page has kept something, or found it kept
const keyOf = (form) => PREFIX + form.getAttribute("action");
const noticeIn = (form) => form.querySelector("[data-unsaved]");
const entriesOf = (form) => [...new FormData(form)].filter(([name]) => name !== "csrf_token");
/** What was typed, without what its grader saw. */
const words = (entries) => JSON.stringify(entries.filter(([name, text]) => text && name !== "seen"));
const asItCame = (form) => words(entriesOf(asServed(form)));

const settling = startSettling((form) => {
  const entries = entriesOf(form);
  const isSaved = form.dataset.grading === "saved" && words(entries) === asItCame(form);
  if (isSaved && !held.has(form)) return;
  held.add(form);
  keep(keyOf(form), isSaved ? null : { entries });
});

const isTyped = (field) =>
  field.type === "radio"
    ? [...field.form.elements].some((one) => one.name === field.name && one.checked !== one.defaultChecked)
    : field.value !== field.defaultValue;

/** What was kept stands in the form again; what has been typed there before this script came stays. */
function fill(form, entries) {
  const kept = new Map(entries);
  const fields = [...form.elements].filter(({ name, type }) => name && name !== "csrf_token" && type !== "submit");
  const typed = new Set(fields.filter(isTyped));
  for (const field of fields) {
    const value = kept.get(field.name) ?? "";
    if (field.type === "radio") field.checked = typed.has(field) ? field.checked : field.value === value;
    else if (!typed.has(field)) field.value = value;
    else if (field.type === "textarea") field.value = value.includes(field.value) ? value : `${value.trimEnd()}\n\n${field.value}`;
  }
  for (const criterion of form.querySelectorAll("[data-criterion]")) criterion.dispatchEvent(new Event("change"));
}

function start(form) {
  if (!noticeIn(form)) return; // it can be read, not changed
  const kept = readKept(keyOf(form));
  if (kept) held.add(form);
  if (kept && form.dataset.grading === "saved" && words(kept.entries) !== asItCame(form)) {
    form.dataset.seen = form.elements.seen.value;
    fill(form, kept.entries);
    noticeIn(form).hidden = false;
  }
  settling.now(form); // refused, typed meanwhile, or by now the same as what is saved
}

function forget(form) {
  settling.never(form);
  keep(keyOf(form), null);
  if (form.dataset.seen) form.elements.seen.value = form.dataset.seen;
  if (noticeIn(form).contains(document.activeElement)) form.elements.points.focus();
  noticeIn(form).hidden = true;
}

function send(form) {
  settling.now(form);
  if (!form.dataset.swap || form.dataset.plain) noteSent(keyOf(form));
}

const gradeOf = ({ target }) => target.closest?.("form[data-grading]");
const startIn = (root) => root.querySelectorAll("form[data-grading]").forEach(start);

startIn(document);
document.addEventListener("fragment", ({ target }) => startIn(target.parentElement ?? document));
document.addEventListener("input", (event) => gradeOf(event) && settling.soon(gradeOf(event)));
document.addEventListener("submit", (event) => gradeOf(event) && send(gradeOf(event)), true);
document.addEventListener("reset", (event) => gradeOf(event) && forget(gradeOf(event)));
