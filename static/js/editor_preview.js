// Beside the form, the question as students will see it, while it is typed.
import { send, toFragment } from "./fragments.js";

const PAUSE = 500; // milliseconds without a key
const form = document.querySelector("[data-sketch]");
let waiting = 0;
let asked = 0;

async function refresh() {
  const turn = ++asked;
  const target = document.querySelector("[data-seen]");
  try {
    const response = await send(form, null, form.dataset.sketch);
    const html = await response.text();
    if (turn !== asked || !response.ok || /^\s*<!doctype/i.test(html)) return;
    target.replaceWith(toFragment(html));
  } catch {
    // offline: the last state stays
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, PAUSE);
}

if (form) {
  form.addEventListener("input", soon);
  form.addEventListener("click", (event) => event.target.closest("[data-add], [data-drop]") && soon());
}
