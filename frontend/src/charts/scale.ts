// Axes with round numbers.

/** Round steps from 0 to at most the top of an axis, about a wished number of them. */
export function niceTicks(most: number, wished: number): number[] {
  if (!(most > 0)) return [0];
  const rough = Math.max(1, most / wished); // persons and minutes are whole
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? 10 * power;
  const ticks = [0];
  while (ticks.at(-1)! + step <= most) ticks.push(Math.round((ticks.at(-1)! + step) * 1e6) / 1e6);
  return ticks;
}

/** Full hours between two times, so many apart that their labels fit. */
export function hourTicks(start_s: number, end_s: number, width_px: number): number[] {
  const hours = (end_s - start_s) / 3600;
  const every = [1, 2, 3, 4, 6, 12].find((each) => (width_px / hours) * each >= 46) ?? 24;
  const ticks = [];
  for (let at = Math.ceil(start_s / 3600 / every) * every; at * 3600 <= end_s; at += every) ticks.push(at * 3600);
  return ticks;
}
