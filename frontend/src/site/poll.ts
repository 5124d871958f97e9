// Asks for the ledger's number every few seconds while the page is seen. A page says that there is something new and
// never loads itself again while somebody reads; only the wall, which nobody touches, does.

import { word } from "./words";

const EVERY_MS = 5_000;
const MOST_MS = 60_000; // when the server does not answer
const WALL_MS = 300_000; // after which the wall is loaded again in any case: days and clocks go on

export function startPolling(): void {
  const said = document.querySelector<HTMLElement>("[data-poll]");
  if (!said) return;
  const { poll = "", since = "0" } = said.dataset;
  const isWall = said.hasAttribute("data-wall");
  let number = Number(since);
  let pause_ms = EVERY_MS;
  const openedAt = Date.now();

  const ask = async (): Promise<void> => {
    if (!document.hidden || isWall) pause_ms = await once();
    setTimeout(() => void ask(), pause_ms);
  };
  const once = async (): Promise<number> => {
    try {
      const answer = await fetch(`${poll}?since=${number}`, { headers: { Accept: "application/json" } });
      if (answer.status === 200) {
        number = ((await answer.json()) as { number: number }).number;
        if (isWall) location.reload();
        else show(said, number - Number(since));
      }
      if (isWall && answer.ok && Date.now() - openedAt > WALL_MS) location.reload();
      return answer.ok ? EVERY_MS : Math.min(MOST_MS, pause_ms * 2);
    } catch {
      return Math.min(MOST_MS, pause_ms * 2);
    }
  };
  setTimeout(() => void ask(), pause_ms);
}

function show(place: HTMLElement, count: number): void {
  if (count < 1) return;
  const text = place.querySelector("[data-count]");
  if (text) text.textContent = word(count === 1 ? "change" : "changes", { count });
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => location.reload(), { once: true });
}
