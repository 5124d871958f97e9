// htmx as the content policy allows it: no evaluated code, no injected style, this host only, nothing kept in storage.

import htmx from "htmx.org";

import { tell } from "./messages";
import { word } from "./words";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.allowScriptTags = false;
htmx.config.historyCacheSize = 0; // pages of signed-in people are not left behind in storage
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409|422", swap: true }, // a form with what is wrong with it
  { code: "...", swap: false, error: true },
];

document.addEventListener("htmx:configRequest", (event) => {
  const asked = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  if (token && asked.verb !== "get") asked.headers["X-CSRFToken"] = token.value;
});
for (const fault of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(fault, () => tell(word("unanswered"), "warning"));
}
