// What the address asks for: ?language=zh&theme=dark&framed=1. The site asks so for the report in its frame.

export function asked(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}
