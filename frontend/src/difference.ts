// The page of a comparison: language and theme, and the map's slider.

import { startLanguage } from "./page/language";
import { startQuarters } from "./page/quarters";
import { startTheme } from "./page/theme";

startTheme();
startLanguage();
startQuarters();
document.documentElement.dataset.ready = "true";
