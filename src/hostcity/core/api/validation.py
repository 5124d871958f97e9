"""What is wrong with the fields of a request, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _


def told_problems(errors: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """pydantic's errors as code, field, what and mend."""
    for error in errors:
        code, what, mend = _words(error["type"], error.get("ctx", {}), error.get("msg", ""))
        field = ".".join(str(part) for part in _shown(error["loc"]))
        yield {"code": f"field.{code}", "field": field, "what": what, "mend": mend}


def _shown(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """The path without the name that the operation's function calls its body."""
    return (loc[0], *loc[2:]) if loc[0] == "body" and len(loc) > 1 else loc


def _words(kind: str, ctx: Mapping[str, Any], message: str) -> tuple[str, str, str]:
    bound = next((ctx[name] for name in ("ge", "gt", "le", "lt", "max_length", "min_length") if name in ctx), "")
    if kind == "missing":
        return "missing", _("is missing."), _("Give it.")
    if kind == "extra_forbidden":
        return "unknown", _("is not a field of this request."), _("Leave it out, or correct its name.")
    if kind in ("greater_than_equal", "greater_than"):
        return "range", _("is too small."), _("Give at least {bound}.").format(bound=bound)
    if kind in ("less_than_equal", "less_than"):
        return "range", _("is too large."), _("Give at most {bound}.").format(bound=bound)
    if kind in ("string_too_long", "too_long"):
        return "length", _("is too long."), _("Give at most {bound}.").format(bound=bound)
    if kind in ("string_too_short", "too_short"):
        return "length", _("is too short."), _("Give at least {bound}.").format(bound=bound)
    if kind in ("literal_error", "enum"):
        return "choice", _("is not one of the choices."), _("Choices: {bound}.").format(bound=ctx.get("expected", ""))
    if kind == "string_pattern_mismatch":
        return "pattern", _("is not written as it has to be."), _("See the reference for its form.")
    wanted = kind.removesuffix("_parsing").removesuffix("_type").replace("_", " ")
    return "kind", _("is of another kind."), _("Give: {wanted} ({message}).").format(wanted=wanted, message=message)
