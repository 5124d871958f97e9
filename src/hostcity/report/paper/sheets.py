"""Sets lists in type: what they say as JSON on standard input, the PDF on standard output; or `sheets_of` at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from hostcity.report.paper.fonts import BOLD, REGULAR, marked_up, use_fonts

Said = Mapping[str, Any]
MM = 72 / 25.4
INK, QUIET, EDGE, HEAD = "#17202a", "#55616d", "#c3cad2", "#e8eef4"
MARGIN = 14 * MM
PADDING = 6.0  # of a frame, which ReportLab adds to the margin
BOX = "[ ]"  # a cell that says this is a box to tick
BOX_MM = 4.0


def sheets_of(said: Said) -> bytes:
    """The PDF of a document.

    ``said``: ``title``, ``lines``, ``footer``, ``page`` (with {number}), ``language``, ``is_chinese``, ``is_wide`` (on its side), and
    ``parts``, each with ``heading``, ``lines``, ``head`` (of the columns), ``rows``, ``shares`` of the width, ``is_new_sheet``.
    """
    use_fonts()
    size = (297 * MM, 210 * MM) if said["is_wide"] else (210 * MM, 297 * MM)
    styles = _styles()
    text = _Text(said["is_chinese"], styles)
    story: list[Any] = [text(said["title"], "title"), *(text(line, "quiet") for line in said["lines"])]
    for part in said["parts"]:
        story += _part(part, text, size[0] - 2 * MARGIN)
    file = BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=size, leftMargin=MARGIN - PADDING, rightMargin=MARGIN - PADDING, topMargin=MARGIN, bottomMargin=MARGIN,
        title=said["title"], author="hostcity", lang=said["language"],
    )  # fmt: skip
    footer = _footer_of(said, size[0])
    document.build(story, onFirstPage=footer, onLaterPages=footer)
    return file.getvalue()


class _Text:
    def __init__(self, is_chinese: bool, styles: Mapping[str, Any]) -> None:
        self.is_chinese, self.styles = is_chinese, styles

    def __call__(self, text: Any, style: str) -> Any:
        lines = (marked_up(line, is_chinese=self.is_chinese) for line in str(text).split("\n"))
        return Paragraph("<br/>".join(lines), self.styles[style])


def _part(part: Said, text: _Text, width: float) -> Iterator[Any]:
    if part.get("is_new_sheet"):
        yield PageBreak()
    yield KeepTogether([text(part["heading"], "heading"), *(text(line, "text") for line in part["lines"])])
    if part["rows"]:
        head = [text(each, "head") for each in part["head"]]
        rows = [[_box() if each == BOX else text(each, "text") for each in row] for row in part["rows"]]
        yield Table(
            [head, *rows], colWidths=[width * share for share in part["shares"]], repeatRows=1, style=_rules(), hAlign="LEFT",
        )  # fmt: skip
        yield Spacer(1, 4 * MM)


def _box() -> Any:
    """A box to tick."""
    side = BOX_MM * MM
    return Table(
        [[""]], colWidths=[side], rowHeights=[side], style=[("BOX", (0, 0), (-1, -1), 0.8, INK)], hAlign="LEFT"
    )


def _rules() -> list[tuple[Any, ...]]:
    return [
        ("GRID", (0, 0), (-1, -1), 0.4, EDGE), ("BACKGROUND", (0, 0), (-1, 0), HEAD), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]  # fmt: skip


def _styles() -> dict[str, Any]:
    usual = ParagraphStyle("text", fontName=REGULAR, fontSize=8.5, leading=12, textColor=INK, wordWrap="CJK")
    return {
        "text": usual,
        "head": ParagraphStyle("head", usual, fontName=BOLD),
        "quiet": ParagraphStyle("quiet", usual, textColor=QUIET),
        "title": ParagraphStyle("title", usual, fontName=BOLD, fontSize=16, leading=24),
        "heading": ParagraphStyle("heading", usual, fontName=BOLD, fontSize=11, leading=16, spaceBefore=8, spaceAfter=2),
    }  # fmt: skip


def _footer_of(said: Said, width: float) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, MARGIN / 2, said["footer"])
        canvas.drawRightString(width - MARGIN, MARGIN / 2, said["page"].format(number=document.page))

    return draw


if __name__ == "__main__":
    sys.stdout.buffer.write(sheets_of(json.load(sys.stdin.buffer)))
