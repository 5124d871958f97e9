// Menus that open: <details> that close on Escape and on a click elsewhere. Alpine's build for strict content policies.

import Alpine from "@alpinejs/csp";

export function startMenus(): void {
  Alpine.data("drop", () => ({
    close(this: { $root: HTMLDetailsElement }): void {
      this.$root.open = false;
    },
    leave(this: { $root: HTMLDetailsElement }): void {
      if (!this.$root.open) return;
      this.$root.open = false;
      this.$root.querySelector("summary")?.focus();
    },
  }));
  Alpine.start();
}
