// Which part of a level is shown. The level's units are meters, y downward, as its SVG has them.

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Placing {
  x: number; // middle of what is shown [m]
  y: number;
  scale: number; // [px/m]
}

const MOST_PX_PER_M = 60;
const ROOM = 0.96; // of the stage, for the whole of a level

export class View implements Placing {
  x = 0;
  y = 0;
  scale = 1;
  width_px = 1;
  height_px = 1;
  private whole: Box = { x: 0, y: 0, width: 1, height: 1 };

  resize(width_px: number, height_px: number): void {
    this.width_px = Math.max(1, width_px);
    this.height_px = Math.max(1, height_px);
  }

  /** Another level, with what there is to be seen on it. */
  bound(whole: Box): void {
    this.whole = whole;
    this.place(this);
  }

  /** As large as all of a box can be shown. */
  fitting(box: Box): Placing {
    const scale = ROOM * Math.min(this.width_px / box.width, this.height_px / box.height);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, scale };
  }

  get fit(): Placing {
    return this.fitting(this.whole);
  }

  place({ x, y, scale }: Placing): void {
    const { whole } = this;
    this.scale = Math.min(MOST_PX_PER_M, Math.max(this.fit.scale / 1.5, scale));
    this.x = Math.min(whole.x + whole.width, Math.max(whole.x, x));
    this.y = Math.min(whole.y + whole.height, Math.max(whole.y, y));
  }

  moveBy(x_px: number, y_px: number): void {
    this.place({ x: this.x - x_px / this.scale, y: this.y - y_px / this.scale, scale: this.scale });
  }

  /** Larger by a factor, with the point of the stage staying where it is. */
  zoom(factor: number, x_px = this.width_px / 2, y_px = this.height_px / 2): void {
    const [across, down] = [x_px - this.width_px / 2, y_px - this.height_px / 2];
    const before = this.scale;
    this.place({ x: this.x, y: this.y, scale: before * factor });
    const moved = 1 / before - 1 / this.scale;
    this.place({ x: this.x + across * moved, y: this.y + down * moved, scale: this.scale });
  }

  /** What is shown; with a margin, in shares of the stage. [m] */
  part(margin = 0): Box {
    const [width, height] = [(this.width_px * (1 + 2 * margin)) / this.scale, (this.height_px * (1 + 2 * margin)) / this.scale];
    return { x: this.x - width / 2, y: this.y - height / 2, width, height };
  }

  /** Where a box of the level lies on the stage, as a transform of something that is ``width_px`` wide. */
  transform(box: Box, width_px: number): string {
    const left = (box.x - this.x) * this.scale + this.width_px / 2;
    const top = (box.y - this.y) * this.scale + this.height_px / 2;
    return `translate(${left}px, ${top}px) scale(${(box.width * this.scale) / width_px})`;
  }

  /** The point of the level that is at a point of the stage. [m] */
  at(x_px: number, y_px: number): [x: number, y: number] {
    return [this.x + (x_px - this.width_px / 2) / this.scale, this.y + (y_px - this.height_px / 2) / this.scale];
  }

  /** Sizes of symbols and names on the screen, in meters: never so small that nothing is seen, nor in each other's way. */
  get mark_m(): number {
    return Math.min(14, Math.max(9 / this.scale, Math.min(18 / this.scale, 5)));
  }

  get name_m(): number {
    return Math.min(40, Math.max(11, Math.min(16, 4 * this.scale + 9)) / this.scale);
  }
}
