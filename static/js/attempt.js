// Saves answers as they are given. The form works without this; with it nothing waits for a button.
import { announce } from "./announce.js";
import { startEvidence } from "./evidence.js";
import { keepDraft, forgetDraft, draftsOf } from "./attempt_drafts.js";
import { showAnswered, showClash, showOffline, showState } from "./attempt_notices.js";
import { startTimer } from "./timer.js";

const PAUSE = 1200; // milliseconds without a change before an answer is sent
const LONGEST_WAIT = 30000; // between two tries while the connection is gone
const form = document.querySelector("[data-attempt]");
const changed = new Map(); // item → timer of the pause
let sending = null; // the save that is on its way
let failures = 0;
let retryTimer = 0;

const attemptId = () => form.dataset.attempt;
const itemOf = (element) => element.closest("[data-question]")?.dataset.question ?? element.closest("[data-picks]")?.dataset.picks;
const revisionField = (item) => form.elements[`revision-${item}`];

// Everything the form holds about one item, as it would be sent by a button.
function entriesOf(item) {
  const names = ["writer", `revision-${item}`, `flag-${item}`, `answer-${item}`];
  return [...new FormData(form)].filter(([name]) => names.includes(name) || name.startsWith(`answer-${item}.`));
}

function noteChange(item, pause) {
  clearTimeout(changed.get(item));
  changed.set(item, setTimeout(() => sendNext(), pause));
  if (!failures) showState("saving");
}

async function post(item, entries) {
  const address = form.dataset.saves.replace(/0$/, item);
  const answer = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(entries),
    headers: {
      Accept: "application/json",
      "X-Fragment": "1",
      "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
    },
    keepalive: true,
  });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
}

function sendNext() {
  if (sending) return sending;
  const [item] = changed.keys();
  if (item === undefined) return null;
  clearTimeout(changed.get(item));
  changed.delete(item);
  sending = save(item, entriesOf(item)).finally(() => {
    sending = null;
    if (changed.size && !failures) sendNext();
  });
  return sending;
}

async function save(item, entries) {
  showState("saving");
  let answer;
  try {
    answer = await post(item, entries);
  } catch {
    answer = { status: 0, body: {} };
  }
  if (answer.status === 200) return saved(item, answer.body);
  if (answer.status === 409 && answer.body.over) return location.assign(answer.body.over);
  if (answer.status === 409 && answer.body.clash) return clashed(item, entries, answer.body.clash);
  if (answer.status === 422) return showState("refused", answer.body.error);
  return failed(item, entries);
}

function saved(item, body) {
  failures = 0;
  showOffline(false);
  forgetDraft(attemptId(), item);
  const field = revisionField(item);
  if (field) {
    field.value = body.revision;
    showAnswered(body.answered);
  }
  if (!changed.size) showState("saved", body.saved);
}

function failed(item, entries) {
  failures += 1;
  keepDraft(attemptId(), item, entries);
  showState("unsaved");
  showOffline(true);
  if (!changed.has(item)) changed.set(item, 0);
  clearTimeout(retryTimer);
  retryTimer = setTimeout(sendNext, Math.min(LONGEST_WAIT, 1000 * 2 ** failures));
}

function clashed(item, entries, clash) {
  forgetDraft(attemptId(), item);
  showState("unsaved");
  showClash(clash, {
    mine() {
      const field = revisionField(item);
      if (field) field.value = clash.revision;
      save(item, field ? entriesOf(item) : basedOn(clash.revision, item, entries));
    },
    theirs() {
      location.reload();
    },
  });
}

function basedOn(revision, item, entries) {
  return entries.map(([name, value]) => [name, name === `revision-${item}` ? revision : value]);
}

// What a lost connection left on this device is sent with the revision it was based on.
async function sendDrafts() {
  for (const [item, entries] of draftsOf(attemptId())) {
    if (revisionField(item)) showAgain(item, entries);
    sending = save(item, entries);
    await sending;
    sending = null;
  }
}

function showAgain(item, entries) {
  const name = `answer-${item}`;
  const values = entries.filter(([key]) => key === name).map(([, value]) => value);
  for (const control of form.querySelectorAll(`[name="${name}"]`)) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
}

// A button waits for the save on its way, so that an older answer never arrives after a newer one.
async function beforeSubmit(event) {
  for (const [item, timer] of changed) {
    clearTimeout(timer);
    if (!navigator.onLine) keepDraft(attemptId(), item, entriesOf(item));
  }
  if (!navigator.onLine) {
    event.preventDefault();
    showOffline(true);
    return;
  }
  changed.clear();
  if (!sending) return;
  event.preventDefault();
  const button = event.submitter;
  await sending;
  form.requestSubmit(button);
}

function countWords(area) {
  const count = area.value.split(/[\s—–]+/).filter(Boolean).length;
  const words = count === 1 ? area.dataset.wordsOne : area.dataset.words.replace("{n}", count);
  area.closest(".field").querySelector("[data-word-count]").textContent = words;
}

function start() {
  form.addEventListener("input", (event) => {
    const item = itemOf(event.target);
    if (!item) return;
    const isChoice = event.target.matches('[type="radio"], [type="checkbox"]');
    noteChange(item, isChoice ? 150 : PAUSE);
    if (event.target.matches("[data-words]")) countWords(event.target);
  });
  form.addEventListener("focusout", (event) => {
    if (changed.has(itemOf(event.target))) sendNext();
  });
  form.addEventListener("submit", beforeSubmit);
  for (const area of form.querySelectorAll("[data-words]")) countWords(area);
  window.addEventListener("online", () => {
    failures = 0;
    sendNext();
  });
  window.addEventListener("pagehide", () => {
    for (const item of changed.keys()) keepDraft(attemptId(), item, entriesOf(item));
    sendNext();
  });
  startEvidence(form);
  sendDrafts();
}

if (form) start();
startTimer({ announce, beforeEnd: () => sendNext() });
