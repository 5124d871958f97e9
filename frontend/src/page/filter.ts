// Narrowing the table of inputs by words and by mark.

import { currentLanguage, onLanguage, say } from "../words";

export function startFilter(form: HTMLFormElement): void {
  const table = document.getElementById(form.dataset.filters ?? "");
  const told = form.querySelector<HTMLElement>("output");
  const text = form.querySelector<HTMLInputElement>("input[type=search]");
  if (!table || !told || !text) return;
  const rows = [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")];

  const narrow = (): void => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const marks = new Set(
      [...form.querySelectorAll<HTMLInputElement>("input[type=checkbox]:checked")].map((box) => box.value),
    );
    let shown = 0;
    for (const row of rows) {
      const has = marks.has(row.dataset.mark ?? "") && words.every((word) => textOf(row).includes(word));
      row.hidden = !has;
      if (has) shown++;
    }
    told.textContent = say("{shown} of {all} rows", { shown, all: rows.length });
  };
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  onLanguage(narrow);
  narrow();
}

/** What a row says in the language that is shown, without the other one. */
function textOf(row: HTMLTableRowElement): string {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  const copy = row.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll(`.${other}`)) hidden.remove();
  return (copy.textContent ?? "").toLowerCase();
}
