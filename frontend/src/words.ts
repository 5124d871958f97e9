// The two languages of the page. English is the message itself; its Chinese travels with the data.

export type Both = [en: string, zh: string];
export type Language = "en" | "zh";

let chinese: Record<string, string> = {};
let language: Language = "en";
const listeners: (() => void)[] = [];

export function useWords(words: Record<string, string>): void {
  chinese = words;
}

export function currentLanguage(): Language {
  return language;
}

export function useLanguage(next: Language): void {
  language = next;
  for (const listener of listeners) listener();
}

/** Called at every change of language. */
export function onLanguage(listener: () => void): void {
  listeners.push(listener);
}

/** A message in the current language; values fill its {names}. */
export function say(message: string, values: Record<string, string | number> = {}): string {
  const text = language === "zh" ? (chinese[message] ?? message) : message;
  return text.replace(/\{(\w+)\}/g, (all, name: string) => (name in values ? String(values[name]) : all));
}

/** Marks a message that is said later, so that it is found when messages are collected. */
export function mark(message: string): string {
  return message;
}

export function nameOf(both: Both): string {
  return both[language === "zh" ? 1 : 0];
}

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function count(value: number): string {
  return grouped.format(value);
}

export const SERVICES: Record<string, string> = {
  security: mark("Security"),
  badge: mark("Badge check"),
  registration: mark("Registration"),
  catering: mark("Catering"),
  toilets: mark("Toilets"),
  information: mark("Information"),
  metro: mark("Metro departures"),
  shuttle: mark("Shuttle departures"),
};

export const AREA_KINDS: Record<string, string> = {
  hall: mark("Hall"),
  plaza: mark("Plaza"),
  concourse: mark("Concourse"),
  gate: mark("Gate"),
  transport: mark("Transport"),
  outside: mark("Outside"),
};

export const LINK_KINDS: Record<string, string> = {
  level: mark("Level walkway"),
  stairs: mark("Stairs"),
  escalator: mark("Escalator"),
  ramp: mark("Ramp"),
  lift: mark("Lift"),
  door: mark("Door"),
};

export const MODES: Record<string, string> = {
  metro: mark("Metro"),
  coach: mark("Coach"),
  shuttle: mark("Shuttle"),
  bus: mark("Bus"),
  taxi: mark("Taxi"),
  car: mark("Car"),
  walk: mark("On foot"),
  staff: mark("Staff"),
};
