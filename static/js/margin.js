// The reading page: sentences are reached by key, by finger and by mouse; what is chosen can be written on.
import { announce } from "./announce.js";
import { singleKeysWork } from "./keyboard.js";
import { close, openCard, openList, openNote, startCards } from "./margin_cards.js";
import { startLive } from "./margin_live.js";
import { article, idOf, labelOf, selectedWords, sentences, tint, wholeSentences } from "./margin_text.js";
import { confuse, offerAnswer, startWriting, writeNote } from "./margin_write.js";

const bar = document.querySelector("[data-at-sentence]");
const PHONE = matchMedia("(max-width: 47.99rem)");
const SETTLED = 350; // milliseconds without a change after which a selection by finger stands
let current = null; // the sentence that the keys are at
let meant = null; // the words that the bar is about

/** One sentence can be reached with Tab; arrows lead to the others. */
function keep(sentence) {
  if (current && current !== sentence && current.isConnected) current.tabIndex = -1;
  current = sentence;
  if (current) current.tabIndex = 0;
}

function goTo(sentence, from = null) {
  if (!sentence) return;
  keep(sentence);
  sentence.focus();
  if (from) choose(wholeSentences(from, sentence));
  else choose(null);
  const [place, notes] = [labelOf(meant?.first ?? sentence, meant?.last ?? sentence), sentence.dataset.n];
  if (from) announce(place);
  else if (notes) announce(article.dataset.count.replace("{place}", place).replace("{n}", notes));
}

function choose(words) {
  meant = words;
  tint(words);
}

function step(sentence, by) {
  const all = sentences();
  return all[all.indexOf(sentence) + by];
}

function notesOf(sentence) {
  return sentence.querySelector('.hl[href^="#n"]') ?? sentence.querySelector(".hl") ?? null;
}

function openNotes(sentence) {
  const links = [...sentence.querySelectorAll(".hl")];
  const ids = new Set(links.map((link) => link.getAttribute("href")));
  if (ids.size === 1 && links[0].hash.startsWith("#n") && openNote(links[0].hash.slice(2), sentence)) return;
  if (links.length) openList(sentence.closest(".para").querySelector(".peek").href, sentence);
}

function showBar(words, rect) {
  if (!bar) return;
  choose(words);
  const single = words.first === words.last;
  const confusion = bar.querySelector('[data-act="confusion"]');
  if (confusion) {
    confusion.hidden = !single;
    confusion.setAttribute("aria-pressed", String(words.first.classList.contains("hard")));
  }
  const quote = bar.querySelector('[data-act="quote"]');
  if (quote) quote.search = `passage=${idOf(words.first)}-${idOf(words.last)}`;
  bar.querySelector('[data-act="open"]').hidden = !(single && notesOf(words.first));
  // Whoever can only read has nothing to do at a sentence without notes.
  bar.hidden = !bar.querySelector('[data-act]:not([hidden], [data-act="close"])');
  if (!bar.hidden) placeBar(rect);
}

/** Below the words, or above them at the end of the window; a phone has it at the foot, and the words above it. */
function placeBar(rect) {
  bar.removeAttribute("style");
  if (PHONE.matches) {
    const hidden = rect.bottom + 8 - bar.getBoundingClientRect().top;
    if (hidden > 0) scrollBy(0, hidden);
    return;
  }
  const below = rect.bottom + 8 + bar.offsetHeight < innerHeight;
  const top = below ? rect.bottom + 8 : rect.top - bar.offsetHeight - 8;
  bar.style.setProperty("top", `${top + scrollY}px`);
  bar.style.setProperty("left", `${Math.max(8, Math.min(rect.left, innerWidth - bar.offsetWidth - 8)) + scrollX}px`);
}

function hideBar({ restore = false } = {}) {
  if (!bar || bar.hidden) return false;
  const had = bar.contains(document.activeElement);
  bar.hidden = true;
  if (restore && had) current?.focus({ preventScroll: true });
  return true;
}

const lastRect = (element) => [...element.getClientRects()].at(-1) ?? element.getBoundingClientRect();

async function act(kind) {
  const words = meant;
  hideBar();
  if (!words || kind === "close") {
    choose(null);
    return current?.focus({ preventScroll: true });
  }
  getSelection()?.removeAllRanges();
  if (kind === "note") return writeNote(words, words.first);
  if (kind === "open") return openNotes(words.first);
  choose(null);
  const sentence = await confuse(words.first);
  keep(sentence);
  return sentence?.focus({ preventScroll: true });
}

