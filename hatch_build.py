"""Build what is made from sources and not committed: scripts and styles, and the message catalogs."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
PACKAGE = ROOT / "src" / "hostcity"
LOCALE = PACKAGE / "locale"
BUNDLES = {
    PACKAGE / "report" / "assets": ("player.js", "player.css", "difference.js", "microscope.js"),
    PACKAGE / "core" / "static" / "core": ("site.js", "site.css", "icons.svg"),
    PACKAGE / "venue" / "static" / "venue": ("map.js", "map_staff.js"),
    PACKAGE / "core" / "fonts": ("noto-sans-sc-400.woff", "noto-sans-sc-700.woff"),
}


class BuildHook(BuildHookInterface):  # type: ignore[misc]
    """Runs before every wheel and every editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            compile_messages()
            if os.environ.get("HOSTCITY_PAGES") != "later":  # set-up builds them while the engines are compiled
                build_bundles()


def compile_messages() -> None:
    """Compile every gettext catalog."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        made = source.with_suffix(f".mo.{os.getpid()}")
        with source.open("rb") as text, made.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        made.replace(source.with_suffix(".mo"))  # at once: whoever reads it meanwhile has the whole of it


def build_bundles() -> None:
    """Build the scripts and styles of report and site, unless they are newer than all their sources."""
    sources = [path for path in (*FRONTEND.glob("*.*"), *FRONTEND.glob("src/**/*")) if path.is_file()]
    newest = max(path.stat().st_mtime for path in sources)
    made = [folder / name for folder, names in BUNDLES.items() for name in names]
    if all(path.exists() and path.stat().st_mtime >= newest for path in made):
        return
    sys.path.insert(0, str(ROOT / "tools"))
    from npm import npm

    npm("ci", "--no-audit", "--no-fund")
    npm("run", "--silent", "build")
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FRONTEND / "dist" / path.name, path)


if __name__ == "__main__":
    build_bundles()
