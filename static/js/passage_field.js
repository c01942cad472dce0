// Clicking a sentence of the article writes its reference into the field for passages.
import { announce } from "./announce.js";

function referenceOf(sentence) {
  const block = sentence.closest('[id^="p"]');
  if (!block) return "";
  const within = [...block.querySelectorAll(".sentence")];
  const number = block.id.replace(/\D+/, "");
  return within.length === 1 ? `¶ ${number}` : `¶ ${number}.${within.indexOf(sentence) + 1}`;
}

const field = document.querySelector("input[data-passages]");
const article = document.querySelector("[data-pick]");

function add(sentence) {
  const reference = referenceOf(sentence);
  if (!reference) return;
  const before = field.value.trim().replace(/[,;]$/, "");
  field.value = before ? `${before}, ${reference}` : reference;
  sentence.classList.add("picked");
  announce(reference);
}

if (field && article) {
  const hint = document.querySelector("[data-pick-hint]");
  if (hint) hint.hidden = false;
  article.addEventListener("click", (event) => {
    const sentence = event.target.closest(".sentence");
    if (sentence && !String(getSelection())) add(sentence);
  });
}
