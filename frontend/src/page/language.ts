// The language switch. Texts of the page stand in it in both languages and the style sheet hides one; attributes carry
// their other language in data-en and data-zh. A page around this one says its language in the address, a site that serves it in data-said.

import { type Language, useLanguage } from "../words";
import { asked } from "./asked";
import { recall, remember } from "./remembered";

const TRANSLATED = ["aria-label", "placeholder", "title"] as const;

export function startLanguage(): void {
  const known = asked("language") ?? document.documentElement.dataset.said ?? recall("language");
  const wanted = known ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  show(wanted === "zh" ? "zh" : "en");
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-language]")) {
    button.addEventListener("click", () => {
      const language = button.dataset.language as Language;
      remember("language", language);
      show(language);
    });
  }
}

function show(language: Language): void {
  const root = document.documentElement;
  root.dataset.lang = language;
  root.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = root.dataset[language === "zh" ? "titleZh" : "titleEn"] ?? document.title;
  for (const name of TRANSLATED) {
    for (const element of document.querySelectorAll(`[data-${name}-zh]`)) {
      element.setAttribute(name, element.getAttribute(`data-${name}-${language}`) ?? "");
    }
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  useLanguage(language);
}
