// Wide and long tables scroll inside their own frame, which the keyboard can reach when there is something to scroll.

export function startRegions(): void {
  const regions = document.querySelectorAll<HTMLElement>(".table-responsive, pre");
  const watch = new ResizeObserver((seen) => {
    for (const { target } of seen) mark(target as HTMLElement);
  });
  for (const region of regions) watch.observe(region);
}

function mark(region: HTMLElement): void {
  region.dataset.label ??= region.getAttribute("aria-label") ?? "";
  if (region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight) {
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    const caption = region.querySelector("caption")?.textContent?.trim();
    region.setAttribute("aria-label", caption || region.dataset.label || document.querySelector("h1")?.textContent?.trim() || "");
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name);
  }
}
