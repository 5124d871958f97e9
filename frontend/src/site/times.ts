// "5 minutes ago" stays true while the page is open.

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function startTimes(): void {
  setInterval(renew, 30_000);
  setInterval(tick, 1_000);
}

/** The clock of the wall, in the expo's zone. */
function tick(): void {
  for (const clock of document.querySelectorAll<HTMLTimeElement>("time[data-clock]")) {
    const zone = { timeZone: clock.dataset.clock, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    clock.textContent = new Intl.DateTimeFormat("en-GB", zone).format(new Date());
  }
}

function renew(): void {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const ago_s = (Date.now() - Date.parse(time.dateTime)) / 1000;
    const step = STEPS.find(([, seconds]) => Math.abs(ago_s) >= seconds);
    if (step) time.textContent = format.format(-Math.trunc(ago_s / step[1]), step[0]);
  }
}
