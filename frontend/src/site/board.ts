// The board of tasks: a card is put into another column by dragging, or by keys: Space, arrows, Space. The column's word is sent to the
// server, which decides; a card moves when it has answered. Without scripts cards are links to pages on which the same is said.

import { tell } from "./messages";
import { word } from "./words";

interface Answer { card?: string; stage?: string; said?: string }

export function startBoards(): void {
  for (const board of document.querySelectorAll<HTMLFormElement>("form[data-board]")) new Board(board);
}

class Board {
  readonly columns: HTMLElement[];
  picked: HTMLElement | null = null;
  over: HTMLElement | null = null;

  constructor(readonly form: HTMLFormElement) {
    this.columns = [...form.querySelectorAll<HTMLElement>("section[data-stage]")];
    for (const card of form.querySelectorAll<HTMLElement>("li")) this.open(card);
    const first = form.querySelector<HTMLElement>("li a");
    if (first) first.tabIndex = 0;
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("dragstart", (event) => this.dragged(event));
    form.addEventListener("dragover", (event) => this.hovered(event));
    form.addEventListener("drop", (event) => this.dropped(event));
    form.addEventListener("dragend", () => this.letGo());
    form.addEventListener("focusout", (event) => {
      if (this.picked && !form.contains(event.relatedTarget as Node | null)) this.letGo();
    });
  }

  /** A card as it comes from the server, made to be dragged; it is one stop of the Tab key with all others. */
  open(card: HTMLElement): void {
    card.draggable = true;
    const link = card.querySelector("a");
    if (!link) return;
    link.tabIndex = -1;
    link.draggable = false;
    link.setAttribute("aria-describedby", "board-help");
  }

  pressed(event: KeyboardEvent): void {
    const card = (event.target as HTMLElement).closest("li");
    if (!card || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = this.picked ? this.whilePicked(event.key) : this.whileFree(event.key, card);
    if (!act) return;
    event.preventDefault();
    act();
  }

  whileFree(key: string, card: HTMLElement): (() => void) | null {
    if (key === " ") return () => this.pick(card);
    const next = this.beside(card, key);
    return next ? () => this.focus(next) : null;
  }

  whilePicked(key: string): (() => void) | null {
    if (key === "Escape") return () => this.say(this.letGo() ?? "");
    if (key === " " || key === "Enter") return () => this.putDown();
    if (key === "ArrowLeft" || key === "ArrowRight") return () => this.choose(key === "ArrowLeft" ? -1 : 1);
    return key.startsWith("Arrow") ? () => undefined : null;
  }

  pick(card: HTMLElement): void {
    this.picked = card;
    card.classList.add("is-picked");
    this.mark(card.closest("section"));
    this.say(this.words("picked", card));
  }

  choose(step: number): void {
    const at = this.over ? this.columns.indexOf(this.over) : 0;
    const column = this.columns[Math.min(Math.max(at + step, 0), this.columns.length - 1)];
    if (!column) return;
    this.mark(column);
    column.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.say(this.words("over", this.picked, column));
  }

  putDown(): void {
    const [card, column] = [this.picked, this.over];
    this.letGo();
    if (card && column && column !== card.closest("section")) void this.send(card, column);
  }

  letGo(): string | undefined {
    this.picked?.classList.remove("is-picked");
    this.picked = null;
    this.mark(null);
    return this.form.dataset.left;
  }

  dragged(event: DragEvent): void {
    const card = (event.target as HTMLElement).closest?.("li");
    if (!card || !event.dataTransfer) return;
    this.picked = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.k ?? "");
  }

  hovered(event: DragEvent): void {
    const column = (event.target as HTMLElement).closest("section");
    if (!this.picked || !column) return;
    event.preventDefault();
    this.mark(column);
  }

  dropped(event: DragEvent): void {
    event.preventDefault();
    this.putDown();
  }

  /** Tell the server; the card goes where the server says that it stands now. */
  async send(card: HTMLElement, column: HTMLElement): Promise<void> {
    const link = card.querySelector("a");
    if (column.dataset.stage === "trouble" && link) {
      location.assign(`${link.href}#report`); // what the trouble is has to be said
      return;
    }
    const body = new FormData(this.form);
    body.set("key", card.dataset.k ?? "");
    body.set("version", card.dataset.v ?? "0");
    body.set("to", column.dataset.stage ?? "");
    card.classList.add("is-sent");
    const answer = await this.ask(body);
    card.classList.remove("is-sent");
    if (answer.card && answer.stage) this.replace(card, answer.card, answer.stage);
    else this.refuse(answer.said ?? word("unanswered"));
  }

  async ask(body: FormData): Promise<Answer> {
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      return (await answer.json()) as Answer;
    } catch {
      return {};
    }
  }

  replace(card: HTMLElement, made: string, stage: string): void {
    const column = this.columns.find((each) => each.dataset.stage === stage);
    const place = document.createElement("template");
    place.innerHTML = made; // of our own server, which has escaped every text in it
    const fresh = place.content.querySelector<HTMLElement>("li");
    if (!column || !fresh) return;
    const hadFocus = card.contains(document.activeElement);
    this.open(fresh);
    card.remove();
    column.querySelector("ol")?.prepend(fresh);
    for (const each of this.columns) this.count(each);
    if (hadFocus || document.activeElement === document.body) this.focus(fresh.querySelector("a"));
    this.say(this.words("moved", fresh, column));
  }

  refuse(said: string): void {
    tell(said, "warning");
    this.say(said);
  }

  count(column: HTMLElement): void {
    const place = column.querySelector("[data-count]");
    if (place) place.textContent = column.querySelectorAll("li").length.toLocaleString("en");
  }

  mark(column: HTMLElement | null): void {
    this.over?.classList.remove("is-over");
    this.over = column;
    column?.classList.add("is-over");
  }

  focus(link: HTMLElement | null): void {
    if (!link) return;
    for (const each of this.form.querySelectorAll<HTMLElement>('li a[tabindex="0"]')) each.tabIndex = -1;
    link.tabIndex = 0;
    link.focus();
  }

  beside(card: HTMLElement, key: string): HTMLElement | null {
    if (key === "ArrowDown") return linkOf(card.nextElementSibling);
    if (key === "ArrowUp") return linkOf(card.previousElementSibling);
    const cards = [...(card.parentElement?.children ?? [])];
    if (key === "Home") return linkOf(cards[0]);
    if (key === "End") return linkOf(cards[cards.length - 1]);
    const step = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
    const at = this.columns.indexOf(card.closest("section") as HTMLElement);
    for (let next = at + step; step && next >= 0 && next < this.columns.length; next += step) {
      const others = this.columns[next]?.querySelectorAll("li");
      const found = others?.[Math.min(cards.indexOf(card), others.length - 1)];
      if (found) return linkOf(found);
    }
    return null;
  }

  words(name: "picked" | "over" | "moved", card: HTMLElement | null, column?: HTMLElement): string {
    const values: Record<string, string> = {
      task: card?.querySelector("a")?.textContent ?? "",
      column: column?.querySelector("[data-name]")?.textContent ?? "",
      count: column?.querySelector("[data-count]")?.textContent ?? "",
    };
    return (this.form.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, value: string) => values[value] ?? "");
  }

  say(text: string): void {
    const place = document.querySelector("[data-board-said]");
    if (place) place.textContent = text;
  }
}

function linkOf(card: Element | null | undefined): HTMLElement | null {
  return card?.querySelector("a") ?? null;
}
