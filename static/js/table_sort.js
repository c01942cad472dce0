// table[data-sortable]: headings with data-sort become buttons; a search field and buttons filter its rows.
import { announce } from "./announce.js";

const sorted = new WeakSet(); // tables that somebody has sorted
const shown = new Map(); // table → makes it show what its field asks for

function valueOf(row, column, kind) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.textContent.trim();
  if (kind !== "number") return text;
  const number = Number.parseFloat(text.replace(",", "."));
  return Number.isNaN(number) ? Number.NEGATIVE_INFINITY : number;
}

function order(table, heading, direction) {
  const kind = heading.dataset.sort;
  const sign = direction === "ascending" ? 1 : -1;
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, heading.cellIndex, kind) }));
  rows.sort((a, b) => sign * (kind === "number" ? a.value - b.value || 0 : compare(a.value, b.value)));
  body.append(...rows.map(({ row }) => row));
  for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction);
}

function sortBy(table, heading) {
  const first = heading.dataset.sort === "number" ? "descending" : "ascending";
  const second = first === "ascending" ? "descending" : "ascending";
  order(table, heading, heading.getAttribute("aria-sort") === first ? second : first);
  sorted.add(table);
}

function makeSortable(table) {
  for (const heading of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(table, heading));
    heading.append(button);
  }
}

function filter(field) {
  const table = document.querySelector(field.dataset.filter);
  const scope = field.closest("[data-filters]") ?? document;
  const buttons = [...scope.querySelectorAll("button[data-show]")];
  const apply = () => {
    const words = field.value.trim().toLocaleLowerCase();
    const state = buttons.find((button) => button.getAttribute("aria-pressed") === "true")?.dataset.show ?? "";
    let found = 0;
    for (const row of table.tBodies[0].rows) {
      const name = (row.dataset.name ?? row.cells[0].textContent).toLocaleLowerCase();
      row.hidden = !name.includes(words) || (state !== "" && !(row.dataset.state ?? "").split(" ").includes(state));
      if (!row.hidden) found += 1;
    }
    return `${found} / ${table.tBodies[0].rows.length}`;
  };
  shown.set(table, apply);
  field.addEventListener("input", () => announce(apply()));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      announce(apply());
    });
  }
}

// Rows that came anew stand as the reader had them.
function arrange(event) {
  const table = event.target.closest?.("table[data-sortable]");
  if (!table) return;
  const heading = table.querySelector("[aria-sort]");
  if (heading && sorted.has(table)) order(table, heading, heading.getAttribute("aria-sort"));
  shown.get(table)?.();
}

export function startTables() {
  document.addEventListener("fragment", arrange);
  for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(table);
  for (const field of document.querySelectorAll("input[data-filter]")) filter(field);
}
