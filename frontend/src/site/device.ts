// The time of a phone is sent along, so that the site can say that its clock is wrong. It never changes what counts.

export function startDeviceClocks(): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      for (const field of form.querySelectorAll<HTMLInputElement>("input[data-device-clock]")) {
        field.value = String(Date.now());
      }
    },
    { capture: true },
  );
}
