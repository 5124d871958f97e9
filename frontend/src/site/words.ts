// What scripts say, in the language of the page: written into it by the server (core/context.py).

let known: Record<string, string> | undefined;

export function word(name: string, values: Record<string, string | number> = {}): string {
  known ??= JSON.parse(document.getElementById("words")?.textContent ?? "{}") as Record<string, string>;
  return (known[name] ?? name).replace(/\{(\w+)\}/g, (_, value: string) => String(values[value] ?? ""));
}
