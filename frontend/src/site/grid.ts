// A table of links is one stop of the Tab key: arrows, Home and End move within it.

export function startGrids(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-grid]")) open(table);
}

function open(table: HTMLTableElement): void {
  const links = table.querySelectorAll<HTMLAnchorElement>("td a");
  for (const link of links) link.tabIndex = -1;
  if (links[0]) links[0].tabIndex = 0;
  table.addEventListener("keydown", (event) => {
    const next = event.ctrlKey || event.altKey || event.metaKey ? null : target(event.target as HTMLElement, event.key);
    if (!next) return;
    event.preventDefault();
    for (const link of table.querySelectorAll<HTMLAnchorElement>('td a[tabindex="0"]')) link.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

function target(from: HTMLElement, key: string): HTMLAnchorElement | null {
  const cell = from.closest("td");
  const row = cell?.parentElement as HTMLTableRowElement | null;
  if (!cell || !row) return null;
  const across = [...row.cells];
  if (key === "ArrowRight") return first(across.slice(cell.cellIndex + 1));
  if (key === "ArrowLeft") return first(across.slice(0, cell.cellIndex).reverse());
  if (key === "Home") return first(across);
  if (key === "End") return first(across.reverse());
  const rows = [...(row.parentElement?.children ?? [])] as HTMLTableRowElement[];
  const at = rows.indexOf(row);
  if (key === "ArrowDown") return first(rows.slice(at + 1).map((each) => each.cells[cell.cellIndex]));
  if (key === "ArrowUp") return first(rows.slice(0, at).reverse().map((each) => each.cells[cell.cellIndex]));
  return null;
}

/** The first of these cells in which there is a link. */
function first(cells: (HTMLTableCellElement | undefined)[]): HTMLAnchorElement | null {
  for (const cell of cells) {
    const link = cell?.querySelector<HTMLAnchorElement>("a");
    if (link) return link;
  }
  return null;
}
