// What moves, on the canvas: density of links, sampled visitors, queues as bars.

import type { Day } from "../day";
import { colorOf } from "../dom";
import { count } from "../words";
import { floorRadius, type Place } from "./geometry";
import type { People } from "./people";
import type { View } from "./view";

const LOS = "abcdef";
const BAR_PX = 56; // of the longest queue of the day
const LABELED_FROM = 25; // persons waiting
const WIDEST_PX = 20; // of a line

interface Colors {
  los: string[];
  dot: string;
  dotQueue: string;
  queue: string;
  halo: string;
  chosen: string;
}

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Where meters lie on the picture. */
export type Frame = Pick<View, "scale" | "left_px" | "top_px" | "width_px" | "height_px">;

/** Links that are not drawn, nor who is on them. */
export type LeftOut = ReadonlySet<number>;
const NONE: LeftOut = new Set();

export class Painter {
  private colors!: Colors;
  private readonly longestQueue: number;
  private readonly besides: number[]; // of each station: how many stations before it share its node

  constructor(
    private readonly context: Context,
    private readonly colored: Element, // whose custom properties are the colors
    private readonly day: Day,
    private readonly people: People,
    private readonly view: Frame,
    private readonly leftOut: LeftOut = NONE,
  ) {
    let longest = 1;
    for (const each of day.queue) longest = Math.max(longest, each);
    this.longestQueue = longest;
    const seen = new Map<number, number>();
    this.besides = day.head.venue.stations.map(({ node }) => {
      seen.set(node, (seen.get(node) ?? -1) + 1);
      return seen.get(node)!;
    });
    this.readColors();
  }

  readColors(): void {
    const of = (name: string): string => colorOf(this.colored, name);
    this.colors = {
      los: [...LOS].map((level) => of(`--los-${level}`)),
      dot: of("--dot"),
      dotQueue: of("--dot-queue"),
      queue: of("--queue"),
      halo: of("--surface"),
      chosen: of("--accent"),
    };
  }

  /** Draws a moment; returns how many sampled visitors are on the level. */
  draw(time_s: number, level: number, chosen: Place | null): number {
    const minute = this.day.minuteAt(time_s);
    this.context.clearRect(0, 0, this.view.width_px, this.view.height_px);
    this.drawLinks(minute, level);
    const drawn = this.drawPeople(time_s, level);
    this.drawQueues(minute, level);
    if (chosen) this.drawChosen(chosen, level);
    return drawn;
  }

