// The quiz editor: rows that come and go without a round trip, and the side panel's two views.

const rows = (list) => [...list.querySelectorAll("[data-row]")];

/** Give a copied row the next free number in names, ids and what points at them, and empty it. */
function renumber(row, list) {
  const name = list.dataset.rows;
  const taken = [...list.querySelectorAll("[name]")].map((field) => Number(field.name.split("-")[1]) || 0);
  const next = Math.max(...taken) + 1;
  const swap = (text) => text.replace(new RegExp(`\\b${name}-\\d+`, "g"), `${name}-${next}`);
  for (const part of row.querySelectorAll("*")) {
    for (const attribute of ["name", "id", "for", "value", "aria-describedby", "data-pick"]) {
      const text = part.getAttribute(attribute);
      if (text?.includes(`${name}-`)) part.setAttribute(attribute, swap(text));
    }
    if (part.matches("input[type=checkbox]")) part.checked = false;
    else if (part.matches("input, textarea")) part.value = "";
    else if (part.matches("select")) part.selectedIndex = 0;
  }
  row.classList.remove("bad");
  for (const error of row.querySelectorAll(".oops")) error.remove();
  for (const field of row.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

/** Letters and numbers follow the order on the page, in what is seen and in what is heard. */
function reletter(list) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  rows(list).forEach((row, at) => {
    const mark = row.querySelector(".letter");
    const before = mark.textContent.trim();
    const now = /^\d+$/.test(before) ? String(at + 1) : letters[at] ?? String(at + 1);
    if (before === now) return;
    mark.textContent = now;
    const renamed = (text) => text.replace(new RegExp(`(^|\\s)${before}(?=\\s|,|$)`, "g"), `$1${now}`);
    for (const part of row.querySelectorAll("[aria-label]")) part.setAttribute("aria-label", renamed(part.getAttribute("aria-label")));
    for (const label of row.querySelectorAll("label.vh")) label.textContent = renamed(label.textContent);
  });
}

function addRow(list) {
  const last = rows(list).at(-1);
  if (!last) return false;
  const row = last.cloneNode(true);
  renumber(row, list);
  last.after(row);
  reletter(list);
  row.querySelector("input:not([type=hidden]):not([type=checkbox]), textarea")?.focus();
  return true;
}

function dropRow(button, list) {
  if (rows(list).length < 2) return false;
  const row = button.closest("[data-row]");
  const near = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  reletter(list);
  near.querySelector("[data-drop]")?.focus();
  return true;
}

function onClick(event) {
  const button = event.target.closest("[data-add], [data-drop]");
  const list = button?.closest("[data-rows]");
  if (!list) return;
  const done = button.matches("[data-add]") ? addRow(list) : dropRow(button, list);
  if (done) event.preventDefault();
}

/** Show one of the side panel's views; without script both stand there, one after the other. */
export function showSide(id) {
  for (const button of document.querySelectorAll("[data-shows]")) {
    const chosen = button.dataset.shows === id;
    button.setAttribute("aria-pressed", String(chosen));
    document.getElementById(button.dataset.shows).hidden = !chosen;
  }
}

function init() {
  const form = document.querySelector("[data-editor]");
  form?.addEventListener("click", onClick);
  const choice = document.querySelector("[data-side-choice]");
  if (!choice) return;
  choice.hidden = false;
  choice.addEventListener("click", (event) => {
    const button = event.target.closest("[data-shows]");
    if (button) showSide(button.dataset.shows);
  });
  showSide(choice.querySelector("[aria-pressed=true]").dataset.shows);
}

init();
