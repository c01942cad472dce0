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
  for (const kind of ["input", "change"]) level.dispatchEvent(new Event(kind, { bubbles: true }));
  (criteria.find(isOpen)?.querySelector("input") ?? level).focus();
}

// What the levels chosen so far give, on the scale of the question's points; two places, half up, as everywhere.
const told = document.querySelector("[data-levels-give]");

function tell() {
  const chosen = criteria.map((criterion) => criterion.querySelector(":checked"));
  told.hidden = chosen.includes(null);
  if (told.hidden) return;
  const earned = chosen.reduce((sum, level) => sum + Number(level.dataset.earns), 0);
  const hundredths = Math.round((earned * Number(told.dataset.most)) / Number(told.dataset.best) / 1000);
  told.textContent = told.dataset.levelsGive.replace("{n}", hundredths / 100);
}

if (told) {
  for (const criterion of criteria) criterion.addEventListener("change", tell);
  told.closest("form").addEventListener("reset", () => setTimeout(tell));
  tell();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!/^[1-9]$/.test(event.key) || !singleKeysWork() || isTyping(event.target)) return;
  event.preventDefault();
  pick(Number(event.key));
});
