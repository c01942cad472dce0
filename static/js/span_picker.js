// Choosing a passage in the article beside the form: a click takes a sentence, Shift and a click all up to it.
import { announce } from "./announce.js";
import { showSide } from "./editor.js";

const picker = document.querySelector("[data-picker]");
const sentences = picker ? [...picker.querySelectorAll(".para .sentence")] : [];
let target = null;
let first = -1;
let last = -1;
let selected = false; // a selection was taken; the click that ends it is not another choice

/** "4.3" of a sentence: the number of its paragraph, and its place in it. */
function place(sentence) {
  const paragraph = sentence.closest(".para");
  const number = [...paragraph.querySelectorAll(".sentence")].indexOf(sentence) + 1;
  return { paragraph: Number(paragraph.id.replace(/^\D+/, "")), number };
}

function reference() {
  const from = place(sentences[first]);
  const to = place(sentences[last]);
  const start = `¶ ${from.paragraph}.${from.number}`;
  if (first === last) return start;
  return from.paragraph === to.paragraph ? `${start}–${to.number}` : `${start}–${to.paragraph}.${to.number}`;
}

function paint() {
  sentences.forEach((sentence, at) => sentence.setAttribute("aria-pressed", String(at >= first && at <= last)));
}

/** What the field says now, as places in the list of sentences; nothing is chosen when it cannot be read. */
function readField() {
  first = last = -1;
  const found = /^¶?\s*(\d+)(?:\.(\d+))?(?:\s?[-–]\s?(?:(\d+)\.)?(\d+))?$/.exec(target.value.trim());
  if (found) {
    const [, paragraph, number, endParagraph, end] = found.map((text) => (text === undefined ? null : Number(text)));
    const at = sentences.map(place);
    const to = number === null ? end ?? paragraph : endParagraph ?? paragraph;
    const isFirst = (one) => one.paragraph === paragraph && (number === null || one.number === number);
    const isLast = (one) => one.paragraph === to && (number === null || one.number === (end ?? number));
    first = at.findIndex(isFirst);
    last = at.findLastIndex(isLast);
    if (first < 0 || last < first) first = last = -1;
  }
  paint();
}

function aim(field) {
  if (target === field) return;
  target?.classList.remove("aimed");
  target = field;
  target.classList.add("aimed");
  readField();
}

function choose(at, extends_) {
  if (extends_ && first >= 0) [first, last] = [Math.min(first, at), Math.max(first, at)];
  else first = last = at;
  write();
}

function write() {
  target.value = reference();
  target.dispatchEvent(new Event("input", { bubbles: true }));
  paint();
  announce(target.value);
}

function onSentence(event) {
  const at = sentences.indexOf(event.target.closest(".sentence"));
  if (at < 0) return;
  if (event.type === "keydown") {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = sentences[Math.min(Math.max(at + step, 0), sentences.length - 1)];
      sentences[at].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      return;
    }
    if (event.key === "Escape") {
      target.focus();
      return;
    }
    if (event.key !== "Enter" && event.key !== " ") return;
  }
  event.preventDefault();
  if (event.type === "click" && selected) {
    selected = false;
    return;
  }
  choose(at, event.shiftKey);
}

/** Words selected with the mouse mean the sentences that they touch. */
function onSelection(event) {
  const range = event.shiftKey || getSelection().isCollapsed ? null : getSelection().getRangeAt(0);
  if (!range) return;
  const touched = sentences.filter((sentence) => range.intersectsNode(sentence));
  if (!touched.length) return;
  getSelection().removeAllRanges();
  selected = true;
  [first, last] = [sentences.indexOf(touched[0]), sentences.indexOf(touched.at(-1))];
  write();
}

function openPicker(field) {
  aim(field);
  showSide("side-article");
  const start = sentences[Math.max(first, 0)];
  for (const sentence of sentences) sentence.tabIndex = sentence === start ? 0 : -1;
  start.focus();
  start.scrollIntoView({ block: "center" });
}

function init() {
  const fields = document.querySelectorAll("[data-passage]");
  if (!picker || !sentences.length || !fields.length) return;
  sentences.forEach((sentence, at) => {
    sentence.setAttribute("role", "button");
    sentence.tabIndex = at ? -1 : 0;
  });
  for (const button of document.querySelectorAll("[data-pick]")) button.hidden = false;
  picker.addEventListener("mousedown", () => (selected = false));
  picker.addEventListener("mouseup", onSelection);
  picker.addEventListener("click", onSentence);
  picker.addEventListener("keydown", onSentence);
  const form = document.querySelector("[data-editor]");
  form.addEventListener("focusin", (event) => {
    if (!event.target.matches("[data-passage]")) return;
    aim(event.target);
    showSide("side-article");
  });
  form.addEventListener("input", (event) => {
    if (event.target === target && event.isTrusted) readField();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (button) openPicker(document.getElementById(button.dataset.pick));
  });
  aim([...fields].find((field) => !field.closest("details:not([open])")) ?? fields[0]); // never one folded away
}

init();
