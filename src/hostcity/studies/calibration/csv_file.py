"""A CSV file as spreadsheets save it, with one kind of row: read with every problem, by line and column."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostcity.plan.cells import CellError, is_empty, read_cell
from hostcity.plan.columns import Column, columns_of, is_required
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence

MOST_BYTES = 5 * 1024**2
_SAVE = Sentence("Save it as CSV from the spreadsheet program.")


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvFile:
    """What a file must hold. Codes of its problems begin with ``of``."""

    of: str
    row_type: type  # a dataclass of plan columns
    also_needed: tuple[str, ...] = ()  # columns that must stand there, though their cells may be empty
    most: int  # rows

    def problem(self, kind: str, what: Sentence, mend: Sentence, line: int = 0, field: str = "") -> Problem:
        """A problem of the file."""
        return Problem(code=f"{self.of}.{kind}", what=what, mend=mend, row=line, column=field)

    def data(self, path: Path) -> bytes:
        """The file's bytes. Raises PlanError where there is none, or it is too large."""
        if not path.is_file():
            raise self._refused(str(path), "not_found", Sentence("is no file."), Sentence("Check the path."))
        if path.stat().st_size > MOST_BYTES:
            mend = Sentence("Give at most {most:,}: add them up to longer intervals.", most=self.most)
            raise self._refused(path.name, "size", Sentence("is larger than 5 MiB."), mend)
        return path.read_bytes()

    def rows(self, data: bytes, name: str, listing: Listing) -> Iterator[tuple[int, dict[str, str]]]:
        """Cells by field, with the number of their line. Raises PlanError where it is no CSV file."""
        lines = self._lines(self._text(data, name), name)
        if not lines:
            return
        line, heading = lines[0]
        fields = self._fields(line, heading, listing)
        if listing:
            return
        for at, cells in lines[1:]:
            if any(map(str.strip, cells[len(fields) :])):
                what = Sentence("has {count} cells, more than the heading.", count=len(cells))
                mend = Sentence("Write decimals with a point, and texts that hold a comma in quotes.")
                listing.add(self.problem("row.cells", what, mend, at))
                continue
            yield at, {field: cell for field, cell in zip(fields, cells, strict=False) if field}

    def values(
        self, line: int, cells: Mapping[str, str], said: Callable[[Column, str], str]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """One line by the kinds of its columns, and what cannot be read of it."""
        values: dict[str, Any] = {}
        found: list[Problem] = []
        for field, each in columns_of(self.row_type).items():
            raw = cells.get(field, "")
            if is_empty(raw):
                if is_required(self.row_type, field):
                    what, mend = Sentence("is empty."), Sentence("Fill it in, or remove the row.")
                    found.append(self.problem(f"{field}.missing", what, mend, line, field))
                continue
            try:
                values[field] = read_cell(each, said(each, raw))
            except CellError as error:
                found.append(self.problem(f"{field}.{error.kind}", error.what, error.mend, line, field))
        return values, found

    def _refused(self, name: str, kind: str, what: Sentence, mend: Sentence) -> PlanError:
        return PlanError([self.problem(f"file.{kind}", what, mend)], name)

    def _text(self, data: bytes, name: str) -> str:
        """UTF-8, or as Chinese spreadsheet programs save CSV."""
        if b"\0" in data or data.startswith(b"PK"):
            raise self._refused(name, "kind", Sentence("is no CSV file."), _SAVE)
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise self._refused(name, "encoding", Sentence("is not UTF-8 text."), Sentence("Save it as UTF-8."))

    def _lines(self, text: str, name: str) -> list[tuple[int, list[str]]]:
        """Cells by line, without empty lines and remarks (#)."""
        first = next((each for each in text.splitlines() if each.strip() and not each.startswith("#")), "")
        delimiter = max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            lines = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
        except csv.Error as error:
            what = Sentence("cannot be read from line {line} on: {error}.", line=reader.line_num, error=str(error))
            raise self._refused(name, "kind", what, _SAVE) from None
        return [(line, cells) for line, cells in lines if not cells[0].startswith("#")]

    def _fields(self, line: int, heading: list[str], listing: Listing) -> list[str]:
        columns = columns_of(self.row_type)
        names = {name: field for field, each in columns.items() for name in (field, each.heading_en, each.heading_zh)}
        fields = [names.get(each.strip().lower(), "") for each in heading]
        for name, field in zip(heading, fields, strict=True):
            if name.strip() and not field:
                near = difflib.get_close_matches(name.strip().lower(), names, 1)
                what = Sentence("there is no column {name}.", name=repr(name.strip()))
                mend = (
                    Sentence("Did you mean {near}?", near=near[0]) if near else Sentence("There are: {known}.", known=", ".join(columns))
                )  # fmt: skip
                listing.add(self.problem("column.unknown", what, mend, line))
        for field in sorted({each for each in fields if each and fields.count(each) > 1}):
            what = Sentence("column {name} stands there twice.", name=field)
            listing.add(self.problem("column.duplicate", what, Sentence("Keep one of them."), line))
        for field in [*(each for each in columns if is_required(self.row_type, each)), *self.also_needed]:
            if field not in fields:
                what = Sentence("column {name} is missing.", name=field)
                mend = Sentence("Begin with the line: {heading}.", heading=",".join(columns))
                listing.add(self.problem("column.missing", what, mend, line))
        return fields
