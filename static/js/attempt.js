// Saves answers as they are given. The form works without this; with it nothing waits for a button.
// What changes within a short while travels in one request.
import { announce } from "./announce.js";
import { draftsOf, forgetArrived, forgetDraft, keepDraft, keepSent } from "./attempt_drafts.js";
import { showAnswered, showClash, showState, showUnderstood, showUnsent } from "./attempt_notices.js";
import { postAnswers } from "./attempt_save.js";
import { startEvidence } from "./evidence.js";
import { startOrderings } from "./ordering.js";
import { isSignedIn } from "./session.js";
import { startTimer } from "./timer.js";

const PAUSE = 1500; // milliseconds without a change before answers are sent
const LONGEST_WAIT = 30000; // between two tries while the connection is gone
const SIGNED_OUT = [400, 401]; // no session, or one that began after this page did
const form = document.querySelector("[data-attempt]");
const changed = new Set(); // items
let pauseTimer = 0;
let sending = null; // the save that is on its way
let failures = 0;
let isPressing = false; // a button is held down

const attemptId = () => form.dataset.attempt;
const itemOf = (element) => element.closest("[data-question]")?.dataset.question ?? element.closest("[data-picks]")?.dataset.picks;
const revisionField = (item) => form.elements[`revision-${item}`];

// Everything the form holds about one item, as it would be sent by a button.
function entriesOf(item) {
  const names = ["writer", `revision-${item}`, `flag-${item}`, `certainty-${item}`, `answer-${item}`];
  return [...new FormData(form)].filter(([name]) => names.includes(name) || name.startsWith(`answer-${item}.`));
}

function noteChange(item) {
  changed.add(item);
  if (failures) keepDraft(attemptId(), item, entriesOf(item));
  if (failures && pauseTimer) return; // the next try is planned, and writing on does not put it off
  plan(failures ? waitNow() : PAUSE);
  if (!failures) showState("saving");
}

const waitNow = () => Math.min(LONGEST_WAIT, 1000 * 2 ** failures);

function unplan() {
  clearTimeout(pauseTimer);
  pauseTimer = 0;
}

function plan(wait) {
  unplan();
  pauseTimer = setTimeout(sendChanged, wait);
}

// A save at a time: the next one gathers what changed meanwhile.
function sendChanged() {
  unplan();
  if (sending || !changed.size) return sending;
  const batch = new Map([...changed].map((item) => [item, entriesOf(item)]));
  changed.clear();
  return send(batch);
}

function send(batch) {
  sending = save(batch).finally(() => {
    sending = null;
    if (changed.size) plan(failures ? waitNow() : 0);
  });
  return sending;
}

async function save(batch) {
  showState("saving");
  const answer = await postAnswers(form.dataset.saves, batch);
  if (answer.body.over) return location.assign(answer.body.over);
  if (!answer.body.items) return failed(batch, answer.status);
  failures = 0;
  showUnsent("");
  timer.move(answer.body.ends, answer.body.now);
  for (const [item, entries] of batch) {
    const outcome = answer.body.items[item];
    if (outcome.clash) keepDraft(attemptId(), item, entries); // until one of the two is chosen
    else forgetDraft(attemptId(), item);
    told(item, entries, outcome);
  }
}

function told(item, entries, outcome) {
  if (outcome.clash) return clashed(item, entries, outcome.clash);
  if (outcome.error) return showState("refused", outcome.error);
  const field = revisionField(item);
  if (field) {
    field.value = outcome.revision;
    showAnswered(outcome.answered);
    showUnderstood(item, outcome.understood);
  }
  if (!changed.size) showState("saved", outcome.saved);
}

function failed(batch, status) {
  failures += 1;
  for (const [item, entries] of batch) {
    keepDraft(attemptId(), item, entries);
    if (revisionField(item)) changed.add(item);
  }
  showState("unsaved");
  const isOut = SIGNED_OUT.includes(status);
  showUnsent(isOut ? "signed-out" : "offline");
  if (isOut && failures === 1) comeBack();
}

// Logging in over the page is offered once; after that the notice says where.
async function comeBack() {
  if (await isSignedIn()) sendChanged();
}

function clashed(item, entries, clash) {
  showState("clash");
  showClash(item, clash, {
    mine() {
      const field = revisionField(item);
      if (field) field.value = clash.revision;
      send(new Map([[item, field ? entriesOf(item) : basedOn(clash.revision, item, entries)]]));
    },
    theirs() {
      forgetDraft(attemptId(), item);
      location.reload();
    },
  });
}

