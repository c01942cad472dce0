// Ctrl or Command with Enter sends form[data-keys="send"]. Single keys are in single_keys.js, with their switch.
export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest?.('form[data-keys="send"]');
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
