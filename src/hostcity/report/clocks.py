"""Times and waits as people read them, and figures as JSON takes them."""

from __future__ import annotations

import math


def clock(seconds: float) -> str | None:
    """HH:MM:SS of seconds after midnight; past 24:00:00 it is the night after. None for nan."""
    if not math.isfinite(seconds):
        return None
    whole = round(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def minute(seconds: float) -> str:
    """HH:MM of seconds after midnight; empty for nan."""
    text = clock(math.floor(seconds / 60) * 60) if math.isfinite(seconds) else None
    return text[:5] if text else ""


def finite(value: float, digits: int = 6) -> float | None:
    """A number that JSON can carry; None for nan and infinity."""
    value = float(value)
    return round(value, digits) if math.isfinite(value) else None


def minutes_text(seconds: float) -> str:
    """A wait in minutes with one decimal; empty when it is not finite."""
    return f"{seconds / 60:.1f}" if math.isfinite(seconds) else ""
