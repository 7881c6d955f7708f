// Adds to the table of the overview, which works without it: a cross under the pointer or the focus, a line that reads
// the cell, and arrow keys between cells.

const table = document.querySelector("[data-matrix]");
const status = document.querySelector("[data-status]");

/** Cells of a row that stand under a city: the headings of groups have none. */
const cellsOf = (row) => [...row.cells];
const rows = () => [...table.querySelectorAll("tbody tr:not(.group)")];

let lit = [];

function cross(cell) {
  for (const one of lit) one.classList.remove("lit");
  lit = [];
  if (!cell) {
    status.textContent = status.dataset.empty;
    return;
  }
  const column = cell.cellIndex;
  const head = table.tHead.rows[table.tHead.rows.length - 1].cells[column];
  const line = cellsOf(cell.parentElement);
  lit = [head, ...line, ...rows().map((row) => row.cells[column])].filter(Boolean);
  for (const one of lit) one.classList.add("lit");
  status.textContent = cell.querySelector("a").getAttribute("aria-label");
}

const cellAt = (event) => event.target.closest && event.target.closest("tbody td:not(.sum)");

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function move(event) {
  const cell = cellAt(event), step = STEPS[event.key];
  if (!cell || !step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const all = rows(), row = all[all.indexOf(cell.parentElement) + step[0]];
  const next = row && row.cells[cell.cellIndex + step[1]];
  const link = next && next.matches("td:not(.sum)") && next.querySelector("a");
  if (!link) return;
  event.preventDefault();
  link.focus();
}

if (table) {
  status.hidden = false;
  cross(null);
  table.addEventListener("mouseover", (event) => cross(cellAt(event)));
  table.addEventListener("mouseleave", () => cross(cellAt({ target: document.activeElement })));
  table.addEventListener("focusin", (event) => cross(cellAt(event)));
  table.addEventListener("keydown", move);
}
