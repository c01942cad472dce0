// Menus are <details>: Escape and a click elsewhere close them.
const OPEN = "details[data-menu][open]";

function closeAll(except = null) {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (menu !== except) menu.open = false;
  }
}

export function startMenus() {
  document.addEventListener("click", (event) => {
    closeAll(event.target.closest(OPEN));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest(OPEN) ?? document.querySelector(OPEN);
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("focusin", (event) => {
    closeAll(event.target.closest(OPEN));
  });
}
