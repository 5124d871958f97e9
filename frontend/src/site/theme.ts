// Light, dark or as the system says, without loading the page again. The server reads the same cookie.

import { remember } from "../page/remembered";

const YEAR_S = 365 * 86_400;

export function startTheme(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-theme-form]")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter as HTMLButtonElement | null;
      if (!button?.value) return;
      event.preventDefault();
      choose(button.value, form);
    });
  }
}

function choose(theme: string, form: HTMLFormElement): void {
  document.cookie = `hostcity_theme=${theme}; path=/; max-age=${YEAR_S}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  remember("theme", theme); // the report, in a frame of this site, reads it there
  document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll<HTMLButtonElement>("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
