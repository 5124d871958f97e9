"""XML that nobody trusts: no DTD, no entity, nothing fetched, no deeper and no larger than a project is.

A few hundred bytes of entities unpack to gigabytes, and an entity can name a file of the reader's machine. A project needs neither,
so the first sign of one ends the reading. What is not asked for is passed over while it is read, so that memory holds no more than tasks,
links, calendars and teams, whatever else is in the file.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence

MOST_BYTES = 48 * 1024**2  # a project of 2,000 tasks has 5 to 20 MB
MOST_DEEP = 16  # tags within one another; the format has 9
MOST_TAGS = 1_200_000  # of all kinds; one of 2,000 tasks has 0.2 to 0.6 million
MOST_NODES = 300_000  # tags that are kept with what is within them; one of 2,000 tasks has 0.04 million
MOST_TEXT = 32_767  # characters of a value that is asked for
PIECE_BYTES = 64 * 1024

#: What is asked for: names of tags, each with those within it; None = the tag has a value.
Shape = Mapping[str, Any]
#: A tag that was asked for: its values by name, and the tags within it by theirs, each as often as it was there.
Node = dict[str, Any]
_OTHERS = {
    b"PK\x03\x04": Sentence("is a zip archive."),
    b"\xd0\xcf\x11\xe0": Sentence("is a file of Microsoft Project itself (.mpp), which only that program reads."),
    b"\x1f\x8b": Sentence("is packed (gzip)."),
}


class _RefusedError(Exception):
    """Why a file is not read any further."""

    def __init__(self, kind: str, what: Sentence, mend: Sentence | None = None) -> None:
        super().__init__(what)
        self.kind, self.what = kind, what
        self.mend = mend or Sentence("In Microsoft Project: Save As, XML format; or export MSPDI from another program.")


def read_xml(path: Path, root: str, shape: Shape) -> Node:
    """What is asked for of a file. Raises ``PlanError`` for what is no such file, or is not safe to read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _RefusedError("size", Sentence("is larger than {most} MiB.", most=MOST_BYTES // 1024**2), _LESS)
        with path.open("rb") as file:
            return _Reading(root, shape).read(file)
    except _RefusedError as refused:
        raise PlanError(
            [Problem(code=f"mspdi.{refused.kind}", what=refused.what, mend=refused.mend)], path.name
        ) from None


_LESS = Sentence("Remove what does not belong to the plan.")
_PLAIN = Sentence("Save it again from its program: a project has no document type and no entities.")


class _Reading:
    """One file as it is read."""

    def __init__(self, root: str, shape: Shape) -> None:
        self._root = root
        self._stack: list[tuple[Node, Shape]] = [({}, {root: shape})]
        self._value: list[str] | None = None  # of a tag that has one
        self._passing = 0  # tags within one that was not asked for
        self._deep = self._tags = self._nodes = self._long = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse

    def read(self, file: IO[bytes]) -> Node:
        first = file.read(PIECE_BYTES)
        for magic, what in _OTHERS.items():
            if first.startswith(magic):
                raise _RefusedError("kind", what)
        try:
            piece = first
            while piece:
                self._parser.Parse(piece, False)
                piece = file.read(PIECE_BYTES)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            what = Sentence(
                "is not XML: {error} in line {line}, column {column}.",
                error=expat.ErrorString(error.code), line=error.lineno, column=error.offset + 1,
            )  # fmt: skip
            raise _RefusedError("syntax", what) from None
        except (LookupError, ValueError):  # an encoding that nobody knows
            raise _RefusedError("syntax", Sentence("is not in UTF-8 or another encoding that is known.")) from None
        [(found, _shape)] = self._stack
        return found[self._root][0]  # type: ignore[no-any-return]

    def _start(self, tag: str, _attributes: Any) -> None:
        name = tag.rpartition(" ")[2]
        self._deep += 1
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise _RefusedError("size", Sentence("has more than {most:,} tags.", most=MOST_TAGS), _LESS)
        if self._deep > MOST_DEEP:
            raise _RefusedError("deep", Sentence("has more than {most} tags within one another.", most=MOST_DEEP))
        if self._deep == 1 and name != self._root:
            what = Sentence("begins with the tag {tag}, not with {root}.", tag=name[:60], root=self._root)
            raise _RefusedError("root", what)
        node, shape = self._stack[-1]
        if self._passing or self._value is not None or name not in shape:
            self._passing += 1
            return
        within = shape[name]
        if within is None:
            self._value, self._long = [], 0
        else:
            self._nodes += 1
            if self._nodes > MOST_NODES:
                what = Sentence("has more than {most:,} tasks, links, fields and the like.", most=MOST_NODES)
                raise _RefusedError("size", what, _LESS)
            new: Node = {}
            node.setdefault(name, []).append(new)
            self._stack.append((new, within))

    def _end(self, tag: str) -> None:
        self._deep -= 1
        if self._passing:
            self._passing -= 1
        elif self._value is not None:
            self._stack[-1][0][tag.rpartition(" ")[2]] = "".join(self._value)
            self._value = None
        else:
            self._stack.pop()

    def _text(self, text: str) -> None:
        if self._value is None or self._passing:
            return
        self._long += len(text)
        if self._long > MOST_TEXT:
            raise _RefusedError(
                "text", Sentence("has a value of more than {most:,} characters.", most=MOST_TEXT), _LESS
            )
        self._value.append(text)

    def _refuse(self, *_what: Any) -> int:
        raise _RefusedError("entities", Sentence("has a document type or entities, which are not read."), _PLAIN)


class Written:
    """XML as it is written: tags in the order in which they are given."""

    def __init__(self) -> None:
        self._out = io.StringIO()
        self._out.write('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
        self._open: list[str] = []

    def open(self, tag: str, attributes: str = "") -> None:
        """Begin a tag that has others in it."""
        self._out.write(f"{' ' * len(self._open)}<{tag}{attributes}>\n")
        self._open.append(tag)

    def close(self) -> None:
        """End the last tag that was begun."""
        tag = self._open.pop()
        self._out.write(f"{' ' * len(self._open)}</{tag}>\n")

    def value(self, tag: str, value: Any) -> None:
        """A tag with a value; nothing for None."""
        if value is None:
            return
        text = str(int(value)) if isinstance(value, bool) else str(value)
        self._out.write(f"{' ' * len(self._open)}<{tag}>{escaped(text)}</{tag}>\n")

    def values(self, **values: Any) -> None:
        """Several, in this order."""
        for tag, value in values.items():
            self.value(tag, value)

    def text(self) -> str:
        """All of it."""
        return self._out.getvalue()


def escaped(text: str) -> str:
    """A text within XML; line ends are kept as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