function onKey(event) {
  const sentence = event.target.matches?.(".sentence, .hl") ? event.target.closest(".sentence") : null;
  if (!sentence || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target !== sentence) return; // a link to a note
  const towards = getComputedStyle(article).direction === "rtl" ? -1 : 1;
  const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: towards, ArrowLeft: -towards }[event.key];
  const acts = {
    n: () => writeNote(meant ?? wholeSentences(sentence), sentence),
    o: () => openNotes(sentence),
    c: () => confuse(sentence).then(goTo),
    Enter: () => {
      showBar(meant ?? wholeSentences(sentence), lastRect(sentence));
      bar?.querySelector("button:not([hidden])")?.focus();
    },
  };
  if (event.key === "c" && !bar?.querySelector('[data-act="confusion"]')) return;
  if (by) goTo(step(sentence, by), event.shiftKey ? start(sentence) : null);
  else if (acts[event.key] && (event.key === "Enter" || singleKeysWork())) acts[event.key]();
  else return;
  event.preventDefault();
}

/** Where words that are chosen with Shift begin: at their other end. */
function start(sentence) {
  if (!meant) return sentence;
  return sentence === meant.first ? meant.last : meant.first;
}

function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (hideBar({ restore: true })) choose(null);
  else if (openCard()) close();
  else if (meant) choose(null);
}

// What a click on a link does; what answers false is left to the browser.
const LINKS = {
  "[data-answer]": (link) => offerAnswer(link.closest(".note"), true),
  "[data-sentence]": (link) => openBarAt(document.getElementById(`s${link.dataset.sentence}`)),
  ".close": () => close() ?? true,
  '.hl[href^="#n"], .key[href^="#n"]': (link) => openNote(link.hash.slice(2), link),
  "[data-list], .hl": (link) => openList(link.href, link) && true,
};

function openBarAt(sentence) {
  close({ restore: false });
  keep(sentence);
  sentence.scrollIntoView({ block: "nearest" });
  showBar(wholeSentences(sentence), lastRect(sentence));
  bar?.querySelector("button:not([hidden])")?.focus();
  return true;
}

function onClick(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a");
  const kind = link && Object.keys(LINKS).find((selector) => link.matches(selector));
  if (kind && LINKS[kind](link)) event.preventDefault();
  else if (!link && event.target.closest(".sentence")) onSentence(event.target.closest(".sentence"), event);
}

const isWrittenIn = (card) => [...card.querySelectorAll("textarea")].some((area) => area.value.trim());

function onSentence(sentence, event) {
  const note = openCard()?.closest(".compose"); // one that is being written
  if (selectedWords() || (note && isWrittenIn(note))) return; // it stays on its words
  const mark = event.target.closest("mark.hl"); // words of a link that have notes as well
  if (note) close({ restore: false });
  keep(sentence);
  if (mark) openNotes(sentence);
  else showBar(wholeSentences(sentence), lastRect(sentence));
}

let soon = 0;

function onSelection() {
  clearTimeout(soon);
  soon = setTimeout(() => {
    const words = selectedWords();
    if (!words || openCard()?.matches(".compose")) return;
    keep(words.first);
    showBar(words, lastRect(words.range));
  }, SETTLED);
}

// A click beside an open card closes it, unless something is being written there.
function onOutside(event) {
  if (event.defaultPrevented) return;
  if (bar && !bar.hidden && !bar.contains(event.target) && !event.target.closest(".sentence")) {
    hideBar();
    choose(null);
  }
  const card = openCard();
  if (!card || card.contains(event.target) || bar?.contains(event.target) || event.target.closest("a, .sentence")) return;
  if (!isWrittenIn(card)) close({ restore: false });
}

function arrive() {
  const [kind, id] = [location.hash.slice(1, 2), location.hash.slice(2)];
  if (kind === "n") openNote(id, null);
  const answer = kind === "c" ? document.getElementById(`c${id}`) : null;
  if (answer?.closest(".margin > .note")) {
    openNote(answer.closest(".note").id.slice(1), null);
    answer.scrollIntoView({ block: "nearest" });
  }
}

if (article) {
  document.documentElement.classList.add("scripted");
  keep(sentences()[0]);
  article.addEventListener("focusin", (event) => event.target.matches(".sentence") && keep(event.target));
  article.addEventListener("keydown", onKey);
  article.addEventListener("click", onClick);
  article.addEventListener("exchanged", () => keep((current && document.getElementById(current.id)) ?? sentences()[0]));
  document.addEventListener("selectionchange", onSelection);
  document.addEventListener("click", onOutside);
  document.addEventListener("keydown", onEscape);
  addEventListener("hashchange", arrive);
  bar?.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) act(button.dataset.act);
  });
  startCards();
  startWriting();
  startLive();
  arrive();
}
