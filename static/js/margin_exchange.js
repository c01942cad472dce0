// Paragraphs as they are now take the place of those on the page: at once after one's own doing, and after that of others
// where it moves nothing that is read and disturbs nobody who works there.
import { toFragment } from "./fragments.js";
import { fetchPart } from "./live.js";
import { fit, watch } from "./margin_cards.js";
import { article } from "./margin_text.js";
import { isInUse, isInView, keepStill } from "./stillness.js";

const BESIDE = ":scope > :is(.margin, .peek)";
const OWN = ":scope > :is(.note-list, .compose), :scope > .margin > .open";
const late = new Map(); // what others did where somebody works or reads, by the paragraph's id

/** The number of notes in the spine. */
function count(id, number) {
  const extent = document.querySelector(`.spine a[href$="#${id}"] .extent`);
  if (!extent) return;
  const chip = extent.querySelector("b") ?? extent.appendChild(document.createElement("b"));
  const words = chip.querySelector(".vh");
  chip.replaceChildren(number, ...(words ? [words] : []));
  chip.hidden = !number;
}

function settled(here) {
  count(here.id, here.querySelector(".peek b")?.textContent ?? "");
  watch(here);
}

/** Put all of these paragraphs into the page; those that stand there stay the same elements. */
export function exchange(html) {
  for (const fresh of toFragment(html).querySelectorAll(".para")) {
    const here = document.getElementById(fresh.id);
    if (!here) continue;
    late.delete(here.id);
    const kept = [...here.querySelectorAll(":scope > :is(.note-list, .compose)")];
    here.replaceChildren(...fresh.childNodes, ...kept);
    settled(here);
  }
  article.dispatchEvent(new CustomEvent("exchanged"));
  fit();
}

/** The notes beside a paragraph change while it is read; its own words, in which letters come and go, when it is not. */
function take(fresh) {
  const here = document.getElementById(fresh.id);
  if (!here) return;
  const words = here.querySelector(":scope > p");
  const beside = [...here.querySelectorAll(BESIDE)];
  if (here.querySelector(OWN) || isInUse(beside)) {
    late.set(here.id, fresh);
    const note = here.querySelector(":scope > .margin > .note.open");
    if (note) refresh(note).catch(() => {}); // the line is down, or the note is gone: it stays as it is
    return;
  }
  const isRead = isInView(words) || isInUse([words]);
  if (isRead) late.set(here.id, fresh.cloneNode(true));
  else late.delete(here.id);
  keepStill(() => {
    for (const part of beside) part.remove();
    here.append(...fresh.querySelectorAll(BESIDE));
    if (!isRead) words.replaceWith(fresh.querySelector(":scope > p"));
  });
  settled(here);
}

/** A note that is open says what it says now; what is being written below it stays. */
async function refresh(note) {
  const response = await fetchPart(`${article.dataset.notes}/${note.id.slice(1)}`);
  const fresh = toFragment(await response.text()).firstElementChild;
  const parts = [...note.children].filter((part) => !part.matches(".answer"));
  if (!note.isConnected || !fresh || isInUse(parts)) return;
  const news = [...fresh.children];
  if (parts.length === news.length && parts.every((part, at) => part.isEqualNode(news[at]))) return;
  keepStill(() => {
    for (const part of parts) part.remove();
    note.prepend(...fresh.childNodes);
  });
  watch(note);
}

/** What others did to these paragraphs. */
export function takeAll(html) {
  for (const fresh of toFragment(html).querySelectorAll(".para")) take(fresh);
  article.dispatchEvent(new CustomEvent("exchanged"));
  fit();
}

let soon = 0;

function catchUp() {
  clearTimeout(soon);
  if (!late.size) return;
  soon = setTimeout(() => {
    const before = [...late.values()].filter(({ id }) => {
      const here = document.getElementById(id);
      return !here?.querySelector(OWN) && !isInUse([here]) && !isInView(here);
    });
    for (const fresh of before) take(fresh);
    if (before.length) article.dispatchEvent(new CustomEvent("exchanged"));
    fit();
  }, 300);
}

export function startCatchingUp() {
  for (const kind of ["focusout", "selectionchange", "scrollend"]) document.addEventListener(kind, catchUp);
  article.addEventListener("card-closed", () => {
    const waiting = [...late.values()];
    setTimeout(() => {
      for (const fresh of waiting) if (late.has(fresh.id)) take(fresh);
      fit();
    });
  });
}
