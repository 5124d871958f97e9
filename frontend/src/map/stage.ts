// The stage of the map. At rest it shows the level's SVG; while a gesture lasts, a cover with bitmaps of it lies above
// and is moved, so that no frame has to draw thousands of stands. The SVG below stays as it is until the gesture ends.

import { html } from "../dom";
import { Bitmap } from "./bitmap";
import { around, fitRing, mark } from "./marking";
import type { Level } from "./level";
import { showNames } from "./names";
import { writeNumbers } from "./numbers";
import { View, type Placing } from "./view";

const REST_MS = 120; // without a turn of the wheel or a key, before all is drawn sharp again
const LIFTED_MS = 0; // likewise after the last finger is lifted: with the next task
const PAINTED_MS = 150; // after the map is sharp, before bitmaps are painted for the next gesture: that takes longer than a frame, which would be late
const GLIDE_MS = 260;
const REACH_PX = 8; // of a pointer to a line
const MARGIN = 0.35; // of the stage, which the bitmap of what is shown has around it
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Stage {
  readonly view = new View();
  /** Called with every change of what is shown, and whether the map is at rest then. */
  readonly followed: ((isAtRest: boolean) => void)[] = [];
  private level: Level | null = null;
  private at = "";
  private isHeld = false; // by a finger or a button of the mouse
  private isWhole = true; // the level as a whole is shown, and stays so when the window changes
  private frame = 0;
  private resting = 0;
  private painting = 0;
  private gliding = 0;
  private readonly whole = new Bitmap();
  private readonly near = new Bitmap();
  private readonly cover = html("div", { class: "map-cover", "aria-hidden": "true" }, this.whole.canvas, this.near.canvas);
  private readonly sheet = html("div", { class: "map-sheet" });

  constructor(readonly root: HTMLElement) {
    root.append(this.sheet, this.cover);
    new ResizeObserver(() => this.resize()).observe(root);
    const repaint = (): void => this.repaint();
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  }

  show(level: Level): void {
    const isFirst = this.level === null;
    this.level = level;
    this.sheet.replaceChildren(level.svg);
    this.view.bound(level.box);
    if (isFirst || this.isWhole) this.view.place(this.view.fit);
    mark(level, this.at);
    this.whole.forget();
    this.near.forget();
    this.rest();
  }

  /** Mark a place, "" = none; and go there. */
  point(at: string, isCentered: boolean): void {
    this.at = at;
    if (!this.level) return;
    mark(this.level, at);
    const box = isCentered ? around(this.level, at) : null;
    if (box) this.glide(this.view.fitting(box));
    else this.rest();
  }

  /** A door or way, or what stands on the floor, at a point of the stage; "" = nothing. */
  placeAt(x_px: number, y_px: number): string {
    const at = this.view.at(x_px, y_px);
    return this.level?.lineAt(...at, REACH_PX / this.view.scale) || this.level?.blockAt(...at) || "";
  }

  get shown(): Level | null {
    return this.level;
  }

  showWhole(): void {
    this.glide(this.view.fit);
    this.isWhole = true;
  }

  hold(): void {
    this.isHeld = true;
    cancelAnimationFrame(this.gliding);
  }

  release(): void {
    this.isHeld = false;
    if (this.isCovered) this.restLater(LIFTED_MS);
  }

  /** Change what is shown; it is shown with the next frame. */
  change(act: (view: View) => void): void {
    act(this.view);
    this.isWhole = false;
    clearTimeout(this.resting);
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.whole.isPainted) this.paintWhole();
      this.whole.move(this.view);
      this.near.move(this.view);
      if (!this.isCovered) this.cover.dataset.shown = "";
      this.tellFollowers(false);
      if (!this.isHeld) this.restLater();
    });
  }

  private tellFollowers(isAtRest: boolean): void {
    for (const each of this.followed) each(isAtRest);
  }

  get isCovered(): boolean {
    return "shown" in this.cover.dataset;
  }

  private glide(to: Placing): void {
    cancelAnimationFrame(this.gliding);
    if (CALM.matches) return this.change((view) => view.place(to));
    const from: Placing = { x: this.view.x, y: this.view.y, scale: this.view.scale };
    const began = performance.now();
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - began) / GLIDE_MS));
      const eased = share * share * (3 - 2 * share);
      const scale = from.scale * (to.scale / from.scale) ** eased;
      // along the way on which the middle moves evenly on the screen
      const way = from.scale === to.scale ? eased : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
      this.change((view) => view.place({ x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale }));
      if (share < 1) this.gliding = requestAnimationFrame(step);
    };
    this.gliding = requestAnimationFrame(step);
  }

  private restLater(after_ms = REST_MS): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), after_ms);
  }

  /** The SVG as it is to be seen now, without the cover; then new bitmaps for the next gesture. */
  private rest(): void {
    const { level, view } = this;
    if (!level || this.isHeld) return;
    clearTimeout(this.resting);
    const { x, y, width, height } = view.part();
    level.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    level.resize(view.mark_m, view.name_m);
    showNames(level, view.name_m);
    writeNumbers(level, view);
    fitRing(level, view);
    this.tellFollowers(true);
    requestAnimationFrame(() => {
      if (this.frame) return; // the next gesture has begun
      delete this.cover.dataset.shown;
      this.root.dataset.sharp = String(Math.round(performance.now()));
      this.paintLater();
    });
  }

  private paintLater(): void {
    clearTimeout(this.painting);
    this.painting = setTimeout(() => {
      if (!this.level || this.isCovered) return;
      const dense = Math.min(2, devicePixelRatio);
      if (!this.whole.isPainted) this.paintWhole();
      this.near.paint(this.level, this.view.part(MARGIN), this.view.scale * dense, this.view);
      this.near.move(this.view);
      this.root.dataset.painted = this.root.dataset.sharp ?? "";
    }, PAINTED_MS);
  }

  private paintWhole(): void {
    if (!this.level) return;
    const { box } = this.level;
    const sizes = new View();
    sizes.resize(this.view.width_px, this.view.height_px);
    sizes.bound(box);
    sizes.place(sizes.fit);
    this.whole.paint(this.level, box, 4, sizes);
    this.whole.move(this.view);
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.root;
    this.view.resize(clientWidth, clientHeight);
    if (!this.level) return;
    this.view.place(this.isWhole ? this.view.fit : this.view);
    this.rest();
  }

  /** What lies on the map has changed: bitmaps are painted anew for the next gesture. */
  forget(): void {
    this.whole.forget();
    this.near.forget();
    if (!this.isCovered) this.paintLater();
  }

  private repaint(): void {
    this.forget();
    this.rest();
  }
}
