// Which charts a day is told with.

import { clockText, type Day, minutesText, NEVER, NOBODY, type ReportedPoint } from "../day";
import { html } from "../dom";
import type { Numbers } from "../unpack";
import { count, currentLanguage, MODES, nameOf, say } from "../words";
import { type Band, Chart, type Level, type Line, type LineChart, type Mark } from "./line_chart";

const SMALL_PX = 120;
const MINUTES_PER_ROW = 5;

export function dayCharts(day: Day): { heading: string; charts: Chart[] }[] {
  return [
    { heading: say("Coming and going"), charts: [flows(day), totals(day), departures(day), inside(day)] },
    { heading: say("Entry time at each gate, by the five minutes of joining the queue"), charts: gates(day) },
    { heading: say("Persons in each hall"), charts: halls(day) },
  ];
}

type Shared = Pick<LineChart, "start_s" | "end_s" | "times_s" | "format" | "events" | "tableOf">;

/** What all charts of a series over five-minute slots share. */
function overSlots(day: Day): Shared {
  const { start_s, slot_s } = day.head.clock;
  const slots = shownSlots(day);
  return { start_s, end_s: start_s + slots * slot_s, times_s: stepEnds(start_s, slot_s, slots), format: count, events: events(day) };
}

/** The same over minutes; their tables say the most of each five. */
function overMinutes(day: Day): Shared {
  const { start_s, minute_s, slot_s, minutes } = day.head.clock;
  const shown = Math.min(minutes, Math.round((shownSlots(day) * slot_s) / minute_s));
  return { start_s, end_s: start_s + shown * minute_s, times_s: stepEnds(start_s, minute_s, shown), format: count, events: events(day), tableOf: MINUTES_PER_ROW };
}

function events(day: Day): Band[] {
  return day.head.events.map(({ from_s, to_s, what }) => ({ from_s, to_s, text: `${clockText(from_s)}–${clockText(to_s)} ${nameOf(what)}` }));
}

/** Five-minute slots until half an hour after the last one came or left. */
function shownSlots(day: Day): number {
  const { slots, start_s, slot_s } = day.head.clock;
  let last = 0;
  for (const name of ["arrived", "left"]) {
    day.array(name).forEach((each: number, at: number) => (last = each > 0 ? Math.max(last, at % slots) : last));
  }
  const reported_s = day.head.reported.find(({ of }) => of === "peak_hour_ends")?.value ?? 0;
  return Math.min(slots, Math.max(last + 7, Math.ceil((reported_s - start_s) / slot_s) + 1));
}

function stepEnds(start_s: number, step_s: number, steps: number): Float64Array {
  return Float64Array.from({ length: steps }, (_, at) => start_s + (at + 1) * step_s);
}

function sumOfRows(values: Numbers, rows: number[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const row of rows) for (let at = 0; at < length; at++) sum[at]! += values[row * length + at]!;
  return sum;
}

function running(values: ArrayLike<number>): Float64Array {
  let total = 0;
  return Float64Array.from(values, (each) => (total += each));
}

function allStreams(day: Day): number[] {
  return day.head.venue.streams.map((_, at) => at);
}

function flows(day: Day): Chart {
  const { slots } = day.head.clock;
  return new Chart({
    ...overSlots(day),
    title: say("Arrivals, entries and departures per five minutes"),
    unit: say("persons"),
    lines: [
      { name: say("Arrivals, all streams"), style: "line-1", values: sumOfRows(day.array("arrived"), allStreams(day), slots) },
      { name: say("Entries"), style: "line-2", values: day.array("entered") },
      { name: say("Gone home"), style: "line-3", values: sumOfRows(day.array("left"), day.head.departures.map((_, at) => at), slots) },
    ],
  });
}

function totals(day: Day): Chart {
  const { slots, start_s } = day.head.clock;
  const points = day.head.reported.filter(({ of }) => of === "entries" || of === "streams");
  const keys = [...new Set(points.filter(({ of }) => of === "streams").map(({ key }) => key!))];
  const lines: Line[] = [
    { name: say("Entries"), style: "line-2", values: running(day.array("entered")) },
    ...keys.map((key, at) => {
      const streams = points.find((point) => point.key === key)!.streams!;
      const names = streams.map((stream) => nameOf(day.head.venue.streams[stream]!.name));
      const name = say("Arrived: {names}", { names: names.join(currentLanguage() === "zh" ? "、" : "; ") });
      return { name, style: `line-${4 + (at % 3)}`, values: running(sumOfRows(day.array("arrived"), streams, slots)) };
    }),
  ];
  const marks: Mark[] = points.map((point) => ({ at_s: point.at_s ?? start_s, value: point.value, text: reportedText(point), style: `use-${point.use}` }));
  return new Chart({ ...overSlots(day), title: say("Entries and arrivals so far, beside reported counts"), unit: say("persons"), lines, marks, note: useNote(points) });
}

function reportedText(point: ReportedPoint): string {
  const sign = { equals: "", at_least: "≥ ", at_most: "≤ " }[point.relation];
  return say("reported {value}", { value: sign + count(point.value) });
}

function useNote(points: ReportedPoint[]): string | undefined {
  if (!points.length) return undefined;
  return say("Diamonds: reported counts. Filled: held back from fitting; hollow: the plan was fitted to it or it is shown only.");
}

