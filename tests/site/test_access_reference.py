"""The page of who may what is that of the matrix, and every action says what it is in both languages."""

import sys
from pathlib import Path

import pytest
from django.utils.translation import override

from hostcity.core.policy import MATRIX, MEANINGS

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))


def test_the_page_is_that_of_the_matrix():
    from access import PAGE, reference

    assert PAGE.read_text("utf-8") == reference(), "run: python tools/access.py"


@pytest.mark.parametrize("action", sorted(MATRIX))
def test_every_action_says_what_it_is(action):
    with override("en"):
        english = str(MEANINGS[action])
    with override("zh-hans"):
        chinese = str(MEANINGS[action])
    assert english
    assert chinese != english
