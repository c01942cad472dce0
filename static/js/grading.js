// Grading by single keys: off while typing in a field, and off for good with the switch on the page.
const form = document.querySelector("[data-grading]");
const help = document.querySelector("[data-keys-help]");
const keysOn = document.querySelector("[data-keys-switch]");
const KEPT = "colloquy-grading-keys";

function isTyping(target) {
  if (target.isContentEditable || target.closest("textarea, select")) return true;
  const input = target.closest("input");
  return Boolean(input) && !["radio", "checkbox", "button", "submit"].includes(input.type);
}

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
  if (/^[1-9]$/.test(key)) return pick(Number(key));
  if (key === "s") return form.requestSubmit();
  if (key === "p") return form.elements.points.focus();
  if (key === "c") return form.elements.comment.focus();
  if (key === "?") help.open = !help.open;
  document.querySelector(`[data-go="${key}"]`)?.click();
}

if (form && help && keysOn) {
  help.hidden = false;
  keysOn.checked = localStorage.getItem(KEPT) !== "off";
  show(keysOn.checked);
  keysOn.addEventListener("change", () => {
    localStorage.setItem(KEPT, keysOn.checked ? "on" : "off");
    show(keysOn.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || !/^([1-9?]|[snpcjk])$/.test(event.key)) return;
    event.preventDefault();
    act(event.key);
  });
}
