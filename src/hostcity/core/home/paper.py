"""Sets the brief in type: what it says as JSON on standard input, the PDF on standard output. Knows no Django."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Table

from hostcity.report.paper.fonts import BOLD, REGULAR, marked_up, use_fonts

Said = Mapping[str, Any]
INK, QUIET, EDGE, GOOD, BAD, DEMO = "#17202a", "#55616d", "#d3d9df", "#00655a", "#b0241c", "#7a5200"
MARGIN = 18 * 72 / 25.4  # 18 mm
PADDING = 6.0  # of a frame, which ReportLab adds to the margin


def set_in_type(said: Said) -> bytes:
    """The PDF of what `brief.brief_of` says."""
    use_fonts()
    styles = Styles(said["is_chinese"])
    story: list[Any] = [styles.text(said["title"], "title"), styles.text(said["subtitle"], "quiet")]
    for part in said["parts"]:
        story += _section(part, styles)
    file = BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=_a4(), leftMargin=MARGIN - PADDING, rightMargin=MARGIN - PADDING, topMargin=MARGIN, bottomMargin=MARGIN,
        title=said["name"], author="hostcity", lang=said["language"],
    )  # fmt: skip
    footer = _footer_of(said)
    document.build(story, onFirstPage=footer, onLaterPages=footer)
    return file.getvalue()


class Styles:
    """How paragraphs look, in one of the languages."""

    def __init__(self, is_zh: bool) -> None:
        self.is_zh, self.of = is_zh, _styles(is_zh)

    def text(self, text: Any, style: str) -> Any:
        """A paragraph."""
        return Paragraph(marked_up(text, is_chinese=self.is_zh), self.of[style])


def _section(part: Said, styles: Styles) -> Iterator[Any]:
    lines = [styles.text(line, "text" if index else part["first"]) for index, line in enumerate(part["lines"])]
    yield KeepTogether([styles.text(part["heading"], "heading"), *lines])
    if part["rows"]:
        yield _table(part["rows"], part["shares"], styles)


def _table(rows: Sequence[Sequence[Any]], given: Sequence[float], styles: Styles) -> Any:
    """Rows of a few columns, of the given shares; else the first as wide as a time, what is left for the others."""
    width, most = _a4()[0] - 2 * MARGIN, max(len(row) for row in rows)
    first = 34 * 72 / 25.4
    cells = [[styles.text(each, "text") for each in (*row, *[""] * (most - len(row)))] for row in rows]
    rest = width - first if most > 1 else width
    shares = [1.0] if most <= 2 else [0.65, *[0.35 / (most - 2)] * (most - 2)]
    widths = [first, *(rest * share for share in shares)] if most > 1 else [width]
    widths = [width * share for share in given] or widths
    rule = [("LINEBELOW", (0, 0), (-1, -1), 0.4, EDGE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    tight = [
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table(cells, colWidths=widths, style=[*rule, *tight], hAlign="LEFT")


def _styles(is_zh: bool) -> dict[str, Any]:
    wrap = {"wordWrap": "CJK"} if is_zh else {}
    usual = ParagraphStyle("text", fontName=REGULAR, fontSize=10, leading=16 if is_zh else 14, textColor=INK, **wrap)
    return {
        "text": usual,
        "quiet": ParagraphStyle("quiet", usual, textColor=QUIET, spaceAfter=4),
        "title": ParagraphStyle("title", usual, fontName=BOLD, fontSize=20, leading=28),
        "heading": ParagraphStyle(
            "heading", usual, fontName=BOLD, fontSize=12, leading=18, spaceBefore=12, spaceAfter=2
        ),
        "large": ParagraphStyle("large", usual, fontName=BOLD, fontSize=18, leading=26),
        "good": ParagraphStyle("good", usual, fontName=BOLD, fontSize=13, leading=20, textColor=GOOD),
        "bad": ParagraphStyle("bad", usual, fontName=BOLD, fontSize=13, leading=20, textColor=BAD),
    }


def _footer_of(said: Said) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, MARGIN / 2, said["footer"])
        canvas.drawRightString(_a4()[0] - MARGIN, MARGIN / 2, said["page"].format(number=document.page))
        if said["demo"]:
            canvas.setFont(BOLD, 9)
            canvas.setFillColor(DEMO)
            canvas.drawRightString(_a4()[0] - MARGIN, _a4()[1] - MARGIN * 0.7, said["demo"])

    return draw


def _a4() -> tuple[float, float]:
    return 210 * 72 / 25.4, 297 * 72 / 25.4


if __name__ == "__main__":
    sys.stdout.buffer.write(set_in_type(json.load(sys.stdin.buffer)))
