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
