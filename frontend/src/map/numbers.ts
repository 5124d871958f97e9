// Numbers of stands: only where they can be read, and only those in view.

import { svg } from "../dom";
import type { Level, Stand } from "./level";
import type { Box, View } from "./view";

const READABLE_PX = 9;
const LARGEST_PX = 13;
const GLYPH = 0.62; // width of a character of its height
const LEADING = 0.85; // of the shorter side, for the height of a line

/** Height of a stand's number on the screen; 0 = too small to be read. [px] */
export function numberSize(stand: Stand, scale: number): number {
  const fits = Math.min(LARGEST_PX, stand.short * scale * LEADING, (stand.long * scale * 0.94) / (GLYPH * Math.max(1, stand.code.length)));
  return fits >= READABLE_PX ? fits : 0;
}

/** The stands in a part of a level whose numbers can be read, with the height of these. */
export function* readable(level: Level, part: Box, scale: number): Generator<[Stand, number]> {
  if (scale * 60 < READABLE_PX) return;
  for (const stand of level.stands) {
    if (stand.x < part.x || stand.x > part.x + part.width || stand.y < part.y || stand.y > part.y + part.height) continue;
    const size_px = numberSize(stand, scale);
    if (size_px) yield [stand, size_px];
  }
}

/** Write them into the SVG, in place of those that were there. */
export function writeNumbers(level: Level, view: View): void {
  const texts: SVGElement[] = [];
  for (const [stand, size_px] of readable(level, view.part(0.02), view.scale)) {
    const place = `translate(${stand.x} ${stand.y}) rotate(${stand.turned})`;
    texts.push(svg("text", { transform: place, "font-size": size_px / view.scale }, stand.code));
  }
  level.svg.querySelector(".numbers")?.remove();
  if (!texts.length) return;
  const group = svg("g", { class: "numbers", "aria-hidden": "true" }, ...texts);
  level.svg.insertBefore(group, level.svg.querySelector(".marks, .names"));
}
