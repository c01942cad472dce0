// Answering by single keys: a letter chooses an option or takes it back, f flags. Of several questions the one with the focus is meant.
import { startSingleKeys } from "./single_keys.js";

const LAST = "t";

function questionMeant(form) {
  const all = form.querySelectorAll("[data-question]");
  return all.length === 1 ? all[0] : (document.activeElement.closest?.("[data-question]") ?? null);
}

function choose(question, letter) {
  const option = question.querySelectorAll(".choice:has(> kbd) > input")[letter.charCodeAt(0) - 97];
  if (!option) return false;
  option.focus();
  option.click();
  return true;
}

export function startAnswerKeys(form) {
  function act(key) {
    const question = questionMeant(form);
    if (key === "f" && !question?.querySelectorAll(".choice:has(> kbd)")[5]) {
      const flag = form.querySelector("button.flag") ?? question?.nextElementSibling?.querySelector("[name^=flag-][type=checkbox]");
      flag?.click();
      return Boolean(flag);
    }
    return Boolean(question) && choose(question, key);
  }
  startSingleKeys(new RegExp(`^[a-${LAST}]$`), act, (on) => form.toggleAttribute("data-keys-on", on));
}
