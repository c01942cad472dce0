// A click on a sentence of the article writes its place into the field in use; with Shift, all up to it.
import { announce } from "./announce.js";

const fields = [...document.querySelectorAll("input[data-place]")];
const article = document.querySelector("[data-pick]");
const sentences = article ? [...article.querySelectorAll(".para .sentence")] : [];
let target = fields[0];
let first = -1;

function place(sentence) {
  const paragraph = sentence.closest(".para");
  const number = [...paragraph.querySelectorAll(".sentence")].indexOf(sentence) + 1;
  return { paragraph: paragraph.id.replace(/^\D+/, ""), number };
}

function reference(from, to) {
  const start = place(sentences[from]);
  const end = place(sentences[to]);
  const words = `¶ ${start.paragraph}.${start.number}`;
  if (from === to) return words;
  return start.paragraph === end.paragraph ? `${words}–${end.number}` : `${words}–${end.paragraph}.${end.number}`;
}

function choose(at, extend) {
  const from = extend && first >= 0 ? Math.min(first, at) : at;
  const to = extend && first >= 0 ? Math.max(first, at) : at;
  if (!extend || first < 0) first = at;
  sentences.forEach((sentence, index) => sentence.classList.toggle("picked", index >= from && index <= to));
  target.value = reference(from, to);
  announce(target.value);
}

if (fields.length && sentences.length) {
  for (const hint of document.querySelectorAll("[data-place-hint]")) hint.hidden = false;
  for (const field of fields) {
    field.addEventListener("focus", () => {
      if (target !== field) first = -1;
      target = field;
    });
  }
  article.addEventListener("click", (event) => {
    const at = sentences.indexOf(event.target.closest(".sentence"));
    if (at < 0 || (!event.shiftKey && String(getSelection()))) return;
    if (event.shiftKey) getSelection().removeAllRanges();
    choose(at, event.shiftKey);
  });
}
