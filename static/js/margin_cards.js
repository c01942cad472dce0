// Cards and sheets: one note open at a time, the list of a paragraph's notes, and how many there is room for beside the text.
import { postTo, toFragment } from "./fragments.js";
import { article, base } from "./margin_text.js";

const WIDE = matchMedia("(min-width: 75rem)");
const GAP = 24; // pixels between the notes of two paragraphs
const LOOKED_AT = 2000; // milliseconds a note stays in view before it counts as read
const GATHER = 1500;

let opened = null; // {card, opener, held}

export const openCard = () => opened?.card ?? null;

function choose(card) {
  for (const link of article.querySelectorAll(".hl.chosen")) link.classList.remove("chosen");
  if (!card?.id) return;
  for (const link of article.querySelectorAll(`.hl[href="#${CSS.escape(card.id)}"]`)) link.classList.add("chosen");
}

/** Put a card beside the place that it is about, its end within the window if there is room; narrow pages have a sheet. */
export function beside(card, place) {
  card.style.removeProperty("inset-block-start");
  if (!WIDE.matches || !place) return;
  const margin = card.parentElement.closest(".margin, .para");
  const top = place.getBoundingClientRect().top - margin.getBoundingClientRect().top;
  const room = innerHeight - 24 - card.offsetHeight - margin.getBoundingClientRect().top;
  card.style.setProperty("inset-block-start", `${Math.max(0, Math.min(top, Math.max(room, top - card.offsetHeight)))}px`);
}

/** On narrow pages the words that a sheet is about stay in sight above it. */
function uncover(place, sheet) {
  const rect = place?.getBoundingClientRect();
  if (rect && (rect.top < 64 || rect.bottom > sheet.getBoundingClientRect().top - 8)) scrollBy({ top: rect.top - 96 });
}

/** Open a card; `place` is what it is about, `opener` takes the focus back. */
export function open(card, { opener = null, place = opener, focus = true } = {}) {
  if (opened?.card === card) return card.focus({ preventScroll: true });
  close({ restore: false });
  let held = null;
  if (card.matches(".note") && WIDE.matches) {
    held = document.createElement("div");
    held.style.setProperty("block-size", `${card.offsetHeight}px`);
    card.before(held);
  }
  card.classList.add("open");
  opened = { card, opener, held };
  choose(card);
  card.dispatchEvent(new CustomEvent("card-opened", { bubbles: true }));
  beside(card, place);
  if (focus) card.focus({ preventScroll: true });
  if (WIDE.matches) card.scrollIntoView({ block: "nearest" });
  else uncover(place, card);
  watch(card);
  return card;
}

export function close({ restore = true } = {}) {
  if (!opened) return;
  const { card, opener, held } = opened;
  const had = card.contains(document.activeElement);
  opened = null;
  card.classList.remove("open");
  card.style.removeProperty("inset-block-start");
  held?.remove();
  choose(null);
  if (restore && had) opener?.isConnected && opener.focus({ preventScroll: true });
  card.dispatchEvent(new CustomEvent("card-closed", { bubbles: true }));
  if (card.matches(".note-list, .compose")) card.remove();
}

/** Open the note with this id if it is on the page. */
export function openNote(id, opener) {
  const card = document.getElementById(`n${id}`);
  if (!card?.closest(".margin")) return false;
  const place = article.querySelector(`.hl[href="#n${id}"]`) ?? opener;
  open(card, { opener: opener ?? place, place });
  history.replaceState(history.state, "", `#n${id}`);
  return true;
}

/** Open the list of all notes on a paragraph, fetched. */
export async function openList(address, opener) {
  const response = await fetch(address, { headers: { "X-Fragment": "1" } });
  if (!response.ok) return location.assign(address);
  const list = toFragment(await response.text()).firstElementChild;
  const paragraph = document.getElementById(`p${list.id.replace(/^\D+/, "")}`);
  for (const twin of list.querySelectorAll("[id]")) {
    if (document.getElementById(twin.id)) twin.removeAttribute("id");
  }
  document.getElementById(list.id)?.remove();
  paragraph.append(list);
  return open(list, { opener, place: paragraph });
}

// What is seen for a while has been read.
const waiting = new Map();
const seen = new Set();
let sending = 0;

function sendMarks() {
  const body = new FormData();
  body.set("ids", [...seen].join(","));
  seen.clear();
  postTo(`${base}/note-marks`, body, { keepalive: true }).catch(() => {});
}

function read(element) {
  watcher?.unobserve(element);
  seen.add(element.id.replace(/^\D+/, ""));
  clearTimeout(sending);
  sending = setTimeout(sendMarks, GATHER);
}

const watcher =
  "IntersectionObserver" in window
    ? new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) {
            clearTimeout(waiting.get(target));
            if (isIntersecting) waiting.set(target, setTimeout(read, LOOKED_AT, target));
          }
        },
        { threshold: 0.5 },
      )
    : null;

/** Count the new ones in here as read once they have been looked at for a while. */
export function watch(root) {
  for (const mark of root.querySelectorAll(":scope > header > i, .post > header > i, .note > header > i")) {
    const element = mark.closest(".post, .note");
    if (element.id) watcher?.observe(element);
  }
}

/** Show beside each paragraph as many notes as fit before those of the next one begin. */
export function fit() {
  if (!WIDE.matches) return;
  const margins = [...article.querySelectorAll(".margin")];
  const tops = margins.map((margin) => margin.getBoundingClientRect().top);
  tops.push(article.getBoundingClientRect().bottom);
  margins.forEach((margin, at) => fitOne(margin, tops[at + 1] - tops[at] - GAP));
}

function fitOne(margin, room) {
  const notes = [...margin.querySelectorAll(":scope > .note:not(.open)")];
  for (const note of notes) note.classList.add("folded");
  sayMore(margin);
  for (const note of notes.toSorted((one, other) => Number(one.dataset.turn) - Number(other.dataset.turn))) {
    note.classList.remove("folded");
    sayMore(margin);
    if (margin.offsetHeight <= room) continue;
    note.classList.add("folded");
    sayMore(margin);
  }
}

/** How many notes there are that do not show. */
function sayMore(margin) {
  const more = margin.querySelector(":scope > .more");
  const all = Number(margin.dataset.notes);
  const shown = margin.querySelectorAll(":scope > .note:not(.folded, .gone)").length;
  const pattern = shown ? article.dataset.more : article.dataset.all;
  more.hidden = shown >= all;
  more.querySelector("a").textContent = pattern.replace("{n}", all - shown);
}

export function startCards() {
  watch(article);
  for (const note of article.querySelectorAll(".margin > .note")) watch(note);
  fit();
  document.fonts?.ready.then(fit);
  let soon = 0;
  addEventListener("resize", () => {
    clearTimeout(soon);
    soon = setTimeout(fit, 150);
  });
}

