// A picture that can be moved and made larger: an SVG in the place of its image, by wheel, drag, pinch and keys.

interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

const LARGER = 1.25;
const STEP = 0.15; // of what is shown, a press of an arrow
const MOST = 400; // times larger
const STILL_PX = 4; // a finger that moves less has pressed a mark; the list beside has the same links for keys
const NAMED_M = 160; // width that is shown, below which numbers of stands can be read

/** Every picture of the page. */
export function zoomPictures(): void {
  for (const frame of document.querySelectorAll<HTMLElement>("[data-zoom]")) void open(frame);
}

async function open(frame: HTMLElement): Promise<void> {
  const image = frame.querySelector("img");
  if (!image) return;
  const answer = await fetch(frame.dataset.zoom ?? "");
  if (!answer.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  if (parsed.nodeName !== "svg") return;
  const picture = document.importNode(parsed, true) as unknown as SVGSVGElement;
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", image.alt);
  image.replaceWith(picture);
  follow(frame, picture);
  frame.dataset.ready = "";
}

function follow(frame: HTMLElement, picture: SVGSVGElement): void {
  const { x, y, width, height } = picture.viewBox.baseVal;
  const whole: View = { x, y, width, height };
  let view = { ...whole };
  const sizes = marksOf(picture);
  const numbers = picture.querySelector(".numbers");

  const show = (next: View): void => {
    view = next;
    picture.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    numbers?.setAttribute("display", view.width <= NAMED_M ? "inline" : "none");
    const share = view.width / whole.width;
    for (const [mark, before, place] of sizes) {
      mark.setAttribute("transform", `${before}translate(${place.x} ${place.y}) scale(${share}) translate(${-place.x} ${-place.y})`);
    }
  };
  const zoom = (times: number, at: { x: number; y: number } = { x: view.x + view.width / 2, y: view.y + view.height / 2 }): void => {
    const width = Math.min(Math.max(view.width / times, whole.width / MOST), whole.width * 1.2);
    const share = width / view.width;
    show({ x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share, width, height: view.height * share });
  };
  const placeOf = (event: { clientX: number; clientY: number }): { x: number; y: number } => {
    const matrix = picture.getScreenCTM();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()) : view;
  };

  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? LARGER : 1 / LARGER, placeOf(event));
  }, { passive: false });

  const fingers = new Map<number, PointerEvent>();
  let begun: PointerEvent | null = null;
  picture.addEventListener("pointerdown", (event) => {
    begun = fingers.size === 0 ? event : null;
    fingers.set(event.pointerId, event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers.values()].find((each) => each.pointerId !== event.pointerId);
    if (other) {
      const was = Math.hypot(before.clientX - other.clientX, before.clientY - other.clientY);
      const is = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
      if (was > 0) zoom(is / was, placeOf(other));
    } else {
      const [from, to] = [placeOf(before), placeOf(event)];
      show({ ...view, x: view.x + from.x - to.x, y: view.y + from.y - to.y });
    }
    fingers.set(event.pointerId, event);
  });
  picture.addEventListener("pointerup", (event) => {
    if (!begun || Math.hypot(event.clientX - begun.clientX, event.clientY - begun.clientY) > STILL_PX) return;
    const mark = document.elementFromPoint(event.clientX, event.clientY)?.closest<SVGElement>(".mark[data-path]");
    if (mark?.dataset.path) location.assign(mark.dataset.path);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    picture.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }

  const keys: Record<string, () => void> = {
    "+": () => zoom(LARGER),
    "=": () => zoom(LARGER),
    "-": () => zoom(1 / LARGER),
    "0": () => show({ ...whole }),
    ArrowLeft: () => show({ ...view, x: view.x - STEP * view.width }),
    ArrowRight: () => show({ ...view, x: view.x + STEP * view.width }),
    ArrowUp: () => show({ ...view, y: view.y - STEP * view.height }),
    ArrowDown: () => show({ ...view, y: view.y + STEP * view.height }),
  };
  frame.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  });

  const look = (number: string): boolean => {
    const circle = picture.querySelector(`#mark-${CSS.escape(number)} circle`);
    if (!circle) return false;
    const [x, y] = ["cx", "cy"].map((name) => Number(circle.getAttribute(name)));
    const width = Math.min(whole.width, 75);
    const height = (width * whole.height) / whole.width;
    show({ x: (x ?? 0) - width / 2, y: (y ?? 0) - height / 2, width, height });
    return true;
  };
  if (frame.dataset.mark) look(frame.dataset.mark);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a[data-mark]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (look(link.dataset.mark ?? "")) {
      event.preventDefault();
      for (const row of document.querySelectorAll("tr.table-active")) row.classList.remove("table-active");
      link.closest("tr")?.classList.add("table-active");
      frame.scrollIntoView({ block: "nearest" });
    }
  });
}

/** Marks, names of areas and symbols with how they are moved and their places: they stay as large on the screen as they are. */
function marksOf(picture: SVGSVGElement): [Element, string, { x: number; y: number }][] {
  const at = (of: Element | null, x: string, y: string): { x: number; y: number } =>
    ({ x: Number(of?.getAttribute(x)), y: Number(of?.getAttribute(y)) });
  const marks = [...picture.querySelectorAll(".mark")].map((mark) => ({ mark, place: at(mark.querySelector("circle"), "cx", "cy") }));
  const names = [...picture.querySelectorAll(".names > text")].map((mark) => ({ mark, place: at(mark, "x", "y") }));
  const symbols = [...picture.querySelectorAll(".marks > g")].map((mark) => ({ mark, place: { x: 0, y: 0 } }));
  return [...marks, ...names, ...symbols].map(({ mark, place }) => [mark, mark.getAttribute("transform") ?? "", place]);
}
