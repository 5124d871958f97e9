"""Every message that the report and its player use, collected from the sources."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from hostcity.report.terms import TERMS

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "src" / "hostcity" / "report"
PLAYER = ROOT / "frontend" / "src"
IN_TEMPLATE = re.compile(r"""\b(?:t|say)\((?:"([^"]*)"|'([^']*)')""")
IN_PLAYER = re.compile(r'\b(?:say|mark)\(\s*"([^"]*)"')


def report_messages() -> set[str]:
    """Messages of templates and modules."""
    found = set(TERMS.values())
    for path in (REPORT / "templates").glob("*.j2"):
        found |= {double or single for double, single in IN_TEMPLATE.findall(path.read_text())}
    for path in REPORT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def player_messages() -> set[str]:
    """Messages of the player."""
    return {each for path in PLAYER.glob("**/*.ts") for each in IN_PLAYER.findall(path.read_text())}
