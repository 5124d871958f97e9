// The page of a comparison: language and theme, and a slider that colors the walkways of another quarter of an hour.

import { startLanguage } from "./page/language";
import { startTheme } from "./page/theme";

interface Quarters {
  clocks: string[];
  colors: string[]; // a letter per link: a … g from less to more, capitals are clear
  worst: number;
}

const FIRST = "a".charCodeAt(0);

function startSlider(quarters: Quarters): void {
  const form = document.querySelector<HTMLFormElement>("form.quarter");
  if (!form) return;
  const slider = form.querySelector<HTMLInputElement>("input")!;
  const output = form.querySelector("output")!;
  const lines = [...document.querySelectorAll<SVGLineElement>("line[data-link]")];
  const show = (): void => {
    const at = Number(slider.value);
    output.textContent = quarters.clocks[at]!;
    slider.setAttribute("aria-valuetext", quarters.clocks[at]!);
    for (const line of lines) {
      const letter = quarters.colors[at]![Number(line.dataset.link)]!;
      const small = letter.toLowerCase();
      line.setAttribute("class", `change change-${small.charCodeAt(0) - FIRST}${small === letter ? "" : " is-clear"}`);
    }
  };
  form.hidden = false;
  slider.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show(); // a browser may have kept where the slider stood
}

startTheme();
startLanguage();
startSlider(JSON.parse(document.getElementById("quarters")!.textContent!) as Quarters);
document.documentElement.dataset.ready = "true";
