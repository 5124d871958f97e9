"""Write what `make demo` prints into the documents, its beginning and end into the READMEs: `python tools/readme.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-hans.md"}
SCREENS = {
    "en": ROOT / "docs" / "tutorial" / "what-it-prints.md",
    "zh": ROOT / "docs" / "tutorial" / "what-it-prints.zh-hans.md",
}
PRINTED = re.compile(r"(?<=<!-- printed: begin -->\n).*?(?=<!-- printed: end -->)", re.DOTALL)
#: Lines of a README's excerpt: verdict, gates and halls; the day's last words, which begin with the seed.
FIRST_LINES, SEED = 12, re.compile(r"^(Seed|种子) ", re.MULTILINE)
#: Time and memory, which no two runs share, stand as dots; the last line is printed with them.
LAST_LINE = re.compile(r"moves in|次移动")
VARIES = re.compile(r"(?<![\d,.])\d[\d.]*(?![\d,.])")
WIDTH = "126"  # columns


def printed(language: str, out: str = "build/ciie2019") -> str:
    """What the main job prints, with dots for times and memory."""
    command = [sys.executable, "-m", "hostcity.site", "rehearse", "examples/ciie2019", "--out", out, "--lang", language]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": WIDTH},
    )
    told = done.stdout.replace(str(ROOT / out), "build/ciie2019")  # absolute when printed
    lines = [line.rstrip() for line in told.splitlines()]
    return "\n".join(VARIES.sub("…", line) if LAST_LINE.search(line) else line for line in lines) + "\n"


def excerpt(text: str) -> str:
    """The beginning and the end of what is printed."""
    first = text.splitlines(keepends=True)[:FIRST_LINES]
    last = SEED.search(text)
    return "".join(first) + "⋮\n" + (text[last.start() :] if last else "")


def block(text: str) -> str:
    """Printed text as it stands in a document."""
    return f"```\n{text}```\n"


def shown(path: Path) -> str:
    """What a document shows."""
    found = PRINTED.search(path.read_text("utf-8"))
    return found[0] if found else ""


if __name__ == "__main__":
    for language, path in READMES.items():
        told = printed(language)
        for document, text in ((path, excerpt(told)), (SCREENS[language], told)):
            before, after = PRINTED.split(document.read_text("utf-8"))
            document.write_text(before + block(text) + after, "utf-8")
            print(document)
