// The page of a report: reads the day that it carries and sets replay, charts, switches and filter going.

import { mountCharts } from "./charts/day_charts";
import { Day } from "./day";
import { asked } from "./page/asked";
import { startFilter } from "./page/filter";
import { startLanguage } from "./page/language";
import { onTheme, startTheme } from "./page/theme";
import { Replay } from "./replay/replay";
import { onLanguage, useWords } from "./words";

async function start(): Promise<void> {
  const day = await Day.read(document.getElementById("day")!.textContent!.trim());
  useWords(day.head.words);
  if (asked("framed")) document.documentElement.dataset.framed = "";
  startTheme();
  startLanguage();
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-filters]")) startFilter(form);

  const charts = document.getElementById("charts");
  let time_s = day.head.clock.start_s;
  let showTime = (_: number): void => undefined;
  const drawCharts = (): void => {
    if (charts) showTime = mountCharts(charts, day);
    showTime(time_s);
  };
  drawCharts();
  onLanguage(drawCharts);

  const stage = document.getElementById("replay");
  if (stage) {
    const replay = new Replay(stage, day, (now_s) => showTime((time_s = now_s)));
    onTheme(() => replay.refresh());
  }
  document.documentElement.dataset.ready = "true";
}

void start();
