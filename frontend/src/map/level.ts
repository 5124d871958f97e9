// A level as the server's SVG says it: what a canvas needs to paint it, and where the numbers of its stands go.

import { svg } from "../dom";
import type { Box } from "./view";

export interface Shape {
  group: Element; // whose computed style says the colors
  path: Path2D;
}

export interface Stand {
  code: string;
  x: number; // middle [m]
  y: number;
  turned: number; // of its longer side, so that text is never upside down [deg]
  long: number; // sides [m]
  short: number;
}

export interface Mark {
  use: Element;
  id: string;
  kind: string;
  x: number;
  y: number;
  label: string; // below it, in a line of its own
  line: number; // how far below, in sizes of the mark
}

export interface Name {
  element: Element;
  text: string;
  x: number;
  y: number;
}

interface Drawing {
  path: Path2D;
  fill: string;
  stroke: string;
  width: number;
}

const DISC = "M0 8a8 8 0 1 1 16 0a8 8 0 1 1 -16 0z";

export class Level {
  readonly box: Box;
  readonly shapes: Shape[];
  readonly stands: Stand[];
  readonly marks: Mark[];
  readonly names: Name[];
  readonly mark_m: number; // across a symbol as the server drew it
  readonly symbols: Map<string, Drawing[]>;
  private readonly corners = new Map<string, [number, number][]>(); // of what stands on floors, by its id
  private readonly lines = new Map<string, [number, number][]>(); // of openings and ways, likewise

  constructor(readonly svg: SVGSVGElement) {
    const [x = 0, y = 0, width = 1, height = 1] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
    this.box = { x, y, width, height };
    const blocks = [...svg.querySelectorAll(".block path")];
    for (const each of blocks) this.corners.set(each.id, cornersOf(each.getAttribute("d") ?? ""));
    this.stands = blocks.filter((each) => each.closest(".stand, .stage, .counter")).map((each) => standOf(each.id, this.corners.get(each.id)!));
    for (const hall of svg.querySelectorAll(".block > g")) merge(hall);
    for (const each of svg.querySelectorAll(".opening path[id], .ways path[id]")) this.lines.set(each.id, cornersOf(each.getAttribute("d") ?? ""));
    for (const group of svg.querySelectorAll("g.opening, g.ways")) merge(group);
    this.shapes = [...svg.querySelectorAll(".ground, .block, .opening, .ways")].map((group) => ({
      group,
      path: new Path2D(group.getAttribute("d") ?? [...group.querySelectorAll("path")].map((each) => each.getAttribute("d")).join("")),
    }));
    this.marks = [...svg.querySelectorAll(".marks use")].map(markOf);
    this.mark_m = numberOf(svg.querySelector(".marks use"), "width") || 1;
    this.names = [...svg.querySelectorAll(".names text")].map((each) => ({
      element: each,
      text: each.textContent ?? "",
      x: numberOf(each, "x"),
      y: numberOf(each, "y"),
    }));
    this.symbols = new Map([...svg.querySelectorAll("symbol")].map((each) => [each.id, [...each.children].map(drawingOf)]));
  }

  /** The corners of a place, one for a point; none for what is not on this level. */
  cornersOf(at: string): [x: number, y: number][] {
    if (!at) return [];
    const known = this.corners.get(at) ?? this.lines.get(at);
    if (known) return known;
    const found = this.svg.getElementById(at);
    if (found?.localName === "path") return cornersOf(found.getAttribute("d") ?? "");
    const mark = this.marks.find((each) => each.id === at);
    return mark ? [[mark.x, mark.y]] : [];
  }

  /** A place that is not drawn: its corners, as numbers in a text. */
  know(at: string, corners: string): void {
    const numbers = corners.split(" ").map(Number);
    if (numbers.length === 4) this.lines.set(at, [numbers.slice(0, 2), numbers.slice(2)] as [number, number][]);
  }

  /** The opening or way that is nearest to a point, as the id of its place; "" = none within reach. [m] */
  lineAt(x: number, y: number, reach_m: number): string {
    let [nearest, least] = ["", reach_m];
    for (const [id, corners] of this.lines) {
      const far = distanceTo(corners, x, y) * (id.startsWith("links.") ? 1.5 : 1); // a door lies on the way through it
      if (far < least) [nearest, least] = [id, far];
    }
    return nearest;
  }

