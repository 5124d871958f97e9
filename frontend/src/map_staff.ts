// The map's script for the staff: what visitors have, changing the plan on the map, and rehearsed days over it.

import { startEditing } from "./map/editing";
import { startMap } from "./map/map";
import { startReplaying } from "./map/replaying";

const root = document.querySelector<HTMLElement>("[data-map]");
if (root) {
  const map = startMap(root);
  startEditing(root, map);
  void startReplaying(root, map);
}
