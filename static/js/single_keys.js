// Single keys of a page: never while one types, and none at all once they are switched off on this device.
const KEPT = "colloquy-single-keys";

export const singleKeysAreOn = () => localStorage.getItem(KEPT) !== "off";

function isTyping(target) {
  if (target.isContentEditable || target.closest("textarea, select, dialog")) return true;
  const input = target.closest("input");
  return Boolean(input) && !["radio", "checkbox", "button", "submit"].includes(input.type);
}

// `act` is given each key that `pattern` knows; `show` is told whether keys are on, now and when the switch moves.
export function startSingleKeys(pattern, act, show = () => {}) {
  document.addEventListener("keydown", (event) => {
    if (!singleKeysAreOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || !pattern.test(event.key)) return;
    if (act(event.key) !== false) event.preventDefault();
  });
  document.addEventListener("single-keys", () => show(singleKeysAreOn()));
  show(singleKeysAreOn());
}

// A box that switches them off, in the account or on a page that has keys; hidden until this script is there.
export function startSwitches() {
  for (const box of document.querySelectorAll("[data-keys-switch]")) {
    box.checked = singleKeysAreOn();
    box.closest("[data-keys-help]").hidden = false;
    box.addEventListener("change", () => {
      localStorage.setItem(KEPT, box.checked ? "on" : "off");
      document.dispatchEvent(new Event("single-keys"));
    });
  }
}
