// Grading with a rubric by keys: a number picks a level and leads to the next criterion. The other keys stand in the page.
import { isTyping, singleKeysWork } from "./keyboard.js";

const criteria = [...document.querySelectorAll("[data-criterion]")];
const isOpen = (criterion) => !criterion.querySelector(":checked");

// The criterion in which the focus is, else the first without a level, else the last.
const current = () => document.activeElement.closest?.("[data-criterion]") ?? criteria.find(isOpen) ?? criteria.at(-1);

function pick(number) {
  const level = current()?.querySelectorAll("input[type=radio]")[number - 1];
  if (!level) return;
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
  (criteria.find(isOpen)?.querySelector("input") ?? level).focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!/^[1-9]$/.test(event.key) || !singleKeysWork() || isTyping(event.target)) return;
  event.preventDefault();
  pick(Number(event.key));
});
