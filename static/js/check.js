// Before handing in: with questions left blank a dialog asks once more. Twice pressed hands in once.
import { announce } from "./announce.js";
import { draftsOf, forgetArrived, forgetDraft } from "./attempt_drafts.js";
import { postAnswers } from "./attempt_save.js";
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
// Answers that a lost connection left on this device are sent before anything is handed in.
async function sendDrafts({ attempt, saves }) {
  let isSent = false;
  for (const [item, entries] of draftsOf(attempt)) {
    const answer = await postAnswers(saves, new Map([[item, entries]]));
    if (!answer.status || answer.status >= 500) return;
    forgetDraft(attempt, item);
    isSent = true;
  }
  if (isSent) location.reload();
}

const { attempt, saves } = document.querySelector("[data-attempt]").dataset;
forgetArrived(attempt);
sendDrafts({ attempt, saves });
startTimer({ announce });
