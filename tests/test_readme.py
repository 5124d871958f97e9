"""What the READMEs show is what the main job prints."""

import platform
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

IS_EXACT = (platform.system(), platform.machine()) == ("Linux", "x86_64")


def rounded(text: str) -> list[str]:
    """Words and numbers, these to two digits; hashes, which differ from platform to platform, left out."""
    text = re.sub(r"\b[0-9a-f]{12}\b", "", text)
    return [
        f"{float(word.replace(',', '')):.1e}" if re.fullmatch(r"[\d,]+(\.\d+)?", word) else word
        for word in re.findall(r"[\d,]+\.?\d*|[^\s\d]+", text)
    ]


@pytest.mark.parametrize("language", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_the_readme_shows_what_is_printed(language, tmp_path):
    from readme import PRINTED, READMES, block, printed

    shown = PRINTED.search(READMES[language].read_text("utf-8"))[0]
    now = block(printed(language, str(tmp_path / "report")))
    assert len(now.splitlines()) <= 52  # one screen, and the fences
    assert shown == now if IS_EXACT else rounded(shown) == rounded(now)
