"""Secret addresses: made once, shown once, kept as a hash."""

import hashlib
import secrets


def new_secret() -> str:
    """A secret with 192 bits."""
    return secrets.token_urlsafe(24)


def hash_of(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
