// The text of a reading: its sentences, and which words of them are meant.

export const article = document.querySelector("[data-margin-of]");
export const base = article?.dataset.marginOf ?? "";

/** Every sentence that can have notes, in reading order. Asked anew: paragraphs are exchanged. */
export function sentences() {
  return [...article.querySelectorAll(".para .sentence")];
}

export const idOf = (sentence) => Number(sentence.id.slice(1));

/** "¶ 4.3", or "¶ 4.3–5" of several. */
export function labelOf(first, last = first) {
  const [from, to] = [place(first), place(last)];
  const start = `¶ ${from.paragraph}.${from.number}`;
  if (first === last) return start;
  return from.paragraph === to.paragraph ? `${start}–${to.number}` : `${start}–${to.paragraph}.${to.number}`;
}

function place(sentence) {
  const paragraph = sentence.closest(".para");
  const number = [...paragraph.querySelectorAll(".sentence")].indexOf(sentence) + 1;
  return { paragraph: Number(paragraph.id.slice(1)), number };
}

// What was drawn into a sentence is none of its words.
function words(contents) {
  for (const letter of contents.querySelectorAll("sup")) letter.remove();
  for (const line of contents.querySelectorAll("br")) line.replaceWith("\n");
  return contents.textContent;
}

export function textOf(sentence) {
  return words(sentence.cloneNode(true));
}

/** How many code points of a sentence stand before a point in it. */
function offsetOf(sentence, node, offset) {
  const before = new Range();
  before.setStart(sentence, 0);
  before.setEnd(node, offset);
  return [...words(before.cloneContents())].length;
}

/** The words of the sentences from one to another, whole. */
export function wholeSentences(first, last = first) {
  const all = sentences();
  const [from, to] = [all.indexOf(first), all.indexOf(last)].sort((one, other) => one - other);
  const chosen = all.slice(from, to + 1);
  return { first: chosen[0], last: chosen.at(-1), start: "", end: "", quote: chosen.map(textOf).join(" ") };
}

/** The words that somebody has selected, as far as they are of the text; null if there are none. */
export function selectedWords() {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed || !selection.toString().trim()) return null;
  const range = selection.getRangeAt(0);
  const touched = sentences().filter((sentence) => range.intersectsNode(sentence));
  while (touched.length && endsBefore(range, touched[0])) touched.shift();
  while (touched.length && startsAfter(range, touched.at(-1))) touched.pop();
  if (!touched.length) return null;
  const [first, last] = [touched[0], touched.at(-1)];
  const start = first.contains(range.startContainer) ? offsetOf(first, range.startContainer, range.startOffset) : "";
  const end = last.contains(range.endContainer) ? offsetOf(last, range.endContainer, range.endOffset) : "";
  const letters = touched.map((sentence) => [...textOf(sentence)]);
  if (end !== "") letters[letters.length - 1] = letters.at(-1).slice(0, end);
  if (start !== "") letters[0] = letters[0].slice(start);
  return { first, last, start, end, quote: letters.map((each) => each.join("")).join(" "), range };
}

// A selection that only touches a sentence at its end, or at its beginning, does not mean it.
function endsBefore(range, sentence) {
  return sentence.contains(range.startContainer) && !rest(sentence, range.startContainer, range.startOffset).trim();
}

function rest(sentence, node, offset) {
  const after = new Range();
  after.selectNodeContents(sentence);
  after.setStart(node, offset);
  return words(after.cloneContents());
}

function startsAfter(range, sentence) {
  return sentence.contains(range.endContainer) && offsetOf(sentence, range.endContainer, range.endOffset) === 0;
}

const HIGHLIGHTS = typeof Highlight === "function" && CSS.highlights;

/** Tint the words that are meant, and nothing else. */
export function tint(meant) {
  for (const sentence of article.querySelectorAll(".sentence.picked")) sentence.classList.remove("picked");
  if (HIGHLIGHTS) CSS.highlights.delete("picked");
  if (!meant) return;
  if (meant.range && HIGHLIGHTS) {
    CSS.highlights.set("picked", new Highlight(meant.range.cloneRange()));
    return;
  }
  const all = sentences();
  for (const sentence of all.slice(all.indexOf(meant.first), all.indexOf(meant.last) + 1)) sentence.classList.add("picked");
}
