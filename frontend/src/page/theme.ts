// Light, dark, or as the system says. The canvas reads its colors anew whenever the theme changes. In a frame, the page
// around it says the theme in the address, and afterwards by what it remembers.

import { asked } from "./asked";
import { onRemembered, recall, remember } from "./remembered";

const THEMES = ["auto", "light", "dark"];
const listeners: (() => void)[] = [];

export function onTheme(listener: () => void): void {
  listeners.push(listener);
}

export function startTheme(): void {
  show(asked("theme") ?? recall("theme") ?? "auto");
  onRemembered("theme", (theme) => show(theme ?? "auto"));
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-theme-choice]")) {
    button.addEventListener("click", () => {
      const theme = button.dataset.themeChoice ?? "auto";
      remember("theme", theme);
      show(theme);
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
}

function show(wanted: string): void {
  const theme = THEMES.includes(wanted) ? wanted : "auto";
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
