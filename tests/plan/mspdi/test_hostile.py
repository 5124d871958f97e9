"""Files that are made to harm, each refused in no time and little memory: entities, bombs, depth, size, other formats."""

import subprocess
import sys
from pathlib import Path

import pytest

from hostcity.plan import PlanError
from hostcity.plan.mspdi import read_project
from tests.plan.preparations import prepared

ROOT = Path(__file__).parents[3]
OPEN = '<Project xmlns="http://schemas.microsoft.com/project">'
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
HOSTILE = {
    "laughs": (f'<!DOCTYPE Project [<!ENTITY l0 "lol">{LAUGHS}]>{OPEN}<Title>&l9;</Title></Project>', "mspdi.entities"),
    "outside": (
        f'<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>{OPEN}<Title>&x;</Title></Project>',
        "mspdi.entities",
    ),
    "parameter": (f'<!DOCTYPE Project SYSTEM "http://127.0.0.1/x.dtd">{OPEN}</Project>', "mspdi.entities"),
    "deep": (OPEN + "<a>" * 200_000, "mspdi.deep"),
    "long": (f"{OPEN}<Title>{'x' * 40_000}", "mspdi.text"),
    "root": ("<html></html>", "mspdi.root"),
    "cut": (f"{OPEN}<Tasks><Task>", "mspdi.syntax"),
    "empty": ("", "mspdi.syntax"),
    "undefined": (f"{OPEN}<Title>&lol;</Title></Project>", "mspdi.syntax"),
    "encoding": ('<?xml version="1.0" encoding="nowhere"?><Project/>', "mspdi.syntax"),
    "zip": ("PK\x03\x04", "mspdi.kind"),
}
_LIMITED = """
import resource, sys, time
from pathlib import Path
from hostcity.plan import Plan, PlanError
from hostcity.plan.mspdi import read_project
resource.setrlimit(resource.RLIMIT_AS, (300 * 10**6, 300 * 10**6))
for name in sys.argv[1:]:
    begun = time.process_time()
    try:
        read_project(Path(name), Plan(edition=()))
    except PlanError as error:
        print(error.problems[0].code, time.process_time() - begun)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_harm_is_refused(tmp_path, name):
    text, code = HOSTILE[name]
    file = tmp_path / "plan.xml"
    file.write_text(text, "utf-8")
    with pytest.raises(PlanError) as refused:
        read_project(file, prepared())
    assert [problem.code for problem in refused.value.problems] == [code]


def test_large_ones_are_refused_within_a_second_and_300_mb(tmp_path):
    huge, many, wide = tmp_path / "huge.xml", tmp_path / "many.xml", tmp_path / "wide.xml"
    with huge.open("wb") as file:
        file.truncate(100 * 1024**2)
    many.write_text(f"{OPEN}{'<a/>' * 1_300_000}</Project>")
    wide.write_text(f"{OPEN}<Tasks>{'<Task/>' * 400_000}</Tasks></Project>")
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(huge), str(many), str(wide)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    told = [line.split() for line in ran.stdout.splitlines()]
    assert [code for code, _seconds in told] == ["mspdi.size"] * 3, ran.stderr
    assert all(float(seconds) < 2 for _code, seconds in told)  # less than 1 on a machine that does nothing else
