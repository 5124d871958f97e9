// A chart of lines over the day, drawn as SVG with classes, so that it follows the theme and prints well.
// Lines differ by dash as well as by color; a table with the same figures opens below.

import { clockText } from "../day";
import { html, svg } from "../dom";
import { say } from "../words";
import { hourTicks, niceTicks } from "./scale";

export interface Line {
  name: string;
  style: string; // class that gives color and dash
  values: ArrayLike<number>; // nan = nothing there, infinity = off the chart
  fill?: boolean;
}

export interface Mark {
  at_s: number;
  value: number;
  text: string;
  style: string;
}

export interface Level {
  value: number;
  text: string;
  style: string;
}

export interface Band {
  from_s: number;
  to_s: number;
  text: string;
}

export interface LineChart {
  title: string;
  unit: string;
  lines: Line[];
  times_s: ArrayLike<number>; // end of each value's step
  start_s: number;
  end_s: number;
  marks?: Mark[];
  levels?: Level[];
  bands?: Band[];
  events?: Band[]; // thin strips along the top
  most?: number; // top of the axis, for charts that are compared
  height_px?: number;
  isSmall?: boolean;
  note?: string;
  format: (value: number) => string;
  tableOf?: number; // steps of which a row of the table says the most; 1 without
}

const TOP = 12;
const EVENT_PX = 4;
const RIGHT = 10;
const BOTTOM = 20;
const DIGIT_PX = 6.5;
const HEADROOM = 1.06; // above the highest value, so that its line and its label stay clear of the edge

export class Chart {
  readonly element: HTMLElement;
  private readonly picture = html("div", { class: "chart-picture" });
  private readonly readout = html("p", { class: "chart-readout", "aria-hidden": "true" });
  private cursor: SVGElement | null = null;
  private time_s: number;

  constructor(private readonly chart: LineChart) {
    this.time_s = chart.start_s;
    const unit = html("span", { class: "chart-unit" }, ` ${chart.unit}`);
    const title = html("h4", { class: "chart-title" }, chart.title, unit);
    this.element = html("figure", { class: chart.isSmall ? "chart chart-small" : "chart" }, title);
    if (!chart.isSmall && chart.lines.length > 1) this.element.append(this.legend());
    this.element.append(this.picture);
    if (chart.note) this.element.append(html("p", { class: "quiet chart-note" }, chart.note));
    this.element.append(html("div", { class: "chart-foot" }, this.tableOnDemand(), this.readout));
    new ResizeObserver(() => this.draw()).observe(this.picture);
  }

  showTime(time_s: number): void {
    this.time_s = time_s;
    this.cursor?.setAttribute("transform", `translate(${this.x(time_s).toFixed(1)} 0)`);
  }

  private get width(): number {
    return Math.max(120, this.picture.clientWidth);
  }

  private get height(): number {
    return this.chart.height_px ?? 220;
  }

  /** Room for the widest label of the axis. */
  private get left(): number {
    const widest = Math.max(...this.ticks().map((tick) => this.chart.format(tick).length));
    return 12 + DIGIT_PX * widest;
  }

  private get top(): number {
    if (this.chart.most) return this.chart.most * HEADROOM;
    let most = 0;
    for (const { values } of this.chart.lines) {
      for (let at = 0; at < values.length; at++) if (Number.isFinite(values[at]!)) most = Math.max(most, values[at]!);
    }
    for (const { value } of [...(this.chart.marks ?? []), ...(this.chart.levels ?? [])]) most = Math.max(most, value);
    return (most || 1) * HEADROOM;
  }

  private ticks(): number[] {
    return niceTicks(this.top, this.chart.isSmall ? 4 : 5);
  }

  private x(time_s: number): number {
    const { start_s, end_s } = this.chart;
    const share = Math.min(1, Math.max(0, (time_s - start_s) / (end_s - start_s)));
    return this.left + share * (this.width - this.left - RIGHT);
  }

  private y(value: number): number {
    const { top } = this;
    return this.height - BOTTOM - (Math.min(value, top) / top) * (this.height - TOP - BOTTOM);
  }

