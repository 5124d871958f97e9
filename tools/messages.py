"""Messages of the pages that the Chinese catalog lacks, and entries that nothing says: `python tools/messages.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main() -> int:
    """Print both as a block to paste; the exit code is 1 when there are any."""
    from tests.site.page_messages import catalog, key_of, messages

    known = {key_of(each): each for each in catalog() if each.id}
    missing = sorted(key for key in messages() if key not in known or not known[key].string)
    for context, singular, plural in missing:
        lines = [f"msgctxt {quoted(context)}"] if context else []
        lines.append(f"msgid {quoted(singular)}")
        lines += [f"msgid_plural {quoted(plural)}", 'msgstr[0] ""'] if plural else ['msgstr ""']
        print("", *lines, sep="\n")
    left = sorted(set(known) - messages())
    for context, singular, _ in left:
        print(f"nothing says any more: {context} {singular!r}", file=sys.stderr)
    return int(bool(missing or left))


def quoted(text: str) -> str:
    """A message as catalogs write it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())
