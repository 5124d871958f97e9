// The floor plan of one level as SVG: areas filled by how full they are below the canvas, their names above it.

import type { Day } from "../day";
import { svg } from "../dom";
import { count, nameOf } from "../words";
import { areaBox, type Box, floorRadius, middleOf } from "./geometry";
import type { View } from "./view";

/** Persons per gross m2 from which an area is drawn one shade fuller. */
export const FULLNESS_FROM = [0.02, 0.1, 0.2, 0.3, 0.45];
const LABEL_PX = 11;

interface DrawnArea {
  at: number;
  shapes: SVGElement[];
  label: SVGTextElement;
  name: SVGTSpanElement[];
  persons: SVGTSpanElement;
  fullness: number;
}

export class Drawing {
  readonly below = svg("svg", { class: "plan-areas", "aria-hidden": "true", focusable: "false" });
  readonly above = svg("svg", { class: "plan-names", "aria-hidden": "true", focusable: "false" });
  private areas: DrawnArea[] = [];

  constructor(private readonly day: Day) {}

  showLevel(level: number): void {
    const { venue } = this.day.head;
    this.areas = [];
    const order = venue.areas
      .map((area, at) => ({ area, at, box: areaBox(venue, at) }))
      .filter(({ area, box }) => box && area.kind !== "outside" && (area.level === level || this.hasNode(area, level)))
      // The largest first, so that what lies within it stays visible.
      .sort((a, b) => b.box!.width * b.box!.height - a.box!.width * a.box!.height);
    for (const { at } of order) {
      const name = [svg("tspan"), svg("tspan")];
      const persons = svg("tspan", { class: "plan-count" });
      const label = svg("text", { class: "plan-name" }, ...name, persons);
      this.areas.push({ at, shapes: this.shapes(at, level), label, name, persons, fullness: -1 });
    }
    this.below.replaceChildren(...this.ghosts(level), ...this.areas.flatMap((area) => area.shapes));
    this.above.replaceChildren(...this.areas.map((area) => area.label));
  }

  /** Outlines of what lies on other levels, so that a reader knows where a level is. */
  private ghosts(level: number): SVGElement[] {
    return this.day.head.venue.areas
      .filter((area) => area.outline.length && area.level !== level)
      .map((area) => svg("polygon", { class: "ghost", points: pointsOf(area.outline) }));
  }

  private hasNode(area: { outline: number[] }, level: number): boolean {
    const at = this.day.head.venue.areas.indexOf(area as never);
    return !area.outline.length && this.day.head.venue.nodes.some(([on, of, , , m2]) => on === level && of === at && m2 > 0);
  }

  private shapes(at: number, level: number): SVGElement[] {
    const { areas, nodes } = this.day.head.venue;
    const { outline, kind } = areas[at]!;
    const base = { "data-kind": kind };
    if (outline.length) {
      return [svg("polygon", { points: pointsOf(outline), ...base })];
    }
    return nodes
      .filter(([on, of, , , floor_m2]) => on === level && of === at && floor_m2 > 0)
      .map(([, , x, y, floor_m2]) => svg("circle", { cx: x, cy: -y, r: floorRadius(floor_m2), ...base }));
  }

  /** After a change of view, size or language: names keep their size on the screen and stay where they fit. */
  place(view: View): void {
    const { venue } = this.day.head;
    for (const each of [this.below, this.above]) each.setAttribute("viewBox", view.viewBox);
    const line = LABEL_PX / view.scale;
    this.above.style.fontSize = `${line}px`;
    const boxes = this.areas.map((area) => areaBox(venue, area.at)!);
    const taken: Box[] = [];
    this.areas.forEach((area, index) => {
      const box = boxes[index]!;
      const { name, outline } = venue.areas[area.at]!;
      const fits = (text: string): boolean => textWidth(text) * view.scale * line <= box.width * view.scale + 8;
      const full = nameOf(name);
      // A name that is too long for its place stands in two lines, and may reach beyond it where nothing else is named.
      const lines = fits(full) ? [full] : inTwoLines(full);
      const [x, middle] = outline.length ? middleOf(outline) : [box.x + box.width / 2, box.y + box.height / 2];
      const covered = boxes.slice(index + 1).some((inner) => contains(inner, x, middle));
      const width = Math.max(3, ...lines.map(textWidth)) * line;
      const height = 1.15 * (lines.length + 1) * line;
      const [under, over] = [box.y + box.height + 1.1 * line, box.y + 1.1 * line - height];
      const tops = outline.length ? [covered ? box.y + 1.6 * line : middle] : [under, over];
      const rooms = tops.map((y) => ({ x: x - width / 2, y: y - line, width, height }));
      const room = rooms.find((each) => !taken.some((other) => overlap(each, other)));
      area.name.forEach((span, at) => (span.textContent = room ? (lines[at] ?? "") : ""));
      if (room) taken.push(room);
      const y = (room ?? rooms[0]!).y + line;
      [...area.name.slice(0, lines.length), area.persons].forEach((span, at) => {
        span.setAttribute("x", String(x));
        span.setAttribute("y", String(y + 1.15 * at * line));
      });
    });
  }

  showMinute(minute: number): void {
    for (const area of this.areas) {
      const { gross_m2 } = this.day.head.venue.areas[area.at]!;
      const persons = this.day.personsAt(minute, area.at);
      if (area.name[0]!.textContent) area.persons.textContent = count(persons);
      else area.persons.textContent = "";
      let fullness = 0;
      if (gross_m2 > 0) for (const from of FULLNESS_FROM) if (persons / gross_m2 >= from) fullness++;
      if (fullness === area.fullness) continue;
      area.fullness = fullness;
      for (const shape of area.shapes) shape.setAttribute("class", `full-${fullness}`);
    }
  }
}

function pointsOf(outline: number[]): string {
  return outline.map((each, index) => (index % 2 ? -each : each)).join(" ");
}

/** A name in two lines as equal as can be: broken at a space, or between Chinese signs. One word stays as it is. */
export function inTwoLines(name: string): string[] {
  const breaks = [...name].flatMap((sign, at) => (sign === " " || (at && sign.charCodeAt(0) > 0x2e80) ? [at] : []));
  const halves = breaks.map((at) => [name.slice(0, at).trim(), name.slice(at).trim()]);
  const widest = (lines: string[]): number => Math.max(...lines.map(textWidth));
  return halves.sort((a, b) => widest(a) - widest(b))[0] ?? [name];
}

/** About how wide a text is, in lines of its height. */
function textWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += sign.charCodeAt(0) > 0x2e80 ? 1 : 0.56;
  return width;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(box: Box, x: number, y: number): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}
