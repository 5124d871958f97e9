"""Sets certificates in type, a sheet of A4 each, both languages on it: what they say as JSON on standard input, the PDF on
standard output. Knows no Django."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from hostcity.report.paper.fonts import BOLD, REGULAR, marked_up, use_fonts

Said = Mapping[str, Any]
MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
INK, QUIET, RULE, DEMO = "#17202a", "#55616d", "#0b57a4", "#7a5200"
CODE_MM = 30


def certificates_of(said: Said) -> bytes:
    """The PDF: ``title`` of the file, ``demo``, and ``sheets``, each with ``heads`` and ``lines`` in both languages, ``name``,
    ``hours``, ``foot`` and ``address``, the page that says whether it holds."""
    use_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), lang="zh")
    canvas.setTitle(said["title"])
    canvas.setAuthor("hostcity")
    for sheet in said["sheets"]:
        _sheet(canvas, sheet, said["demo"])
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _sheet(canvas: Any, sheet: Said, demo: str) -> None:
    canvas.setStrokeColor(RULE)
    for inset, width in ((12 * MM, 2), (14 * MM, 0.6)):
        canvas.setLineWidth(width)
        canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
    top = HEIGHT - 42 * MM
    top = _text(canvas, sheet["heads"][0], top, 28, is_bold=True)
    top = _text(canvas, sheet["heads"][1], top - 2 * MM, 15)
    top = _text(canvas, sheet["name"], top - 16 * MM, 26, is_bold=True) - 6 * MM
    for at, line in enumerate(sheet["lines"]):
        top = _text(canvas, line, top - 3 * MM, 12, is_chinese=at % 2 == 0)
    _text(canvas, sheet["hours"], top - 8 * MM, 20, is_bold=True)
    _code(canvas, sheet["address"])
    foot = 60 * MM
    for line in sheet["foot"]:
        foot = _text(
            canvas, line, foot, 9, color=QUIET, left=24 * MM, right=24 * MM + (CODE_MM + 6) * MM, is_centered=False
        )
    if demo:
        _text(canvas, demo, HEIGHT - 20 * MM, 9, color=DEMO, is_bold=True)


def _text(
    canvas: Any, text: str, top: float, size: float, *, is_bold: bool = False, is_chinese: bool = True, color: str = INK,
    left: float = 28 * MM, right: float = 28 * MM, is_centered: bool = True,
) -> float:  # fmt: skip
    """Draw a paragraph below a height; gives where it ends."""
    style = ParagraphStyle(
        "text", fontName=BOLD if is_bold else REGULAR, fontSize=size, leading=size * 1.5, textColor=color, wordWrap="CJK" if is_chinese else None,
        alignment=TA_CENTER if is_centered else 0,
    )  # fmt: skip
    made = Paragraph(marked_up(text, is_chinese=is_chinese), style)
    _width, height = made.wrap(WIDTH - left - right, HEIGHT)
    made.drawOn(canvas, left, top - height)
    return float(top - height)


def _code(canvas: Any, address: str) -> None:
    """The address as a QR code (ISO/IEC 18004), down on the right."""
    widget, side = QrCodeWidget(address, barLevel="M"), CODE_MM * MM
    low_x, low_y, high_x, high_y = widget.getBounds()
    drawing = Drawing(side, side, transform=[side / (high_x - low_x), 0, 0, side / (high_y - low_y), 0, 0])
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, WIDTH - 24 * MM - side, 24 * MM)


if __name__ == "__main__":
    sys.stdout.buffer.write(certificates_of(json.load(sys.stdin.buffer)))
