// A text input with a list of what fits (a combobox of the ARIA practices): htmx fetches the list as one types, arrows
// go through it, Enter takes, Escape closes.

export function startLookups(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>(".lookup > input")) start(input);
}

function start(input: HTMLInputElement): void {
  const list = document.getElementById(input.getAttribute("aria-controls") ?? "");
  if (!list) return;
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[data-value]")];
  const chosen = (): number => options().findIndex((each) => each.getAttribute("aria-selected") === "true");

  const open = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(-1);
  };
  const choose = (index: number): void => {
    options().forEach((each, at) => each.setAttribute("aria-selected", String(at === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const take = (option: HTMLElement | undefined): void => {
    if (!option) return;
    input.value = option.dataset.value ?? "";
    open(false);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  input.addEventListener("htmx:configRequest", (event) => {
    const asked = (event as CustomEvent<{ parameters: Record<string, string> }>).detail;
    asked.parameters = { q: input.value };
  });
  list.addEventListener("htmx:afterSwap", () => {
    [...list.children].forEach((each, index) => (each.id = `${list.id}-${index}`));
    open(document.activeElement === input && list.childElementCount > 0);
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden && !count) return void input.dispatchEvent(new Event("input", { bubbles: true }));
      open(true);
      choose((chosen() + (event.key === "ArrowDown" ? 1 : -1) + count + Number(chosen() < 0 && event.key === "ArrowUp")) % count);
    } else if (event.key === "Enter" && !list.hidden && chosen() >= 0) {
      event.preventDefault();
      take(options()[chosen()]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      open(false);
    }
  });
  input.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the focus stays where one types
    take((event.target as HTMLElement).closest<HTMLElement>("[data-value]") ?? undefined);
  });
}
