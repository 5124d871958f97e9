// How full a level is at a moment, and who walks there, on a canvas over the map. While a gesture lasts it is moved with the
// bitmaps below, as it was painted when the map was last at rest.

import type { Day } from "../day";
import { colorOf, html } from "../dom";
import { FULLNESS_FROM } from "../replay/drawing";
import { type Frame, type LeftOut, Painter } from "../replay/paint";
import { People } from "../replay/people";
import { paintNames } from "./bitmap";
import type { Level } from "./level";
import type { Box, View } from "./view";

const MARGIN = 0.2; // of the stage, around what is shown
const FLOOR = 0.3; // how much of the color of a floor covers what is below

export class Density {
  readonly canvas = html("canvas", { class: "map-density", "aria-hidden": "true", hidden: true });
  private readonly shown = this.canvas.getContext("bitmaprenderer");
  private readonly scratch = new OffscreenCanvas(1, 1);
  private readonly context = this.scratch.getContext("2d")!;
  private readonly frame: Frame = { scale: 1, left_px: 0, top_px: 0, width_px: 1, height_px: 1 };
  private readonly painter: Painter;
  private floors: string[] = [];
  private box: Box = { x: 0, y: 0, width: 1, height: 1 };

  constructor(
    private readonly day: Day,
    leftOut: LeftOut,
    private readonly root: HTMLElement,
  ) {
    this.painter = new Painter(this.context, root, day, new People(day, leftOut), this.frame, leftOut);
    this.readColors();
    root.append(this.canvas);
  }

  readColors(): void {
    this.painter.readColors();
    this.floors = [0, 1, 2, 3, 4, 5].map((at) => colorOf(this.root, `--full-${at}`));
  }

  /** Paint a moment of a level of the day for what is shown, and a margin around it; -1 = the day has no such level. */
  paint(time_s: number, level: number, view: View, drawn: Level | null): void {
    const ratio = Math.min(2, devicePixelRatio || 1);
    const box = view.part(MARGIN);
    const [width, height] = [Math.round(box.width * view.scale), Math.round(box.height * view.scale)];
    if (this.scratch.width !== width * ratio) this.scratch.width = width * ratio;
    if (this.scratch.height !== height * ratio) this.scratch.height = height * ratio;
    Object.assign(this.frame, {
      scale: view.scale, left_px: -box.x * view.scale, top_px: -box.y * view.scale, width_px: width, height_px: height,
    });
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.painter.draw(time_s, level, null);
    this.paintFloors(this.day.minuteAt(time_s), level);
    if (drawn) {
      const pixels = view.scale * ratio; // names again, on top of all
      this.context.setTransform(pixels, 0, 0, pixels, -box.x * pixels, -box.y * pixels);
      paintNames(this.context, drawn, view.name_m);
    }
    Object.assign(this.canvas, { width: this.scratch.width, height: this.scratch.height });
    this.shown?.transferFromImageBitmap(this.scratch.transferToImageBitmap());
    this.box = box;
    this.canvas.hidden = false;
    this.move(view);
  }

  /** Put it where its part of the level is. */
  move(view: View): void {
    this.canvas.style.transform = view.transform(this.box, this.canvas.width);
  }

  /** Below all else: areas by how full they are. */
  private paintFloors(minute: number, level: number): void {
    const { context, frame } = this;
    context.globalCompositeOperation = "destination-over";
    context.globalAlpha = FLOOR;
    this.day.head.venue.areas.forEach((area, at) => {
      if (area.level !== level || area.kind === "outside" || !area.outline.length || !area.gross_m2) return;
      const perM2 = this.day.personsAt(minute, at) / area.gross_m2;
      const fullness = FULLNESS_FROM.filter((from) => perM2 >= from).length;
      if (!fullness) return; // an empty floor stays as it is drawn
      context.beginPath();
      for (let corner = 0; corner < area.outline.length; corner += 2) {
        const [x, y] = [area.outline[corner]!, area.outline[corner + 1]!];
        context[corner ? "lineTo" : "moveTo"](frame.left_px + x * frame.scale, frame.top_px - y * frame.scale);
      }
      context.closePath();
      context.fillStyle = this.floors[fullness]!;
      context.fill();
    });
    context.globalAlpha = 1;
    context.globalCompositeOperation = "source-over";
  }
}
