// A sign as large as it looks from a distance that is set by a slider. Without this script a form asks for the picture anew.

const FROM_SCREEN_MM = 600;

/** Every slider of the page: the frame says how wide the sign is, in millimeters. */
export function startSights(): void {
  for (const frame of document.querySelectorAll<HTMLElement>("[data-sight]")) {
    const slider = frame.querySelector<HTMLInputElement>("input[type=range]");
    const image = frame.querySelector<HTMLImageElement>("img");
    const meters = frame.querySelector<HTMLElement>("[data-meters]");
    if (!slider || !image || !meters) continue;
    const wide = Number(frame.dataset.sight);
    const show = (): void => {
      const at = Number(slider.value);
      meters.textContent = String(at);
      slider.setAttribute("aria-valuetext", `${at} m`);
      image.style.width = `${(wide * FROM_SCREEN_MM) / (1000 * at)}mm`;
      image.alt = image.alt.replace(/\d+(?= (m|米))/, String(at));
    };
    slider.addEventListener("input", show);
    show();
  }
}
