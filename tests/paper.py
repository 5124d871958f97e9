"""What a sheet says that is made to be printed."""

from __future__ import annotations

import io


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, line by line as it lies there."""
    from pypdf import PdfReader

    return [page.extract_text(extraction_mode="layout") for page in PdfReader(io.BytesIO(pdf)).pages]