  private draw(): void {
    const { width, height, chart } = this;
    const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": this.spoken() });
    picture.append(...this.bands(), ...this.events(), ...this.axes());
    for (const line of chart.lines) picture.append(...this.line(line));
    for (const level of chart.levels ?? []) picture.append(...this.level(level));
    for (const each of chart.marks ?? []) picture.append(...this.mark(each));
    this.cursor = svg("line", { class: "cursor", x1: 0, x2: 0, y1: TOP, y2: height - BOTTOM });
    picture.append(this.cursor);
    this.showTime(this.time_s);
    picture.addEventListener("pointermove", (event) => this.readAt(event.offsetX));
    picture.addEventListener("pointerleave", () => (this.readout.textContent = ""));
    this.picture.replaceChildren(picture);
  }

  private axes(): SVGElement[] {
    const { width, height } = this;
    const parts: SVGElement[] = [];
    for (const tick of this.ticks()) {
      const y = this.y(tick);
      parts.push(svg("line", { class: "grid", x1: this.left, x2: width - RIGHT, y1: y, y2: y }));
      parts.push(svg("text", { class: "tick", x: this.left - 6, y: y + 3.5, "text-anchor": "end" }, this.chart.format(tick)));
    }
    for (const tick of hourTicks(this.chart.start_s, this.chart.end_s, width - this.left - RIGHT)) {
      const x = this.x(tick);
      parts.push(svg("line", { class: "grid", x1: x, x2: x, y1: height - BOTTOM, y2: height - BOTTOM + 4 }));
      parts.push(svg("text", { class: "tick", x, y: height - 5, "text-anchor": "middle" }, clockText(tick)));
    }
    return parts;
  }

  private line(line: Line): SVGElement[] {
    const { times_s } = this.chart;
    const parts: SVGElement[] = [];
    let path = "";
    let pen = "M";
    const steps = Math.min(line.values.length, times_s.length);
    for (let at = 0; at < steps; at++) {
      const value = line.values[at]!;
      const x = this.x(times_s[at]!);
      if (value === Infinity) {
        parts.push(svg("path", { class: `never ${line.style}`, d: `M${x} ${TOP - 8}l4 8h-8z` }));
      }
      if (!Number.isFinite(value)) pen = "M";
      else {
        path += `${pen}${x.toFixed(1)} ${this.y(value).toFixed(1)}`;
        pen = "L";
      }
    }
    const last = times_s[steps - 1]!;
    if (line.fill && path) {
      const area = `${path}L${this.x(last)} ${this.y(0)}L${this.x(times_s[0]!)} ${this.y(0)}z`;
      parts.unshift(svg("path", { class: `fill ${line.style}`, d: area }));
    }
    return [...parts, svg("path", { class: `line ${line.style}`, d: path })];
  }

  private level(level: Level): SVGElement[] {
    const y = this.y(level.value);
    const right = this.width - RIGHT;
    return [
      svg("line", { class: `level ${level.style}`, x1: this.left, x2: right, y1: y, y2: y }),
      svg("text", { class: "mark-text", x: right, y: y - 4, "text-anchor": "end" }, level.text),
    ];
  }

  private mark(mark: Mark): SVGElement[] {
    const [x, y] = [this.x(mark.at_s), this.y(mark.value)];
    const isRight = x > (2 * this.width) / 3;
    const text = { class: "mark-text", x: x + (isRight ? -2 : 9), y: y + (isRight ? 18 : 12), "text-anchor": isRight ? "end" : "start" };
    return [svg("path", { class: `mark ${mark.style}`, d: `M${x} ${y - 6}l6 6-6 6-6-6z` }), svg("text", text, mark.text)];
  }

  private bands(): SVGElement[] {
    return (this.chart.bands ?? []).flatMap((band) => {
      const [left, right] = [this.x(band.from_s), this.x(band.to_s)];
      const box = { x: left, width: Math.max(1, right - left), y: TOP, height: this.height - TOP - BOTTOM };
      return [
        svg("rect", { class: "band", ...box }),
        left > this.width / 2
          ? svg("text", { class: "mark-text", x: right - 4, y: TOP + 10, "text-anchor": "end" }, band.text)
          : svg("text", { class: "mark-text", x: left + 4, y: TOP + 10 }, band.text),
      ];
    });
  }

