"""Static files out of the package, under names with a hash of their content, without a collecting step."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class PackagedStaticFiles(StaticFilesStorage):
    """Adds the content's hash as a query, so that a browser keeps a file until it changes."""

    def url(self, name: str | None) -> str:
        """The address of a file."""
        address = super().url(name)
        return f"{address}?v={_content_hash(name)}" if name else address


@lru_cache(maxsize=512)
def _content_hash(name: str) -> str:
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if isinstance(path, str) else "missing"
