"""Times and waits as people read them, and figures as JSON takes them."""

from __future__ import annotations

import math

MOST_DECIMALS = 9  # of a wait beside a limit


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


def minutes_text(seconds: float, limit_s: float = math.nan) -> str:
    """A wait in minutes with one decimal; empty when it is not finite.

    Beside a limit with as many decimals as it takes to stand on its side of it: what is over a limit never reads like it.
    """
    if not math.isfinite(seconds):
        return ""
    limit = float(limit_text(limit_s))
    texts = [f"{seconds / 60:.{decimals}f}" for decimals in range(1, MOST_DECIMALS + 1)]
    return next((text for text in texts if (float(text) > limit) == (seconds > limit_s)), texts[-1])


def limit_text(limit_s: float) -> str:
    """A limit in minutes, as it was promised: 30, 7.5, for a second 0.0166667."""
    return f"{limit_s / 60:g}"