  private events(): SVGElement[] {
    const shown = (this.chart.events ?? []).filter(({ from_s, to_s }) => from_s < this.chart.end_s && to_s > this.chart.start_s);
    return shown.map(({ from_s, to_s, text }) => {
      const [left, right] = [this.x(from_s), this.x(to_s)];
      return svg("rect", { class: "event", x: left, width: Math.max(2, right - left), y: 0, height: EVENT_PX }, svg("title", {}, text));
    });
  }

  private readAt(x_px: number): void {
    const { start_s, end_s, times_s, lines } = this.chart;
    const at_s = start_s + ((x_px - this.left) / (this.width - this.left - RIGHT)) * (end_s - start_s);
    let at = 0;
    while (at < times_s.length - 1 && times_s[at]! < at_s) at++;
    const values = lines.map((line) => `${line.name} ${this.cell(line.values[at]!)}`);
    this.readout.textContent = `${clockText(times_s[at]!)}  ${values.join("  ·  ")}`;
  }

  private legend(): HTMLElement {
    return html(
      "ul",
      { class: "chart-legend" },
      ...this.chart.lines.map(({ name, style }) => {
        const sample = svg("line", { class: `line ${style}`, x1: 1, x2: 25, y1: 5, y2: 5 });
        return html("li", {}, svg("svg", { width: 26, height: 10, "aria-hidden": "true" }, sample), name);
      }),
    );
  }

  private spoken(): string {
    const peaks = this.chart.lines.map(({ name, values }) => {
      let best = -1;
      for (let at = 0; at < values.length; at++) if (best < 0 || !(values[at]! <= values[best]!)) best = Number.isNaN(values[at]!) ? best : at;
      return best < 0 ? name : say("{name}: most {value} at {at}", { name, value: this.cell(values[best]!), at: clockText(this.chart.times_s[best]!) });
    });
    const notes = [...(this.chart.marks ?? []), ...(this.chart.levels ?? []), ...(this.chart.bands ?? [])].map(({ text }) => text);
    return `${this.chart.title}. ${[...peaks, ...notes].join("; ")}. ${say("The figures stand in the table below.")}`;
  }

  private cell(value: number): string {
    if (Number.isNaN(value)) return "–";
    return value === Infinity ? say("never") : this.chart.format(value);
  }

  private tableOnDemand(): HTMLElement {
    const details = html("details", { class: "chart-table" }, html("summary", {}, say("Table"), html("span", { class: "visually-hidden" }, `: ${this.chart.title}`)));
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(this.table());
    });
    return details;
  }

  private table(): HTMLElement {
    const { lines, times_s, title, unit, tableOf = 1 } = this.chart;
    const head = html("tr", {}, html("th", { scope: "col" }, say("Until")), ...lines.map(({ name }) => html("th", { scope: "col", class: "number" }, name)));
    const rows = [];
    for (let first = 0; first < times_s.length; first += tableOf) {
      const last = Math.min(first + tableOf, times_s.length) - 1;
      const cells = lines.map(({ values }) => html("td", { class: "number" }, this.cell(mostOf(values, first, last))));
      rows.push(html("tr", {}, html("th", { scope: "row" }, clockText(times_s[last]!)), ...cells));
    }
    const step_s = times_s[1]! - times_s[0]!;
    const of = tableOf > 1 ? `; ${say("each row: the most at the end of any of its {n} minutes", { n: (tableOf * step_s) / 60 })}` : "";
    const caption = html("caption", {}, `${title} [${unit}]${of}`);
    const table = html("table", {}, caption, html("thead", {}, head), html("tbody", {}, ...rows));
    return html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table);
  }
}

/** The largest of some values; nan when all of them are. */
function mostOf(values: ArrayLike<number>, first: number, last: number): number {
  let most = NaN;
  for (let at = first; at <= last; at++) if (!(values[at]! <= most) && !Number.isNaN(values[at]!)) most = values[at]!;
  return most;
}
