// What the place that is chosen, and the whole venue, say at the minute that is shown.

import { clockText, type Day, minutesText, NEVER, NOBODY } from "../day";
import { html } from "../dom";
import type { Numbers } from "../unpack";
import { AREA_KINDS, count, LINK_KINDS, nameOf, say, SERVICES } from "../words";
import type { Place } from "./geometry";

const LEVELS = "ABCDEF";
const QUEUES_SHOWN = 5;

type Row = [what: string, value: string];

/** Name of a place in the current language. */
export function placeName(day: Day, place: Place): string {
  const { venue } = day.head;
  if (place.kind === "area") return nameOf(venue.areas[place.at]!.name);
  if (place.kind === "link") return `${say(LINK_KINDS[venue.links[place.at]![3]] ?? "")} ${venue.links[place.at]![0]}`;
  const station = venue.stations[place.at]!;
  const gate = venue.gates[station.gate];
  const where = gate ? gate.name : venue.areas[venue.nodes[station.node]![1]]!.name;
  const service = say(SERVICES[station.service] ?? "");
  return say("{service}, {place} ({code})", { service, place: nameOf(where), code: station.code });
}

export class Readout {
  readonly element = html("div", { class: "readout" });
  private readonly chosen = html("section", { class: "readout-place" });
  private readonly whole = html("section", { class: "readout-whole" });
  private readonly gone: Float64Array;
  private readonly entered: Float64Array;

  constructor(private readonly day: Day) {
    this.element.append(this.chosen, this.whole);
    this.entered = running(day.array("entered_minute"));
    this.gone = running(day.array("left_minute"));
  }

  show(time_s: number, place: Place | null, sampled: number): void {
    const heading = place ? placeName(this.day, place) : say("No place chosen");
    const rows = place ? this.rowsOf(place, time_s) : [];
    this.chosen.replaceChildren(
      html("h3", {}, heading),
      place ? listOf(rows) : html("p", { class: "quiet" }, say("Choose a place from the list or on the plan.")),
    );
    this.whole.replaceChildren(
      html("h3", {}, say("Whole venue")),
      listOf(this.wholeRows(time_s, sampled)),
      html("h3", {}, say("Longest queues now")),
      this.queues(time_s),
    );
  }

  private rowsOf(place: Place, time_s: number): Row[] {
    const minute = this.day.minuteAt(time_s);
    if (place.kind === "area") return this.areaRows(place.at, minute);
    if (place.kind === "station") return this.stationRows(place.at, minute, this.day.slotAt(time_s));
    const perM2 = this.day.densityAt(minute, place.at);
    return [
      [say("Density"), say("{n} persons/m²", { n: perM2.toFixed(2) })],
      [say("Level of service"), LEVELS[this.day.levelOfService(perM2)]!],
      [say("Clear width"), say("{n} m", { n: this.day.head.venue.links[place.at]![4] })],
    ];
  }

  private areaRows(at: number, minute: number): Row[] {
    const area = this.day.head.venue.areas[at]!;
    const persons = this.day.personsAt(minute, at);
    const rows: Row[] = [
      [say("Kind"), say(AREA_KINDS[area.kind] ?? "")],
      [say("Persons"), count(persons)],
    ];
    if (area.gross_m2) rows.push([say("Of its gross area"), say("{n} persons/m²", { n: (persons / area.gross_m2).toFixed(2) })]);
    if (area.capacity) rows.push([say("Capacity"), `${count(area.capacity)} (${Math.round((100 * persons) / area.capacity)} %)`]);
    return rows;
  }

  private stationRows(at: number, minute: number, slot: number): Row[] {
    const { minutes, slots } = this.day.head.clock;
    const wait = (name: string): string => {
      const seconds = this.day.row(name, at, slots)[slot]!;
      if (seconds === NOBODY) return say("nobody joined");
      return seconds === NEVER ? say("never") : say("{n} min", { n: minutesText(seconds) });
    };
    return [
      [say("Waiting"), count(this.day.queueAt(minute, at))],
      [say("Lanes open"), count(this.day.lanes[at * minutes + minute]!)],
      [say("Wait of half of those who join (p50)"), wait("wait_p50")],
      [say("19 of 20 wait at most (p95)"), wait("wait_p95")],
      [say("99 of 100 wait at most (p99)"), wait("wait_p99")],
    ];
  }

  private wholeRows(time_s: number, sampled: number): Row[] {
    const { venue } = this.day.head;
    const minute = this.day.minuteAt(time_s);
    let inside = 0;
    venue.areas.forEach((area, at) => (inside += area.inside ? this.day.personsAt(minute, at) : 0));
    let [densest, densestLink] = [0, -1];
    venue.links.forEach((_, at) => {
      const perM2 = this.day.densityAt(minute, at);
      if (perM2 > densest) [densest, densestLink] = [perM2, at];
    });
    const rows: Row[] = [
      [say("Inside"), count(inside)],
      [say("Entries so far"), count(this.entered[minute]!)],
      [say("Gone home so far"), count(this.gone[minute]!)],
      [say("Held outside"), count(this.day.heldOutside[minute]!)],
    ];
    if (densestLink >= 0) {
      const level = LEVELS[this.day.levelOfService(densest)]!;
      const text = `${venue.links[densestLink]![0]}: ${densest.toFixed(2)}/m², ${level}`;
      rows.push([say("Densest walkway"), text]);
    }
    rows.push([say("Dots on this level"), count(sampled)]);
    return rows;
  }

  private queues(time_s: number): HTMLElement {
    const minute = this.day.minuteAt(time_s);
    const longest = this.day.head.venue.stations
      .map((_, at) => ({ at, waiting: this.day.queueAt(minute, at) }))
      .filter(({ waiting }) => waiting > 0)
      .sort((a, b) => b.waiting - a.waiting)
      .slice(0, QUEUES_SHOWN);
    if (!longest.length) return html("p", { class: "quiet" }, say("Nobody waits at {at}.", { at: clockText(time_s) }));
    return listOf(longest.map(({ at, waiting }) => [placeName(this.day, { kind: "station", at }), count(waiting)]));
  }
}

function listOf(rows: Row[]): HTMLElement {
  return html("dl", {}, ...rows.map(([what, value]) => html("div", {}, html("dt", {}, what), html("dd", {}, value))));
}

function running(values: Numbers): Float64Array {
  let total = 0;
  return Float64Array.from(values, (each) => (total += each));
}
