// Writing beside the text: a note on the words that are meant, an answer to one, a mark where it is hard.
import { announce } from "./announce.js";
import { startComposer } from "./composer.js";
import { clearDrafts, isDrafted, restoreDraft } from "./draft.js";
import { postTo, send, toFragment } from "./fragments.js";
import { person } from "./kept_words.js";
import { fetchPart } from "./live.js";
import { close, open, openCard, openNote } from "./margin_cards.js";
import { exchange } from "./margin_exchange.js";
import { article, base, idOf, labelOf, tint } from "./margin_text.js";
import { asQuotation, insertQuotation, selected, wordsOf } from "./quotations.js";

const OPEN = `colloquy.note.${person}.${base}`; // where somebody was writing, for after a reload
const PLACE = ["first", "last", "start", "end"];

function remember(meant) {
  try {
    if (!meant) return sessionStorage.removeItem(OPEN);
    const kept = { first: idOf(meant.first), last: idOf(meant.last), start: meant.start, end: meant.end, quote: meant.quote };
    sessionStorage.setItem(OPEN, JSON.stringify(kept));
  } catch {
    // no room or no permission: the page works without
  }
}

const draftOf = (values) => `note-${base}-${PLACE.map((name) => values[name]).join("-")}`;

function fill(form, meant) {
  const first = idOf(meant.first);
  const values = { first, last: idOf(meant.last), start: meant.start, end: meant.end };
  for (const name of PLACE) form.elements[name].value = values[name];
  form.elements.paragraph.value = meant.first.closest(".para").id.slice(1);
  form.querySelector("[data-label]").textContent = labelOf(meant.first, meant.last);
  form.querySelector("[data-quote]").textContent = meant.quote;
  const area = form.querySelector("textarea");
  area.dataset.draft = draftOf(values);
  return area;
}

/** Open the form for a note on these words. */
export function writeNote(meant, opener = meant.first, focus = true) {
  const template = document.querySelector("[data-note-template]");
  if (!template) return;
  close({ restore: false });
  const form = template.content.firstElementChild.cloneNode(true);
  const area = fill(form, meant);
  meant.first.closest(".para").append(form);
  open(form, { opener, place: meant.first, focus: false });
  restoreDraft(area);
  startComposer(form);
  tint(meant);
  remember(meant);
  form.querySelector("[data-cancel]").addEventListener("click", () => close());
  if (focus) area.focus({ preventScroll: true });
}

/** Open the form again that was open when the page went. */
export function resumeNote() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(OPEN) ?? "null");
  } catch {
    return;
  }
  const [first, last] = [kept?.first, kept?.last].map((id) => id && document.getElementById(`s${id}`));
  if (first && last && isDrafted(draftOf(kept))) writeNote({ ...kept, first, last }, first, false);
}

/** Put the form for an answer into a note that may be answered, and focus it if it was asked for. */
export function offerAnswer(note, focus = false) {
  const template = document.querySelector("[data-answer-template]");
  const link = note.querySelector(":scope > footer > [data-answer]");
  if (!template || !link) return false;
  const there = note.querySelector(":scope > .answer textarea");
  if (there) return there.focus() ?? true;
  const form = template.content.firstElementChild.cloneNode(true);
  const area = form.querySelector("textarea");
  form.action = `${link.pathname}/answers`;
  area.dataset.draft = `answer-${link.dataset.answer}`;
  form.removeAttribute("id");
  note.append(form);
  restoreDraft(area);
  startComposer(form);
  if (focus) area.focus();
  return true;
}

/** Put the words of a note, or those of them that are selected, into the answer that is being written to it. */
async function quoteNote(link, range) {
  const note = link.closest(".note");
  const prose = link.closest(".post, .note").querySelector(":scope > .prose");
  const id = new URLSearchParams(link.search).get("quote");
  const address = link.pathname.replace(/\/notes\/\d+$/, `/comments/${id}`);
  const whole = await (await fetchPart(`${address}/quotation`)).text();
  const isHere = range && prose?.contains(range.commonAncestorContainer);
  const source = whole.slice(0, whole.indexOf("\n"));
  const words = isHere ? `${source}\n>\n${asQuotation(wordsOf(range))}` : whole;
  if (offerAnswer(note)) insertQuotation(note.querySelector(":scope > .answer textarea"), words);
}

