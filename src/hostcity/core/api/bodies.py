"""Reading JSON strictly: no doubled names, no NaN, no characters that no text may hold."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from hostcity.core.api.errors import BadBody
from hostcity.core.errors import Refused, refuse
from hostcity.plan.characters import odd_character

MOST_DIGITS = 400
MOST_PLACE, MOST_TOLD = 120, 50  # characters of a place, places that are told


class StrictParser(Parser):
    """ninja's parser, made strict."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body. Raises `BadBody` for what is no JSON, ``Refused`` for characters that cannot be kept."""
        try:
            body = json.loads(request.body, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
        except (ValueError, RecursionError) as error:  # what is no UTF-8 is a ValueError too
            raise BadBody("body.syntax", _("The request's body is not JSON.")) from error
        _check(body, "body")
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        """The parameters of the address."""
        for name, values in data.lists():
            for each in values:
                _check(each, f"query.{name}")
        return super().parse_querydict(data, list_fields, request)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) < len(pairs):
        raise BadBody("body.twice", _("A name stands twice in one object of the request's body."))
    return body


def _constant(name: str) -> None:
    raise ValueError(name)


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("too many digits")
    return int(digits)


def _check(value: Any, place: str) -> None:
    """Raise ``Refused`` with every text in it that holds a character which none may hold."""
    waiting, found = [(place, value)], []
    while waiting:
        at, each = waiting.pop()
        if isinstance(each, str):
            if odd := odd_character(each, has_lines=True):
                what = format_lazy(_("A text holds the character {character}."), character=odd)
                found.append(Refused("body.characters", what, _("Leave it out."), field=at[:MOST_PLACE]))
        elif isinstance(each, dict):
            waiting += [(at, name) for name in each] + [(f"{at}.{name}", inner) for name, inner in each.items()]
        elif isinstance(each, list | tuple):
            waiting += [(f"{at}.{index}", inner) for index, inner in enumerate(each)]
    refuse(found[::-1][:MOST_TOLD])
