"""Every message of the pages, taken from Python and templates as Django's own tool takes them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import hostcity

PACKAGE = Path(inspect.getfile(hostcity)).parent
CATALOG = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
#: The parts of the package that speak through Django; the others speak through hostcity.po.
SPEAKERS = ("core", "readiness", "rehearsal", "site", "venue", "volunteers")
DJANGO = re.compile(r"^from django\.utils\.translation import ", re.M)
TAKERS = {
    "gettext": None, "gettext_noop": None, "gettext_lazy": None, "_": None, "_lazy": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip

Key = tuple[str, str, str]  # context, singular, plural


@cache
def messages() -> set[Key]:
    """Everything that pages say."""
    return {key for speaker in SPEAKERS for path in sorted((PACKAGE / speaker).rglob("*.*")) for key in of_file(path)}


def of_file(path: Path) -> Iterator[Key]:
    """What one file says."""
    if path.suffix == ".py":
        source = path.read_text("utf-8")
        if DJANGO.search(source):
            yield from of_source(source)
    elif "templates" in path.parts and path.suffix in (".html", ".txt"):
        yield from of_source(templatize(path.read_text("utf-8")))


def of_source(source: str) -> Iterator[Key]:
    """What Python says, also the Python that a template is turned into."""
    for _, taker, said, _ in extract_python(BytesIO(source.encode()), list(TAKERS), [], {"encoding": "utf-8"}):
        texts = [text for text in (said if isinstance(said, tuple) else (said,)) if isinstance(text, str)]
        if not texts:
            continue  # no literal: it is collected where it stands
        context = texts.pop(0) if "pgettext" in taker else ""
        plural = texts[1] if taker.lstrip("p").startswith(("ngettext", "npgettext")) and len(texts) > 1 else ""
        if texts and texts[0]:
            yield context, texts[0], plural


@cache
def catalog() -> Any:
    """The Chinese catalog of the pages."""
    with CATALOG.open("rb") as file:
        return read_po(file)


def key_of(entry: Any) -> Key:
    """Context, singular and plural of an entry."""
    singular, plural = entry.id if isinstance(entry.id, tuple) else (entry.id, "")
    return entry.context or "", singular, plural
