// form[data-swap="#target"] is posted in the background; the answer takes the target's place, a refusal the form's.
// Anything unexpected falls back to what the browser would have done.
import { announce } from "./announce.js";
import { clearDrafts } from "./draft.js";

const passThrough = (html) => html; // only answers of this server, rendered by its templates
const policy = window.trustedTypes?.createPolicy("fragments", { createHTML: passThrough }) ?? { createHTML: passThrough };
const PLACES = ["append", "prepend"];
const REFUSED = [409, 422, 429];

export const isPage = (html) => /^\s*<!doctype/i.test(html);

// Parse an answer of this server into nodes.
export function toFragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

// Post in the background, as this page. Returns the Response; throws when the line is down.
export function postTo(address, body, options = {}) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const headers = { "X-Fragment": "1", "X-CSRFToken": token };
  return fetch(address, { method: "POST", body, headers, credentials: "same-origin", ...options });
}

// Send a form as a fragment request, to an address other than its own if one is given. Returns the Response; throws when the line is down.
export function send(form, submitter, address) {
  const body = new FormData(form, submitter);
  return postTo(address ?? submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href, body);
}

function place(target, content, how) {
  const first = content.firstElementChild;
  const there = first?.id && document.getElementById(first.id);
  if (there && !there.contains(target)) there.remove(); // it came by another way meanwhile
  if (how === "inside") target.replaceChildren(content);
  else if (PLACES.includes(how)) target[how](content);
  else target.replaceWith(content);
  return first;
}

// Tell of what has just come into the page, and go to where it wants the focus.
export function settle(first) {
  const words = first?.dataset.announce;
  if (words) announce(words);
  const wanted = first?.matches("[data-focus]") ? first : first?.querySelector("[data-focus]");
  wanted?.focus();
  first?.dispatchEvent(new CustomEvent("fragment", { bubbles: true }));
}

const written = (form) => JSON.stringify([...new FormData(form)]);

async function swap(form, submitter) {
  const sent = written(form);
  const response = await send(form, submitter);
  const html = await response.text();
  const refused = REFUSED.includes(response.status);
  if (!refused && !response.ok) throw new Error(`answered ${response.status}`);
  if (isPage(html)) {
    if (response.redirected) return location.assign(response.url);
    throw new Error("a whole page came back");
  }
  const content = toFragment(html);
  if (refused && !content.firstElementChild) throw new Error("a refusal without a form");
  const target = refused ? form : document.querySelector(form.dataset.swap) ?? form;
  // Whoever wrote on meanwhile keeps the words.
  if (!refused && written(form) === sent) {
    clearDrafts(form);
    for (const area of form.querySelectorAll("textarea")) area.defaultValue = ""; // what it came with is posted now
    form.reset();
  }
  return settle(place(target, content, refused ? "replace" : form.dataset.swapHow));
}

async function intercept(event) {
  const form = event.target;
  if (!form.matches("form[data-swap]") || event.defaultPrevented || form.dataset.plain) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  // What the answer takes the place of takes no more words: they would go with it.
  form.inert = Boolean(document.querySelector(form.dataset.swap)?.contains(form));
  try {
    await swap(form, event.submitter);
  } catch {
    form.dataset.plain = "1";
    form.requestSubmit(event.submitter);
  } finally {
    form.inert = false;
    form.removeAttribute("aria-busy");
  }
}

export function startFragments() {
  document.addEventListener("submit", intercept);
}
