// The keys of a page stand in its markup, and `?` lists them:
//   data-key="g h"                    presses a link or a button, goes into a field, goes to a section
//   data-key="r" data-presses=".a"    presses the nearest of what the selector finds
//   data-steps=".b" data-keys="j k"   goes to the next of what the selector finds, and to the one before
//   data-choices (round a question)   a letter in a label chooses that answer
//   form[data-keys="send"]            Ctrl with Enter sends what is written there
// data-key-words says what a key does where the name of the element does not. Keys with Ctrl or Alt always work; single
// ones only while nobody types, and not for those who have switched them off in their account.
import { openKeyList } from "./key_list.js";
import { isInView } from "./stillness.js";

const PATIENCE = 1500; // milliseconds in which the second key of two is waited for
const CHOICES = 'input:is([type="radio"], [type="checkbox"])';
const PRESSED = `a[href], button, summary, ${CHOICES}, input:is([type="button"], [type="submit"])`;
let begun = ""; // the first key of two
let forgetting = 0;

export const singleKeysWork = () => document.body.dataset.singleKeys === "on";

/** Whether what has the focus takes letters for itself. */
export function isTyping(target) {
  if (target.isContentEditable || target.closest?.("textarea, select")) return true;
  const input = target.closest?.("input");
  return Boolean(input) && !input.matches(`${CHOICES}, [type="button"], [type="submit"]`);
}

function nameOf(event) {
  const held = `${event.ctrlKey || event.metaKey ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}`;
  return held + (event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key);
}

const isThere = (element) => element && !element.disabled && (element.checkVisibility?.() ?? true);

const comesAfter = (one, other) => other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;

/** Of several, the one nearest to the focus; without a focus the first that is seen. */
function nearest(elements) {
  const there = elements.filter(isThere);
  const focus = document.activeElement;
  for (let around = focus; around && around !== document.body; around = around.parentElement) {
    const within = there.filter((one) => around.contains(one));
    if (within.length) return within.find((one) => one === focus || comesAfter(one, focus)) ?? within.at(-1);
  }
  return there.find(isInView) ?? there[0];
}

/** Of the answers to several questions only those to the question with the focus are meant. */
function answerable(controls) {
  const here = document.activeElement?.closest("[data-question]");
  if (document.querySelectorAll("[data-question]").length < 2) return controls;
  return here ? controls.filter((one) => here.contains(one) || here === one.closest("label")?.previousElementSibling) : [];
}

function goTo(element) {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

function press(element) {
  if (!element) return false;
  if (element.matches(PRESSED)) {
    if (element.matches(CHOICES)) element.focus();
    element.click();
  } else if (isTyping(element)) {
    element.focus();
    element.select?.();
  } else {
    goTo(element);
  }
  return true;
}

function follows(element, focus) {
  if (focus) return comesAfter(element, focus);
  return element.getBoundingClientRect().top > parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
}

function step(steps, isForward) {
  const all = [...document.querySelectorAll(steps.dataset.steps)].filter(isThere);
  const active = document.activeElement;
  const focus = active && active !== document.body && active.id !== "main" ? active : null;
  const here = focus && all.findLast((one) => one.contains(focus));
  const next = isForward
    ? all.find((one) => one !== here && follows(one, focus))
    : all.findLast((one) => one !== here && !follows(one, focus));
  if (next) goTo(next);
  else if (isForward && steps.dataset.beyond) document.querySelector(steps.dataset.beyond)?.click();
  return true;
}

function lettered(name) {
  if (!/^[a-z]$/.test(name)) return null;
  const letters = [...document.querySelectorAll("[data-choices] label > kbd")];
  const own = letters.filter((one) => one.textContent.trim().toLowerCase() === name);
  return nearest(answerable(own.map((one) => one.closest("label").control)));
}

function act(name) {
  const chosen = lettered(name);
  if (chosen) return press(chosen);
  for (const steps of document.querySelectorAll("[data-steps]")) {
    const at = steps.dataset.keys.split(" ").indexOf(name);
    if (at >= 0) return step(steps, at === 0);
  }
  const found = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === name);
  const meant = found.flatMap((one) => (one.dataset.presses ? [...document.querySelectorAll(one.dataset.presses)] : one));
  return press(nearest(meant.some((one) => one.matches(CHOICES)) ? answerable(meant) : meant));
}

function wait(name) {
  begun = name;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => {
    begun = "";
  }, PATIENCE);
}

function send(event) {
  const form = event.target.closest?.('form[data-keys="send"]');
  form?.requestSubmit();
  return Boolean(form);
}

function isTaken(event) {
  const name = nameOf(event);
  if (name === "Mod+Enter" && send(event)) return true;
  if (/^(Mod|Alt)\+/.test(name)) return act(name);
  if (!singleKeysWork() || isTyping(event.target) || document.querySelector("dialog:modal")) return false;
  const both = begun ? `${begun} ${name}` : name;
  begun = "";
  if (name === "?") return openKeyList(true) ?? true;
  if (act(both)) return true;
  if (document.querySelector(`[data-key^="${CSS.escape(name)} "]`)) wait(name);
  return false;
}

export function startKeys() {
  document.documentElement.toggleAttribute("data-keys-on", singleKeysWork());
  document.querySelector("[data-opens-key-list]")?.addEventListener("click", () => openKeyList(singleKeysWork()));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (isTaken(event)) event.preventDefault();
  });
}
