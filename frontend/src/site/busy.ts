// A button that was pressed shows that it works, and a form is not sent twice.

export function startBusy(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method === "get" || form.matches("[hx-post]")) return;
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "";
    const button = event.submitter as HTMLButtonElement | null;
    button?.setAttribute("aria-busy", "true");
  });
  // Coming back by the browser's Back shows the page as it was left: make it usable again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
  });
}
