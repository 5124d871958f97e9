// Names of areas: where two would cover one another, that of the larger area is shown.

import type { Level, Name } from "./level";

const NARROW = 0.56; // width of a letter of its height
const HIGH = 1.25;

/** The names that have room when they are so high, those of larger areas first. [m] */
export function namesWithRoom(level: Level, size_m: number): Name[] {
  const shown: { name: Name; half: number }[] = [];
  for (const name of level.names) {
    const half = (size_m * widthOf(name.text)) / 2;
    const isCovered = shown.some(
      (other) => Math.abs(other.name.x - name.x) < other.half + half && Math.abs(other.name.y - name.y) < size_m * HIGH,
    );
    if (!isCovered) shown.push({ name, half });
  }
  return shown.map(({ name }) => name);
}

export function showNames(level: Level, size_m: number): void {
  const shown = new Set(namesWithRoom(level, size_m));
  for (const name of level.names) name.element.toggleAttribute("hidden", !shown.has(name));
}

function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 1 : NARROW), 0);
}
