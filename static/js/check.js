// Before handing in: with questions left blank a dialog asks once more. Twice pressed hands in once.
import { announce } from "./announce.js";
import { startTimer } from "./timer.js";

for (const form of document.querySelectorAll("[data-hand-in]")) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    const dialog = form.dataset.ask && document.getElementById(form.dataset.ask);
    if (dialog && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    } else if (isSent) {
      event.preventDefault();
    } else {
      isSent = true;
    }
  });
}
startTimer({ announce });
