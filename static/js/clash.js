// Both answers are on this page: whichever is chosen, what this device kept of the question is settled.
import { forgetDraft, keepSent } from "./attempt_drafts.js";

for (const clash of document.querySelectorAll("section[data-clash]")) {
  const { attempt, clash: item } = clash.dataset;
  clash.querySelector("form").addEventListener("submit", (event) => {
    keepSent(attempt, [[item, [...new FormData(event.target)].filter(([name]) => name !== "csrf_token")]]);
  });
  clash.querySelector("[data-keep-theirs]").addEventListener("click", () => forgetDraft(attempt, item));
}
