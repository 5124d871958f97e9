"""What is built holds what it needs."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.site.sites import Browser, Served

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
        "hostcity/report/assets/difference.js",
        "hostcity/report/assets/microscope.js",
        "hostcity/report/microscope.schema.json",
        "hostcity/report/summary.schema.json",
        "hostcity/locale/zh_Hans/LC_MESSAGES/hostcity.mo",
        "hostcity/locale/zh_Hans/LC_MESSAGES/django.mo",
        "hostcity/core/static/core/site.js",
        "hostcity/core/static/core/site.css",
        "hostcity/core/static/core/icons.svg",
        "hostcity/core/fonts/noto-sans-sc-400.woff",
        "hostcity/venue/static/venue/map.js",
        "hostcity/venue/templates/venue/map.html",
        "hostcity/core/templates/core/page.html",
        "hostcity/site/examples/ciie2019.xlsx",
        "hostcity/site/examples/tiny.xlsx",
        "hostcity/site/examples/ciie2019/readiness.xlsx",
        "hostcity/site/examples/tiny/readiness.xlsx",
        "hostcity/site/examples/ciie2019/scenarios/hall-fire.toml",
        "hostcity/py.typed",
    ):
        assert needed in names
    assert len(wheel.read("hostcity/report/assets/player.js")) > 5_000
    assert not [name for name in names if name.startswith(("tests", "examples", "frontend"))]


@pytest.mark.slow
def test_the_sources_are_sent_without_what_is_built(tmp_path):
    program = f"from hatchling.build import build_sdist; print(build_sdist({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    with tarfile.open(tmp_path / done.stdout.split()[-1]) as sources:
        names = [name.partition("/")[2] for name in sources.getnames()]
    assert "frontend/src" in {name.rpartition("/")[0] for name in names}
    assert "examples/tiny/expo.xlsx" in names
    assert not [name for name in names if "node_modules" in name or name.startswith((".ci", "build", "var", ".venv"))]


@pytest.mark.slow
def test_the_wheel_alone_serves_the_demonstration(wheel, tmp_path):
    """As `uvx --from hostcity.whl hostcity serve --demo` would: the wheel, its dependencies, and nothing of the checkout."""
    wheel.extractall(tmp_path / "installed")  # noqa: S202 -- built here
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HOSTCITY_", "DJANGO"))}
    environment |= {"PYTHONPATH": str(tmp_path / "installed"), "DATABASE_URL": "", "LANG": "C.UTF-8"}
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "hostcity.site", "serve", "--demo", "--home", str(tmp_path / "home")],
            stdout=out, stderr=out, cwd=tmp_path, env=environment,
        )  # fmt: skip
    served = Served(process, log)
    try:
        served.wait_until_ready()
        browser = Browser(served.address)
        status, page = browser.get("/accounts/login/")
        assert status == 200
        for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
            assert browser.get(path)[0] == 200, path
        password = re.search(r"demo-planner +(\S+)", served.said)[1]
        browser.post("/accounts/login/", login="demo-planner", password=password)
        assert browser.get("/e/ciie2019/")[0] == browser.get("/e/tiny/plan/")[0] == 200
        program = "import hostcity; print(hostcity.__file__)"
        found = subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=tmp_path, check=True, capture_output=True
        )
        assert str(tmp_path) in found.stdout.decode()
    finally:
        assert served.end() == 0


def test_a_failing_npm_is_an_error():
    from npm import npm

    with pytest.raises(RuntimeError, match="exit code"):
        npm("run", "--silent", "no-such-script")
