// How far one has read is remembered, for oneself alone: the paragraph that stays in the reader's line for a while.
import { postTo } from "./fragments.js";

const LINE = 0.35; // of the window's height from above: where people read
const STAYED = 4000; // milliseconds without scrolling
const PAUSE = 15000; // between two messages

const article = document.querySelector("[data-place]");
let known = 0; // the paragraph that was remembered last
let sent = 0;
let waiting = 0;

function here() {
  const line = innerHeight * LINE;
  const passed = [...article.querySelectorAll(".para[id]")].filter((each) => each.getBoundingClientRect().top <= line);
  return passed.length ? Number(passed.at(-1).id.slice(1)) : 0;
}

function remember() {
  const at = here();
  if (!at || at === known) return;
  known = at;
  sent = Date.now();
  const body = new FormData();
  body.set("paragraph", at);
  postTo(article.dataset.place, body, { keepalive: true }).catch(() => {});
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(remember, Math.max(STAYED, sent + PAUSE - Date.now()));
}

if (article) {
  known = here();
  addEventListener("scroll", soon, { passive: true });
  // Whoever leaves in the middle finds the place again.
  document.addEventListener("visibilitychange", () => document.hidden && remember());
}
