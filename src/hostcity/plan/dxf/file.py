"""Open a DXF file that nobody trusts: what it is and how large is looked at before the library reads it.

The library is imported here and in `write` only, and only when a file is read: it brings NumPy with it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence

if TYPE_CHECKING:
    from ezdxf.document import Drawing as Document

MOST_BYTES = 20 * 1024**2  # of text; the library takes some fifteen times as much memory
MOST_ENTITIES = 200_000  # in the file, and again after blocks have been taken apart
BINARY = b"AutoCAD Binary DXF\r\n\x1a\x00"
_DWG = re.compile(rb"AC(?:1\.|2\.|10)")
_STARTS = re.compile(rb"\s*(?:999\r?\n[^\n]*\n\s*)*0\s*\r?\n\s*SECTION")
_LINE = re.compile(r"line (\d+)")
_SAVE_AS = Sentence("In the drawing program choose Save as, DXF (2007 or later).")


@dataclass(frozen=True, slots=True)
class Opened:
    """A drawing as the library reads it; ``repairs`` are what had to be mended in its structure."""

    document: Document
    sha256: str
    repairs: tuple[str, ...] = ()


def open_dxf(path: Path, most_bytes: int = MOST_BYTES) -> Opened:
    """Open a file. Raises PlanError when it is too large, of another kind, or too broken to be read."""
    of = path.name
    if not path.is_file():
        raise _refused("not_found", Sentence("does not exist."), Sentence("Check the path."), of)
    size = path.stat().st_size
    if size > most_bytes:
        what = Sentence(
            "has {size:.1f} MB; at most {most:.0f} MB are read.", size=size / 1024**2, most=most_bytes / 1024**2
        )
        mend = Sentence(
            "Save a copy with the layers of the floor plan only, without pictures, hatches and unused blocks (PURGE)."
        )
        raise _refused("size", what, mend, of)
    data = path.read_bytes()
    is_binary = data.startswith(BINARY)
    if _DWG.match(data):
        raise _refused("dwg", Sentence("is a DWG drawing."), _SAVE_AS, of)
    if not is_binary and not _STARTS.match(data.removeprefix(b"\xef\xbb\xbf")[:20_000]):
        raise _refused("not_dxf", Sentence("is no DXF drawing."), _SAVE_AS, of)
    document, repairs = _read(path, is_binary, of)
    entities = len(document.entitydb)
    if entities > MOST_ENTITIES:
        raise too_many(entities, of)
    return Opened(document, hashlib.sha256(data).hexdigest(), repairs)


def too_many(count: int, of: str) -> PlanError:
    """What is said of a drawing that holds, or becomes, too many objects."""
    what = Sentence("has {count:,} objects or more, which is too many.", count=count)
    mend = Sentence("Save a copy with the layers of the floor plan only.")
    return _refused("entities", what, mend, of)


def _read(path: Path, is_binary: bool, of: str) -> tuple[Document, tuple[str, ...]]:
    import ezdxf
    from ezdxf import recover

    logging.getLogger("ezdxf").setLevel(logging.CRITICAL)  # what it mends is told as a doubt

    try:
        return ezdxf.readfile(path), ()
    except MemoryError:
        raise _refused("memory", Sentence("does not fit into memory."), Sentence("Save a smaller copy."), of) from None
    except Exception as error:  # the library raises its own kinds, and others where a file is odd
        first = error
    if is_binary:
        raise _broken(first, of)
    try:
        document, auditor = recover.readfile(path)
    except Exception:
        raise _broken(first, of) from None
    faults = [str(each.message) for each in (*auditor.errors, *auditor.fixes)]
    return document, tuple(faults) or (_said(first),)


def _broken(error: Exception, of: str) -> PlanError:
    """A file whose structure cannot be mended; with its line, where the library says one."""
    line = _LINE.search(str(error))
    what = (
        Sentence("is broken in line {line}: {error}.", line=line[1], error=_said(error))
        if line
        else Sentence("is broken: {error}.", error=_said(error))
    )
    return _refused(
        "broken", what, Sentence("Open it in the drawing program, run AUDIT, and save it as DXF again."), of
    )


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())
    text = "".join(mark if mark.isprintable() else "?" for mark in text)[:160].rstrip(".")
    return text or type(error).__name__


def _refused(kind: str, what: Sentence, mend: Sentence, of: str) -> PlanError:
    return PlanError([Problem(code=f"dxf.file.{kind}", what=what, mend=mend)], of)
