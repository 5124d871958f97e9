// Asks for the ledger's number every few seconds while the page is seen. A page says that there is something new and
// never loads itself again while somebody reads; only the wall, which nobody touches, renews what it shows. It fetches
// the page first: a server that is away for a moment must not leave a browser's page of faults on the wall.

import { word } from "./words";

const EVERY_MS = 5_000;
const MOST_MS = 60_000; // when the server does not answer
const WALL_MS = 300_000; // after which the wall is renewed in any case: days and clocks go on

export function startPolling(): void {
  const said = document.querySelector<HTMLElement>("[data-poll]");
  if (!said) return;
  const { poll = "", since = "0" } = said.dataset;
  const isWall = said.hasAttribute("data-wall");
  let number = Number(since);
  let pause_ms = EVERY_MS;
  let renewedAt = Date.now();

  const ask = async (): Promise<void> => {
    if (!document.hidden || isWall) pause_ms = await once();
    setTimeout(() => void ask(), pause_ms);
  };
  const once = async (): Promise<number> => {
    try {
      const answer = await fetch(`${poll}?since=${number}`, { headers: { Accept: "application/json" } });
      const hasNews = answer.status === 200;
      const newest = hasNews ? ((await answer.json()) as { number: number }).number : number;
      if (hasNews && !isWall) show(said, newest - Number(since));
      if (isWall && (!answer.ok || hasNews || Date.now() - renewedAt > WALL_MS)) {
        await renew();
        renewedAt = Date.now();
      }
      number = newest;
      return answer.ok ? EVERY_MS : Math.min(MOST_MS, pause_ms * 2);
    } catch {
      return Math.min(MOST_MS, pause_ms * 2);
    }
  };
  setTimeout(() => void ask(), pause_ms);
}

/** The wall as it is now, in place. Where it is no longer to be seen, or its script has changed, the page is loaded again. */
async function renew(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.status >= 500) throw new Error("the server is away");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const scripts = [document, page].map((each) => each.querySelector("head script")?.getAttribute("src"));
  if (!answer.ok || answer.redirected || scripts[0] !== scripts[1]) return location.reload();
  for (const part of ["header", "main"]) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(fresh);
  }
}

function show(place: HTMLElement, count: number): void {
  if (count < 1) return;
  const text = place.querySelector("[data-count]");
  if (text) text.textContent = word(count === 1 ? "change" : "changes", { count });
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => location.reload(), { once: true });
}
