// A rehearsed day on the map: controls, the canvas over the level, and the densest walkways as a table. Without scripts the
// page has the table, for the time that its form asks for.

import { clockText, Day } from "../day";
import { html } from "../dom";
import { icon, labelled, legendParts } from "../replay/parts";
import { Playing, SPEEDS } from "../replay/playing";
import { LINK_KINDS, nameOf, say, useLanguage, useWords } from "../words";
import { Density } from "./density";
import type { VenueMap } from "./map";
import { shown } from "./places";

const MINUTE_S = 60;
const TOLD = 10;
const TABLE_MS = 500; // between two tables while the day runs

export async function startReplaying(root: HTMLElement, map: VenueMap): Promise<void> {
  const section = document.querySelector<HTMLElement>("#venue-replay[data-day]");
  if (!section) return;
  try {
    const answer = await fetch(section.dataset.day ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    const day = await Day.of(new Uint8Array(await answer.arrayBuffer()));
    useWords(day.head.words);
    useLanguage(document.documentElement.lang.startsWith("zh") ? "zh" : "en");
    new MapReplay(root, section, map, day);
    section.dataset.ready = "";
  } catch {
    section.append(html("p", { class: "alert alert-danger", role: "alert" }, section.dataset.unanswered ?? ""));
  }
}

class MapReplay {
  private readonly leftOut: ReadonlySet<number>;
  private readonly density: Density;
  private readonly playing: Playing;
  private readonly play = html("button", { type: "button", class: "btn btn-primary venue-play" });
  private readonly time = html("output", { class: "venue-clock", for: "venue-time", "aria-live": "off" });
  private readonly slider: HTMLInputElement;
  private readonly speed = html("select", { id: "venue-speed", class: "form-select form-select-sm" });
  private isHeld = false; // a gesture goes on: the picture stays as it is
  private told_ms = 0;
  private toldMinute = -1;
  private frame = 0;

  constructor(
    root: HTMLElement,
    private readonly section: HTMLElement,
    private readonly map: VenueMap,
    private readonly day: Day,
  ) {
    const { clock } = day.head;
    this.leftOut = new Set(JSON.parse(section.dataset.leftOut ?? "[]") as number[]);
    this.density = new Density(day, this.leftOut, root);
    const now_s = Number(section.dataset.time ?? clock.start_s);
    this.playing = new Playing(now_s, clock.start_s, clock.end_s, () => this.redraw(), () => this.label());
    this.slider = html("input", {
      type: "range", id: "venue-time", min: clock.start_s, max: clock.end_s, step: MINUTE_S, value: now_s, "aria-label": say("Time of day"),
    });
    for (const each of SPEEDS) {
      this.speed.append(html("option", { value: each, selected: each === this.playing.speed }, say("{n} min per second", { n: each })));
    }
    this.build();
    this.listen(root);
    this.label();
    this.redraw();
    this.tell();
  }

  private build(): void {
    const speed = labelled("venue-speed", this.speed);
    speed.querySelector("label")!.textContent = say("Speed");
    const track = html("div", { class: "venue-track" }, this.slider);
    const controls = html("div", { class: "venue-transport" }, this.play, this.time, track, speed);
    const legend = html("div", { class: "legend" }, ...legendParts(this.day));
    this.section.querySelector(".venue-player")?.replaceChildren(controls, legend);
    for (const plain of this.section.querySelectorAll<HTMLElement>("[data-plain]")) plain.hidden = true;
  }

  private listen(root: HTMLElement): void {
    this.play.addEventListener("click", () => this.toggle());
    this.slider.addEventListener("input", () => this.playing.goTo(Number(this.slider.value)));
    this.slider.addEventListener("change", () => this.tell());
    this.speed.addEventListener("change", () => (this.playing.speed = Number(this.speed.value)));
    root.addEventListener("keydown", (event) => {
      if (event.target !== root || event.ctrlKey || event.metaKey || event.altKey) return;
      const steps: Record<string, number> = { ",": -MINUTE_S, ".": MINUTE_S };
      if (event.key === " ") this.toggle();
      else if (event.key in steps) this.step(steps[event.key]!);
      else return;
      event.preventDefault();
    });
    this.map.stage.followed.push((isAtRest) => {
      this.isHeld = !isAtRest;
      this.density.move(this.map.stage.view);
      if (isAtRest) this.paintSoon();
    });
    const repaint = (): void => {
      this.density.readColors();
      this.paintSoon();
    };
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  }

  private toggle(): void {
    this.playing.toggle();
    this.label();
  }

  private step(by_s: number): void {
    this.playing.goTo(this.playing.time_s + by_s);
    this.tell();
  }

  private label(): void {
    const { isRunning } = this.playing;
    this.play.replaceChildren(icon(isRunning ? "pause" : "play"), html("span", {}, isRunning ? say("Pause") : say("Play")));
    if (!isRunning) this.tell();
  }

  private redraw(): void {
    const { time_s } = this.playing;
    if (!this.isHeld) this.paint();
    const text = clockText(time_s);
    if (this.time.textContent !== text) {
      this.time.textContent = text;
      this.slider.value = String(time_s);
      this.slider.setAttribute("aria-valuetext", text);
      this.showClosings(time_s);
    }
    if (this.playing.isRunning && performance.now() - this.told_ms > TABLE_MS) this.tell();
  }

  /** After the map has come to rest, once its own picture is there. */
  private paintSoon(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.frame = requestAnimationFrame(() => {
        this.showClosings(this.playing.time_s);
        if (!this.isHeld) this.paint();
      });
    });
  }

  private paint(): void {
    const { view, shown: drawn } = this.map.stage;
    this.density.paint(this.playing.time_s, this.level(), view, drawn);
  }

  private level(): number {
    const { level } = shown();
    return this.day.head.venue.levels.findIndex((each) => each.code === level);
  }

  /** Signs of what is closed stand only while it is. */
  private showClosings(time_s: number): void {
    for (const sign of this.map.stage.shown?.svg.querySelectorAll<SVGElement>(".closing") ?? []) {
      const { from = "0", to = "Infinity" } = sign.dataset;
      const isOver = time_s < Number(from) || time_s >= Number(to);
      if (sign.hasAttribute("hidden") === isOver) continue;
      sign.toggleAttribute("hidden", isOver);
      this.map.stage.forget();
    }
  }

  /** The densest walkways of all levels at the time that is shown. */
  private tell(): void {
    const minute = this.day.minuteAt(this.playing.time_s);
    const body = this.section.querySelector("tbody");
    if (!body || minute === this.toldMinute) return;
    this.toldMinute = minute;
    this.told_ms = performance.now();
    const { venue } = this.day.head;
    const densest = venue.links
      .map((_, at) => ({ at, perM2: this.leftOut.has(at) ? 0 : this.day.densityAt(minute, at) }))
      .filter(({ perM2 }) => perM2 > 0)
      .sort((a, b) => b.perM2 - a.perM2 || a.at - b.at)
      .slice(0, TOLD);
    for (const clock of this.section.querySelectorAll("[data-clock-text]")) clock.textContent = clockText(this.playing.time_s);
    body.replaceChildren(...densest.map(({ at, perM2 }) => this.row(at, perM2)));
    const nobody = this.section.querySelector<HTMLElement>("[data-nobody]");
    if (nobody) nobody.hidden = densest.length > 0;
    const table = this.section.querySelector<HTMLElement>("table");
    if (table) table.hidden = !densest.length;
  }

  private row(at: number, perM2: number): HTMLElement {
    const { venue } = this.day.head;
    const [code, start, , kind] = venue.links[at]!;
    const level = venue.levels[venue.nodes[start]![0]]!;
    const address = new URL(location.href);
    address.searchParams.set("level", level.code);
    address.searchParams.set("at", `links.${code}`);
    const link = html("a", { href: address.search, "data-go": `links.${code}` }, code);
    const cells = [say(LINK_KINDS[kind] ?? ""), nameOf(level.name), perM2.toFixed(2), "ABCDEF"[this.day.levelOfService(perM2)]!];
    const headings = [...this.section.querySelectorAll("thead th")].map((each) => each.textContent ?? "");
    const cell = (text: string, number: number): HTMLElement =>
      html("td", { class: number === 2 ? "number" : undefined, "data-label": headings[number + 1] }, text);
    return html("tr", {}, html("th", { scope: "row" }, link), ...cells.map(cell));
  }
}
