// The page of the map: its stage, its tools, its links and its search.

import { followGestures, zoomIn, zoomOut } from "./gestures";
import { readLevel } from "./level";
import { shown, turnTo, unhide, type Shown } from "./places";
import { Stage } from "./stage";

const TYPED_MS = 250; // after the last character of a question

/** What other scripts of the page may do with the map. */
export interface VenueMap {
  stage: Stage;
  /** Read the level again, which has changed. */
  renew(): Promise<void>;
  go(address: string, how?: { isCentered?: boolean; isNew?: boolean }): Promise<void>;
}

export function startMap(root: HTMLElement): VenueMap {
  const stage = new Stage(root);
  const levels = new Map<string, Promise<string>>();
  let current = "";

  const show = async (what: Shown, isCentered: boolean): Promise<void> => {
    if (what.path && what.path !== current) {
      if (!levels.has(what.path)) levels.set(what.path, textOf(what.path));
      const text = await levels.get(what.path)!.catch((error: unknown) => {
        levels.delete(what.path);
        throw error;
      });
      if (what.path !== shown().path) return; // another level was chosen meanwhile
      current = what.path;
      stage.show(readLevel(text));
    }
    stage.shown?.know(what.at, what.line);
    stage.point(what.at, isCentered);
    tell();
  };

  const go = async (address: string, { isCentered = true, isNew = true } = {}): Promise<void> => {
    try {
      const what = await turnTo(address);
      if (!what) return;
      if (isNew) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
      await show(what, isCentered);
    } catch {
      location.assign(address); // the server says what is wrong
    }
  };

  followGestures(stage, (on, x_px, y_px) => {
    const place = on.closest("use[id]")?.id || stage.placeAt(x_px, y_px) || on.closest("path[id]")?.id;
    if (place) void go(addressOf({ at: place }), { isCentered: false });
    root.focus({ preventScroll: true });
  });
  followLinks(root, (address) => void go(address));
  followSearch((question, isSent) => {
    void go(addressOf({ q: question, at: "" }), { isNew: isSent }).then(() => {
      if (isSent) document.querySelector<HTMLElement>(".venue-hits a")?.click();
    });
  });
  followTools(root, stage);
  followLevelKeys(root);
  window.addEventListener("popstate", () => void go(location.href, { isNew: false }));

  void show(shown(), true).then(
    () => (root.dataset.ready = ""),
    () => root.append(root.dataset.unanswered ?? ""),
  );
  const renew = async (): Promise<void> => {
    levels.clear();
    current = "";
    await show(shown(), false);
  };
  return { stage, renew, go };
}

async function textOf(path: string): Promise<string> {
  const answer = await fetch(path, { headers: { Accept: "image/svg+xml" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** This page's address with other values; "" = without it. */
function addressOf(values: Record<string, string>): string {
  const address = new URL(location.href);
  address.searchParams.set("level", shown().level);
  for (const [name, value] of Object.entries(values)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  return address.href;
}

function followLinks(root: HTMLElement, go: (address: string) => void): void {
  root.closest(".venue")?.addEventListener("click", (event) => {
    const click = event as MouseEvent;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-go]");
    if (!link || click.button !== 0 || click.ctrlKey || click.metaKey || click.shiftKey) return;
    event.preventDefault();
    if (link.dataset.go === "find") setQuestion(new URL(link.href).searchParams.get("q") ?? "");
    go(link.href);
  });
}

function setQuestion(question: string): void {
  const input = document.querySelector<HTMLInputElement>("#place");
  if (input) input.value = question;
}

/** ``ask`` with what is typed, once nothing more is; and at once when it is sent. */
function followSearch(ask: (question: string, isSent: boolean) => void): void {
  const form = document.querySelector<HTMLFormElement>(".venue-find");
  const input = form?.querySelector<HTMLInputElement>("[name=q]");
  if (!form || !input) return;
  let typed = 0;
  input.addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(() => ask(input.value.trim(), false), TYPED_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typed);
    ask(input.value.trim(), true);
  });
}

function followTools(root: HTMLElement, stage: Stage): void {
  const acts: Record<string, () => void> = { in: () => zoomIn(stage), out: () => zoomOut(stage), fit: () => stage.showWhole() };
  for (const button of root.querySelectorAll<HTMLButtonElement>(".map-tools button")) {
    button.addEventListener("click", () => acts[button.value]?.());
  }
  unhide();
}

/** Page Up and Page Down go to the level above and below, Escape lets go of a place. */
function followLevelKeys(root: HTMLElement): void {
  root.addEventListener("keydown", (event) => {
    if (event.target !== root) return;
    const links = [...document.querySelectorAll<HTMLAnchorElement>(".venue-levels a")];
    const here = links.findIndex((each) => each.hasAttribute("aria-current"));
    const steps: Record<string, HTMLElement | null | undefined> = {
      PageUp: links[here - 1],
      PageDown: links[here + 1],
      Escape: document.querySelector<HTMLElement>(".venue-place .card-header a"),
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    steps[event.key]?.click();
  });
}

/** Say what was found or is shown, to those who do not see it. */
function tell(): void {
  const place = document.querySelector("#venue-told .venue-place");
  const found = document.querySelector("#venue-told [data-told]");
  const level = document.querySelector(".venue-levels [aria-current]");
  const said = (place ? [...place.querySelectorAll("h2, dd")] : [found ?? level]).map((each) => each?.textContent?.trim());
  const status = document.querySelector("#map-said");
  if (status) status.textContent = said.filter(Boolean).join(document.documentElement.lang.startsWith("zh") ? "，" : ", ");
}
