// Where things of the plan lie, and what lies under a pointer. Meters; y grows to the north, screens grow downward.

import type { Day, Venue } from "../day";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Place = { kind: "area" | "station" | "link"; at: number };

/** Radius of a floor drawn as a circle. [m] */
export function floorRadius(floor_m2: number): number {
  return floor_m2 > 0 ? Math.sqrt(floor_m2 / Math.PI) : 0;
}

/** All that is drawn of every level, so that switching levels does not move the picture. */
export function bounds(venue: Venue): Box {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  const take = (x: number, y: number, reach: number): void => {
    left = Math.min(left, x - reach);
    right = Math.max(right, x + reach);
    top = Math.min(top, -y - reach);
    bottom = Math.max(bottom, -y + reach);
  };
  for (const [, of, x, y, floor_m2] of venue.nodes) take(x, y, venue.areas[of]!.outline.length ? 0 : floorRadius(floor_m2));
  for (const area of venue.areas) {
    for (let at = 0; at < area.outline.length; at += 2) take(area.outline[at]!, area.outline[at + 1]!, 0);
  }
  if (left > right) [left, right, top, bottom] = [0, 1, 0, 1];
  const margin = 0.04 * Math.max(right - left, bottom - top, 1);
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}

export function areaBox(venue: Venue, area: number): Box | null {
  const points: [number, number, number][] = [];
  const { outline } = venue.areas[area]!;
  for (let at = 0; at < outline.length; at += 2) points.push([outline[at]!, -outline[at + 1]!, 0]);
  if (!points.length) {
    for (const [, of, x, y, floor_m2] of venue.nodes) if (of === area) points.push([x, -y, floorRadius(floor_m2)]);
  }
  if (!points.length) return null;
  const left = Math.min(...points.map(([x, , r]) => x - r));
  const right = Math.max(...points.map(([x, , r]) => x + r));
  const top = Math.min(...points.map(([, y, r]) => y - r));
  const bottom = Math.max(...points.map(([, y, r]) => y + r));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Middle of mass of an outline; y downward as on a screen. */
export function middleOf(outline: number[]): [x: number, y: number] {
  let [area, x, y] = [0, 0, 0];
  const corners = outline.length / 2;
  for (let a = corners - 1, b = 0; b < corners; a = b++) {
    const [ax, ay, bx, by] = [outline[2 * a]!, outline[2 * a + 1]!, outline[2 * b]!, outline[2 * b + 1]!];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return area ? [x / (3 * area), -y / (3 * area)] : [outline[0]!, -outline[1]!];
}

function isInside(outline: number[], x: number, y: number): boolean {
  let inside = false;
  const corners = outline.length / 2;
  for (let a = 0, b = corners - 1; a < corners; b = a++) {
    const [ax, ay, bx, by] = [outline[2 * a]!, outline[2 * a + 1]!, outline[2 * b]!, outline[2 * b + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

function distanceToLink(venue: Venue, link: number, x: number, y: number): number {
  const [, start, end] = venue.links[link]!;
  const [, , ax, ay] = venue.nodes[start]!;
  const [, , bx, by] = venue.nodes[end]!;
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = length2 ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0;
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
}

/** The station, link or area at a point of a level: the nearest within reach_m, the smallest area otherwise. */
export function placeAt(day: Day, level: number, x: number, y: number, reach_m: number): Place | null {
  const { venue } = day.head;
  let [best, nearest]: [Place | null, number] = [null, reach_m];
  venue.stations.forEach((station, at) => {
    const [on, , nx, ny] = venue.nodes[station.node]!;
    const far = Math.hypot(nx - x, ny - y);
    if (on === level && far < nearest) [best, nearest] = [{ kind: "station", at }, far];
  });
  if (best) return best;
  nearest = reach_m / 2;
  venue.links.forEach((link, at) => {
    if (venue.nodes[link[1]]![0] !== level && venue.nodes[link[2]]![0] !== level) return;
    const far = distanceToLink(venue, at, x, y);
    if (far < nearest) [best, nearest] = [{ kind: "link", at }, far];
  });
  if (best) return best;
  let smallest = Infinity;
  venue.areas.forEach((area, at) => {
    if (area.level !== level || area.kind === "outside") return;
    const box = areaBox(venue, at);
    const hit = area.outline.length
      ? isInside(area.outline, x, y)
      : venue.nodes.some(([on, of, nx, ny, m2]) => on === level && of === at && Math.hypot(nx - x, ny - y) < floorRadius(m2));
    if (hit && box && box.width * box.height < smallest) {
      [best, smallest] = [{ kind: "area", at }, box.width * box.height];
    }
  });
  return best;
}
