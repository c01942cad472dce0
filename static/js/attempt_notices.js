// What the page says about saving. The words come from the page; nothing is built from strings of markup.
const status = document.querySelector("[data-save]");
const place = document.querySelector("[data-notices]");

export function showState(became, words = "") {
  if (!status) return;
  const state = became === "saved" && document.querySelector("[data-clash-of]") ? "clash" : became;
  const text = {
    saving: status.dataset.saving,
    saved: `${status.dataset.saved} ${words}`,
    unsaved: status.dataset.unsaved,
    clash: status.dataset.clashing,
    refused: words,
  }[state];
  const bad = ["unsaved", "clash", "refused"].includes(state);
  status.classList.toggle("no", bad);
  status.classList.toggle("wait", !bad);
  status.classList.toggle("busy", state === "saving");
  status.querySelector("[data-save-words]").textContent = text;
}

/** How the server read an answer, such as a number, beneath its field. */
export function showUnderstood(item, words) {
  const place = document.querySelector(`[data-understood="${item}"]`);
  if (place) place.textContent = words ?? "";
}

function cloneOf(selector) {
  return document.querySelector(selector).content.firstElementChild.cloneNode(true);
}

/** Why what was written is not sent yet: "offline" or "signed-out"; "" takes the words away. */
export function showUnsent(reason) {
  const there = place?.querySelector("[data-unsent]");
  if (!place || there?.dataset.unsent === reason) return;
  there?.remove();
  if (!reason) return;
  const notice = cloneOf(`template[data-${reason}-notice]`);
  notice.dataset.unsent = reason;
  place.append(notice);
}

/** Both answers, at the question they are about, or above all questions if it is on another page. */
export function showClash(item, clash, choose) {
  const question = document.querySelector(`[data-question="${item}"]`);
  document.querySelector(`[data-clash-of="${item}"]`)?.remove();
  if (!question && !place) return;
  const notice = cloneOf("template[data-clash-notice]");
  notice.dataset.clashOf = item;
  const title = notice.querySelector("[data-title]");
  title.textContent = title.dataset.title.replace("{n}", clash.number);
  notice.querySelector("[data-kept]").textContent = clash.kept.join("; ") || "–";
  notice.querySelector("[data-sent]").textContent = clash.sent.join("; ") || "–";
  const pick = (selector, act) =>
    notice.querySelector(selector).addEventListener("click", () => {
      notice.remove();
      act();
    });
  pick("[data-keep-mine]", choose.mine);
  pick("[data-keep-theirs]", choose.theirs);
  if (question) question.querySelector(".stem").after(notice);
  else place.append(notice);
}

// The step of this question is marked, and the words beside the steps count again.
export function showAnswered(isAnswered) {
  const track = document.querySelector(".track");
  if (!track) return;
  track.querySelector("[aria-current]").classList.toggle("done", isAnswered);
  const count = track.querySelector("[data-count]");
  count.textContent = count.dataset.count.replace("{n}", track.querySelectorAll("li > .done").length);
}
