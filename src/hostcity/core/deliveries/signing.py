"""Signatures of what is sent: the scheme of Standard Webhooks, for which receivers find ready code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from django.conf import settings

from hostcity.core.models import Webhook


def secret_of(webhook: Webhook) -> str:
    """The secret of a webhook: derived from the site's key, so that no copy of the database holds it."""
    said = f"hostcity webhook {webhook.public_id} {webhook.secret_version}"
    return "whsec_" + base64.b64encode(hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256")).decode()


def signed(body: bytes, *, key: str, secret: str, at: int | None = None) -> dict[str, str]:
    """Headers of a message: its id (the same at every attempt), the time, HMAC-SHA256 over both and the body."""
    at = int(time.time()) if at is None else at
    said = f"{key}.{at}.".encode() + body
    mark = base64.b64encode(hmac.new(_key_of(secret), said, hashlib.sha256).digest()).decode()
    return {"webhook-id": key, "webhook-timestamp": str(at), "webhook-signature": f"v1,{mark}"}


def _key_of(secret: str) -> bytes:
    return base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