function departures(day: Day): Chart {
  const { slots } = day.head.clock;
  const from = day.head.reported.find(({ of }) => of === "peak_hour_starts");
  const to = day.head.reported.find(({ of }) => of === "peak_hour_ends");
  const bands = from && to ? [{ from_s: from.value, to_s: to.value, text: say("reported busiest {from}–{to}", { from: clockText(from.value), to: clockText(to.value) }) }] : [];
  const lines = day.head.departures
    .map((mode, at) => ({ name: say(MODES[mode] ?? ""), style: `line-${1 + (at % 8)}`, values: day.row("left", at, slots) }))
    .filter(({ values }) => (values as Uint16Array).some((each) => each > 0));
  return new Chart({ ...overSlots(day), title: say("Gone home per five minutes, by mode of arrival"), unit: say("persons"), lines, bands, note: from ? nameOf(from.note) : undefined });
}

function inside(day: Day): Chart {
  const { minutes } = day.head.clock;
  const of = (wanted: (at: number) => boolean): Float64Array =>
    sumOfRows(day.areaPersons, day.head.venue.areas.map((_, at) => at).filter(wanted), minutes);
  const areas = day.head.venue.areas;
  return new Chart({
    ...overMinutes(day),
    title: say("Persons inside"),
    unit: say("persons"),
    lines: [
      { name: say("Inside"), style: "line-2", values: of((at) => areas[at]!.inside), fill: true },
      { name: say("In halls"), style: "line-1", values: of((at) => areas[at]!.kind === "hall") },
      { name: say("Waiting at the gates"), style: "line-5", values: day.waitingAt(["security", "badge"]) },
    ],
  });
}

function gates(day: Day): Chart[] {
  const { slots, start_s, slot_s } = day.head.clock;
  const { peak_starts_s, peak_limit_s, other_limit_s } = day.head.promise;
  const waits = day.array("gate_wait");
  const limit = Float64Array.from({ length: slots }, (_, at) => {
    const joined_s = start_s + at * slot_s;
    return joined_s >= peak_starts_s && joined_s < peak_starts_s + 3600 ? peak_limit_s : other_limit_s;
  });
  const of = (gate: number, which: number): Float64Array =>
    Float64Array.from(waits.subarray((3 * gate + which) * slots, (3 * gate + which + 1) * slots), (each) =>
      each === NOBODY ? NaN : each === NEVER ? Infinity : each,
    );
  let most = peak_limit_s;
  for (const each of waits) if (each < NEVER) most = Math.max(most, each);
  return day.head.venue.gates.map(({ name }, gate) => {
    const lines: Line[] = [
      { name: "p99", style: "line-p99", values: of(gate, 2) },
      { name: "p95", style: "line-p95", values: of(gate, 1) },
      { name: "p50", style: "line-p50", values: of(gate, 0) },
      { name: say("Promise"), style: "line-limit", values: limit },
    ];
    // Axis in seconds whose ticks are round in minutes.
    const minutes = lines.map((line) => ({ ...line, values: Float64Array.from(line.values, (each) => each / 60) }));
    return new Chart({ ...overSlots(day), title: say("Gate {name}", { name: nameOf(name) }), unit: say("minutes"), lines: minutes, most: most / 60, height_px: 190, format: (each) => (Number.isInteger(each) ? String(each) : minutesText(each * 60)) });
  });
}

function halls(day: Day): Chart[] {
  const { minutes } = day.head.clock;
  const halls = day.head.venue.areas.map((area, at) => ({ area, at })).filter(({ area }) => area.kind === "hall");
  const points = day.head.reported.filter(({ of }) => of === "area");
  let most = 1;
  for (const { at, area } of halls) {
    for (const each of day.row("area_persons", at, minutes)) most = Math.max(most, each);
    most = Math.max(most, area.capacity ?? 0);
  }
  for (const { value } of points) most = Math.max(most, value);
  return halls.map(({ area, at }) => {
    const values = day.row("area_persons", at, minutes);
    const levels: Level[] = points.filter((point) => point.area === at).map((point) => ({ value: point.value, text: reportedText(point), style: `use-${point.use}` }));
    if (area.capacity) levels.push({ value: area.capacity, text: say("capacity {n}", { n: count(area.capacity) }), style: "capacity" });
    const peak = Math.max(...values);
    const title = say("{name}: most {n}", { name: nameOf(area.name), n: count(peak) });
    return new Chart({ ...overMinutes(day), title, unit: say("persons"), lines: [{ name: nameOf(area.name), style: "line-2", values, fill: true }], levels, most, height_px: SMALL_PX, isSmall: true });
  });
}

export function mountCharts(root: HTMLElement, day: Day): (time_s: number) => void {
  const groups = dayCharts(day);
  root.replaceChildren(
    ...groups.map(({ heading, charts }) =>
      html("section", { class: "chart-group" }, html("h3", {}, heading), html("div", { class: charts.some((chart) => chart.element.classList.contains("chart-small")) ? "chart-grid is-small" : "chart-grid" }, ...charts.map(({ element }) => element))),
    ),
  );
  return (time_s) => {
    for (const { charts } of groups) for (const chart of charts) chart.showTime(time_s);
  };
}
