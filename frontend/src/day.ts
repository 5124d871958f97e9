// A played day as the player holds it. Arrays of a minute or a five-minute slot lie one row per area, station or gate;
// densities one row per minute.

import { type Numbers, type Packed, unpack, unpackBytes } from "./unpack";
import type { Both } from "./words";

export interface Clock {
  start_s: number;
  end_s: number;
  minute_s: number;
  slot_s: number;
  minutes: number;
  slots: number;
  gates_open_s: number;
  opens_s: number;
  last_entry_s: number;
  closes_s: number;
}

export interface Area {
  code: string;
  name: Both;
  kind: string;
  level: number;
  gross_m2: number;
  capacity: number | null;
  inside: boolean;
  outline: number[];
}

export interface Station {
  code: string;
  node: number;
  service: string;
  gate: number;
}

export interface Named {
  code: string;
  name: Both;
}

export type Node = [level: number, area: number, x_m: number, y_m: number, floor_m2: number];
export type Link = [code: string, start: number, end: number, kind: string, width_m: number];

export interface Venue {
  levels: Named[];
  areas: Area[];
  nodes: Node[];
  links: Link[];
  stations: Station[];
  gates: Named[];
  streams: (Named & { mode: string })[];
}

export interface ReportedPoint {
  of: "entries" | "streams" | "area" | "peak_hour_starts" | "peak_hour_ends";
  key?: string;
  streams?: number[];
  area?: number;
  at_s?: number;
  value: number;
  relation: "equals" | "at_least" | "at_most";
  use: "fitted" | "held_back" | "shown";
  date: string;
  note: Both;
}

export interface DayEvent {
  from_s: number;
  to_s: number;
  what: Both;
}

export interface Head {
  clock: Clock;
  promise: { peak_starts_s: number; peak_limit_s: number; other_limit_s: number };
  density_step_per_m2: number;
  los_from_per_m2: number[];
  replay_share: number;
  venue: Venue;
  departures: string[];
  reported: ReportedPoint[];
  events: DayEvent[];
  words: Record<string, string>;
}

export const NOBODY = 65535;
export const NEVER = 65534;
export const MOVE = { link: 0, stay: 1, queue: 2, home: 3 } as const;

export class Day {
  readonly density: Numbers;
  readonly areaPersons: Numbers;
  readonly queue: Numbers;
  readonly lanes: Numbers;
  readonly heldOutside: Numbers;

  private constructor(private readonly packed: Packed<Head>) {
    this.density = packed.array("density");
    this.areaPersons = packed.array("area_persons");
    this.queue = packed.array("queue");
    this.lanes = packed.array("lanes");
    this.heldOutside = packed.array("held_outside");
  }

  static async read(base64: string): Promise<Day> {
    return new Day(await unpack<Head>(base64));
  }

  static async of(bytes: Uint8Array<ArrayBuffer>): Promise<Day> {
    return new Day(await unpackBytes<Head>(bytes));
  }

  get head(): Head {
    return this.packed.head;
  }

  array(name: string): Numbers {
    return this.packed.array(name);
  }

  /** One row of an array: the minutes or slots of a station, area, gate. */
  row(name: string, at: number, length: number): Numbers {
    return this.packed.array(name).subarray(at * length, (at + 1) * length);
  }

  minuteAt(time_s: number): number {
    const { start_s, minute_s, minutes } = this.head.clock;
    return Math.min(minutes - 1, Math.max(0, Math.floor((time_s - start_s) / minute_s)));
  }

  slotAt(time_s: number): number {
    const { start_s, slot_s, slots } = this.head.clock;
    return Math.min(slots - 1, Math.max(0, Math.floor((time_s - start_s) / slot_s)));
  }

  densityAt(minute: number, link: number): number {
    return this.density[minute * this.head.venue.links.length + link]! * this.head.density_step_per_m2;
  }

  personsAt(minute: number, area: number): number {
    return this.areaPersons[area * this.head.clock.minutes + minute]!;
  }

  queueAt(minute: number, station: number): number {
    return this.queue[station * this.head.clock.minutes + minute]!;
  }

  /** Fruin walkway level 0-5 (A-F) of a density. */
  levelOfService(perM2: number): number {
    let level = 0;
    for (const from of this.head.los_from_per_m2) if (perM2 >= from) level++;
    return level;
  }

  /** Persons on areas inside, minute by minute. */
  personsInside(): Float64Array {
    const { minutes } = this.head.clock;
    const sum = new Float64Array(minutes);
    this.head.venue.areas.forEach((area, at) => {
      if (!area.inside) return;
      for (let minute = 0; minute < minutes; minute++) sum[minute]! += this.personsAt(minute, at);
    });
    return sum;
  }

  /** Waiting at all stations of some services, minute by minute. */
  waitingAt(services: readonly string[]): Float64Array {
    const { minutes } = this.head.clock;
    const sum = new Float64Array(minutes);
    this.head.venue.stations.forEach((station, at) => {
      if (!services.includes(station.service)) return;
      for (let minute = 0; minute < minutes; minute++) sum[minute]! += this.queueAt(minute, at);
    });
    return sum;
  }
}

export function clockText(time_s: number): string {
  const whole = Math.floor(time_s / 60);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

export function minutesText(wait_s: number): string {
  return (wait_s / 60).toFixed(1);
}
