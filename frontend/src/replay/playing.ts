// The running time of a replay: minutes of the day per second of the reader.

export const SPEEDS = [1, 2, 5, 10, 20]; // minutes per second
const LONGEST_FRAME_S = 0.1; // a tab that was asleep goes on where it stopped

export class Playing {
  isRunning = false;
  speed = 5;
  private last_ms = 0;
  private waited_s = 0;
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(
    public time_s: number,
    private readonly start_s: number,
    private readonly end_s: number,
    private readonly moved: () => void,
    private readonly stopped: () => void,
  ) {}

  toggle(): void {
    if (this.isRunning) return this.stop();
    if (this.time_s >= this.end_s) this.time_s = this.start_s;
    this.isRunning = true;
    this.last_ms = performance.now();
    requestAnimationFrame(this.frame);
  }

  stop(): void {
    this.isRunning = false;
    this.stopped();
  }

  goTo(time_s: number): void {
    this.time_s = Math.min(this.end_s, Math.max(this.start_s, time_s));
    this.moved();
  }

  private readonly frame = (now_ms: number): void => {
    if (!this.isRunning) return;
    const passed_s = Math.max(0, Math.min(LONGEST_FRAME_S, (now_ms - this.last_ms) / 1000));
    this.last_ms = now_ms;
    this.waited_s += passed_s;
    // Who asked for less motion sees one still picture a second.
    if (!this.calm.matches || this.waited_s >= 1) {
      this.goTo(this.time_s + this.waited_s * this.speed * 60);
      this.waited_s = 0;
    }
    if (this.time_s >= this.end_s) this.stop();
    else requestAnimationFrame(this.frame);
  };
}
