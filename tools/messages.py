"""Messages of the pages that the Chinese catalog lacks, and entries that nothing says: `python tools/messages.py`.

With --prune, entries that nothing says are taken out of the catalog.
"""

from __future__ import annotations

import io
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
    if left and "--prune" in sys.argv:
        prune(set(left))
        left = []
    return int(bool(missing or left))


def prune(left: set[tuple[str, str, str]]) -> None:
    """Take entries out of the catalog, and leave everything else in it as it is written."""
    from babel.messages.pofile import read_po
    from tests.site.page_messages import CATALOG, key_of

    head, *blocks = CATALOG.read_text("utf-8").rstrip("\n").split("\n\n")
    kept = [head]
    for block in blocks:
        keys = {key_of(each) for each in read_po(io.StringIO(block)) if each.id}
        remarks = "\n".join(line for line in block.splitlines() if line.startswith("# "))
        kept += [remarks] * bool(remarks) if keys and keys <= left else [block]
    CATALOG.write_text("\n\n".join(kept) + "\n", "utf-8")


def quoted(text: str) -> str:
    """A message as catalogs write it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())
