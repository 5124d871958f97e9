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


def test_locks_name_no_host():
    locks = [*ROOT.glob("requirements/*.txt")]
    assert len(locks) == 3
    assert [path.name for path in locks if "://" in path.read_text()] == []
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()
