"""The day that a page carries, read without the page's script."""

import base64
import subprocess
import sys

import numpy as np
import pytest

from hostcity.report.carried import packed_in, unpack
from hostcity.report.packed import pack, steps
from hostcity.report.page import page_of
from hostcity.report.player_data import DENSITY_STEP_PER_M2, player_data
from tests.rehearsals import small_rehearsal


def test_a_page_gives_the_day_that_was_put_into_it():
    rehearsal = small_rehearsal()
    packed = packed_in(page_of(rehearsal).encode())
    assert base64.b64encode(packed).decode() == player_data(rehearsal)
    day = unpack(packed)
    assert [row[0] for row in day.head["venue"]["links"]] == [row.code for row in rehearsal.plan.links]
    density = np.array(day.array("density"), np.uint8).reshape(day.head["clock"]["minutes"], -1)
    assert (density == steps(rehearsal.day.link_density_per_m2, DENSITY_STEP_PER_M2)).all()


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32, np.float32])
def test_arrays_of_every_kind(kind):
    values = np.array([0, 1, 200, 250], kind)
    day = unpack(base64.b64decode(pack({"x": "二"}, {"first": np.zeros(3, np.uint8), "it": values})))
    assert (day.head["x"], list(day.array("it"))) == ("二", values.tolist())
    with pytest.raises(KeyError, match="carries first, it"):
        day.array("none")


@pytest.mark.parametrize("page", [b"", b"<p>no day</p>", b'<script id="day">AAAA'])
def test_a_page_without_a_day(page):
    with pytest.raises(ValueError, match="carries no day"):
        packed_in(page)


def test_it_needs_no_array_library():
    program = "import sys, hostcity.report.carried; print('numpy' in sys.modules, 'hostcity.engines' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).split() == ["False", "False"]
