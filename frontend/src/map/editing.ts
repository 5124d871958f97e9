// Changing the plan on the map: forms of a place's card are sent without loading the page again, and an opening is moved by
// its handle. What is right and what is changed the server says, as it does without scripts.

import { svg } from "../dom";
import type { VenueMap } from "./map";
import { put, shown } from "./places";

const HANDLE_PX = 12; // as large as a finger needs

export function startEditing(root: HTMLElement, map: VenueMap): void {
  const venue = root.closest<HTMLElement>(".venue");
  if (!venue) return;
  let isSent = false;

  // before the page's own listener, which would send a form only once
  venue.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      if (form.method !== "post") return;
      event.preventDefault();
      event.stopPropagation();
      if (isSent) return; // the answer brings the next version
      isSent = true;
      const submitter = event.submitter as HTMLButtonElement | null;
      void send(form, submitter)
        .then(() => map.renew())
        .then(() => focusAgain(venue, form, submitter))
        .catch(() => location.reload())
        .finally(() => (isSent = false));
    },
    true,
  );

  const follow = (): void => drawHandle(map, venue);
  map.stage.followed.push((isAtRest) => isAtRest && follow());
}

/** The answer's parts in place of the page's. */
async function send(form: HTMLFormElement, submitter: HTMLButtonElement | null): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "text/html" } });
  if (![200, 409, 422].includes(answer.status)) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = page.querySelector(".told");
  if (said) document.querySelector(".told")?.replaceChildren(...[...said.children].map((each) => document.adoptNode(each)));
  put(page);
}

/** What is wrong, else the control that was used, has the focus; where that is gone, what was changed last. */
function focusAgain(venue: HTMLElement, form: HTMLFormElement, submitter: HTMLButtonElement | null): void {
  const act = form.querySelector<HTMLInputElement>("[name=act]")?.value;
  const value = submitter?.name ? `[name="${submitter.name}"][value="${CSS.escape(submitter.value)}"]` : "";
  const same = act && act !== "open" ? `.venue-card form:has([name=act][value=${act}]) button${value}` : null;
  const next =
    venue.querySelector<HTMLElement>("[data-errors]") ??
    (same ? venue.querySelector<HTMLElement>(same) : null) ??
    venue.querySelector<HTMLElement>(".venue-card > h3:last-of-type") ??
    venue.querySelector<HTMLElement>("[data-map]");
  if (next?.localName === "h3") next.tabIndex = -1;
  next?.focus({ preventScroll: next.localName !== "div" });
}

/** The handle of the opening that is pointed at, and a cross where it would leave its wall. */
function drawHandle(map: VenueMap, venue: HTMLElement): void {
  const level = map.stage.shown;
  const form = venue.querySelector<HTMLFormElement>(".venue-card form:has([name=by_m])");
  level?.svg.querySelector(".edit")?.remove();
  if (!level) return;
  const size_m = HANDLE_PX / map.stage.view.scale;
  const group = svg("g", { class: "edit" });
  const [a, b] = level.cornersOf(shown().at);
  if (form && a && b) group.append(handle(map, form, a, b, size_m));
  const wrong = venue.querySelector<HTMLElement>("[data-wrong]")?.dataset.wrong?.split(" ").map(Number);
  if (wrong?.length === 2) {
    const [x, y] = [wrong[0]!, -wrong[1]!];
    const d = `M${x - size_m} ${y - size_m}l${2 * size_m} ${2 * size_m}m0 ${-2 * size_m}l${-2 * size_m} ${2 * size_m}`;
    group.append(svg("path", { class: "wrong", d }));
  }
  level.svg.append(group);
}

type Point = [x: number, y: number];

function handle(map: VenueMap, form: HTMLFormElement, a: Point, b: Point, size_m: number): SVGElement {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  // beside the door, whose sign it would cover
  const [x, y] = [(a[0] + b[0]) / 2 - 2.5 * size_m * along[1], (a[1] + b[1]) / 2 + 2.5 * size_m * along[0]];
  const made = svg("circle", { class: "handle", cx: x, cy: y, r: size_m });
  let began: Point | null = null;
  let by_m = 0;
  const at = (event: PointerEvent): Point => {
    const { left, top } = map.stage.root.getBoundingClientRect();
    return map.stage.view.at(event.clientX - left, event.clientY - top);
  };
  made.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.stopPropagation(); // the map stays where it is
    made.setPointerCapture(event.pointerId);
    began = at(event);
  });
  made.addEventListener("pointermove", (event) => {
    if (!began) return;
    const [x, y] = at(event);
    by_m = Math.round(((x - began[0]) * along[0] + (y - began[1]) * along[1]) * 100) / 100;
    const moved = `translate(${by_m * along[0]} ${by_m * along[1]})`;
    made.setAttribute("transform", moved);
    made.ownerSVGElement?.querySelector(".pin")?.setAttribute("transform", moved);
  });
  made.addEventListener("pointerup", (event) => {
    event.stopPropagation();
    began = null;
    const input = form.querySelector<HTMLInputElement>("[name=by_m]");
    if (!by_m || !input) return;
    input.value = String(by_m);
    form.requestSubmit();
  });
  made.addEventListener("pointercancel", () => {
    began = null;
    made.removeAttribute("transform");
    made.ownerSVGElement?.querySelector(".pin")?.removeAttribute("transform");
  });
  return made;
}
