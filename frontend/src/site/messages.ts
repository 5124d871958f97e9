// Messages: stay until they are closed, and are read out by screen readers.

import { html } from "../dom";
import { word } from "./words";

export function startMessages(): void {
  const place = document.querySelector<HTMLElement>(".told");
  if (!place) return;
  const said = [...place.querySelectorAll<HTMLElement>(".alert")];
  for (const each of said) addClose(each);
  // What stands in a status region when the page opens is not announced; what is put into it later is.
  if (said.length) setTimeout(() => place.replaceChildren(...said), 300);
}

export function tell(text: string, kind: "info" | "success" | "warning" | "danger" = "info"): void {
  const place = document.querySelector<HTMLElement>(".told");
  if (!place || [...place.querySelectorAll("p")].some((each) => each.textContent === text)) return;
  const message = html("div", { class: `alert alert-${kind}` }, html("p", {}, text));
  addClose(message);
  place.append(message);
}

function addClose(message: HTMLElement): void {
  const button = html("button", { type: "button", class: "plain-close", "aria-label": word("close") }, "✕");
  button.addEventListener("click", () => message.remove());
  message.append(button);
}
