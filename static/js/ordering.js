// Puts rows in order at once: by arrows, by number, or with Alt and the arrow keys. Without this each is a button.
import { announce } from "./announce.js";

const rowsOf = (group) => [...group.querySelectorAll("[data-step]")];
const numberOf = (row) => row.querySelector("select");
const groupOf = (element) => element.closest("[data-ordering]");

function tell(group, row) {
  const words = group.dataset.moved.replace("{what}", row.querySelector("[data-what]").textContent);
  announce(words.replace("{n}", rowsOf(group).indexOf(row) + 1));
}

// Numbers follow the rows; whoever listens for answers hears it as if it had been typed.
function renumber(group) {
  rowsOf(group).forEach((row, at) => {
    numberOf(row).value = String(at + 1);
  });
  showUnordered(group, false);
  group.querySelector("select").dispatchEvent(new Event("input", { bubbles: true }));
}

function showUnordered(group, isUnordered) {
  group.classList.toggle("untouched", isUnordered);
  group.querySelector("[data-unordered]").hidden = !isUnordered;
}

function put(group, row, index) {
  const others = rowsOf(group).filter((other) => other !== row);
  const next = others[index];
  if (next) next.before(row);
  else others.at(-1).after(row);
  renumber(group);
  tell(group, row);
}

function step(row, by) {
  const group = groupOf(row);
  const rows = rowsOf(group);
  put(group, row, Math.min(Math.max(rows.indexOf(row) + by, 0), rows.length - 1));
}

function clear(group) {
  for (const row of rowsOf(group)) numberOf(row).value = "";
  showUnordered(group, true);
  announce(group.dataset.cleared);
}

function onClick(event) {
  const button = event.target.closest("[data-move], [data-keep]");
  const group = button && groupOf(button);
  if (!group) return;
  event.preventDefault();
  if (button.matches("[data-keep]")) {
    renumber(group);
    tell(group, rowsOf(group)[0]);
    numberOf(rowsOf(group)[0]).focus();
  } else {
    step(button.closest("[data-step]"), button.dataset.move === "up" ? -1 : 1);
    button.focus();
  }
}

function onChange(event) {
  const row = event.target.closest("[data-step]");
  if (!row) return;
  const group = groupOf(row);
  if (!event.target.value) return clear(group);
  put(group, row, Number(event.target.value) - 1);
  event.target.focus();
}

function onKey(event) {
  const row = event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && event.target.closest("[data-step]");
  if (!row) return;
  const focused = document.activeElement;
  event.preventDefault();
  step(row, event.key === "ArrowUp" ? -1 : 1);
  focused.focus();
}

// What was kept on this device is in the numbers again: the rows follow.
function sort(group) {
  const rows = rowsOf(group);
  const rank = (row) => Number(numberOf(row).value) || rows.length + 1;
  const sorted = rows.toSorted((one, other) => rank(one) - rank(other));
  sorted[0].parentElement.append(...sorted);
  showUnordered(group, !numberOf(sorted[0]).value);
}

export function startOrderings(root = document) {
  for (const group of root.querySelectorAll("[data-ordering]")) {
    group.addEventListener("click", onClick);
    group.addEventListener("change", onChange);
    group.addEventListener("keydown", onKey);
    group.addEventListener("restore", () => sort(group));
  }
}