function basedOn(revision, item, entries) {
  return entries.map(([name, value]) => [name, name === `revision-${item}` ? revision : value]);
}

// What a lost connection left on this device is sent as its page would have, each with its own writer.
async function sendDrafts() {
  const drafts = draftsOf(attemptId());
  for (const [item, entries] of drafts) if (revisionField(item) && !changed.has(item)) showAgain(item, entries);
  for (const [item, entries] of drafts) await send(new Map([[item, entries]]));
}

function showAgain(item, entries) {
  for (const control of form.querySelectorAll(`[name="answer-${item}"], [name="certainty-${item}"], [name^="answer-${item}."]:not(button)`)) {
    const values = entries.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (control.type !== "hidden") control.value = values[0] ?? "";
  }
  form.querySelector(`[data-question="${item}"] [data-ordering]`)?.dispatchEvent(new Event("restore"));
}

// A draft of what is on this page must never bring an older answer back after a newer one was sent by a button.
function renewDrafts() {
  for (const [item] of draftsOf(attemptId())) if (revisionField(item)) keepDraft(attemptId(), item, entriesOf(item));
}

// A button waits for the save on its way, so that an older answer never arrives after a newer one.
async function beforeSubmit(event) {
  unplan();
  if (!navigator.onLine) {
    event.preventDefault();
    for (const item of changed) keepDraft(attemptId(), item, entriesOf(item));
    showUnsent("offline");
    return;
  }
  if (!sending) {
    renewDrafts();
    keepSent(attemptId(), [...changed].map((item) => [item, entriesOf(item)]));
    changed.clear();
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  await sending;
  form.requestSubmit(button);
}

function beforeLeaving() {
  for (const item of changed) keepDraft(attemptId(), item, entriesOf(item));
  sendChanged();
}

function countWords(area) {
  const { least, most, words, wordsOne, wordsShort, wordsLong } = area.dataset;
  const plain = area.value.replace(/<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/gi, " ");
  const count = plain.split(/[\s—–]+/).filter(Boolean).length;
  let said = count === 1 ? wordsOne : words;
  if (count > 1 && least && count < Number(least)) said = wordsShort;
  if (most && count > Number(most)) said = wordsLong;
  area.closest(".field").querySelector("[data-word-count]").textContent = said.replace("{n}", count);
}

function isNew(control) {
  if (control.matches('[type="radio"], [type="checkbox"]')) return control.checked !== control.defaultChecked;
  if (control.matches("select")) return ![...control.options].some((one) => one.selected && (one.defaultSelected || !one.value));
  return control.value !== control.defaultValue;
}

// Whoever answered before this script was there is heard now.
function hearEarlierAnswers() {
  for (const control of form.querySelectorAll('[name^="answer-"]:not(button)')) {
    if (isNew(control)) for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

// The page that a start answers with stands at the start's address until here; loading it again must not send a form.
function takeOwnAddress() {
  const { address } = form.dataset;
  if (location.pathname !== address) history.replaceState(history.state, "", address + location.hash);
}

function start() {
  takeOwnAddress();
  form.addEventListener("input", (event) => {
    const item = itemOf(event.target);
    if (item) noteChange(item);
    if (event.target.matches("[data-words]")) countWords(event.target);
  });
  form.addEventListener("focusout", (event) => {
    const isWriting = event.target.matches('textarea, input[type="text"]');
    if (isWriting && changed.has(itemOf(event.target)) && !failures && !isPressing) sendChanged();
  });
  // What a save brings may move a button from under the finger that presses it; the button sends the answer itself.
  form.addEventListener("pointerdown", (event) => (isPressing = Boolean(event.target.closest("button"))));
  for (const kind of ["pointerup", "pointercancel"]) window.addEventListener(kind, () => (isPressing = false));
  form.addEventListener("submit", beforeSubmit);
  for (const area of form.querySelectorAll("[data-words]")) countWords(area);
  window.addEventListener("online", () => {
    failures = 0;
    sendChanged();
  });
  window.addEventListener("pagehide", beforeLeaving);
  document.addEventListener("visibilitychange", () => document.hidden && sendChanged());
  startEvidence(form);
  startOrderings(form);
  forgetArrived(attemptId());
  hearEarlierAnswers();
  sendDrafts();
}

const timer = startTimer({
  announce,
  async beforeEnd() {
    await sendChanged(); // or the save that is on its way
    await sendChanged(); // what changed meanwhile
  },
});
if (form) start();

