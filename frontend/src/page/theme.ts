// Light, dark, or as the system says. The canvas reads its colors anew whenever the theme changes.

import { recall, remember } from "./remembered";

const THEMES = ["auto", "light", "dark"];
const listeners: (() => void)[] = [];

export function onTheme(listener: () => void): void {
  listeners.push(listener);
}

export function startTheme(): void {
  const known = recall("theme") ?? "auto";
  show(THEMES.includes(known) ? known : "auto");
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-theme-choice]")) {
    button.addEventListener("click", () => {
      const theme = button.dataset.themeChoice ?? "auto";
      remember("theme", theme);
      show(theme);
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
}

function show(theme: string): void {
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
