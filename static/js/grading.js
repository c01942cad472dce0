// Grading by single keys: levels, saving, the way through the pile.
import { startSingleKeys } from "./single_keys.js";

const form = document.querySelector("[data-grading]");
const help = document.querySelector("[data-keys-help]");

function show(on) {
  for (const hint of document.querySelectorAll("[data-key-hint]")) hint.hidden = !on;
}

// The criterion in which the focus is, else the first without a level, else the last.
function criterion() {
  const all = [...document.querySelectorAll("[data-criterion]")];
  const here = document.activeElement.closest?.("[data-criterion]");
  return here ?? all.find((one) => !one.querySelector(":checked")) ?? all.at(-1);
}

function pick(number) {
  const here = criterion();
  const level = here?.querySelectorAll("input[type=radio]")[number - 1];
  if (!level) return;
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
  const next = [...document.querySelectorAll("[data-criterion]")].find((one) => !one.querySelector(":checked"));
  (next?.querySelector("input") ?? level).focus();
}

function act(key) {
  if (/^[1-9]$/.test(key)) pick(Number(key));
  else if (key === "s") form.requestSubmit();
  else if (key === "p") form.elements.points.focus();
  else if (key === "c") form.elements.comment.focus();
  else if (key === "?") help.open = !help.open;
  else document.querySelector(`[data-go="${key}"]`)?.click();
}

if (form && help) startSingleKeys(/^([1-9?]|[snpcjk])$/, act, show);
