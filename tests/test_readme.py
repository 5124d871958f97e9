"""What the documents show is what the main job prints."""

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
def test_what_is_printed_is_shown(language, tmp_path):
    from readme import READMES, SCREENS, block, excerpt, printed, shown

    now = printed(language, str(tmp_path / "report"))
    assert len(now.splitlines()) <= 50  # one screen
    for document, text in ((SCREENS[language], now), (READMES[language], excerpt(now))):
        there, here = shown(document), block(text)
        assert there == here if IS_EXACT else rounded(there) == rounded(here)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_readme_is_one_screen(language):
    from readme import READMES

    assert len(READMES[language].read_text("utf-8").splitlines()) <= 60
