// A pasted list of questions: the preview follows what is typed, and "Line 7" leads to line 7.
import { send, toFragment } from "./fragments.js";

const PAUSE = 500; // milliseconds without a key
const form = document.querySelector("[data-paste]");
const field = form?.querySelector("textarea");
let waiting = 0;
let asked = 0;

async function refresh() {
  const turn = ++asked;
  const target = document.querySelector(form.dataset.paste);
  target.setAttribute("aria-busy", "true");
  try {
    const response = await send(form);
    const html = await response.text();
    if (turn !== asked || !response.ok || /^\s*<!doctype/i.test(html)) return;
    target.replaceWith(toFragment(html));
    settle();
  } catch {
    // the button still works
  } finally {
    document.querySelector(form.dataset.paste)?.removeAttribute("aria-busy");
  }
}

/** One way on at a time: to look, or to add; the examples make room for what is there. */
function settle() {
  const ready = document.querySelector("[data-add-all]") !== null;
  form.querySelector("[data-check]").classList.toggle("go", !ready);
  if (document.querySelector(".made-head")) form.querySelector("[data-known]").open = false;
}

/** Put the cursor on a line and scroll it into view. */
function goTo(line) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  field.scrollTop = (field.scrollHeight / Math.max(lines.length, 1)) * Math.max(line - 4, 0);
}

if (form && field) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, field.value.trim() ? PAUSE : 0);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.line));
  });
  if (field.value.trim() && !document.querySelector(".made-head")) refresh();
}
