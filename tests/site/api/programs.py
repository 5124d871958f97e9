"""Programs that use the API, for tests."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from hostcity.core import policy
from hostcity.core.models import Edition, Person
from hostcity.core.tokens.queries import own_actions
from hostcity.core.tokens.services import make_token


class Program:
    """A client that sends a token, and JSON."""

    def __init__(self, secret: str, **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}", **headers}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a request; ``path`` begins after /api/v1."""
        more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        headers = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, f"/api/v1{path}", headers=headers, **more)

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST."""
        return self("POST", path, body, **headers)


def program(who: Person, of: Edition, actions: list[str] | None = None, **headers: str) -> Program:
    """A program with a new token of somebody: for these actions, else for all they may do."""
    wanted = own_actions(who, of) if actions is None else [policy.OWN_TOKENS, *actions]
    _token, secret = make_token(edition=of, name="program", actions=wanted, days=1, by=who)
    return Program(secret, **headers)
