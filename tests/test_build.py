"""What is built holds what it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
        ROOT,
    ]
    subprocess.run([str(each) for each in command], check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_the_page_and_the_catalog(wheel):
    names = wheel.namelist()
    for needed in (
        "hostcity/report/assets/player.js",
        "hostcity/report/assets/player.css",
        "hostcity/report/summary.schema.json",
        "hostcity/locale/zh_Hans/LC_MESSAGES/hostcity.mo",
        "hostcity/py.typed",
    ):
        assert needed in names
    assert len(wheel.read("hostcity/report/assets/player.js")) > 5_000
    assert not [name for name in names if name.startswith(("tests", "examples", "frontend"))]


def test_a_failing_npm_is_an_error():
    from npm import npm

    with pytest.raises(RuntimeError, match="exit code"):
        npm("run", "--silent", "no-such-script")
