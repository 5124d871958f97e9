// Going to another level, to what was found, to a place: by the page's own links, without loading the page again. What
// is said of them comes from the server, as it does without scripts.

const PARTS = ["venue-levels", "venue-told", "venue-level", "venue-acts"];

export interface Shown {
  level: string;
  path: string; // of the level's SVG
  at: string; // the place that is pointed at, "" = none
  line: string; // its ends, where the level does not show it
}

/** What the page says it shows. */
export function shown(page: ParentNode = document): Shown {
  const { level = "", path = "", at = "", line = "" } = page.querySelector<HTMLElement>("#venue-level")?.dataset ?? {};
  return { level, path, at, line };
}

let asked: AbortController | null = null;

/** The page of an address in place of this one's parts; null when another was asked for meanwhile. */
export async function turnTo(address: string): Promise<Shown | null> {
  asked?.abort();
  const own = (asked = new AbortController());
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: own.signal });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = focusToKeep();
    put(page);
    focused?.();
    return shown();
  } catch (error) {
    if (own.signal.aborted) return null;
    throw error;
  }
}

/** A page's parts in place of this one's. */
export function put(page: Document): void {
  for (const part of PARTS) {
    const fresh = page.getElementById(part);
    if (fresh) document.getElementById(part)?.replaceWith(document.adoptNode(fresh));
  }
  const { level } = shown();
  for (const input of document.querySelectorAll<HTMLInputElement>(".venue-find [name=level]")) input.value = level;
  unhide();
}

/** Show what is for who has scripts. */
export function unhide(): void {
  for (const hidden of document.querySelectorAll<HTMLElement>(".venue [data-scripted]")) hidden.hidden = false;
}

/** Puts the focus back to where it was, when what had it has been replaced. */
function focusToKeep(): (() => void) | null {
  const active = document.activeElement;
  const part = active?.closest(PARTS.map((each) => `#${each}`).join());
  if (!active || !part) return null;
  const link = `a[data-go="${CSS.escape((active as HTMLElement).dataset.go ?? "")}"]`;
  return () => {
    const fresh = document.getElementById(part.id);
    const next =
      fresh?.querySelector<HTMLElement>("a[aria-current]") ?? fresh?.querySelector<HTMLElement>(link) ?? document.querySelector<HTMLElement>("[data-map]");
    next?.focus({ preventScroll: true });
  };
}
