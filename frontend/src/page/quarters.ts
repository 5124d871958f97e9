// A map of what changes: a slider that colors the walkways of another quarter of an hour. For report and site.

interface Quarters {
  clocks: string[];
  colors: string[]; // a letter per link: a … g from less to more, capitals are clear
  worst: number;
}

const FIRST = "a".charCodeAt(0);

/** Colors the lines by the quarter at which the slider stands; the page brings the letters of all. */
export function startQuarters(): void {
  const form = document.querySelector<HTMLFormElement>("form.quarter");
  const data = document.getElementById("quarters");
  if (!form || !data) return;
  const quarters = JSON.parse(data.textContent!) as Quarters;
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
