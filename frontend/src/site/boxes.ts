// The box for all of a subject ticks the others of its group, and follows them.

export function startBoxes(): void {
  for (const whole of document.querySelectorAll<HTMLInputElement>("input[data-whole]")) {
    const group = whole.closest("fieldset");
    if (!group) continue;
    const others = [...group.querySelectorAll<HTMLInputElement>("input[type=checkbox]:not([data-whole])")];
    const follow = (): void => {
      const ticked = others.filter((each) => each.checked).length;
      whole.checked = ticked === others.length;
      whole.indeterminate = ticked > 0 && ticked < others.length;
    };
    if (whole.checked) for (const each of others) each.checked = true;
    whole.addEventListener("change", () => {
      for (const each of others) each.checked = whole.checked;
    });
    for (const each of others) each.addEventListener("change", follow);
    follow();
  }
}
