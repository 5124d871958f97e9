"""Write what `make demo` prints into both READMEs: `python tools/readme.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-hans.md"}
PRINTED = re.compile(r"(?<=<!-- printed: begin -->\n).*?(?=<!-- printed: end -->)", re.DOTALL)
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


def block(text: str) -> str:
    """Printed text as it stands in a README."""
    return f"```\n{text}```\n"


if __name__ == "__main__":
    for language, path in READMES.items():
        before, after = PRINTED.split(path.read_text("utf-8"))
        path.write_text(before + block(printed(language)) + after, "utf-8")
        print(path)
