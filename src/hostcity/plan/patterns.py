"""Codes by pattern: a code as it is, or with * for any characters and ? for one."""

from __future__ import annotations

import re
from collections.abc import Callable


def is_pattern(key: str) -> bool:
    """Whether a key may name several codes."""
    return "*" in key or "?" in key


def matcher(key: str) -> Callable[[str], bool]:
    """Whether a code is named by a key. Every character but * and ? stands for itself: codes may hold brackets."""
    if not is_pattern(key):
        return key.__eq__
    pieces = {"*": ".*", "?": "."}
    pattern = re.compile("".join(pieces.get(each) or re.escape(each) for each in key), re.DOTALL)
    return lambda code: code == key or pattern.fullmatch(code) is not None
