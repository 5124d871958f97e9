// What the reader chose last time. Storage may be forbidden for a file: then nothing is remembered.

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`hostcity.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`hostcity.${key}`, value);
  } catch {
    // The page works all the same.
  }
}

/** Calls when another page of the same site remembers something else. */
export function onRemembered(key: string, listener: (value: string | null) => void): void {
  window.addEventListener("storage", (event) => {
    if (event.key === `hostcity.${key}`) listener(event.newValue);
  });
}
