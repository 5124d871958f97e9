// Asks before a form with data-confirm is sent. Without scripts the form is simply sent.

import { html } from "../dom";
import { word } from "./words";

export function startConfirming(): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const question = (event.submitter?.dataset.confirm ?? form.dataset.confirm) || "";
      if (!question || form.dataset.confirmed === "yes") return;
      event.preventDefault();
      event.stopImmediatePropagation(); // neither htmx nor the busy state may take it for sent
      ask(question, event.submitter, () => send(form, event.submitter));
    },
    { capture: true },
  );
}

function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.confirmed;
}

function ask(question: string, submitter: HTMLElement | null, agreed: () => void): void {
  const isGrave = submitter?.matches(".btn-danger, .btn-outline-danger") ?? false;
  const no = html("button", { type: "button", class: "btn btn-outline-secondary", autofocus: true }, word("no"));
  const yes = html("button", { type: "button", class: isGrave ? "btn btn-danger" : "btn btn-primary" });
  yes.textContent = submitter?.textContent?.trim() || word("yes");
  const title = html("h2", { id: "confirm-title" }, word("sure"));
  const dialog = html("dialog", { "aria-labelledby": "confirm-title" }, title, html("p", {}, question));
  dialog.append(html("div", { class: "answers" }, no, yes));
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    agreed();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
