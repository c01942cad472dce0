// A notification whose sentence is followed is read: told while the page that it leads to opens.
import { postTo } from "./fragments.js";

function follow(event) {
  const address = event.target.closest?.("a[data-told]")?.dataset.told;
  if (!address) return;
  postTo(address, null, { keepalive: true }).catch(() => {});
}

for (const kind of ["click", "auxclick"]) document.addEventListener(kind, follow);
