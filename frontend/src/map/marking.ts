// The place that is pointed at: its outline again, on top of all, in a ring that is seen from afar.

import { svg } from "../dom";
import { boxOf, type Level } from "./level";
import type { Box, View } from "./view";

const RING_PX = 22;
const NEAR_M = 30; // shown around a place, at least

export function mark(level: Level, at: string): void {
  level.svg.querySelector(".pin")?.remove();
  const corners = level.cornersOf(at);
  if (!corners.length) return;
  const box = boxOf(corners);
  const ring = svg("circle", { class: "marked", cx: box.x + box.width / 2, cy: box.y + box.height / 2 });
  const outline = svg("path", { class: "marked", d: `M${corners.map((each) => each.join(" ")).join("L")}z` });
  level.svg.append(svg("g", { class: "pin" }, ...(corners.length > 1 ? [outline] : []), ring));
}

/** The ring is as large on the screen whatever the scale, and gone where the outline is larger. */
export function fitRing(level: Level, view: View): void {
  const ring = level.svg.querySelector<SVGCircleElement>(".pin circle");
  const outline = level.svg.querySelector<SVGPathElement>(".pin path");
  if (!ring) return;
  const size = outline ? Math.max(outline.getBBox().width, outline.getBBox().height) : 0;
  const radius = RING_PX / view.scale;
  ring.setAttribute("r", String(size > 2 * radius ? 0 : radius));
}

/** What is shown of a level for a place: enough around it to know where it is. */
export function around(level: Level, at: string): Box | null {
  const corners = level.cornersOf(at);
  if (!corners.length) return null;
  const box = boxOf(corners);
  const [width, height] = [Math.max(2 * NEAR_M, 1.5 * box.width), Math.max(2 * NEAR_M, 1.5 * box.height)];
  return { x: box.x - (width - box.width) / 2, y: box.y - (height - box.height) / 2, width, height };
}
