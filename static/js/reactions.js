// Reactions: each post that can be answered gets three words to press; what others said already is in the page.
import { postTo, toFragment } from "./fragments.js";

const ANSWERABLE = ':scope > a[href^="?reply="], :scope > footer > a[href^="?reply="]';
const template = document.getElementById("reactions");

// `said`: what the server tells of the reactions to one post; nothing where nobody has reacted.
function fill(group, said) {
  for (const button of group.children) {
    const one = said?.querySelector(`[data-kind="${button.dataset.kind}"]`);
    button.querySelector("b").textContent = one?.querySelector("b").textContent ?? "";
    button.ariaPressed = String(Boolean(one?.hasAttribute("data-own")));
  }
}

export function offerReactions(post) {
  if (!template || !post.matches(".post:not([data-mine])") || !post.querySelector(ANSWERABLE)) return;
  const said = post.querySelector(":scope > p.react");
  const group = template.content.firstElementChild.cloneNode(true);
  fill(group, said);
  if (said) said.replaceWith(group);
  else post.querySelector(":scope > .prose").after(group);
}

async function press(button) {
  const group = button.parentElement;
  const act = button.ariaPressed === "true" ? "reactions/removal" : "reactions";
  const body = new FormData();
  body.set("kind", button.dataset.kind);
  const address = `${template.dataset.comments}${button.closest(".post").id.slice(1)}/${act}`;
  group.ariaBusy = "true";
  const response = await postTo(address, body);
  if (response.ok) fill(group, toFragment(await response.text()));
  else location.reload();
}

export function startReactions(thread) {
  for (const post of thread.querySelectorAll(".post")) offerReactions(post);
  thread.addEventListener("click", (event) => {
    const button = event.target.closest(".react > button[data-kind]");
    if (!button || button.parentElement.ariaBusy === "true") return;
    press(button)
      .catch(() => {})
      .finally(() => button.parentElement.removeAttribute("aria-busy"));
  });
}
