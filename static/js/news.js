// A notification whose sentence is followed is read: told while the page that it leads to opens.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

function follow(event) {
  const address = event.target.closest?.("a[data-told]")?.dataset.told;
  if (!address) return;
  const headers = { "X-Fragment": "1", "X-CSRFToken": token() };
  fetch(address, { method: "POST", headers, credentials: "same-origin", keepalive: true }).catch(() => {});
}

for (const kind of ["click", "auxclick"]) document.addEventListener(kind, follow);
