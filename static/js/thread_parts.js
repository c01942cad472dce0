// A long thread comes in parts: the next stands below this one when it is asked for, the one before above it.
import { announce } from "./announce.js";
import { toFragment } from "./fragments.js";
import { fetchPart } from "./live.js";
import { offerReactions } from "./reactions.js";
import { isWriting, keepStill } from "./stillness.js";

// What has come by another way meanwhile is not shown twice.
function fresh(content) {
  const all = [...content.querySelector("#posts").children];
  return all.filter((each) => !each.id || !document.getElementById(each.id));
}

function goOn(thread, link, content) {
  const way = link.dataset.part;
  const place = link.closest("[data-onward]");
  const next = content.querySelector(`[data-onward="${way}"]`);
  if (!next?.querySelector("[data-part]") && link.dataset.grows) thread.dataset.grows = link.dataset.grows;
  if (next) place.replaceWith(next);
  else place.remove();
}

async function show(thread, link, arrived) {
  link.setAttribute("aria-busy", "true");
  const response = await fetchPart(link.href);
  const content = toFragment(await response.text());
  const posts = fresh(content);
  for (const post of content.querySelectorAll(".post")) offerReactions(post);
  const isEarlier = link.dataset.part === "earlier";
  const list = thread.querySelector("#posts");
  if (isEarlier) keepStill(() => list.prepend(...posts));
  else list.append(...posts);
  if (link.dataset.shown) announce(link.dataset.shown);
  goOn(thread, link, content);
  const first = isEarlier ? posts.findLast((each) => each.matches(".post")) : posts.find((each) => each.matches(".post"));
  if (first) {
    first.tabIndex = -1;
    if (!isWriting()) first.focus({ preventScroll: true });
  }
  posts.forEach(arrived);
}

export function startParts(thread, arrived) {
  thread.addEventListener("click", (event) => {
    const link = event.target.closest("[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.ariaBusy === "true") return;
    show(thread, link, arrived).catch(() => location.assign(link.href));
  });
}

// An address that names a post of another part only behind its "#" leads there all the same.
export function leadToPost() {
  const named = /^#c(\d+)$/.exec(location.hash);
  const address = new URL(location.href);
  if (!named || document.getElementById(named[0].slice(1)) || address.searchParams.get("at") === named[1]) return;
  address.searchParams.set("at", named[1]);
  location.replace(address);
}
