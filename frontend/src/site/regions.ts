// Wide and long tables scroll inside their own frame, which the keyboard can reach when there is something to scroll;
// on a phone their rows are cards.

export function startRegions(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>(".table-responsive > table:not([data-wide])")) {
    if (!table.parentElement?.classList.contains("sheet")) stack(table);
  }
  const regions = document.querySelectorAll<HTMLElement>(".table-responsive, pre");
  const watch = new ResizeObserver((seen) => {
    for (const { target } of seen) mark(target as HTMLElement);
  });
  for (const region of regions) watch.observe(region);
}

function mark(region: HTMLElement): void {
  region.dataset.label ??= region.getAttribute("aria-label") ?? "";
  if (region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight) {
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    const caption = region.querySelector("caption")?.textContent?.trim();
    region.setAttribute("aria-label", caption || region.dataset.label || document.querySelector("h1")?.textContent?.trim() || "");
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name);
  }
}

const ROLES: [string, string][] = [
  ["thead, tbody", "rowgroup"],
  ["tr", "row"],
  ["thead th", "columnheader"],
  ["tbody th", "rowheader"],
  ["td", "cell"],
];

/** Lets the style sheet show rows as cards on a phone: cells learn their heading, and stay cells of a table. */
function stack(table: HTMLTableElement): void {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])].map((each) => each.textContent?.trim() ?? "");
  if (headings.length < 3 || table.querySelector("tbody [colspan]")) return;
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, index) => {
      if (headings[index]) cell.dataset.label = headings[index];
      if (/^[–—]?$/.test(cell.textContent?.trim() ?? "") && !cell.querySelector("*")) cell.dataset.none = "";
    });
  }
  table.setAttribute("role", "table");
  for (const [selector, role] of ROLES) {
    for (const part of table.querySelectorAll(selector)) part.setAttribute("role", role);
  }
  table.classList.add("stacks");
}
