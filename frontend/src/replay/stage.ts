// The stage: drawing, canvas and names on top of each other, with zoom, panning and choosing a place.

import type { Day } from "../day";
import { html } from "../dom";
import { nameOf, say } from "../words";
import { Drawing } from "./drawing";
import { bounds, type Box, type Place, placeAt } from "./geometry";
import { Painter } from "./paint";
import { People } from "./people";
import { View } from "./view";

const REACH_PX = 14;
const DRAG_FROM_PX = 4;
const PAN_PX = 60;

export class Stage {
  readonly element: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly view: View;
  private readonly drawing: Drawing;
  private readonly painter: Painter;
  private minute = -1;
  private onScreen: Box | null = null; // the part that was shown before printing

  constructor(
    private readonly day: Day,
    private readonly level: () => number,
    private readonly changed: () => void,
    private readonly chose: (place: Place | null) => void,
  ) {
    this.view = new View(bounds(day.head.venue));
    this.drawing = new Drawing(day);
    const canvas = (this.canvas = html("canvas", { "aria-hidden": "true" }));
    this.element = html("div", { class: "stage", role: "group", tabindex: 0 }, this.drawing.below, canvas, this.drawing.above);
    this.painter = new Painter(canvas.getContext("2d")!, this.element, day, new People(day), this.view);
    this.listen();
    new ResizeObserver(() => this.fit()).observe(this.element);
    addEventListener("beforeprint", () => this.showForPrint());
    addEventListener("afterprint", () => this.showAfterPrint());
  }

  showLevel(): void {
    this.drawing.showLevel(this.level());
    this.refresh();
  }

  /** After a change of language, theme, size or view. */
  refresh(): void {
    const name = nameOf(this.day.head.venue.levels[this.level()]!.name);
    this.element.setAttribute(
      "aria-label",
      say("Floor plan, level {name}. Arrow keys move it, plus and minus zoom. Choose places from the list.", { name }),
    );
    this.painter.readColors();
    this.drawing.place(this.view);
    this.minute = -1;
    this.changed();
  }

  /** Draws a moment; returns how many sampled visitors are on the level. */
  draw(time_s: number, chosen: Place | null): number {
    const minute = this.day.minuteAt(time_s);
    if (minute !== this.minute) this.drawing.showMinute(minute);
    this.minute = minute;
    return this.painter.draw(time_s, this.level(), chosen);
  }

  zoom(factor: number): void {
    this.view.zoom(factor);
    this.element.classList.toggle("is-zoomed", !this.view.isWhole);
    this.refresh();
  }

  showWhole(): void {
    this.view.showWhole();
    this.element.classList.remove("is-zoomed");
    this.refresh();
  }

  /** On paper the whole plan stands: nobody can zoom out there. */
  private showForPrint(): void {
    this.onScreen ??= this.view.part;
    this.showWhole();
  }

  private showAfterPrint(): void {
    if (this.onScreen) this.view.part = this.onScreen;
    this.onScreen = null;
    this.element.classList.toggle("is-zoomed", !this.view.isWhole);
    this.refresh();
  }

  private fit(): void {
    this.view.resize(this.element.clientWidth, this.element.clientHeight);
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = Math.round(this.view.width_px * ratio);
    this.canvas.height = Math.round(this.view.height_px * ratio);
    this.canvas.getContext("2d")!.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.refresh();
  }

  private listen(): void {
    const keys: Record<string, () => void> = {
      "+": () => this.zoom(1.5),
      "=": () => this.zoom(1.5),
      "-": () => this.zoom(1 / 1.5),
      "0": () => this.showWhole(),
      ArrowLeft: () => this.move(-PAN_PX, 0),
      ArrowRight: () => this.move(PAN_PX, 0),
      ArrowUp: () => this.move(0, -PAN_PX),
      ArrowDown: () => this.move(0, PAN_PX),
    };
    this.element.addEventListener("keydown", (event) => {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.startsWith("Arrow") && this.view.isWhole) return; // nothing to move: let the page scroll
      event.preventDefault();
      act();
    });
    this.listenToPointer();
  }

  private listenToPointer(): void {
    let from: { x: number; y: number } | null = null;
    let dragged = false;
    this.element.addEventListener("pointerdown", (event) => {
      from = { x: event.clientX, y: event.clientY };
      dragged = false;
    });
    this.element.addEventListener("pointermove", (event) => {
      if (!from || this.view.isWhole) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!dragged && Math.hypot(dx, dy) < DRAG_FROM_PX) return;
      dragged = true;
      this.element.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY };
      this.move(-dx, -dy);
    });
    const end = (): void => {
      from = null;
    };
    this.element.addEventListener("pointerup", end);
    this.element.addEventListener("pointercancel", end);
    this.element.addEventListener("click", (event) => {
      if (dragged) return;
      const box = this.element.getBoundingClientRect();
      const [x, y] = this.view.at(event.clientX - box.left, event.clientY - box.top);
      this.chose(placeAt(this.day, this.level(), x, y, REACH_PX / this.view.scale));
    });
    this.element.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return; // a plain wheel scrolls the page
        event.preventDefault();
        this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
      },
      { passive: false },
    );
  }

  private move(x_px: number, y_px: number): void {
    this.view.moveBy(x_px, y_px);
    this.refresh();
  }
}
