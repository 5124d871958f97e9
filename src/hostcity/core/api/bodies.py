"""Reading JSON strictly: no doubled names, no NaN, no characters that a database cannot hold."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from hostcity.core.api.errors import BadBody
from hostcity.core.errors import Refused

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
MOST_DIGITS = 400


class StrictParser(Parser):
    """ninja's parser, made strict."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body. Raises `BadBody` for what is no JSON, ``Refused`` for characters that cannot be kept."""
        try:
            body = json.loads(request.body, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
        except (ValueError, RecursionError) as error:  # what is no UTF-8 is a ValueError too
            raise BadBody("body.syntax", _("The request's body is not JSON.")) from error
        _check(body)
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        """The parameters of the address."""
        for values in data.lists():
            _check(values)
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


def _check(value: Any) -> None:
    """Raise ``Refused`` when a text in it cannot be stored."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if UNSTORABLE.search(each):
                what = _("A text holds a character that cannot be kept (NUL, or half of a pair).")
                raise Refused("body.characters", what, _("Leave it out."))
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list | tuple):
            waiting += each
