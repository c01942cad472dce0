// table[data-sortable]: headings with data-sort become buttons; a search field and buttons filter its rows.
import { announce } from "./announce.js";

function valueOf(row, column, kind) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.textContent.trim();
  if (kind !== "number") return text;
  const number = Number.parseFloat(text.replace(",", "."));
  return Number.isNaN(number) ? Number.NEGATIVE_INFINITY : number;
}

function sortBy(table, heading) {
  const kind = heading.dataset.sort;
  const first = kind === "number" ? "descending" : "ascending";
  const second = first === "ascending" ? "descending" : "ascending";
  const direction = heading.getAttribute("aria-sort") === first ? second : first;
  const sign = direction === "ascending" ? 1 : -1;
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, heading.cellIndex, kind) }));
  rows.sort((a, b) => sign * (kind === "number" ? a.value - b.value || 0 : compare(a.value, b.value)));
  body.append(...rows.map(({ row }) => row));
  for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction);
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
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const name = (row.dataset.name ?? row.cells[0].textContent).toLocaleLowerCase();
      row.hidden = !name.includes(words) || (state !== "" && !(row.dataset.state ?? "").split(" ").includes(state));
      if (!row.hidden) shown += 1;
    }
    announce(`${shown} / ${table.tBodies[0].rows.length}`);
  };
  field.addEventListener("input", apply);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      apply();
    });
  }
}

export function startTables() {
  for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(table);
  for (const field of document.querySelectorAll("input[data-filter]")) filter(field);
}
