"""Colors that can be read and told apart, in both themes, without seeing hue."""

import itertools
import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "frontend" / "src" / "styles"
STYLE = "".join((STYLES / name).read_text() for name in ("colors.css", "density.css"))
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", STYLE))


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.fixture(params=[0, 1], ids=["light", "dark"])
def color(request):
    return lambda name: PAIRS[name].split(", ")[request.param]


@pytest.mark.parametrize("text", ["ink", "quiet", "accent", "kept", "broken", "line-4"])
@pytest.mark.parametrize("ground", ["ground", "surface"])
def test_text_stands_out_from_its_ground(color, text, ground):
    assert contrast(color(text), color(ground)) >= 4.5


def test_text_on_colored_ground(color):
    assert contrast(color("on-accent"), color("accent")) >= 4.5
    assert contrast(color("warning"), color("warning-ground")) >= 4.5
    assert contrast(color("ink"), color("raised")) >= 4.5


@pytest.mark.parametrize("line", [f"line-{at}" for at in range(1, 9)] + ["dot", "dot-queue", "queue", "kept", "broken"])
def test_lines_and_signs_stand_out(color, line):
    assert contrast(color(line), color("surface")) >= 3


@pytest.mark.parametrize("scale", [[f"los-{level}" for level in "abcdef"], [f"full-{at}" for at in range(6)]])
def test_scales_run_one_way_from_quiet_to_loud(color, scale):
    away = [contrast(color(each), color("ground")) for each in scale]
    assert away == sorted(away)
    apart = [contrast(color(a), color(b)) for a, b in itertools.pairwise(scale)]
    assert min(apart) >= 1.12
