// The replay of a cut-out: a button, a speed, a slider, and dots on the drawing that the page brings.

import { Playing } from "../replay/playing";
import { unpack } from "../unpack";
import { type CrowdHead, Frames } from "./frames";

const MINUTE_S = 60;

export async function startCrowd(): Promise<void> {
  const data = document.getElementById("crowd");
  const form = document.querySelector<HTMLFormElement>("form.crowd");
  if (!data || !form) return;
  const frames = new Frames(await unpack<CrowdHead>(data.textContent!.trim()));
  const button = form.querySelector("button")!;
  const slider = form.querySelector<HTMLInputElement>("input")!;
  const speed = form.querySelector("select")!;
  const clock = form.querySelector("output")!;
  const [walking, queueing] = ["walking", "queueing"].map((name) => document.querySelector(`.person.is-${name}`)!);
  const [persons, queue] = ["persons", "queue"].map((name) => form.querySelector(`[data-count=${name}]`)!);

  const show = (): void => {
    const dots = frames.dots(playing.time_s);
    walking!.setAttribute("d", dots.walking);
    queueing!.setAttribute("d", dots.queueing);
    persons!.textContent = String(dots.persons);
    queue!.textContent = String(dots.queue);
    clock.textContent = frames.clock(playing.time_s);
    slider.value = String(Math.round(playing.time_s));
    slider.setAttribute("aria-valuetext", clock.textContent);
  };
  const told = (): void => {
    form.dataset.running = String(playing.isRunning); // the style sheet shows what the button does now
  };
  const playing = new Playing(frames.head.shown_s, frames.head.start_s, frames.end_s, show, told);
  const setSpeed = (): void => {
    playing.speed = Number(speed.value) / MINUTE_S;
  };

  slider.min = String(frames.head.start_s);
  slider.max = String(frames.end_s);
  slider.addEventListener("input", () => playing.goTo(Number(slider.value)));
  speed.addEventListener("change", setSpeed);
  button.addEventListener("click", () => {
    playing.toggle();
    told();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  setSpeed();
  show();
  told();
}
