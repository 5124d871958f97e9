// Where the sampled visitors are at a moment: each goes from one move to the next, and walks a link evenly in between.

import { type Day, MOVE } from "../day";
import type { Numbers } from "../unpack";
import { floorRadius } from "./geometry";

export type DrawPerson = (x: number, y: number, level: number, queues: boolean) => void;

export class People {
  private readonly first: Uint32Array; // [persons + 1] first move of each
  private readonly current: Uint32Array; // move at the last moment asked for
  private readonly at: Numbers;
  private readonly kind: Numbers;
  private readonly place: Numbers;
  private time_s = -1;

  constructor(
    private readonly day: Day,
    private readonly leftOut: ReadonlySet<number> = new Set(),
  ) {
    const counts = day.array("move_count");
    this.at = day.array("move_at");
    this.kind = day.array("move_kind");
    this.place = day.array("move_place");
    this.first = new Uint32Array(counts.length + 1);
    for (let person = 0; person < counts.length; person++) {
      this.first[person + 1] = this.first[person]! + counts[person]!;
    }
    this.current = this.first.slice(0, counts.length);
  }

  get size(): number {
    return this.current.length;
  }

  /** Calls draw for everyone who is somewhere at a time. */
  each(time_s: number, draw: DrawPerson): void {
    const now = time_s - this.day.head.clock.start_s;
    this.seek(now);
    for (let person = 0; person < this.size; person++) {
      const move = this.current[person]!;
      if (this.at[move]! > now || this.kind[move] === MOVE.home) continue;
      this.draw(person, move, now, draw);
    }
  }

  private seek(now: number): void {
    const isBackward = now < this.time_s;
    for (let person = 0; person < this.size; person++) {
      const last = this.first[person + 1]! - 1;
      let move = isBackward ? this.first[person]! : this.current[person]!;
      while (move < last && this.at[move + 1]! <= now) move++;
      this.current[person] = move;
    }
    this.time_s = now;
  }

  private draw(person: number, move: number, now: number, draw: DrawPerson): void {
    const { nodes, links } = this.day.head.venue;
    const place = this.place[move]!;
    // Everyone keeps to a lane and a spot of their own, so that a crowd looks like one.
    const spot = ((person * 2654435761) >>> 0) / 4294967296;
    if (this.kind[move] === MOVE.link) {
      if (this.leftOut.has(place >> 1)) return;
      const link = links[place >> 1]!;
      const [from, to] = place & 1 ? [nodes[link[2]]!, nodes[link[1]]!] : [nodes[link[1]]!, nodes[link[2]]!];
      const ends = move + 1 < this.first[person + 1]! ? this.at[move + 1]! : now;
      const share = Math.min(1, (now - this.at[move]!) / Math.max(1, ends - this.at[move]!));
      const [dx, dy] = [to[2] - from[2], to[3] - from[3]];
      const aside = ((spot - 0.5) * 0.8 * link[4]) / Math.max(1, Math.hypot(dx, dy));
      draw(from[2] + share * dx + aside * dy, from[3] + share * dy - aside * dx, share < 0.5 ? from[0] : to[0], false);
      return;
    }
    const node = nodes[place]!;
    const radius = 0.95 * Math.sqrt(spot) * Math.max(3, floorRadius(node[4]));
    const angle = 2 * Math.PI * ((person * Math.SQRT2) % 1);
    const queues = this.kind[move] === MOVE.queue;
    draw(node[2] + radius * Math.cos(angle), node[3] + radius * Math.sin(angle), node[0], queues);
  }
}