  /** Make symbols and names so large. [m] */
  resize(mark_m: number, name_m: number): void {
    // of these groups alone: what is set on the whole is looked up again by everything in it
    this.svg.querySelector<SVGElement>(".marks")?.style.setProperty("--mark", String(mark_m / this.mark_m));
    this.svg.querySelector<SVGElement>(".names")?.style.setProperty("--name", `${name_m}px`);
  }

  /** What stands on the floor at a point, as the id of its place; "" = nothing. */
  blockAt(x: number, y: number): string {
    for (const [id, corners] of this.corners) if (isInside(corners, x, y)) return id;
    return "";
  }
}

function distanceTo([a, b]: [number, number][], x: number, y: number): number {
  if (!a || !b) return Infinity;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const share = length2 ? Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length2)) : 0;
  return Math.hypot(x - a[0] - share * dx, y - a[1] - share * dy);
}

/** One path for all stands of a hall, all doors, all ways: a browser draws dozens of shapes much faster than thousands. */
function merge(hall: Element): void {
  const d = [...hall.children].map((each) => each.getAttribute("d")).join("");
  hall.replaceChildren(svg("path", { d }));
}

function isInside(corners: [number, number][], x: number, y: number): boolean {
  let inside = false;
  corners.forEach(([ax, ay], at) => {
    const [bx, by] = corners[(at + 1) % corners.length]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** A level out of the text of its SVG. */
export function readLevel(text: string): Level {
  const read = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return new Level(document.importNode(read, true) as unknown as SVGSVGElement);
}

/** The corners of a path as the server writes it: one absolute corner, then steps. */
export function cornersOf(path: string): [x: number, y: number][] {
  const numbers = path.match(/-?[\d.]+/g)?.map(Number) ?? [];
  const corners: [number, number][] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at]!;
    y += numbers[at + 1]!;
    corners.push([x, y]);
  }
  return corners;
}

export function boxOf(corners: [number, number][]): Box {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function standOf(id: string, corners: [number, number][]): Stand {
  let [long, dx, dy] = [0, 1, 0];
  corners.forEach(([ax, ay], at) => {
    const [bx, by] = corners[(at + 1) % corners.length]!;
    const length = Math.hypot(bx - ax, by - ay);
    if (length > long) [long, dx, dy] = [length, bx - ax, by - ay];
  });
  if (dx < 0 || (dx === 0 && dy < 0)) [dx, dy] = [-dx, -dy];
  const [ux, uy] = [dx / (long || 1), dy / (long || 1)];
  const [along, across] = [corners.map(([x, y]) => x * ux + y * uy), corners.map(([x, y]) => y * ux - x * uy)];
  const [a, b] = [middle(along), middle(across)];
  return {
    code: id.slice(id.indexOf(".") + 1),
    x: a * ux - b * uy,
    y: a * uy + b * ux,
    turned: (Math.atan2(uy, ux) * 180) / Math.PI,
    long: Math.max(...along) - Math.min(...along),
    short: Math.max(...across) - Math.min(...across),
  };
}

function middle(numbers: number[]): number {
  return (Math.min(...numbers) + Math.max(...numbers)) / 2;
}

function markOf(use: Element): Mark {
  const [, x = "0", y = "0"] = /translate\((\S+) (\S+)\)/.exec(use.parentElement?.getAttribute("transform") ?? "") ?? [];
  const text = use.parentElement?.querySelector("text");
  const line = text ? numberOf(text, "y") / (numberOf(use, "width") || 1) : 0;
  return { use, id: use.id, kind: (use.getAttribute("href") ?? "").slice(1), x: Number(x), y: Number(y), label: text?.textContent ?? "", line };
}

function drawingOf(part: Element): Drawing {
  const isDisc = part.localName === "circle";
  return {
    path: new Path2D(isDisc ? DISC : (part.getAttribute("d") ?? "")),
    fill: part.getAttribute("fill") ?? "none",
    stroke: part.getAttribute("stroke") ?? "none",
    width: numberOf(part, "stroke-width"),
  };
}

function numberOf(element: Element | null, name: string): number {
  return Number(element?.getAttribute(name) ?? 0);
}
