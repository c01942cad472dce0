// Words that are selected, as a quotation in Markdown, and where it goes in what is being written.
const BLOCKS = "p, li, blockquote, pre";

export const selected = () =>
  getSelection()?.rangeCount && !getSelection().isCollapsed ? getSelection().getRangeAt(0) : null;

/** The selected words of one post as they are read; who is answered ("to") is not among them. */
export function wordsOf(range) {
  const content = range.cloneContents();
  for (const to of content.querySelectorAll(".to")) to.remove();
  for (const gap of content.querySelectorAll("br")) gap.replaceWith("\n");
  for (const block of content.querySelectorAll(BLOCKS)) block.append("\n\n");
  const words = content.textContent.replace(/\n{3,}/g, "\n\n").trim();
  return words.replace(/([\\*_`[\]<])/g, "\\$1");
}

export const asQuotation = (words) => `${words.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;

/** Put a quotation where the cursor of a text area is, on lines of its own; what was typed stays. */
export function insertQuotation(area, words) {
  const before = area.value.slice(0, area.selectionStart);
  const gap = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  area.setRangeText(gap + words, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
  area.scrollTop = area.scrollHeight;
}
