"""The routers of the slices, in the order of the reference."""

from __future__ import annotations

from ninja import Router


def routers() -> list[Router]:
    """All of them."""
    from hostcity.core.tokens.api import operations as tokens

    return [each.router for each in (tokens,)]
