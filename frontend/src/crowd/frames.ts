// Where everybody of a cut-out is, at any time: the page brings a frame a second, between two people walk straight.

import type { Numbers, Packed } from "../unpack";

export interface CrowdHead {
  start_s: number;
  every_s: number; // between two frames
  west_m: number;
  south_m: number;
  unit_m: number; // of places
  clock: string[]; // of every frame, HH:MM:SS
  shown_s: number; // what is shown at first
}

/** Paths of dots, walking and standing in queues, in meters with y to the south. */
export interface Dots {
  walking: string;
  queueing: string;
  persons: number;
  queue: number;
}

export class Frames {
  readonly head: CrowdHead;
  private readonly first: Numbers;
  private readonly person: Numbers;
  private readonly east: Numbers;
  private readonly north: Numbers;
  private readonly queues: Numbers;

  constructor(packed: Packed<CrowdHead>) {
    this.head = packed.head;
    this.first = packed.array("first");
    this.person = packed.array("person");
    this.east = packed.array("east");
    this.north = packed.array("north");
    this.queues = packed.array("queues");
  }

  get end_s(): number {
    return this.head.start_s + (this.first.length - 2) * this.head.every_s;
  }

  clock(time_s: number): string {
    return this.head.clock[Math.min(this.first.length - 2, Math.floor(this.place(time_s)))]!;
  }

  dots(time_s: number): Dots {
    const { west_m, south_m, unit_m } = this.head;
    const frame = Math.min(this.first.length - 2, Math.floor(this.place(time_s)));
    const share = this.place(time_s) - frame;
    const [rows, end] = [this.first[frame]!, this.first[frame + 1]!];
    const last = this.first[Math.min(frame + 2, this.first.length - 1)]!;
    const paths = ["", ""];
    let [queue, next] = [0, end];
    for (let row = rows; row < end; row++) {
      const who = this.person[row]!;
      while (next < last && this.person[next]! < who) next++; // rows of a frame are in order of persons
      const goesOn = share > 0 && next < last && this.person[next] === who;
      const between = (places: Numbers): number =>
        places[row]! + (goesOn ? share * (places[next]! - places[row]!) : 0);
      const x = (west_m + unit_m * between(this.east)).toFixed(2);
      const y = (-(south_m + unit_m * between(this.north))).toFixed(2);
      const stands = this.queues[row]!;
      paths[stands] += `M${x} ${y}h0`;
      queue += stands;
    }
    return { walking: paths[0]!, queueing: paths[1]!, persons: end - rows, queue };
  }

  private place(time_s: number): number {
    return Math.max(0, (time_s - this.head.start_s) / this.head.every_s);
  }
}
