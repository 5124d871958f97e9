// Keys for those who never touch the mouse: / to search, g and a letter to go, ? for help. They can be switched off
// (WCAG 2.1.4), and do nothing while somebody writes or a dialog is open.

import { recall, remember } from "../page/remembered";
import { html } from "../dom";
import { word } from "./words";

const PAUSE_MS = 1200; // between g and its letter

export function startKeys(): void {
  let wentAt = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (recall("keys") === "off" || isTaken(event)) return;
    const isSecond = event.timeStamp - wentAt < PAUSE_MS;
    wentAt = -Infinity;
    const link = isSecond ? document.querySelector<HTMLAnchorElement>(`a[data-key="${CSS.escape(event.key)}"]`) : null;
    if (link) link.click();
    else if (event.key === "/") document.querySelector<HTMLInputElement>("#find")?.focus();
    else if (event.key === "?") showHelp();
    else if (event.key === "g") {
      wentAt = event.timeStamp;
      return;
    } else return;
    event.preventDefault();
  });
  for (const button of document.querySelectorAll("[data-shows=keys]")) button.addEventListener("click", showHelp);
}

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  const isWriting = target.isContentEditable || target.matches("input, textarea, select");
  return isWriting || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null;
}

function showHelp(): void {
  const rows = [line(["/"], word("find")), line(["?"], word("help"))];
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-key]")) {
    rows.push(line(["g", link.dataset.key ?? ""], link.textContent?.trim() ?? ""));
  }
  rows.push(line(["Esc"], word("escape")));
  const off = html("input", { type: "checkbox", class: "form-check-input", id: "keys-on" });
  off.checked = recall("keys") !== "off";
  off.addEventListener("change", () => remember("keys", off.checked ? "on" : "off"));
  const label = html("label", { class: "form-check mt-3", for: "keys-on" }, off, word("keysOn"));
  const close = html("button", { type: "button", class: "btn btn-primary", autofocus: true }, word("close"));
  const dialog = html("dialog", { "aria-labelledby": "keys-title" });
  dialog.append(html("h2", { id: "keys-title" }, word("keys")), html("table", { class: "keys" }, html("tbody", {}, ...rows)));
  dialog.append(label, html("div", { class: "answers" }, close));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function line(keys: string[], what: string): HTMLTableRowElement {
  const said = keys.flatMap((key) => [html("kbd", {}, key), " "]);
  return html("tr", {}, html("th", { scope: "row" }, ...said), html("td", {}, what));
}
