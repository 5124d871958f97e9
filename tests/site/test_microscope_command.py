"""`hostcity microscope`: one screen, one JSON, a folder with a replay, and every problem at once."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tests.engines.micro.test_without import WITHOUT
from tests.site.commands import ROOT, TINY, data, done, refused

SCHEMA = json.loads((Path(__file__).parents[2] / "src/hostcity/report/microscope.schema.json").read_text())
ASKED = ("microscope", TINY, "--at", "security", "--from", "09:30", "--minutes", "2")

needs_micro = pytest.mark.skipif(
    "not __import__('importlib').util.find_spec('jupedsim')", reason="needs hostcity[micro]"
)


@needs_micro
@pytest.mark.slow
def test_a_screen_a_folder_and_an_override_that_can_be_played(tmp_path):
    folder = tmp_path / "seen"
    told = done(*ASKED, "--trials", "1", "--set", "model.day.flow_per_m_per_s=0.9", "--out", str(folder))
    assert re.search(r"West gate \(security\), 09:30–09:32: \d+ persons came into view", told)
    assert "served at the check" in told
    (change,) = re.findall(r"--set '([^']+)'", told)
    assert re.fullmatch(r"links\.(walk|lane|gate)\.door_m=1\d\.\d+", change)
    said = json.loads((folder / "microscope.json").read_text())
    jsonschema.Draft202012Validator(SCHEMA).validate(said)
    assert said["offer"]["change"] == change
    assert said["came"] == said["gone"] + said["inside"]
    with np.load(folder / "trajectories.npz") as arrays:
        assert arrays["first"][-1] == arrays["x_m"].size == arrays["queues"].size
        assert arrays["visitor"].size == said["beside"][0]["day"]
    assert (folder / "walls.wkt").read_text().startswith("POLYGON ((")
    assert data("rehearse", TINY, "--no-swings", "--set", change)["verdict"]["entries"] > 1500
    done(*ASKED, "--trials", "0", "--out", str(folder))  # its own folder is replaced


@needs_micro
def test_for_programs_and_in_chinese():
    said = data(*ASKED, "--trials", "0")
    jsonschema.Draft202012Validator(SCHEMA).validate(said)
    assert said["offer"] is None
    assert said["at"] == "nodes.security"
    chinese = done(*ASKED, "--trials", "0", "--lang", "zh")
    assert "西入口（security），09:30–09:32" in chinese
    assert "服务时间已含向前移动一步" in chinese


@needs_micro
def test_everything_that_is_wrong_with_what_is_asked():
    told = refused("microscope", TINY, "--at", "securty", "--from", "25:99", "--minutes", "16")
    assert re.findall(r"\[([a-z_.]+)\]", told) == [
        "microscope.at.unknown",
        "microscope.from.form",
        "microscope.minutes",
    ]
    assert "没有节点或通道" in refused("microscope", TINY, "--at", "securty", "--from", "09:00", "--lang", "zh")


@needs_micro
def test_a_place_that_nobody_passes_and_a_folder_that_is_somebodys(tmp_path):
    told = refused("microscope", TINY, "--at", "security", "--from", "07:00", "--minutes", "5")
    assert re.findall(r"\[([a-z_.]+)\]", told) == ["microscope.nobody"]
    (tmp_path / "mine.txt").write_text("mine")
    assert "mine.txt" in refused(*ASKED, "--out", str(tmp_path))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["mine.txt"]


def test_without_the_extra_it_says_what_to_install_before_anything_is_played():
    program = f"{WITHOUT}\nsys.argv = {['hostcity', *ASKED]!r}\nfrom hostcity.site.command import main\nmain()"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr == (
        "The microscope needs shapely, which cannot be imported: No module named 'shapely'. "
        "Install it: pip install 'hostcity[micro]'. [micro.missing]\n"
    )
