// Before handing in: with questions left blank a dialog asks once more. Twice pressed hands in once.
import { announce } from "./announce.js";
import { draftsOf, forgetArrived, forgetDraft } from "./attempt_drafts.js";
import { postAnswers } from "./attempt_save.js";
import { startTimer } from "./timer.js";

const { attempt, saves } = document.querySelector("[data-attempt]").dataset;
let sending = null; // the answers on their way from this device

for (const form of document.querySelectorAll("[data-hand-in]")) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    const dialog = form.dataset.ask && document.getElementById(form.dataset.ask);
    if (sending) {
      event.preventDefault();
      sending.then((isNewHere) => isNewHere || form.requestSubmit(event.submitter));
    } else if (dialog && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    } else if (isSent) {
      event.preventDefault();
    } else {
      isSent = true;
      setTimeout(() => (isSent = false), 5000); // whoever stopped it may press again
    }
  });
}

// Answers that a lost connection left on this device are sent before anything is handed in.
// The page then shows them, and whoever pressed a button meanwhile looks at them first.
// Where another device answered as well, the question's own page shows both and asks which one stays.
async function sendDrafts(drafts) {
  let isNewHere = false;
  for (const [item, entries] of drafts) {
    const { body } = await postAnswers(saves, new Map([[item, entries]]));
    const outcome = body.items?.[item];
    if (!outcome && !body.over) break; // the line is down, or whoever this is was signed out
    if (outcome?.clash) {
      location.assign(document.querySelectorAll(".answers > li > a")[outcome.clash.number - 1].href);
      return true;
    }
    forgetDraft(attempt, item);
    isNewHere = true;
  }
  if (isNewHere) location.reload();
  else sending = null;
  return isNewHere;
}

forgetArrived(attempt);
const drafts = draftsOf(attempt);
if (drafts.length) sending = sendDrafts(drafts);
startTimer({ announce, beforeEnd: () => sending });
