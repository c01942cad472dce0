// What opens a dialog: the browser's own for printing, and ours, which `command` and `commandfor` open and close; here
// is the same for browsers without them.
const NATIVE = "commandForElement" in HTMLButtonElement.prototype;

function obey(event) {
  const button = event.target.closest("button[command][commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  if (!(dialog instanceof HTMLDialogElement)) return;
  const command = button.getAttribute("command");
  if (command !== "show-modal" && command !== "close") return;
  event.preventDefault();
  if (command === "close") dialog.close();
  else if (!dialog.open) dialog.showModal();
}

function startPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

export function startDialogs() {
  startPrinting();
  for (const opener of document.querySelectorAll("[data-needs-script]")) opener.hidden = false;
  if (!NATIVE) document.addEventListener("click", obey);
}
