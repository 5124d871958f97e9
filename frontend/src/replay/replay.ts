// The replay of a day in any element: stage, level switch, transport and readout. Knows nothing of the page around it.

import { clockText, type Day } from "../day";
import { html, svg } from "../dom";
import { nameOf, onLanguage, say } from "../words";
import type { Place } from "./geometry";
import { icon, labelled, legendParts } from "./parts";
import { Playing, SPEEDS } from "./playing";
import { placeName, Readout } from "./readout";
import { Stage } from "./stage";

const ENTRANCE = ["security", "badge"];

export class Replay {
  private level: number;
  private chosen: Place | null = null;
  private shownMinute = -1;
  private readonly stage: Stage;
  private readonly readout: Readout;
  private readonly playing: Playing;
  private readonly levels = html("div", { class: "segmented", role: "group" });
  private readonly places = html("select", { id: "replay-place" });
  private readonly play = html("button", { type: "button", class: "play" });
  private readonly time = html("output", { class: "replay-time", for: "replay-slider" });
  private readonly slider: HTMLInputElement;
  private readonly speed = html("select", { id: "replay-speed" });
  private readonly legend = html("div", { class: "legend" });

  constructor(
    private readonly root: HTMLElement,
    private readonly day: Day,
    private readonly onMinute: (time_s: number) => void = () => undefined,
  ) {
    const { clock, venue } = day.head;
    this.level = this.firstLevel();
    this.stage = new Stage(day, () => this.level, () => this.redraw(), (place) => this.choose(place));
    this.readout = new Readout(day);
    this.slider = html("input", {
      type: "range", id: "replay-slider", min: clock.start_s, max: clock.end_s, step: 60, value: clock.start_s,
    });
    this.playing = new Playing(this.busiest(), clock.start_s, clock.end_s, () => this.redraw(), () => this.labelPlay());
    venue.levels.forEach((_, at) => {
      const button = html("button", { type: "button", "data-level": at });
      button.addEventListener("click", () => this.showLevel(at));
      this.levels.append(button);
    });
    for (const each of SPEEDS) this.speed.append(html("option", { value: each, selected: each === this.playing.speed }));
    this.build();
    this.listen();
    this.label();
    onLanguage(() => this.label());
    this.stage.showLevel();
  }

  /** To be called when the theme has changed. */
  refresh(): void {
    this.stage.refresh();
  }

  private firstLevel(): number {
    const { venue } = this.day.head;
    const at = venue.stations.find((station) => ENTRANCE.includes(station.service));
    return at ? venue.nodes[at.node]![0] : 0;
  }

  /** The minute with most people waiting at the gates, or else inside: what a reader wants to see first. */
  private busiest(): number {
    const waiting = this.day.waitingAt(ENTRANCE);
    const persons = Math.max(...waiting) > 0 ? waiting : this.day.personsInside();
    const { start_s, minute_s } = this.day.head.clock;
    return start_s + persons.indexOf(Math.max(...persons)) * minute_s;
  }

  private build(): void {
    const zoom = html("div", { class: "zoom" });
    const act = (sign: string, does: () => void): void => {
      const button = html("button", { type: "button", "data-zoom": sign }, icon(sign));
      button.addEventListener("click", does);
      zoom.append(button);
    };
    act("in", () => this.stage.zoom(1.5));
    act("out", () => this.stage.zoom(1 / 1.5));
    act("whole", () => this.stage.showWhole());
    const top = html("div", { class: "replay-top" }, this.levels, labelled("replay-place", this.places));
    const picture = html("div", { class: "replay-picture" }, this.stage.element, zoom);
    const track = html("div", { class: "replay-track" }, this.profile(), this.slider);
    const bottom = html("div", { class: "replay-bottom" }, this.play, this.time, track, labelled("replay-speed", this.speed));
    const main = html("div", { class: "replay-main" }, picture, bottom, this.legend);
    this.root.classList.add("replay");
    this.root.replaceChildren(top, html("div", { class: "replay-body" }, main, this.readout.element));
  }

