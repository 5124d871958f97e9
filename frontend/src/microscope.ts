// The page of a cut-out: language and theme, and the replay of its persons.

import { startCrowd } from "./crowd/crowd";
import { asked } from "./page/asked";
import { startLanguage } from "./page/language";
import { startTheme } from "./page/theme";

if (asked("framed")) document.documentElement.dataset.framed = "";
startTheme();
startLanguage();
void startCrowd().then(() => {
  document.documentElement.dataset.ready = "true";
});
