// a[data-in-place] shows in its own row what stands at its address: fetched as a fragment at the first press, then hidden
// and shown again, so that nothing typed there is lost. Within such a part the link's fragment takes the part's place.
// Anything unexpected falls back to following the link.
import { isPage, settle, toFragment } from "./fragments.js";

let parts = 0;

async function read(address) {
  const response = await fetch(address, { headers: { "X-Fragment": "1" }, credentials: "same-origin" });
  const html = await response.text();
  const content = toFragment(isPage(html) ? "" : html);
  if (!response.ok || !content.firstElementChild) throw new Error(`answered ${response.status}`);
  return content;
}

function makePart(link) {
  const part = document.createElement("div");
  part.className = "in-place";
  part.id = `in-place-${++parts}`;
  link.closest("li").append(part);
  link.setAttribute("aria-controls", part.id);
  return part;
}

async function fetchInto(link) {
  const content = await read(link.href);
  const first = content.firstElementChild;
  const part = link.closest(".in-place") ?? makePart(link);
  part.replaceChildren(content);
  if (link.hasAttribute("aria-expanded")) link.setAttribute("aria-expanded", "true");
  settle(first);
}

function toggle(link, part) {
  part.hidden = !part.hidden;
  link.setAttribute("aria-expanded", String(!part.hidden));
  if (!part.hidden) part.querySelector("[data-focus]")?.focus();
}

async function press(link) {
  const part = document.getElementById(link.getAttribute("aria-controls"));
  if (part) return toggle(link, part);
  if (link.getAttribute("aria-busy") === "true") return undefined;
  link.setAttribute("aria-busy", "true");
  try {
    return await fetchInto(link);
  } catch {
    return location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

for (const link of document.querySelectorAll("li a[data-in-place]")) link.setAttribute("aria-expanded", "false");

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-in-place]");
  if (!link || !isPlain(event) || event.defaultPrevented) return;
  event.preventDefault();
  press(link);
});