  /** Persons waiting at the gates over the day, as a strip above the slider. */
  private profile(): SVGElement {
    const waiting = this.day.waitingAt(ENTRANCE);
    const most = Math.max(1, ...waiting);
    const points = [...waiting].map((each, at) => `${at},${(30 * (1 - each / most)).toFixed(1)}`);
    const box = { viewBox: `0 0 ${waiting.length} 30`, preserveAspectRatio: "none", class: "profile", "aria-hidden": "true" };
    const { start_s, minute_s } = this.day.head.clock;
    const events = this.day.head.events.map(({ from_s, to_s }) =>
      svg("rect", { class: "event", x: (from_s - start_s) / minute_s, width: Math.max(2, (to_s - from_s) / minute_s), y: 0, height: 5 }),
    );
    return svg("svg", box, svg("polygon", { points: `0,30 ${points.join(" ")} ${waiting.length},30` }), ...events);
  }

  private listen(): void {
    this.play.addEventListener("click", () => {
      this.playing.toggle();
      this.labelPlay();
    });
    this.slider.addEventListener("input", () => this.playing.goTo(Number(this.slider.value)));
    this.speed.addEventListener("change", () => (this.playing.speed = Number(this.speed.value)));
    this.places.addEventListener("change", () => {
      const [kind, at] = this.places.value.split(" ");
      this.choose(kind ? ({ kind, at: Number(at) } as Place) : null, true);
    });
  }

  private showLevel(level: number): void {
    this.level = level;
    this.labelLevels();
    this.stage.showLevel();
  }

  private choose(place: Place | null, goThere = false): void {
    this.chosen = place;
    this.places.value = place && place.kind !== "link" ? `${place.kind} ${place.at}` : "";
    this.shownMinute = -1;
    const { venue } = this.day.head;
    if (place && goThere && place.kind !== "link") {
      const area = venue.areas[place.at];
      const level = place.kind === "area" ? area!.level : venue.nodes[venue.stations[place.at]!.node]![0];
      if (level !== this.level) return this.showLevel(level);
    }
    this.redraw();
  }

  private redraw(): void {
    const time_s = this.playing.time_s;
    const drawn = this.stage.draw(time_s, this.chosen);
    const minute = this.day.minuteAt(time_s);
    if (minute === this.shownMinute) return;
    this.shownMinute = minute;
    this.readout.show(time_s, this.chosen, drawn);
    this.time.textContent = clockText(time_s);
    this.slider.value = String(time_s);
    this.slider.setAttribute("aria-valuetext", clockText(time_s));
    this.onMinute(time_s);
  }

  private label(): void {
    this.levels.setAttribute("aria-label", say("Level"));
    this.slider.setAttribute("aria-label", say("Time of day"));
    for (const [id, text] of [["replay-place", say("Place")], ["replay-speed", say("Speed")]] as const) {
      this.root.querySelector(`label[for=${id}]`)!.textContent = text;
    }
    const zooms: Record<string, string> = { in: say("Zoom in"), out: say("Zoom out"), whole: say("Show the whole plan") };
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
      button.setAttribute("aria-label", zooms[button.dataset.zoom!]!);
    }
    for (const option of this.speed.options) option.textContent = say("{n} min per second", { n: option.value });
    this.labelLevels();
    this.labelPlay();
    this.labelPlaces();
    this.legend.replaceChildren(...legendParts(this.day));
    this.shownMinute = -1;
    this.stage.refresh();
  }

  private labelLevels(): void {
    for (const button of this.levels.querySelectorAll("button")) {
      const at = Number(button.dataset.level);
      button.textContent = nameOf(this.day.head.venue.levels[at]!.name);
      button.setAttribute("aria-pressed", String(at === this.level));
    }
  }

  private labelPlay(): void {
    const text = this.playing.isRunning ? say("Pause") : say("Play");
    this.play.replaceChildren(icon(this.playing.isRunning ? "pause" : "play"), html("span", {}, text));
  }

  private labelPlaces(): void {
    const { venue } = this.day.head;
    const options = (kind: "area" | "station"): HTMLOptionElement[] =>
      (kind === "area" ? venue.areas : venue.stations).map((_, at) =>
        html("option", { value: `${kind} ${at}` }, placeName(this.day, { kind, at })),
      );
    const value = this.places.value;
    this.places.replaceChildren(
      html("option", { value: "" }, say("none")),
      html("optgroup", { label: say("Areas") }, ...options("area")),
      html("optgroup", { label: say("Stations") }, ...options("station")),
    );
    this.places.value = value;
  }
}
