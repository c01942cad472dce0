// A question that is not saved stays on this device until it is; then the page offers it again.
import { asServed, keep, noteSent, readKept, startSettling } from "./kept_words.js";

const PREFIX = "colloquy.question.";
const LEFT = "colloquy.question-left"; // the new question whose author chooses another type
const SHARED = ["stem", "anchor", "general_feedback", "hint", "tags"];
const form = document.querySelector("[data-editor]");
const key = form ? PREFIX + form.dataset.editor : "";

const written = (from = form) => [...new FormData(from)].filter(([name]) => !["csrf_token", "action"].includes(name));
/** What was typed, without the keys of rows and the version that was edited. */
const words = (entries) => JSON.stringify(entries.filter(([name, text]) => text && name !== "seen" && !/-key$/.test(name)));

const settling = startSettling(() => {
  const entries = written();
  keep(key, words(entries) === atFirst && form.dataset.state === "open" ? null : { entries });
});

/** Send the draft to the server, which shows the form with it and saves nothing. */
function bringBack(entries) {
  const carrier = document.createElement("form");
  carrier.method = "post";
  const token = form.querySelector("[name=csrf_token]").value;
  for (const [name, value] of [...entries, ["csrf_token", token], ["action", "show"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    carrier.append(field);
  }
  carrier.hidden = true;
  document.body.append(carrier);
  carrier.submit();
}

function offer(draft) {
  const notice = document.querySelector("[data-unsaved]");
  notice.hidden = false;
  notice.querySelector("[data-use]").addEventListener("click", () => bringBack(draft.entries));
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    keep(key, null);
    notice.hidden = true;
    form.querySelector("textarea")?.focus();
  });
}

/** Keep what was written for a question of another type. */
function leave() {
  settling.now(form);
  try {
    sessionStorage.setItem(LEFT, key);
  } catch {
    // no permission: the page works without
  }
}

/** A new question of another type takes along what every type has. */
function takeAlong() {
  try {
    const from = sessionStorage.getItem(LEFT);
    sessionStorage.removeItem(LEFT);
    if (!from || from === key || from.replace(/new-.*/, "") !== key.replace(/new-.*/, "")) return;
    for (const [name, text] of readKept(from)?.entries ?? []) {
      const field = SHARED.includes(name) ? form.elements[name] : null;
      if (!field || field.value) continue;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  } catch {
    // no permission: the page works without
  }
}

// What the page came with.
const atFirst = form ? words(written(asServed(form))) : "";
if (form) {
  const draft = readKept(key);
  if (draft && form.dataset.state === "open" && words(draft.entries) !== atFirst) offer(draft);
  const soon = () => settling.soon(form);
  form.addEventListener("input", soon);
  const isFresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (isFresh && words(written()) !== atFirst) soon(); // typed while the script was on its way
  form.addEventListener("click", (event) => event.target.closest("[data-add], [data-drop]") && soon());
  form.addEventListener("submit", () => {
    settling.now(form);
    noteSent(key);
  });
  form.querySelector("[data-other-type]")?.addEventListener("click", leave);
  takeAlong();
}
