// Choosing sentences in the article: the choice is shown beside the question, and arrow keys move.
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function showChosen(pane) {
  const box = document.querySelector(`[data-picked="${pane.dataset.picks}"]`);
  const list = box.querySelector("[data-picked-list]");
  const chosen = [...pane.querySelectorAll("input:checked")].map((input) => input.closest(".sent"));
  list.replaceChildren(...(chosen.length ? chosen.map(quoteOf) : [hint(box.dataset.none)]));
}

function quoteOf(sentence) {
  const quote = document.createElement("blockquote");
  quote.className = "prose";
  quote.dir = "auto";
  const ref = document.createElement("span");
  ref.className = "ref";
  const block = sentence.closest(".para").querySelector(".n").textContent.replace(/\D/g, "");
  ref.textContent = `¶\u00a0${block}.${sentence.dataset.n}`;
  quote.append(`${sentence.textContent.trim()} `, ref);
  return quote;
}

function hint(words) {
  const line = document.createElement("p");
  line.className = "hint";
  line.textContent = words;
  return line;
}

// Radio buttons move by themselves; check boxes are given the same keys.
function move(event, pane) {
  const step = STEPS[event.key];
  if (!step || !event.target.matches('input[type="checkbox"]')) return;
  event.preventDefault();
  const inputs = [...pane.querySelectorAll('input[type="checkbox"]')];
  inputs[inputs.indexOf(event.target) + step]?.focus();
}

export function startEvidence(form) {
  for (const pane of form.querySelectorAll("[data-picks]")) {
    pane.addEventListener("change", () => showChosen(pane));
    pane.addEventListener("keydown", (event) => move(event, pane));
  }
}
