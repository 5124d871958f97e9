// Pointers, wheel and keys of the map. One finger or the mouse moves, two fingers or the wheel zoom.

import type { Stage } from "./stage";

const STILL_PX = 5; // a pointer that moves less has pressed
const STEP = 1.5; // of a key, a button or a double click
const WHEEL = 0.0018; // zoom per pixel of the wheel, as an exponent
const PINCH = 0.012; // likewise of two fingers on a touch pad, which come as a wheel with the control key
const LINE_PX = 30;
const ARROWS: Record<string, [number, number]> = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

interface Point {
  x: number;
  y: number;
}

/** ``press`` is told what was under a pointer that pressed without moving, and where. */
export function followGestures(stage: Stage, press: (on: Element, x_px: number, y_px: number) => void): void {
  const { root } = stage;
  const held = new Map<number, Point>();
  let began: { on: Element; x: number; y: number } | null = null;

  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || isTool(event.target)) return;
    const point = pointOf(event);
    held.set(event.pointerId, point);
    began = held.size === 1 ? { on: event.target as Element, ...point } : null;
    stage.hold();
  });

  root.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const point = pointOf(event);
    if (began && Math.hypot(point.x - began.x, point.y - began.y) < STILL_PX) return;
    if (began) root.setPointerCapture(event.pointerId); // not before: a press goes to what is under the pointer
    began = null;
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, point);
    stage.change((view) => {
      if (!other) return view.moveBy(point.x - before.x, point.y - before.y);
      const [was, is] = [distance(before, other), distance(point, other)];
      view.moveBy((point.x - before.x) / 2, (point.y - before.y) / 2);
      if (was > 0 && is > 0) view.zoom(is / was, (point.x + other.x) / 2, (point.y + other.y) / 2);
    });
  });

  const end = (event: PointerEvent): void => {
    if (!held.delete(event.pointerId)) return;
    if (held.size === 0) stage.release();
    if (began && event.type === "pointerup") press(began.on, began.x, began.y);
    began = null;
  };
  root.addEventListener("pointerup", end);
  root.addEventListener("pointercancel", end);

  root.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { x, y } = pointOf(event);
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1);
      stage.change((view) => view.zoom(Math.exp(-pixels * (event.ctrlKey ? PINCH : WHEEL)), x, y));
    },
    { passive: false },
  );

  root.addEventListener("dblclick", (event) => {
    if (isTool(event.target)) return;
    const { x, y } = pointOf(event);
    stage.change((view) => view.zoom(event.shiftKey ? 1 / STEP : STEP, x, y));
  });

  root.addEventListener("keydown", (event) => {
    if (event.target !== root || event.ctrlKey || event.metaKey || event.altKey) return;
    if (byKey(stage, event.key)) event.preventDefault();
  });
}

export function zoomIn(stage: Stage): void {
  stage.change((view) => view.zoom(STEP));
}

export function zoomOut(stage: Stage): void {
  stage.change((view) => view.zoom(1 / STEP));
}

function byKey(stage: Stage, key: string): boolean {
  const arrow = ARROWS[key];
  if (arrow) stage.change((view) => view.moveBy(arrow[0] * view.width_px * 0.15, arrow[1] * view.height_px * 0.15));
  else if (key === "+" || key === "=") zoomIn(stage);
  else if (key === "-") zoomOut(stage);
  else if (key === "0" || key === "Home") stage.showWhole();
  else return false;
  return true;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function isTool(target: EventTarget | null): boolean {
  return (target as Element | null)?.closest(".map-tools") !== null;
}
