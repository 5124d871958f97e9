// Warns before a form with changes that were not saved is left.

export function startUnsaved(): void {
  let isChanged = false;
  document.addEventListener("input", (event) => {
    const form = (event.target as HTMLInputElement).form;
    if (form?.method === "post" && form.dataset.unsaved !== "fine" && form.closest("main")) isChanged = true;
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) isChanged = false;
  });
  document.addEventListener("htmx:afterRequest", () => (isChanged = false));
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}
