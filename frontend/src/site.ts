// The site's script. Every page works without it; it adds dialogs, keys, live counts and the like.

import "./site/htmx";
import { startLookups } from "./site/lookup";
import { startMenus } from "./site/menus";
import { startConfirming } from "./site/confirm";
import { startBoxes } from "./site/boxes";
import { startBusy } from "./site/busy";
import { startQuarters } from "./page/quarters";
import { startDeviceClocks } from "./site/device";
import { startGrids } from "./site/grid";
import { startKeys } from "./site/keys";
import { startMessages } from "./site/messages";
import { startPolling } from "./site/poll";
import { startRegions } from "./site/regions";
import { startSights } from "./site/sight";
import { startTheme } from "./site/theme";
import { startTimes } from "./site/times";
import { startUnsaved } from "./site/unsaved";
import { zoomPictures } from "./site/zoom";

startTheme();
startMenus();
startMessages();
startConfirming();
startBusy();
startBoxes();
startLookups();
startUnsaved();
startKeys();
startGrids();
startDeviceClocks();
startTimes();
startRegions();
startPolling();
startQuarters();
zoomPictures();
startSights();
document.documentElement.dataset.ready = "";
