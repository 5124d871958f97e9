// The map's script: without it the page shows a level as an image, with what was found and links to it.

import { startMap } from "./map/map";

const stage = document.querySelector<HTMLElement>("[data-map]");
if (stage) startMap(stage);
