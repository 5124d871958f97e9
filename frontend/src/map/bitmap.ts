// A level as a bitmap: painted while the map is at rest, and moved by the compositor alone while a gesture lasts.

import { html } from "../dom";
import type { Level, Mark } from "./level";
import { namesWithRoom } from "./names";
import { readable } from "./numbers";
import type { Box, View } from "./view";

type Context = OffscreenCanvasRenderingContext2D;

const MOST_PX = 2048; // of a side: more takes long to paint and much memory on phones

export class Bitmap {
  readonly canvas = html("canvas", { class: "map-bitmap", "aria-hidden": "true" });
  // not "2d": a canvas that can be painted on is copied for every frame in which it moves
  private readonly shown = this.canvas.getContext("bitmaprenderer");
  private box: Box = { x: 0, y: 0, width: 1, height: 1 };
  isPainted = false;

  /** Paint a part of a level. ``sizes``: the view for whose scale numbers, names and symbols are made. */
  paint(level: Level, box: Box, scale: number, sizes: View): void {
    const pixels = Math.min(scale, MOST_PX / box.width, MOST_PX / box.height);
    const [width_px, height_px] = [Math.max(1, Math.round(box.width * pixels)), Math.max(1, Math.round(box.height * pixels))];
    this.box = { ...box, width: width_px / pixels, height: height_px / pixels };
    const scratch = new OffscreenCanvas(width_px, height_px);
    const context = scratch.getContext("2d", { alpha: false });
    if (!context) return;
    context.fillStyle = getComputedStyle(level.svg).backgroundColor;
    context.fillRect(0, 0, width_px, height_px);
    context.setTransform(pixels, 0, 0, pixels, -box.x * pixels, -box.y * pixels);
    paintShapes(context, level);
    paintNumbers(context, level, box, sizes);
    paintMarks(context, level, sizes.mark_m);
    paintNames(context, level, sizes.name_m);
    Object.assign(this.canvas, { width: width_px, height: height_px });
    this.shown?.transferFromImageBitmap(scratch.transferToImageBitmap());
    this.isPainted = true;
  }

  /** Put it where its part of the level is. */
  move(view: View): void {
    if (this.canvas.hidden === this.isPainted) this.canvas.hidden = !this.isPainted;
    this.canvas.style.transform = view.transform(this.box, this.canvas.width);
  }

  forget(): void {
    this.isPainted = false;
  }
}

function paintShapes(context: Context, level: Level): void {
  for (const { group, path } of level.shapes) {
    const { fill, stroke, strokeWidth, strokeDasharray } = getComputedStyle(group);
    if (fill !== "none") {
      context.fillStyle = fill;
      context.fill(path);
    }
    context.strokeStyle = stroke;
    context.lineWidth = Number.parseFloat(strokeWidth);
    context.setLineDash(strokeDasharray === "none" ? [] : (strokeDasharray.match(/[\d.]+/g) ?? []).map(Number));
    context.stroke(path);
  }
}

function paintNumbers(context: Context, level: Level, box: Box, view: View): void {
  context.save();
  context.fillStyle = getComputedStyle(level.svg).color;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [stand, size_px] of readable(level, box, view.scale)) {
    context.save();
    context.translate(stand.x, stand.y);
    context.rotate((stand.turned * Math.PI) / 180);
    context.scale(1 / view.scale, 1 / view.scale); // fonts below a pixel are rounded away
    context.font = `${size_px}px sans-serif`;
    context.fillText(stand.code, 0, 0);
    context.restore();
  }
  context.restore();
}

function paintMarks(context: Context, level: Level, size_m: number): void {
  const { fill: ink, stroke: halo } = labelColors(level);
  for (const mark of level.marks) {
    if (mark.use.closest("[hidden]")) continue;
    context.save();
    context.translate(mark.x - size_m / 2, mark.y - size_m / 2);
    context.scale(size_m / 16, size_m / 16);
    for (const { path, fill, stroke, width } of level.symbols.get(mark.kind) ?? []) {
      if (fill !== "none") {
        context.fillStyle = fill;
        context.fill(path);
      }
      if (stroke !== "none") {
        context.strokeStyle = stroke;
        context.lineWidth = width;
        context.stroke(path);
      }
    }
    if (mark.label) paintLabel(context, mark, ink, halo);
    context.restore();
  }
}

function labelColors(level: Level): { fill: string; stroke: string } {
  const text = level.svg.querySelector(".closing text");
  const { fill, stroke } = text ? getComputedStyle(text) : { fill: "", stroke: "" };
  return { fill, stroke };
}

/** What stands below a mark, on its grid of 16. */
function paintLabel(context: Context, mark: Mark, ink: string, halo: string): void {
  context.font = "600 12px sans-serif";
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.lineWidth = 2.7;
  context.strokeStyle = halo;
  context.strokeText(mark.label, 8, 8 + 16 * mark.line);
  context.fillStyle = ink;
  context.fillText(mark.label, 8, 8 + 16 * mark.line);
}

/** Names of areas, on a context whose unit is a meter. */
export function paintNames(context: Context, level: Level, size_m: number): void {
  const group = level.svg.querySelector(".names");
  if (!group) return;
  const { fill, stroke, fontFamily } = getComputedStyle(group);
  context.save();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.font = `600 100px ${fontFamily}`;
  for (const { text, x, y } of namesWithRoom(level, size_m)) {
    context.save();
    context.translate(x, y);
    context.scale(size_m / 100, size_m / 100);
    context.lineWidth = 22;
    context.strokeStyle = stroke;
    context.strokeText(text, 0, 0);
    context.fillStyle = fill;
    context.fillText(text, 0, 0);
    context.restore();
  }
  context.restore();
}
