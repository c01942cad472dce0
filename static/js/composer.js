// Where people write: the formatting buttons, the preview, the way to point to a passage.
import { postTo, toFragment } from "./fragments.js";
import { startMentions } from "./mentions.js";

const WRAPS = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"] };
const STARTS = { quote: "> ", list: "- " };

function changed(area) {
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function wrap(area, [before, after]) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  area.setRangeText(before + value.slice(start, end) + after, start, end, "end");
  if (start === end) area.setSelectionRange(start + before.length, start + before.length);
}

function startLines(area, mark) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const lines = value.slice(start, area.selectionEnd).split("\n");
  area.setRangeText(lines.map((line) => mark + line).join("\n"), start, area.selectionEnd, "end");
}

function pointToPassage(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const gap = start > 0 && !/\s|\(/.test(value[start - 1]) ? " " : "";
  area.setRangeText(`${gap}¶ `, start, end, "end");
}

function format(area, kind) {
  if (kind in WRAPS) wrap(area, WRAPS[kind]);
  else if (kind in STARTS) startLines(area, STARTS[kind]);
  else pointToPassage(area);
  changed(area);
}

// One stop for the Tab key, arrows between the buttons.
function moveWithin(toolbar, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const buttons = [...toolbar.querySelectorAll("button")];
  const towards = document.dir === "rtl" ? -step : step;
  const next = buttons[(buttons.indexOf(document.activeElement) + towards + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
  event.preventDefault();
}

function startToolbar(toolbar, area) {
  toolbar.hidden = false;
  toolbar.addEventListener("keydown", (event) => moveWithin(toolbar, event));
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-format]");
    if (button) format(area, button.dataset.format);
  });
}

async function fetchPreview(form, box) {
  box.setAttribute("aria-busy", "true");
  const response = await postTo(form.dataset.preview, new FormData(form));
  box.removeAttribute("aria-busy");
  if (!response.ok) throw new Error(`answered ${response.status}`);
  box.replaceChildren(toFragment(await response.text()));
}

function startModes(form, area) {
  const modes = form.querySelector("[data-modes]");
  const box = form.querySelector("[data-preview-box]");
  if (!modes || !box) return;
  modes.hidden = false;
  let turn = 0; // whoever writes on meanwhile wants no preview
  area.addEventListener("input", () => (turn += 1));
  const show = (mode) => {
    for (const button of modes.children) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    area.closest(".field").hidden = mode === "preview";
    box.hidden = mode !== "preview";
  };
  modes.addEventListener("click", async (event) => {
    const mode = event.target.closest("button[data-mode]")?.dataset.mode;
    if (mode === "write") {
      show(mode);
      area.focus();
    } else if (mode === "preview") {
      try {
        const asked = (turn += 1);
        await fetchPreview(form, box);
        if (turn === asked) show(mode);
      } catch {
        show("write");
      }
    }
  });
  form.addEventListener("reset", () => show("write"));
}

export function startComposer(form) {
  const area = form.querySelector("textarea");
  if (!area || form.dataset.started) return;
  form.dataset.started = "yes";
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  const toolbar = form.querySelector("[data-formatting]");
  if (toolbar) startToolbar(toolbar, area);
  startModes(form, area);
  startMentions(area);
  if ("begun" in area.dataset) {
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }
}

function startAll(root) {
  for (const form of root.querySelectorAll("form[data-composer]")) startComposer(form);
}

startAll(document);
document.addEventListener("fragment", (event) => startAll(event.target.parentElement ?? document));
