"""Write docs/reference/openapi.json from the API's operations: `python tools/openapi.py`."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "openapi.json"


def main() -> None:
    """Write it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hostcity.site.settings")
    import django

    django.setup()
    from hostcity.site.api.document import document_text

    PAGE.write_text(document_text(), "utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
