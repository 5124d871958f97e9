// Parts of a replay's controls: a label with its control, icons, and what the colors mean.

import type { Day } from "../day";
import { html, svg } from "../dom";
import { say } from "../words";
import { FULLNESS_FROM } from "./drawing";

export function labelled(id: string, control: HTMLElement): HTMLElement {
  return html("span", { class: "labelled" }, html("label", { for: id }), control);
}

const ICONS: Record<string, string> = {
  play: "M5 3l11 7-11 7z",
  pause: "M5 3h4v14H5zM11 3h4v14h-4z",
  in: "M9 4h2v5h5v2h-5v5H9v-5H4V9h5z",
  out: "M4 9h12v2H4z",
  whole: "M3 3h5v2H5v3H3zM12 3h5v5h-2V5h-3zM3 12h2v3h3v2H3zM15 12h2v5h-5v-2h3z",
};

export function icon(name: string): SVGElement {
  return svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/** What colors, dots and bars mean. */
export function legendParts(day: Day): HTMLElement[] {
  const los = day.head.los_from_per_m2;
  const part = (title: string, ...items: HTMLElement[]): HTMLElement =>
    html("div", { class: "legend-part" }, html("span", { class: "legend-title" }, title), html("span", { class: "legend-items" }, ...items));
  const item = (swatch: string, text: string): HTMLElement =>
    html("span", { class: "legend-item" }, html("span", { class: `swatch ${swatch}`, "aria-hidden": "true" }), text);
  const range = (from: readonly number[], at: number): string =>
    at === 0 ? `< ${from[0]!.toFixed(2)}` : at < from.length ? `${from[at - 1]!.toFixed(2)}–${from[at]!.toFixed(2)}` : `≥ ${from[at - 1]!.toFixed(2)}`;
  const levels = [..."ABCDEF"].map((name, at) => item(`los los-${name.toLowerCase()}`, `${name} ${range(los, at)}`));
  const fullness = [0, 1, 2, 3, 4, 5].map((at) => item(`full-${at}`, range(FULLNESS_FROM, at)));
  const share = Math.round(1000 * day.head.replay_share) / 10;
  return [
    part(say("Walkways: level of service, persons/m²"), ...levels),
    part(say("Areas: persons per gross m²"), ...fullness),
    part(say("Dots: {n} % of visitors", { n: share }), item("dot", say("walking or staying")), item("dot dot-queue", say("in a queue"))),
    part(say("Bars"), item("bar", say("persons waiting (height by square root)"))),
  ];
}
