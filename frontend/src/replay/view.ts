// Which part of the plan the stage shows.

import type { Box } from "./geometry";

export class View {
  private box: Box;
  width_px = 1;
  height_px = 1;

  constructor(private readonly whole: Box) {
    this.box = { ...whole };
  }

  resize(width_px: number, height_px: number): void {
    this.width_px = Math.max(1, width_px);
    this.height_px = Math.max(1, height_px);
  }

  /** Pixels per meter. */
  get scale(): number {
    return Math.min(this.width_px / this.box.width, this.height_px / this.box.height);
  }

  get left_px(): number {
    return (this.width_px - this.box.width * this.scale) / 2 - this.box.x * this.scale;
  }

  get top_px(): number {
    return (this.height_px - this.box.height * this.scale) / 2 - this.box.y * this.scale;
  }

  get viewBox(): string {
    const { x, y, width, height } = this.box;
    return `${x} ${y} ${width} ${height}`;
  }

  get isWhole(): boolean {
    return this.box.width >= this.whole.width * 0.999;
  }

  /** Meters of a point of the stage; y to the north. */
  at(x_px: number, y_px: number): [x: number, y: number] {
    return [(x_px - this.left_px) / this.scale, -(y_px - this.top_px) / this.scale];
  }

  /** The part that is shown, in meters. */
  get part(): Box {
    return { ...this.box };
  }

  set part(box: Box) {
    this.box = { ...box };
  }

  zoom(factor: number): void {
    const most = this.whole.width;
    const width = Math.min(most, Math.max(most / 12, this.box.width / factor));
    const height = (width * this.whole.height) / this.whole.width;
    const [x, y] = [this.box.x + this.box.width / 2, this.box.y + this.box.height / 2];
    this.box = { x: x - width / 2, y: y - height / 2, width, height };
    this.keepInside();
  }

  moveBy(x_px: number, y_px: number): void {
    this.box.x += x_px / this.scale;
    this.box.y += y_px / this.scale;
    this.keepInside();
  }

  showWhole(): void {
    this.box = { ...this.whole };
  }

  private keepInside(): void {
    const { box, whole } = this;
    box.x = Math.min(whole.x + whole.width - box.width, Math.max(whole.x, box.x));
    box.y = Math.min(whole.y + whole.height - box.height, Math.max(whole.y, box.y));
  }
}