function complain(form, words) {
  const field = form.querySelector(".field");
  field.querySelector(".oops")?.remove();
  const oops = document.createElement("p");
  oops.className = "oops";
  oops.setAttribute("role", "alert");
  oops.textContent = words;
  field.prepend(oops);
}

/** Say so where nothing has been written yet. */
function isEmpty(form) {
  const area = form.querySelector("textarea");
  if (area.value.trim()) return false;
  complain(form, article.dataset.empty);
  area.focus();
  return true;
}

async function submit(form, submitter, taken) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const area = form.querySelector("textarea");
  area.readOnly = true; // more words would go with the form
  try {
    const response = await send(form, submitter);
    const html = await response.text();
    if (!response.ok || /^\s*<!doctype/i.test(html)) {
      form.dataset.plain = "1"; // the whole page says what is the matter
      form.requestSubmit(submitter);
      return;
    }
    clearDrafts(form);
    taken(html, new URL(response.url));
  } catch {
    complain(form, article.dataset.unsent);
  } finally {
    form.removeAttribute("aria-busy");
    area.readOnly = false;
  }
}

function afterNote(form) {
  return (html, url) => {
    const isOpen = openCard() === form; // not closed meanwhile, nor another begun
    if (isOpen) {
      remember(null);
      tint(null);
      close({ restore: false });
    }
    exchange(html);
    announce(article.dataset.posted);
    if (isOpen) openNote(url.searchParams.get("note"), document.getElementById(`s${form.elements.first.value}`));
  };
}

function afterAnswer(note) {
  return (html) => {
    const fresh = toFragment(html).firstElementChild;
    note.replaceChildren(...fresh.childNodes);
    offerAnswer(note);
    announce(article.dataset.posted);
    note.querySelector(":scope > .replies")?.lastElementChild?.scrollIntoView({ block: "nearest" });
    note.focus({ preventScroll: true });
  };
}

/** Mark a sentence as hard, or take the mark back. */
export async function confuse(sentence) {
  const isHard = sentence.classList.contains("hard");
  const body = new FormData();
  body.set("first", idOf(sentence));
  try {
    const response = await postTo(`${base}/confusion${isHard ? "/removal" : ""}`, body);
    if (!response.ok) throw new Error(`answered ${response.status}`);
    exchange(await response.text());
    announce(isHard ? article.dataset.clear : article.dataset.hard);
  } catch {
    announce(article.dataset.unsent);
  }
  return document.getElementById(sentence.id);
}

export function startWriting() {
  let range = null;
  article.addEventListener("pointerdown", (event) => {
    range = event.target.closest("[data-quoted]") ? selected() : null; // the press takes the selection away
  });
  article.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-quoted]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    quoteNote(link, range ?? selected()).catch(() => location.assign(link.href));
    range = null;
  });
  article.addEventListener("card-opened", (event) => {
    if (event.target.matches(".margin > .note")) offerAnswer(event.target);
  });
  article.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.plain || event.defaultPrevented) return;
    if (form.matches("[data-note-form], .answer") && isEmpty(form)) {
      event.preventDefault();
      return;
    }
    if (form.matches("[data-note-form]")) {
      event.preventDefault();
      submit(form, event.submitter, afterNote(form));
    } else if (form.matches(".answer")) {
      event.preventDefault();
      submit(form, event.submitter, afterAnswer(form.closest(".note")));
    }
  });
  article.addEventListener("card-closed", (event) => {
    if (!event.target.matches(".compose")) return;
    remember(null);
    tint(null);
  });
  resumeNote();
}