  private drawLinks(minute: number, level: number): void {
    const { context, view, day } = this;
    const { links, nodes } = day.head.venue;
    const { scale, left_px, top_px } = view;
    context.lineCap = "round";
    for (let at = 0; at < links.length; at++) {
      const [, start, end, , width_m] = links[at]!;
      const [from, to] = [nodes[start]!, nodes[end]!];
      if ((from[0] !== level && to[0] !== level) || this.leftOut.has(at)) continue;
      const [ax, ay, bx, by] = [left_px + from[2] * scale, top_px - from[3] * scale, left_px + to[2] * scale, top_px - to[3] * scale];
      if (isBeside(ax, bx, view.width_px) || isBeside(ay, by, view.height_px)) continue;
      const perM2 = day.densityAt(minute, at);
      const los = day.levelOfService(perM2);
      // Fuller links are also drawn wider, so that color is not alone in saying it.
      const most = Math.max(1.5, Math.min(width_m * scale, 14));
      context.lineWidth = perM2 === 0 ? Math.min(most, 1.5) : Math.max(2, most * (0.35 + 0.13 * los));
      context.setLineDash(from[0] === to[0] ? [] : [2, 3]);
      context.beginPath();
      context.moveTo(ax, ay);
      context.lineTo(bx, by);
      if (los > 0) this.strokeCasing();
      context.globalAlpha = perM2 === 0 ? 0.35 : 0.95;
      context.strokeStyle = this.colors.los[los]!;
      context.stroke();
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  /** A thin dark (or bright) edge, so that pale shades stand out from the ground. */
  private strokeCasing(): void {
    const { context } = this;
    const { lineWidth } = context;
    context.globalAlpha = 0.55;
    context.strokeStyle = this.colors.queue;
    context.lineWidth = lineWidth + 1.5;
    context.stroke();
    context.lineWidth = lineWidth;
  }

  private drawPeople(time_s: number, level: number): number {
    const { context, colors } = this;
    const { scale, left_px, top_px } = this.view;
    const size = Math.min(4, Math.max(1.6, 2.4 * scale));
    const queueing: number[] = [];
    context.fillStyle = colors.dot;
    let drawn = 0;
    this.people.each(time_s, (x, y, on, queues) => {
      if (on !== level) return;
      drawn++;
      const [left, top] = [left_px + x * scale - size / 2, top_px - y * scale - size / 2];
      if (queues) queueing.push(left, top);
      else context.fillRect(left, top, size, size);
    });
    context.fillStyle = colors.dotQueue;
    for (let at = 0; at < queueing.length; at += 2) context.fillRect(queueing[at]!, queueing[at + 1]!, size, size);
    return drawn;
  }

  private drawQueues(minute: number, level: number): void {
    const { context, colors, day } = this;
    const { stations, nodes } = day.head.venue;
    const { scale, left_px, top_px } = this.view;
    context.font = "600 11px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.lineWidth = 3;
    context.strokeStyle = colors.halo;
    stations.forEach((station, at) => {
      const [on, , x, y] = nodes[station.node]!;
      const waiting = day.queueAt(minute, at);
      if (on !== level || waiting === 0) return;
      const height = Math.max(2, BAR_PX * Math.sqrt(waiting / this.longestQueue));
      const left = left_px + x * scale - 3 + 9 * this.besides[at]!;
      const top = top_px - y * scale - height;
      context.strokeRect(left, top, 6, height);
      context.fillStyle = colors.queue;
      context.fillRect(left, top, 6, height);
      if (waiting < LABELED_FROM) return;
      context.strokeText(count(waiting), left + 3, top - 2);
      context.fillText(count(waiting), left + 3, top - 2);
    });
  }

  private drawChosen(place: Place, level: number): void {
    const { context } = this;
    const { venue } = this.day.head;
    const { scale, left_px, top_px } = this.view;
    const point = (x: number, y: number): [number, number] => [left_px + x * scale, top_px - y * scale];
    context.strokeStyle = this.colors.chosen;
    context.lineWidth = 3;
    context.beginPath();
    if (place.kind === "station") {
      const [on, , x, y] = venue.nodes[venue.stations[place.at]!.node]!;
      if (on === level) context.arc(...point(x, y), 10, 0, 2 * Math.PI);
    } else if (place.kind === "link") {
      const [, start, end] = venue.links[place.at]!;
      for (const node of [venue.nodes[start]!, venue.nodes[end]!]) {
        context.moveTo(...point(node[2], node[3]));
        context.arc(...point(node[2], node[3]), 5, 0, 2 * Math.PI);
      }
      context.moveTo(...point(venue.nodes[start]![2], venue.nodes[start]![3]));
      context.lineTo(...point(venue.nodes[end]![2], venue.nodes[end]![3]));
    } else {
      const { outline, level: on } = venue.areas[place.at]!;
      for (const [nodeOn, of, x, y, floor_m2] of outline.length ? [] : venue.nodes) {
        if (nodeOn !== level || of !== place.at || floor_m2 === 0) continue;
        const [left, top] = point(x, y);
        const radius = floorRadius(floor_m2) * scale;
        context.moveTo(left + radius, top);
        context.arc(left, top, radius, 0, 2 * Math.PI);
      }
      for (let at = 0; at < outline.length && on === level; at += 2) {
        context[at ? "lineTo" : "moveTo"](...point(outline[at]!, outline[at + 1]!));
      }
      if (outline.length) context.closePath();
    }
    context.stroke();
  }
}

/** Whether a line lies beside the picture, by its ends along one of the sides. */
function isBeside(a_px: number, b_px: number, size_px: number): boolean {
  return Math.max(a_px, b_px) < -WIDEST_PX || Math.min(a_px, b_px) > size_px + WIDEST_PX;
}
